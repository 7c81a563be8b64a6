import { useEffect, useRef, type ReactNode } from 'react';
import { claimId } from '../chat/AnswerText';
import { texts } from '../texts';
import { useAnswers, useLightsUp, useSpotlight } from './answers';
import { citationOf, type Evidence, type EvidenceDocument } from './document';

interface Props {
  document: EvidenceDocument;
  record: Evidence;
  as?: 'li' | 'div' | 'tr';
  className?: string;
  children: ReactNode;
}

/** One piece of evidence: lights up with the sentences that cite it, and lights them up in turn. */
export function Item({ document, record, as: Element = 'li', className = '', children }: Props) {
  const spotlight = useSpotlight();
  const { reveal } = useAnswers();
  const element = useRef<HTMLElement>(null);
  const lightsUp = useLightsUp(document.answerId, [record.id]);
  const lit = spotlight.answer === document.answerId && spotlight.evidence.has(record.id);
  const first = reveal?.evidence[0] === record.id;

  useEffect(() => {
    if (!first || !element.current) return;
    element.current.scrollIntoView({ block: 'center', behavior: 'smooth' });
    element.current.focus({ preventScroll: true });
  }, [first, reveal]);

  const mark = <EvidenceNumber document={document} id={record.id} />;
  return (
    <Element
      ref={element as never} id={`evidence-${record.id}`} tabIndex={-1} data-evidence={record.id}
      className={`item ${className} ${lit ? 'item--lit' : ''}`} {...lightsUp}
    >
      {Element === 'tr' ? <td className="item__number">{mark}</td> : mark}
      {Element === 'tr' ? children : <div className="item__body">{children}</div>}
    </Element>
  );
}

function EvidenceNumber({ document, id }: { document: EvidenceDocument; id: string }) {
  const { setPanelOpen } = useAnswers();
  const cited = citationOf(document, id);
  if (cited === undefined) return <span className="item__mark item__mark--none" title={texts.evidence.notCited}><span className="for-readers">{texts.evidence.notCited}</span></span>;
  const toClaim = () => {
    const index = document.claims.findIndex((claim) => claim.evidence.includes(id));
    setPanelOpen(false);
    // The chat is hidden on a narrow screen until this click has been handled.
    requestAnimationFrame(() => {
      const claim = window.document.getElementById(claimId(document.answerId, index));
      claim?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      claim?.querySelector('button')?.focus({ preventScroll: true });
    });
  };
  return <button type="button" className="item__mark" onClick={toClaim} aria-label={texts.evidence.citedBy(cited)}>{cited}</button>;
}
