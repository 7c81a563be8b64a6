import { hooks } from 'botframework-webchat';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent, type RefObject } from 'react';
import type { Limits } from '../api';
import { icons } from '../icons';
import { Camera, hasOwnCamera } from '../photo/Camera';
import type { Picked } from '../photo/tray';
import { useViewer } from '../photo/Viewer';
import { useOnline } from '../shell/layout';
import { texts } from '../texts';

interface Props {
  limits: Limits | undefined;
  draft: string;
  setDraft: (text: string) => void;
  photos: readonly Picked[];
  faults: readonly string[];
  /** Picked photos are still being looked at. */
  adding: boolean;
  addFiles: (files: File[]) => void;
  removePhoto: (key: number) => void;
  takePhotos: () => readonly Picked[];
  dismissFaults: () => void;
  /** The file input, which other parts of the page open too. */
  files: RefObject<HTMLInputElement>;
}

const sendBox = texts.composer;
const noPicture = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

export function SendBox({ limits, draft, setDraft, photos, faults, adding, addFiles, removePhoto, takePhotos, dismissFaults, files }: Props) {
  const sendMessage = hooks.useSendMessage();
  const scrollToEnd = hooks.useScrollToEnd();
  const [connectivity] = hooks.useConnectivityStatus();
  const [camera, setCamera] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const phoneCamera = useRef<HTMLInputElement>(null);
  const show = useViewer();
  const networked = useOnline();
  const online = networked && (connectivity === 'connected' || connectivity === 'reconnected');

  hooks.useRegisterFocusSendBox(useCallback(() => area.current?.focus(), []));

  // The field is as high as its text, up to the limit of the style sheet.
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [draft]);

  const send = useCallback((text: string) => {
    const taken = takePhotos();
    const words = text.trim() || (taken.length > 0 ? sendBox.defaultQuestion : '');
    if (!words) return;
    sendMessage(words, undefined, {
      // Always with a thumbnail: without one Web Chat makes its own, and never sends what it cannot decode.
      attachments: taken.map(({ file, thumbnail }) => ({ blob: file, thumbnailURL: new URL(thumbnail ?? noPicture) })),
    });
    setDraft('');
    scrollToEnd();
  }, [sendMessage, scrollToEnd, setDraft, takePhotos]);

  // What is sent before there is a connection, or while photos are being looked at, leaves as soon as it can; a refused photo is shown first.
  const [due, setDue] = useState<'no' | 'yes' | 'with its photos'>('no');
  const sendDraft = () => setDue(adding ? 'with its photos' : 'yes');
  useEffect(() => {
    if (due === 'no' || adding || !online) return;
    setDue('no');
    if (due === 'yes' || faults.length === 0) send(draft);
  }, [due, adding, online, faults, send, draft]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    sendDraft();
    area.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    sendDraft();
  };
  const picked = (input: HTMLInputElement) => {
    addFiles([...(input.files ?? [])]);
    // The same file can be picked again.
    input.value = '';
    area.current?.focus();
  };
  const nothing = draft.trim() === '' && photos.length === 0 && !adding;

  return (
    <form className="sendbox" onSubmit={submit} aria-label={sendBox.label}>
      <Suggestions send={send} disabled={!online} />
      {faults.length > 0 && (
        <div className="faults" role="alert">
          <icons.warning />
          <ul>{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>
          <button type="button" className="button button--icon button--quiet" onClick={dismissFaults} aria-label={texts.photoFaults.dismiss}><icons.close /></button>
        </div>
      )}
      <div className="sendbox__frame">
        {photos.length > 0 && (
          <ul className="tray" aria-label={sendBox.photos}>
            {photos.map(({ key, file, url, thumbnail }) => (
              <li key={key} className="tray__photo">
                <button type="button" className="tray__picture" onClick={() => show({ src: url, title: file.name })} aria-label={sendBox.enlarge(file.name)}>
                  {thumbnail ? <img src={thumbnail} alt="" /> : <icons.photo />}
                </button>
                <button type="button" className="tray__remove" onClick={() => { removePhoto(key); area.current?.focus(); }} aria-label={sendBox.remove(file.name)}><icons.close /></button>
              </li>
            ))}
          </ul>
        )}
        <textarea
          ref={area} rows={1} value={draft} maxLength={4000} onChange={(event) => setDraft(event.target.value)} onKeyDown={keys}
          placeholder={photos.length > 0 ? sendBox.placeholderWithPhoto : sendBox.placeholder} aria-label={sendBox.label} aria-describedby="sendbox-hint" autoComplete="off" enterKeyHint="send"
        />
        <div className="sendbox__buttons">
          <button type="button" className="button button--quiet" onClick={() => files.current?.click()} disabled={!limits}><icons.photo /><span>{sendBox.addPhoto}</span></button>
          <button type="button" className="button button--quiet" onClick={() => (hasOwnCamera() ? setCamera(true) : phoneCamera.current?.click())} disabled={!limits}><icons.camera /><span>{sendBox.takePhoto}</span></button>
          <button type="submit" className="button button--primary button--icon sendbox__send" disabled={nothing || !online} aria-label={sendBox.send}><icons.send /></button>
        </div>
        <input ref={files} type="file" className="hidden-input" tabIndex={-1} aria-hidden="true" multiple accept={limits?.accept.join(',')} onChange={(event) => picked(event.currentTarget)} />
        <input ref={phoneCamera} type="file" className="hidden-input" tabIndex={-1} aria-hidden="true" accept="image/*" capture="environment" onChange={(event) => picked(event.currentTarget)} />
      </div>
      <p className="sendbox__hint" id="sendbox-hint">{online || (networked && (connectivity === 'connecting' || connectivity === 'uninitialized')) ? sendBox.hint : sendBox.offline}</p>
      {camera && <Camera onPhoto={(photo) => addFiles([photo])} onClose={() => setCamera(false)} />}
    </form>
  );
}

function Suggestions({ send, disabled }: { send: (text: string) => void; disabled: boolean }) {
  const [actions] = hooks.useSuggestedActions();
  const questions = (actions as readonly { title?: string; value?: unknown }[])
    .map(({ title, value }) => (typeof value === 'string' ? value : title))
    .filter((question): question is string => !!question);
  if (questions.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={sendBox.suggestions}>
      {questions.map((question) => (
        <li key={question}><button type="button" className="chip" disabled={disabled} onClick={() => send(question)}>{question}</button></li>
      ))}
    </ul>
  );
}
