import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type About } from '../api';
import { ChatView } from '../chat/ChatView';
import { useConnection, type Connection } from '../chat/connection';
import { SendBox } from '../chat/SendBox';
import { AnswersProvider, useAnswers } from '../evidence/answers';
import { EvidencePanel } from '../evidence/EvidencePanel';
import { useIncomingFiles } from '../photo/incoming';
import { useTray } from '../photo/tray';
import { ViewerProvider } from '../photo/Viewer';
import { Printing } from '../report/Printing';
import { texts } from '../texts';
import { AboutDialog, ConsentDialog, EraseDialog } from './dialogs';
import { Header } from './Header';
import { Welcome } from './Welcome';

const aboutPause = 3000;

export function App({ nonce }: { nonce: string }) {
  const { chat, startNew, retry } = useConnection();
  const [about, setAbout] = useState<About>();
  const [notice, setNotice] = useState('');
  useEffect(() => {
    let timer: number | undefined;
    // Asked again until it is there and the model is ready: a server that has just been started needs a moment.
    const ask = () => {
      const again = () => { timer = window.setTimeout(ask, aboutPause); };
      api.about().then((found) => {
        setAbout(found);
        if (!found.ready) again();
      }, again);
    };
    ask();
    return () => clearTimeout(timer);
  }, []);

  if (chat.state === 'starting') return <p className="opening" role="status">{texts.chat.connecting}</p>;
  if (chat.state === 'failed') {
    return (
      <main className="opening">
        <p role="alert">{chat.why || texts.startFailed}</p>
        <button type="button" className="button button--primary" onClick={retry}>{texts.chat.retry}</button>
      </main>
    );
  }
  const { connection } = chat;
  return (
    <AnswersProvider key={connection.session.conversationId}>
      <ViewerProvider>
        <Shell
          nonce={nonce} about={about} connection={connection} renewing={chat.state === 'renewing'} notice={notice} setNotice={setNotice}
          startNew={async () => { await startNew(); setNotice(texts.newChatStarted); }}
        />
      </ViewerProvider>
    </AnswersProvider>
  );
}

interface ShellProps {
  nonce: string;
  about: About | undefined;
  connection: Connection;
  renewing: boolean;
  notice: string;
  setNotice: (notice: string) => void;
  startNew: () => Promise<void>;
}

function Shell({ nonce, about, connection, renewing, notice, setNotice, startNew }: ShellProps) {
  const { panelOpen, selected } = useAnswers();
  const [dialog, setDialog] = useState<'about' | 'erase'>();
  const [draft, setDraft] = useState('');
  const [agreed, setAgreed] = useState(connection.session.consent);
  // Files that wait for the user's consent; they are added when it is given.
  const [waiting, setWaiting] = useState<File[]>();
  const [printing, setPrinting] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const tray = useTray(about?.limits);
  const { add } = tray;

  const addFiles = useCallback((files: File[]) => {
    if (files.length === 0) return;
    if (agreed) void add(files);
    else setWaiting(files);
  }, [agreed, add]);
  // What the connection before could not deliver goes back to where it was written.
  const lastSent = useRef<File[]>([]);
  const { undelivered } = connection;
  useEffect(() => {
    if (!undelivered) return;
    setDraft((now) => now || undelivered.text);
    if (undelivered.photos) void add(lastSent.current);
  }, [undelivered, add]);
  const takePhotos = () => {
    const taken = tray.take();
    if (taken.length > 0) lastSent.current = taken.map(({ file }) => file);
    return taken;
  };
  const dragging = useIncomingFiles(addFiles, about !== undefined && !dialog && !waiting);

  const consented = () => {
    setAgreed(true);
    if (waiting) void add(waiting);
    setWaiting(undefined);
  };
  const erased = async () => {
    setDialog(undefined);
    await startNew();
    setNotice(texts.erase.done);
  };
  return (
    <div className={['app', panelOpen && 'app--evidence', selected && 'app--answered'].filter(Boolean).join(' ')}>
      <a className="skip" href="#chat">{texts.header.skipToChat}</a>
      {selected && <a className="skip" href="#evidence">{texts.header.skipToEvidence}</a>}
      <Header
        conversation={connection.session.conversationId} onNewChat={() => void startNew()} onPrint={() => setPrinting(true)}
        onAbout={() => setDialog('about')} onErase={() => setDialog('erase')}
      />
      <div className="app__notice" role="status">
        {notice && <p>{notice}</p>}
        {about && !about.ready && <p className="notice">{texts.notReady}</p>}
      </div>
      <main className="chat" id="chat" tabIndex={-1} aria-label={texts.chat.region}>
        <ChatView
          connection={connection} nonce={nonce} renewing={renewing}
          welcome={(send) => <Welcome about={about} send={send} addPhoto={() => files.current?.click()} />}
          sendBox={(
            <SendBox
              limits={about?.limits} draft={draft} setDraft={setDraft} photos={tray.photos} faults={tray.faults} adding={tray.adding} addFiles={addFiles}
              removePhoto={tray.remove} takePhotos={takePhotos} dismissFaults={tray.dismiss} files={files}
            />
          )}
        />
      </main>
      {selected && <EvidencePanel />}
      {dragging && <div className="drop" aria-hidden="true"><p>{texts.composer.drop}</p></div>}
      {waiting && <ConsentDialog about={about} onAgreed={consented} onClose={() => setWaiting(undefined)} />}
      {dialog === 'about' && <AboutDialog about={about} onClose={() => setDialog(undefined)} />}
      {dialog === 'erase' && <EraseDialog onErased={erased} onClose={() => setDialog(undefined)} />}
      <Printing store={connection.store} asked={printing} onDone={() => setPrinting(false)} onNothing={() => setNotice(texts.report.nothing)} />
    </div>
  );
}
