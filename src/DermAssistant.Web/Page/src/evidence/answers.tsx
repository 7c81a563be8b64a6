// The evidence documents of this conversation's answers, fetched once each, and which answer the evidence panel shows.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { api } from '../api';
import type { EvidenceDocument } from './document';

export type Loaded = EvidenceDocument | 'loading' | 'failed';

interface Answers {
  all: ReadonlyMap<string, Loaded>;
  load: (id: string, again?: boolean) => void;
  selected: string | undefined;
  /** Shows an answer's evidence; with ids, brings the first of them into view. */
  select: (id: string, evidence?: readonly string[]) => void;
  /** An answer that just arrived is shown unless the user is reading another one's evidence. */
  arrived: (id: string) => void;
  reveal: { evidence: readonly string[]; at: number } | undefined;
  /** On a narrow screen the evidence covers the chat when it is open. */
  panelOpen: boolean;
  setPanelOpen: (open: boolean) => void;
}

interface Spotlight {
  answer: string | undefined;
  evidence: ReadonlySet<string>;
  point: (answer: string | undefined, evidence: readonly string[]) => void;
}

const AnswersContext = createContext<Answers | undefined>(undefined);
const SpotlightContext = createContext<Spotlight | undefined>(undefined);
const nothing: ReadonlySet<string> = new Set();

export function AnswersProvider({ children }: { children: ReactNode }) {
  const [all, setAll] = useState<ReadonlyMap<string, Loaded>>(new Map());
  const [selected, setSelected] = useState<string>();
  const [reveal, setReveal] = useState<Answers['reveal']>();
  const [panelOpen, setPanelOpen] = useState(false);
  const [spot, setSpot] = useState<{ answer: string | undefined; evidence: ReadonlySet<string> }>({ answer: undefined, evidence: nothing });
  const asked = useRef(new Set<string>());

  const put = useCallback((id: string, loaded: Loaded) => setAll((before) => new Map(before).set(id, loaded)), []);

  const load = useCallback((id: string, again = false) => {
    if (asked.current.has(id) && !again) return;
    asked.current.add(id);
    put(id, 'loading');
    api.answer<EvidenceDocument>(id).then((document) => put(id, document), () => put(id, 'failed'));
  }, [put]);

  const select = useCallback((id: string, evidence: readonly string[] = []) => {
    setSelected(id);
    setPanelOpen(true);
    setReveal(evidence.length > 0 ? { evidence, at: performance.now() } : undefined);
  }, []);

  const arrived = useCallback((id: string) => {
    setSelected(id);
    setReveal(undefined);
  }, []);

  const point = useCallback((answer: string | undefined, evidence: readonly string[]) => {
    setSpot(evidence.length > 0 ? { answer, evidence: new Set(evidence) } : { answer: undefined, evidence: nothing });
  }, []);

  const answers = useMemo(
    () => ({ all, load, selected, select, arrived, reveal, panelOpen, setPanelOpen }),
    [all, load, selected, select, arrived, reveal, panelOpen],
  );
  const spotlight = useMemo(() => ({ ...spot, point }), [spot, point]);
  return (
    <AnswersContext.Provider value={answers}>
      <SpotlightContext.Provider value={spotlight}>{children}</SpotlightContext.Provider>
    </AnswersContext.Provider>
  );
}

export function useAnswers(): Answers {
  const answers = useContext(AnswersContext);
  if (!answers) throw new Error('Answers are used outside their provider.');
  return answers;
}

export function useSpotlight(): Spotlight {
  const spotlight = useContext(SpotlightContext);
  if (!spotlight) throw new Error('The spotlight is used outside its provider.');
  return spotlight;
}

/** The evidence document of an answer; asks for it when it is first needed. */
export function useAnswer(id: string | undefined): Loaded | undefined {
  const { all, load } = useAnswers();
  useEffect(() => {
    if (id) load(id);
  }, [id, load]);
  return id ? all.get(id) : undefined;
}

/** Props that light up what belongs to the given evidence while the pointer or the focus is on an element. */
export function useLightsUp(answer: string, evidence: readonly string[]) {
  const { point } = useSpotlight();
  const on = useCallback(() => point(answer, evidence), [point, answer, evidence]);
  const off = useCallback(() => point(undefined, []), [point]);
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}
