import { texts } from '../texts';
import { about, text, type EvidenceDocument } from './document';
import { Item } from './Item';
import { UrgencyMark } from './Summary';

const words = texts.evidence;

/** How soon, and the rules that say so. */
export function UrgencySection({ document, photo }: { document: EvidenceDocument; photo: number | undefined }) {
  const records = about(document, photo, 'triage');
  if (records.length === 0) return null;
  const assessments = records.filter((record) => text(record.data, 'urgency') && !text(record.data, 'rule'));
  const reasons = records.filter((record) => !assessments.includes(record));
  return (
    <section className="section" aria-labelledby="section-urgency">
      <h3 id="section-urgency">{words.sections.urgency}</h3>
      <ul className="statements statements--plain">
        {assessments.map((record) => (
          <Item key={record.id} document={document} record={record}><UrgencyMark urgency={text(record.data, 'urgency')!} meaning={text(record.data, 'meaning') ?? record.text} /></Item>
        ))}
      </ul>
      {reasons.length > 0 && (
        <ul className="statements" aria-label={words.reasons}>
          {reasons.map((record) => <Item key={record.id} document={document} record={record}>{record.text}</Item>)}
        </ul>
      )}
    </section>
  );
}
