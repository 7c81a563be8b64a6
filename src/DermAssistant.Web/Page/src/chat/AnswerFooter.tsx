import { useState, type FormEvent } from 'react';
import { api } from '../api';
import type { EvidenceDocument } from '../evidence/document';
import { icons } from '../icons';
import { texts } from '../texts';
import { EvidenceButton } from './AnswerText';

/** Below an answer: the way to its evidence, the thumbs, and who made it. */
export function AnswerFooter({ document }: { document: EvidenceDocument }) {
  return (
    <footer className="answer__footer">
      <div className="answer__actions">
        <EvidenceButton document={document} />
        <Thumbs document={document} />
      </div>
      <p className="answer__origin">
        <strong>{texts.chat.aiLabel}</strong> {texts.chat.madeBy(document.models.chat, document.models.encoder)}.
      </p>
      {document.removed && document.removed.length > 0 && (
        <details className="answer__removed">
          <summary>{texts.chat.removed(document.removed.length)}</summary>
          <ul>{document.removed.map((sentence, index) => <li key={index}><q>{sentence.text}</q> {sentence.why}</li>)}</ul>
        </details>
      )}
    </footer>
  );
}

function Thumbs({ document }: { document: EvidenceDocument }) {
  const [rating, setRating] = useState<boolean | undefined>(document.rating?.helpful);
  const [asking, setAsking] = useState(false);
  const [comment, setComment] = useState('');
  const [notice, setNotice] = useState('');

  const rate = async (helpful: boolean, words: string | null) => {
    const before = rating;
    setRating(helpful);
    setNotice('');
    try {
      await api.rate(document.answerId, helpful, words);
      setNotice(texts.feedback.thanks);
      return true;
    } catch {
      setRating(before);
      setNotice(texts.feedback.failed);
      return false;
    }
  };
  const thumb = (helpful: boolean) => async () => {
    if (await rate(helpful, null)) setAsking(!helpful);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await rate(false, comment.trim() || null)) setAsking(false);
  };
  return (
    <div className="thumbs" role="group" aria-label={texts.feedback.group}>
      <button type="button" className="button button--icon button--quiet" aria-pressed={rating === true} aria-label={texts.feedback.up} title={texts.feedback.up} onClick={thumb(true)}><icons.up /></button>
      <button type="button" className="button button--icon button--quiet" aria-pressed={rating === false} aria-label={texts.feedback.down} title={texts.feedback.down} onClick={thumb(false)}><icons.down /></button>
      <span className="quiet" role="status">{notice}</span>
      {asking && (
        <form className="thumbs__comment" onSubmit={send}>
          <label>
            <span>{texts.feedback.comment}</span>
            <textarea value={comment} onChange={(event) => setComment(event.target.value)} maxLength={1000} rows={2} />
          </label>
          <div className="modal__actions">
            <button type="button" className="button button--small" onClick={() => setAsking(false)}>{texts.feedback.skip}</button>
            <button type="submit" className="button button--small button--primary" disabled={comment.trim() === ''}>{texts.feedback.send}</button>
          </div>
        </form>
      )}
    </div>
  );
}
