import { useState } from 'react';
import { api, type About } from '../api';
import { texts } from '../texts';
import { Modal } from './Modal';

interface ConsentProps {
  about: About | undefined;
  onAgreed: () => void;
  onClose: () => void;
}

/** Asked once, before the first photo is taken in. */
export function ConsentDialog({ about, onAgreed, onClose }: ConsentProps) {
  const [read, setRead] = useState(false);
  const [failed, setFailed] = useState(false);
  const agree = async () => {
    try {
      await api.consent();
      onAgreed();
    } catch {
      setFailed(true);
    }
  };
  return (
    <Modal className="consent" label={texts.consent.title} onClose={onClose}>
      <h2>{texts.consent.title}</h2>
      <p>{texts.consent.lead}</p>
      <ul>{texts.consent.points(about?.conversationHours ?? 24, about !== undefined && about.chat !== 'narrator').map((point) => <li key={point}>{point}</li>)}</ul>
      <label className="consent__agree"><input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />{texts.consent.agree}</label>
      {failed && <p role="alert" className="notice">{texts.consent.failed}</p>}
      <div className="modal__actions">
        <button type="button" className="button" onClick={onClose}>{texts.consent.decline}</button>
        <button type="button" className="button button--primary" disabled={!read} onClick={() => void agree()}>{texts.consent.accept}</button>
      </div>
    </Modal>
  );
}

export function EraseDialog({ onErased, onClose }: { onErased: () => Promise<void>; onClose: () => void }) {
  const [state, setState] = useState<'asking' | 'erasing' | 'failed'>('asking');
  const erase = async () => {
    setState('erasing');
    try {
      await api.erase();
    } catch {
      setState('failed');
      return;
    }
    await onErased();
  };
  return (
    <Modal label={texts.erase.title} onClose={onClose}>
      <h2>{texts.erase.title}</h2>
      <p>{texts.erase.lead}</p>
      {state === 'failed' && <p role="alert" className="notice">{texts.erase.failed}</p>}
      <div className="modal__actions">
        <button type="button" className="button" onClick={onClose}>{texts.erase.cancel}</button>
        <button type="button" className="button button--grave" disabled={state === 'erasing'} onClick={() => void erase()}>{texts.erase.confirm}</button>
      </div>
    </Modal>
  );
}

export function AboutDialog({ about, onClose }: { about: About | undefined; onClose: () => void }) {
  const words = texts.about;
  return (
    <Modal className="about" label={words.title} onClose={onClose}>
      <h2>{words.title}</h2>
      {words.body.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      {about && (
        <dl>
          {about.model && <><dt>{words.model}</dt><dd>{about.model.id} {about.model.version}</dd><dt>{words.labels}</dt><dd>{about.model.labels}</dd></>}
          <dt>{words.chat}</dt><dd>{about.chat === 'narrator' ? words.narrator : about.chat}</dd>
          <dt>{words.cases}</dt><dd>{words.casesCount(about.cases)}</dd>
          <dt>{words.kept}</dt><dd>{words.keptHours(about.conversationHours)}</dd>
        </dl>
      )}
      <h3>{words.keyboard}</h3>
      <dl>{words.keys.map(([keys, what]) => <div key={keys}><dt>{keys}</dt><dd>{what}</dd></div>)}</dl>
      <div className="modal__actions"><button type="button" className="button button--primary" onClick={onClose}>{words.close}</button></div>
    </Modal>
  );
}
