import { useState } from 'react';
import { useViewer } from '../photo/Viewer';
import { texts } from '../texts';
import type { ChatAttachment } from './activity';

/** A photo in the chat: whole, never cropped, and on the whole screen when it is clicked. */
export function PhotoBubble({ attachment }: { attachment: ChatAttachment }) {
  const [gone, setGone] = useState(false);
  const show = useViewer();
  const src = attachment.contentUrl ?? attachment.thumbnailUrl;
  const name = attachment.name ?? texts.viewer.title;
  if (gone || !src) return <p className="photo-bubble photo-bubble--gone">{gone ? texts.chat.photoGone : name}</p>;
  return (
    <button type="button" className="photo-bubble" onClick={() => show({ src, title: name })} aria-label={texts.composer.enlarge(name)}>
      <img src={src} alt={texts.chat.photoAlt(name)} onError={() => setGone(true)} />
    </button>
  );
}
