// A photo on the whole screen, uncropped, with zoom. Opened from anywhere through useViewer().
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { icons } from '../icons';
import { Modal } from '../shell/Modal';
import { texts } from '../texts';

interface Shown {
  src: string;
  title: string;
}

const ViewerContext = createContext<(photo: Shown) => void>(() => undefined);

export function useViewer(): (photo: Shown) => void {
  return useContext(ViewerContext);
}

export function ViewerProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown>();
  const close = useCallback(() => setShown(undefined), []);
  return (
    <ViewerContext.Provider value={setShown}>
      {children}
      {shown && <Viewer {...shown} onClose={close} />}
    </ViewerContext.Provider>
  );
}

const least = 1, most = 12, step = 1.4;

function Viewer({ src, title, onClose }: Shown & { onClose: () => void }) {
  const [view, setView] = useState({ zoom: 1, x: 0, y: 0 });
  const stage = useRef<HTMLDivElement>(null);
  const fingers = useRef(new Map<number, { x: number; y: number }>());

  /** Zooms so that the given point of the stage stays where it is; coordinates from the stage's middle. */
  const zoomAt = useCallback((factor: number, x = 0, y = 0) => setView((before) => {
    const zoom = Math.min(most, Math.max(least, before.zoom * factor));
    const real = zoom / before.zoom;
    return kept({ zoom, x: x - (x - before.x) * real, y: y - (y - before.y) * real }, stage.current);
  }), []);
  const move = useCallback((x: number, y: number) => setView((before) => kept({ ...before, x: before.x + x, y: before.y + y }, stage.current)), []);
  const fit = useCallback(() => setView({ zoom: 1, x: 0, y: 0 }), []);

  useEffect(() => stage.current?.focus(), []);

  // React listens to the wheel passively, and then the page would zoom too.
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY / 400), event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [zoomAt]);

  const keys = (event: KeyboardEvent) => {
    const actions: Record<string, () => void> = {
      '+': () => zoomAt(step), '=': () => zoomAt(step), '-': () => zoomAt(1 / step), '0': fit,
      ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60), ArrowDown: () => move(0, -60),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };

  const down = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const drag = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!other) {
      move(event.clientX - before.x, event.clientY - before.y);
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    if (was > 0) zoomAt(is / was, (event.clientX + other.x) / 2 - box.left - box.width / 2, (event.clientY + other.y) / 2 - box.top - box.height / 2);
  };
  const lift = (event: PointerEvent) => fingers.current.delete(event.pointerId);

  const style = useMemo(() => ({ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }), [view]);
  return (
    <Modal className="viewer" label={title || texts.viewer.title} onClose={onClose} onKeyDown={keys}>
      <div className="viewer__bar">
        <span className="viewer__title">{title}</span>
        <span className="viewer__level" role="status">{texts.viewer.level(Math.round(view.zoom * 100))}</span>
        <button type="button" className="button" onClick={() => zoomAt(1 / step)} disabled={view.zoom <= least} aria-label={texts.viewer.zoomOut}>−</button>
        <button type="button" className="button" onClick={() => zoomAt(step)} disabled={view.zoom >= most} aria-label={texts.viewer.zoomIn}>+</button>
        <button type="button" className="button" onClick={fit}>{texts.viewer.fit}</button>
        <button type="button" className="button button--icon" onClick={onClose} aria-label={texts.viewer.close}><icons.close /></button>
      </div>
      <div
        ref={stage} className="viewer__stage" tabIndex={0} role="group" aria-label={texts.viewer.hint}
        onPointerDown={down} onPointerMove={drag} onPointerUp={lift} onPointerCancel={lift}
        onDoubleClick={() => (view.zoom > 1 ? fit() : zoomAt(3))}
      >
        <img src={src} alt={title} style={style} draggable={false} />
      </div>
      <p className="viewer__hint">{texts.viewer.hint}</p>
    </Modal>
  );
}

/** The photo can be moved by what sticks out of the stage, and no further. */
function kept(view: { zoom: number; x: number; y: number }, stage: HTMLElement | null): typeof view {
  if (!stage) return view;
  const x = (stage.clientWidth * (view.zoom - 1)) / 2, y = (stage.clientHeight * (view.zoom - 1)) / 2;
  return { zoom: view.zoom, x: Math.min(x, Math.max(-x, view.x)), y: Math.min(y, Math.max(-y, view.y)) };
}
