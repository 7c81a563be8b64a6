// The photos picked and not yet sent.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Limits } from '../api';
import { texts } from '../texts';
import { faultOf } from './check';
import { thumbnailOf } from './thumbnail';

export interface Picked {
  key: number;
  file: File;
  url: string;
  thumbnail: string | undefined;
}

let keys = 0;

export function useTray(limits: Limits | undefined) {
  const [photos, setPhotos] = useState<Picked[]>([]);
  const [faults, setFaults] = useState<string[]>([]);
  // How many files are being looked at: a message must not leave without them.
  const [adding, setAdding] = useState(0);
  const busy = useRef(0);
  const current = useRef(photos);
  current.current = photos;

  // The browser holds a picked file in memory as long as its address is in use.
  useEffect(() => () => current.current.forEach((photo) => URL.revokeObjectURL(photo.url)), []);

  const add = useCallback(async (files: readonly File[]) => {
    if (!limits) return;
    setAdding((before) => before + 1);
    // Complaints about an earlier choice go; those about files that are being looked at together stay together.
    if (busy.current++ === 0) setFaults([]);
    const found: string[] = [];
    const good: Picked[] = [];
    for (const file of files) {
      const fault = await faultOf(file, limits);
      if (fault) found.push(fault);
      else good.push({ key: ++keys, file, url: URL.createObjectURL(file), thumbnail: await thumbnailOf(file) });
    }
    const room = Math.max(0, limits.photosPerMessage - current.current.length);
    if (good.length > room) {
      found.push(texts.photoFaults.tooMany(limits.photosPerMessage));
      good.splice(room).forEach((photo) => URL.revokeObjectURL(photo.url));
    }
    setPhotos((before) => [...before, ...good]);
    setFaults((before) => [...before, ...found]);
    busy.current--;
    setAdding((before) => before - 1);
  }, [limits]);

  const remove = useCallback((key: number) => setPhotos((before) => before.filter((photo) => {
    if (photo.key !== key) return true;
    URL.revokeObjectURL(photo.url);
    return false;
  })), []);

  /** Empties the tray into a message. */
  const take = useCallback((): readonly Picked[] => {
    const taken = current.current;
    taken.forEach((photo) => URL.revokeObjectURL(photo.url));
    setPhotos([]);
    setFaults([]);
    return taken;
  }, []);

  const dismiss = useCallback(() => setFaults([]), []);
  return { photos, faults, adding: adding > 0, add, remove, take, dismiss };
}
