// A first look at a file before it is sent: type by its first bytes, and size. The server's gate has the last word.
import type { Limits } from '../api';
import { texts } from '../texts';

const faults = texts.photoFaults;

/** Undefined when the file can be sent; otherwise what is wrong and what to do. */
export async function faultOf(file: File, limits: Limits): Promise<string | undefined> {
  const name = file.name || texts.viewer.title;
  if (file.size === 0) return faults.empty(name);
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  } catch {
    return faults.unreadable(name);
  }
  const type = typeOf(head);
  if (!type || !limits.accept.includes(type)) {
    if (type === 'image/heic') return faults.heic(name);
    if (type === 'application/pdf') return faults.pdf(name);
    return faults.notPhoto(name);
  }
  if (file.size > limits.photoBytes) return faults.tooLarge(name, megabytes(file.size), megabytes(limits.photoBytes));
  return undefined;
}

/** The media type a file's first bytes announce, for the formats people send. */
export function typeOf(head: Uint8Array): string | undefined {
  const ascii = (from: number, to: number) => String.fromCharCode(...head.slice(from, to));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  if (head[0] === 0x89 && ascii(1, 4) === 'PNG') return 'image/png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(0, 4) === 'GIF8') return 'image/gif';
  if (ascii(0, 2) === 'BM') return 'image/bmp';
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'image/tiff';
  if (ascii(0, 5) === '%PDF-') return 'application/pdf';
  if (ascii(4, 8) === 'ftyp') {
    const brand = ascii(8, 12);
    if (brand === 'avif' || brand === 'avis') return 'image/avif';
    if (/^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/.test(brand)) return 'image/heic';
  }
  return undefined;
}

export function megabytes(bytes: number): string {
  const value = bytes / 1024 / 1024;
  if (value < 0.1) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} MB`;
}
