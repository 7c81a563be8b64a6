// The evidence document of an answer, as GET /api/page/answers/{id} gives it, and what the page derives from it.

export interface EvidenceDocument {
  answerId: string;
  conversationId: string;
  at: string;
  question: string;
  text: string;
  claims: Claim[];
  evidence: Evidence[];
  /** Evidence ids in the order of the numbers that stand for them in the text. */
  citations: string[];
  suggestions: string[];
  /** What the assistant asks the person, about a sign that no photo shows. */
  asks?: string | null;
  tools: string[];
  models: { chat: string; encoder: string };
  removed?: { text: string; why: string }[];
  photos: AnswerPhoto[];
  tree: TreeNode[];
  rating: { helpful: boolean; comment: string | null } | null;
}

export interface Claim {
  text: string;
  evidence: string[];
  paragraph: number;
}

export interface Evidence {
  id: string;
  kind: 'differential' | 'concept' | 'measurement' | 'case' | 'ontology' | 'triage' | 'photo';
  text: string;
  data: Record<string, unknown>;
}

export interface AnswerPhoto {
  number: number;
  id: string;
  file: string;
  url: string;
  reading: Reading | null;
}

export interface Reading {
  photo: { width: number; height: number; modality: string; quality?: { warnings: string[] } | null };
  model: { id: string; version: string; labels: string; calibrated: boolean } | null;
  differential: { id: string; name: string; path: string[]; probability: number }[];
  predictionSet: { coverage: number; conditions: string[] } | null;
  verdict: { id: string | null; name: string | null; level: string; probability: number; abstained: boolean; why: string } | null;
  outsideKnowledge?: string | null;
}

/** A node on the way from the category to the verdict, or to the leading diagnosis. */
export interface TreeNode {
  id: string;
  name: string;
  level: string;
  siblings: { id: string; name: string }[];
  children: { id: string; name: string }[] | null;
}

export function text(data: Record<string, unknown>, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function number(data: Record<string, unknown>, name: string): number | undefined {
  const value = data[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function strings(data: Record<string, unknown>, name: string): string[] {
  const value = data[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The number that stands for an evidence id in the text, from 1; undefined where no sentence cites it. */
export function citationOf(document: EvidenceDocument, id: string): number | undefined {
  const index = document.citations.indexOf(id);
  return index < 0 ? undefined : index + 1;
}

/** The records about one photo of the answer; those that name no photo belong to every photo. */
export function about(document: EvidenceDocument, photo: number | undefined, kind: Evidence['kind']): Evidence[] {
  return document.evidence.filter((record) => {
    if (record.kind !== kind) return false;
    const of = number(record.data, 'photo');
    return of === undefined || photo === undefined || of === photo;
  });
}

/** Numbers as people write them: 2–4, 7. */
export function ranges(numbers: number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (sorted[end + 1] === sorted[end]! + 1) end++;
    parts.push(end - start > 1 ? `${sorted[start]}–${sorted[end]}` : sorted.slice(start, end + 1).join(', '));
    start = end + 1;
  }
  return parts.join(', ');
}

/** 0.638 to "64 %", 0.0013 to "0.1 %", 0.0004 to "under 0.1 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return 'under 0.1%';
  if (value > 99.9 && value < 100) return 'over 99.9%';
  return `${value < 9.95 && value !== 0 ? value.toFixed(1) : Math.round(value)}%`;
}
