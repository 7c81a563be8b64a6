// Prints a record of the chat: questions, photos, answers and what they rest on. The browser saves it as PDF.
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { answerOf } from '../chat/activity';
import { activitiesOf, type Connection } from '../chat/connection';
import { useAnswers } from '../evidence/answers';
import type { EvidenceDocument } from '../evidence/document';
import { Report } from './Report';

interface Props {
  store: Connection['store'];
  /** The user chose to print. */
  asked: boolean;
  onDone: () => void;
  onNothing: () => void;
}

export function Printing({ store, asked, onDone, onNothing }: Props) {
  const { all } = useAnswers();
  const [shown, setShown] = useState<EvidenceDocument[]>();
  const sheet = useRef<HTMLDivElement>(null);

  const inOrder = () => activitiesOf(store).map(answerOf).map((id) => id && all.get(id)).filter((document): document is EvidenceDocument => typeof document === 'object');
  const documents = useRef(inOrder);
  documents.current = inOrder;

  // The browser's own print command gets the record too.
  useEffect(() => {
    const before = () => {
      const found = documents.current();
      if (found.length > 0) flushSync(() => setShown((now) => now ?? found));
    };
    const after = () => setShown(undefined);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);

  useEffect(() => {
    if (!asked) return;
    onDone();
    const found = documents.current();
    if (found.length === 0) {
      onNothing();
      return;
    }
    flushSync(() => setShown(found));
    const pictures = [...(sheet.current?.querySelectorAll('img') ?? [])];
    // A photo that was erased in the meantime is no reason not to print the rest.
    void Promise.allSettled(pictures.map((picture) => picture.decode())).then(() => print());
  }, [asked, onDone, onNothing]);

  return <div ref={sheet} className="report-sheet" aria-hidden="true">{shown && <Report documents={shown} />}</div>;
}
