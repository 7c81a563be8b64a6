import { texts } from '../texts';
import { about, number, percent, strings, text, type Evidence, type EvidenceDocument, type Reading } from './document';
import { Item } from './Item';
import { Bar } from './Summary';

interface Props {
  document: EvidenceDocument;
  photo: number | undefined;
  reading: Reading | undefined;
}

const words = texts.evidence;

/** Ranked conditions with their probabilities; the prediction set is marked, and so is what may be malignant. */
export function Differential({ document, photo, reading }: Props) {
  const records = about(document, photo, 'differential');
  const ranked = records.filter((record) => record.data.about === 'differential').sort((a, b) => (number(a.data, 'rank') ?? 0) - (number(b.data, 'rank') ?? 0));
  if (ranked.length === 0) return null;
  const set = records.find((record) => record.data.about === 'predictionSet');
  const malignancy = records.find((record) => record.data.about === 'malignancy');
  const inSet = new Set(set ? strings(set.data, 'conditions') : reading?.predictionSet?.conditions);
  const malignant = new Set(malignancy ? strings(malignancy.data, 'conditions') : []);
  const coverage = (set && number(set.data, 'coverage')) ?? reading?.predictionSet?.coverage;
  const known = new Set(ranked.map((record) => text(record.data, 'id')));
  const further = (reading?.differential ?? []).filter((entry) => !known.has(entry.id));
  const calibrated = ranked.every((record) => record.data.calibrated !== false);
  return (
    <section className="section" aria-labelledby="section-differential">
      <h3 id="section-differential">{words.sections.differential}</h3>
      {!calibrated && <p className="notice">{words.uncalibrated}</p>}
      <ol className="differential">
        {ranked.map((record) => <Entry key={record.id} document={document} record={record} inSet={inSet} malignant={malignant} />)}
      </ol>
      {further.length > 0 && <p className="quiet">{words.further(further.length, percent(further.reduce((sum, entry) => sum + entry.probability, 0)))}</p>}
      <ul className="statements">
        {set && <Item document={document} record={set}><span className="swatch" aria-hidden="true" />{coverage !== undefined && <strong>{words.predictionSet(percent(coverage))}. </strong>}{set.text}</Item>}
        {malignancy && <Item document={document} record={malignancy}><span className="diamond" aria-hidden="true" />{malignancy.text}</Item>}
      </ul>
    </section>
  );
}

function Entry({ document, record, inSet, malignant }: { document: EvidenceDocument; record: Evidence; inSet: ReadonlySet<string>; malignant: ReadonlySet<string> }) {
  const name = text(record.data, 'name') ?? record.text;
  const share = number(record.data, 'probability') ?? 0;
  const marked = inSet.has(text(record.data, 'id') ?? '');
  return (
    <Item document={document} record={record} className={marked ? 'differential__entry differential__entry--set' : 'differential__entry'}>
      <span className="differential__name">
        {name}
        {malignant.has(name) && <><span className="diamond" aria-hidden="true" title={words.malignant} /><span className="for-readers"> ({words.malignant})</span></>}
        {marked && <span className="for-readers"> ({words.inSet})</span>}
      </span>
      <span className="figure">{percent(share)}</span>
      <Bar share={share} tone={marked ? 'set' : 'other'} />
    </Item>
  );
}
