import { texts } from '../texts';
import { about, number, percent, text, type EvidenceDocument, type Reading } from './document';
import { Item } from './Item';

interface Props {
  document: EvidenceDocument;
  photo: number | undefined;
  reading: Reading | undefined;
}

interface Branch {
  id: string;
  name: string;
  share: number;
  below: Branch[];
}

const words = texts.evidence;
const leastShare = 0.01;

/** Where the differential lies among the diseases, with the probability of every branch and the verdict on it. */
export function OntologyTree({ document, photo, reading }: Props) {
  const records = about(document, photo, 'differential');
  const verdict = records.find((record) => record.data.about === 'verdict');
  const entries = reading?.differential ?? records
    .filter((record) => record.data.about === 'differential')
    .map(({ data }) => ({ id: text(data, 'id') ?? '', name: text(data, 'name') ?? '', path: Array.isArray(data.path) ? data.path as string[] : [], probability: number(data, 'probability') ?? 0 }));
  if (entries.length === 0) return null;
  const verdictId = verdict ? text(verdict.data, 'id') : reading?.verdict?.id ?? undefined;
  const siblings = new Map(document.tree.map((node) => [node.id, node.siblings.map((sibling) => sibling.name)]));
  return (
    <section className="section" aria-labelledby="section-verdict">
      <h3 id="section-verdict">{words.sections.verdict}</h3>
      {verdict && (
        <ul className="statements">
          <Item document={document} record={verdict}>{verdict.text}</Item>
        </ul>
      )}
      <Branches branches={branchesOf(entries)} verdict={verdictId} siblings={siblings} />
    </section>
  );
}

function Branches({ branches, verdict, siblings }: { branches: Branch[]; verdict: string | undefined; siblings: ReadonlyMap<string, string[]> }) {
  if (branches.length === 0) return null;
  return (
    <ul className="tree">
      {branches.map((branch) => {
        const beside = siblings.get(branch.id)?.filter((name) => !branches.some((other) => other.name === name)) ?? [];
        return (
          <li key={branch.id} className={branch.id === verdict ? 'tree__node tree__node--verdict' : 'tree__node'} aria-current={branch.id === verdict ? 'true' : undefined}>
            <div className="tree__row">
              <span>{branch.name}{branch.id === verdict && <span className="for-readers"> ({words.verdict})</span>}</span>
              <span className="figure" aria-label={words.share(percent(branch.share))}>{percent(branch.share)}</span>
            </div>
            <Branches branches={branch.below} verdict={verdict} siblings={siblings} />
            {beside.length > 0 && (
              <details className="tree__beside"><summary>{words.beside(beside.length, branch.name)}</summary><p>{beside.join(', ')}</p></details>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The paths of the differential as one tree; a node's id is the start of its conditions' ids. Branches under 1 % are left out. */
function branchesOf(entries: { id: string; path: string[]; probability: number }[]): Branch[] {
  const roots: Branch[] = [];
  for (const entry of entries) {
    const ids = entry.id.split('/');
    let level = roots;
    entry.path.forEach((name, depth) => {
      const id = ids.slice(0, depth + 1).join('/');
      let branch = level.find((known) => known.id === id);
      if (!branch) level.push(branch = { id, name, share: 0, below: [] });
      branch.share += entry.probability;
      level = branch.below;
    });
  }
  return pruned(roots);
}

function pruned(branches: Branch[]): Branch[] {
  return branches
    .filter((branch) => branch.share >= leastShare)
    .sort((a, b) => b.share - a.share)
    .map((branch) => ({ ...branch, below: pruned(branch.below) }));
}
