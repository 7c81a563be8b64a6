import { icons } from '../icons';
import { texts } from '../texts';
import { number, percent, text, type EvidenceDocument } from './document';

/** The heart of an answer at a glance: how soon it should be seen, and, where the panel is not beside it, what leads. */
export function Summary({ document }: { document: EvidenceDocument }) {
  const urgency = urgencyOf(document);
  const leading = document.evidence
    .filter((record) => record.kind === 'differential' && record.data.about === 'differential')
    .sort((a, b) => (number(a.data, 'rank') ?? 0) - (number(b.data, 'rank') ?? 0))
    .slice(0, 3);
  if (!urgency && leading.length === 0) return null;
  return (
    <div className="summary">
      {urgency && <UrgencyMark {...urgency} />}
      {leading.length > 0 && (
        <ul className="summary__leading" aria-label={texts.evidence.sections.differential}>
          {leading.map(({ id, data }) => (
            <li key={id}>
              <span>{text(data, 'name')}</span>
              <Bar share={number(data, 'probability') ?? 0} />
              <span className="figure">{percent(number(data, 'probability') ?? 0)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export interface UrgencyFound {
  urgency: string;
  meaning: string | undefined;
}

/** The most urgent of the answer's assessments: several photos have one each. */
export function urgencyOf(document: EvidenceDocument): UrgencyFound | undefined {
  const order = Object.keys(texts.evidence.urgency);
  return document.evidence
    .filter((record) => record.kind === 'triage' && text(record.data, 'urgency') && !text(record.data, 'rule'))
    .map(({ data }) => ({ urgency: text(data, 'urgency')!, meaning: text(data, 'meaning') }))
    .sort((a, b) => order.indexOf(a.urgency) - order.indexOf(b.urgency))[0];
}

export function UrgencyMark({ urgency, meaning }: UrgencyFound) {
  const pressing = urgency === 'emergency' || urgency === 'urgent';
  return (
    <p className={`urgency urgency--${urgency}`}>
      {pressing ? <icons.warning /> : <icons.clock />}
      <span><strong>{texts.evidence.urgency[urgency] ?? urgency}</strong>{meaning && <> {meaning}</>}</span>
    </p>
  );
}

/** A share between 0 and 1 as a bar. The figure beside it says the same to those who do not see it. */
export function Bar({ share, tone = 'plain' }: { share: number; tone?: 'plain' | 'set' | 'other' }) {
  return (
    <svg className={`bar bar--${tone}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect className="bar__track" width="100" height="6" />
      <rect className="bar__share" width={Math.max(0.6, Math.min(1, share) * 100)} height="6" />
    </svg>
  );
}
