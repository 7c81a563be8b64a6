// Takes a photo with a computer's camera. Phones have a better camera program of their own, which the file input opens.
import { useEffect, useRef, useState } from 'react';
import { Modal } from '../shell/Modal';
import { texts } from '../texts';

/** Whether the page should open the camera itself: there is one to ask for, and this is no phone. */
export function hasOwnCamera(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === 'function' && !matchMedia('(pointer: coarse)').matches;
}

interface Props {
  onPhoto: (photo: File) => void;
  onClose: () => void;
}

let taken = 0;

export function Camera({ onPhoto, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'starting' | 'running' | 'denied'>('starting');

  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    navigator.mediaDevices
      .getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 3840 }, height: { ideal: 2160 } } })
      .then(async (opened) => {
        stream = opened;
        if (gone || !video.current) {
          stop(opened);
          return;
        }
        video.current.srcObject = opened;
        await video.current.play();
        setState('running');
      })
      .catch(() => { if (!gone) setState('denied'); });
    return () => {
      gone = true;
      stop(stream);
    };
  }, []);

  const capture = () => {
    const picture = video.current;
    if (!picture) return;
    const canvas = document.createElement('canvas');
    canvas.width = picture.videoWidth;
    canvas.height = picture.videoHeight;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    canvas.toBlob((blob) => {
      if (blob) onPhoto(new File([blob], texts.camera.fileName(++taken), { type: 'image/jpeg' }));
      onClose();
    }, 'image/jpeg', 0.95);
  };

  return (
    <Modal className="camera" label={texts.camera.title} onClose={onClose}>
      <h2>{texts.camera.title}</h2>
      {state === 'denied'
        ? <p role="alert">{texts.camera.denied}</p>
        : (
          <>
            <video ref={video} className="camera__picture" playsInline muted aria-label={texts.camera.title} />
            <p className="quiet" role="status">{state === 'starting' ? texts.camera.starting : texts.camera.hint}</p>
          </>
        )}
      <div className="modal__actions">
        <button type="button" className="button" onClick={onClose}>{texts.camera.cancel}</button>
        {state !== 'denied' && (
          <button type="button" className="button button--primary" onClick={capture} disabled={state !== 'running'}>{texts.camera.capture}</button>
        )}
      </div>
    </Modal>
  );
}

function stop(stream: MediaStream | undefined) {
  stream?.getTracks().forEach((track) => track.stop());
}
