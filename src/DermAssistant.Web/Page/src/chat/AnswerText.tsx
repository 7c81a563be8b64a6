import { Fragment, useMemo } from 'react';
import { useAnswer, useAnswers, useLightsUp, useSpotlight } from '../evidence/answers';
import { citationOf, ranges, type Claim, type EvidenceDocument } from '../evidence/document';
import { Summary } from '../evidence/Summary';
import { icons } from '../icons';
import { useEvidenceBeside } from '../shell/layout';
import { texts } from '../texts';
import { plain } from './activity';
import { AnswerFooter } from './AnswerFooter';

/** An answer: its sentences, each with the number of its evidence. Until the evidence is there, the text as it was written. */
export function AnswerText({ id, text }: { id: string | undefined; text: string }) {
  const loaded = useAnswer(id);
  const { load } = useAnswers();
  const document = typeof loaded === 'object' ? loaded : undefined;
  return (
    <div className="answer" data-answer={id}>
      {document && <Summary document={document} />}
      <div className="answer__text">{document ? <Claims document={document} /> : <Written text={text} />}</div>
      {document?.asks && <p className="answer__asks">{document.asks}</p>}
      {document && <AnswerFooter document={document} />}
      {loaded === 'failed' && id && (
        <p className="answer__problem">
          {texts.chat.evidenceFailed} <button type="button" className="link" onClick={() => load(id, true)}>{texts.chat.retry}</button>
        </p>
      )}
    </div>
  );
}

function Claims({ document }: { document: EvidenceDocument }) {
  const paragraphs = useMemo(() => {
    const found = new Map<number, { claim: Claim; index: number }[]>();
    document.claims.forEach((claim, index) => found.set(claim.paragraph, [...(found.get(claim.paragraph) ?? []), { claim, index }]));
    return [...found].sort(([a], [b]) => a - b);
  }, [document]);
  return paragraphs.map(([paragraph, claims]) => (
    <p key={paragraph}>
      {claims.map(({ claim, index }) => <Fragment key={index}><ClaimText document={document} claim={claim} index={index} />{' '}</Fragment>)}
    </p>
  ));
}

function ClaimText({ document, claim, index }: { document: EvidenceDocument; claim: Claim; index: number }) {
  const { select } = useAnswers();
  const spotlight = useSpotlight();
  const lightsUp = useLightsUp(document.answerId, claim.evidence);
  const lit = spotlight.answer === document.answerId && claim.evidence.some((id) => spotlight.evidence.has(id));
  const numbers = claim.evidence.map((id) => citationOf(document, id)).filter((value) => value !== undefined);
  const first = document.evidence.find((record) => record.id === claim.evidence[0]);
  const [most, last] = beforeLastWord(claim.text);
  return (
    <span className={lit ? 'claim claim--lit' : 'claim'} id={claimId(document.answerId, index)} {...lightsUp}>
      {most}
      <span className="claim__end">
        {last}
        {numbers.length > 0 && (
          <button
            type="button" className="reference" onClick={() => select(document.answerId, claim.evidence)}
            aria-label={texts.chat.reference(ranges(numbers), first?.text ?? '')}
          >
            {ranges(numbers)}
          </button>
        )}
      </span>
    </span>
  );
}

/** A sentence in two parts: its last word stays on one line with the number that follows it. */
function beforeLastWord(sentence: string): [string, string] {
  const at = sentence.lastIndexOf(' ') + 1;
  return [sentence.slice(0, at), sentence.slice(at)];
}

export function claimId(answer: string, index: number): string {
  return `claim-${answer}-${index}`;
}

/** An answer that is still being written: paragraphs, with the numbers of the evidence but nothing to open yet. */
function Written({ text }: { text: string }) {
  const paragraphs = text.replace(/^\[\d+\]: .*$/gmu, '').trim().split(/\n\s*\n/u);
  return paragraphs.map((paragraph, index) => (
    <p key={index}>
      {paragraph.split(/\s*((?:\[\d+\])+)/u).map((part, at) => (
        at % 2 === 1
          ? <sup key={at} className="reference reference--plain">{ranges([...part.matchAll(/\d+/gu)].map(([digits]) => Number(digits)))}</sup>
          : plain(part)
      ))}
    </p>
  ));
}

export function EvidenceButton({ document }: { document: EvidenceDocument }) {
  const { selected, select } = useAnswers();
  const beside = useEvidenceBeside();
  const shown = selected === document.answerId && beside;
  return (
    <button type="button" className="button button--small answer__evidence" aria-pressed={shown} onClick={() => select(document.answerId)}>
      <icons.evidence />
      <span>{texts.chat.openEvidence}</span>
      <span className="quiet">{document.evidence.length}</span>
    </button>
  );
}
