import { icons } from '../icons';
import { texts } from '../texts';
import { number, text, type EvidenceDocument } from './document';
import { Item } from './Item';

const words = texts.evidence;

/** Cases of the library with what they were, how alike they are, and where their record is. */
export function SimilarCases({ document }: { document: EvidenceDocument }) {
  const records = document.evidence.filter((record) => record.kind === 'case');
  if (records.length === 0) return null;
  const cases = records.filter((record) => text(record.data, 'case'));
  const counts = records.filter((record) => !text(record.data, 'case'));
  return (
    <section className="section" aria-labelledby="section-cases">
      <h3 id="section-cases">{words.sections.cases}</h3>
      <ul className="statements">
        {counts.map((record) => <Item key={record.id} document={document} record={record}>{record.text}</Item>)}
      </ul>
      <ul className="cases">
        {cases.map((record) => {
          const id = text(record.data, 'case')!;
          const url = webAddress(text(record.data, 'url'));
          const similarity = number(record.data, 'similarity');
          return (
            <Item key={record.id} document={document} record={record} className="cases__entry">
              <p className="cases__head">
                <strong>{text(record.data, 'name')}</strong>
                {similarity !== undefined && <span className="figure">{words.similarity(similarity.toFixed(2))}</span>}
              </p>
              {record.data.nearDuplicate === true && <p className="notice">{words.nearDuplicate}</p>}
              {text(record.data, 'caption') && <p>{text(record.data, 'caption')}</p>}
              <p className="quiet">
                {url ? <a href={url} target="_blank" rel="noopener noreferrer" aria-label={words.openCase(id)}>{id}<icons.external /></a> : id}
                {[text(record.data, 'source'), text(record.data, 'licence')].filter(Boolean).map((part) => <span key={part}> · {part}</span>)}
              </p>
            </Item>
          );
        })}
      </ul>
    </section>
  );
}

/** Case libraries come from outside: only web addresses become links. */
function webAddress(address: string | undefined): string | undefined {
  return address && /^https?:\/\//iu.test(address) ? address : undefined;
}
