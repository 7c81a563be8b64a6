import { texts } from '../texts';
import { about, number, text, type EvidenceDocument } from './document';
import { Item } from './Item';
import { Bar } from './Summary';

interface Props {
  document: EvidenceDocument;
  photo: number | undefined;
}

const words = texts.evidence;

/** Visual concepts with how strongly each is present. */
export function Concepts({ document, photo }: Props) {
  const records = about(document, photo, 'concept');
  if (records.length === 0) return null;
  return (
    <section className="section" aria-labelledby="section-concepts">
      <h3 id="section-concepts">{words.sections.concepts}</h3>
      <ul className="concepts">
        {records.map((record) => {
          const score = number(record.data, 'score');
          return (
            <Item key={record.id} document={document} record={record} className="concepts__entry">
              <span>{text(record.data, 'name') ?? record.text} <span className="quiet">{words.source[text(record.data, 'source') ?? ''] ?? ''}</span></span>
              {score !== undefined && <><span className="figure">{score.toFixed(2)}</span><Bar share={score} tone="other" /></>}
            </Item>
          );
        })}
      </ul>
    </section>
  );
}

export function Measurements({ document, photo }: Props) {
  const records = about(document, photo, 'measurement');
  if (records.length === 0) return null;
  return (
    <section className="section" aria-labelledby="section-measurements">
      <h3 id="section-measurements">{words.sections.measurements}</h3>
      <table className="measurements">
        <tbody>
          {records.map((record) => {
            const value = number(record.data, 'value');
            const unit = text(record.data, 'unit');
            return (
              <Item key={record.id} as="tr" document={document} record={record}>
                <th scope="row">{text(record.data, 'name') ?? record.text}</th>
                <td className="figure">{value === undefined ? '' : rounded(value)}</td>
                <td className="quiet">{unit === 'ratio' || unit === 'count' ? '' : unit}</td>
              </Item>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** What the ontology says: places, features, look-alikes, differences, each with its source. */
export function OntologyStatements({ document }: { document: EvidenceDocument }) {
  const records = document.evidence.filter((record) => record.kind === 'ontology');
  if (records.length === 0) return null;
  return (
    <section className="section" aria-labelledby="section-ontology">
      <h3 id="section-ontology">{words.sections.ontology}</h3>
      <ul className="statements">
        {records.map((record) => {
          const unreviewed = ' (not clinically reviewed)';
          const source = text(record.data, 'source');
          return (
            <Item key={record.id} document={document} record={record}>
              {record.text.replace(unreviewed, '')}
              {(source || record.text.endsWith(unreviewed)) && (
                <span className="quiet statements__source">
                  {[source && `${words.sourcesLabel}: ${source}`, record.text.endsWith(unreviewed) && words.unreviewed].filter(Boolean).join('; ')}
                </span>
              )}
            </Item>
          );
        })}
      </ul>
    </section>
  );
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}
