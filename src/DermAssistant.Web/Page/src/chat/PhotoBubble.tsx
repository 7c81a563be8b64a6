import { useEffect, useRef, useState } from 'react';
import { useViewer } from '../photo/Viewer';
import { texts } from '../texts';
import type { ChatAttachment } from './activity';

/** Milliseconds to wait before a photo that did not come is asked for again: a lost line comes back, an erased photo does not. */
const pauses = [500, 2_000, 8_000];

/** A photo in the chat: whole, never cropped, and on the whole screen when it is clicked. */
export function PhotoBubble({ attachment }: { attachment: ChatAttachment }) {
  const [failures, setFailures] = useState(0);
  const timer = useRef<number>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useViewer();
  const src = attachment.contentUrl ?? attachment.thumbnailUrl;
  const name = attachment.name ?? texts.viewer.title;
  const gone = failures > pauses.length;
  if (gone || !src) return <p className="photo-bubble photo-bubble--gone">{gone ? texts.chat.photoGone : name}</p>;
  const failed = () => { timer.current = window.setTimeout(() => setFailures(failures + 1), pauses[failures] ?? 0); };
  return (
    <button type="button" className="photo-bubble" onClick={() => show({ src, title: name })} aria-label={texts.composer.enlarge(name)}>
      <img key={failures} src={src} alt={texts.chat.photoAlt(name)} onError={failed} />
    </button>
  );
}
