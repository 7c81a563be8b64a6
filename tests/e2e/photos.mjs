// Photos for the tests: real dermoscopic ones where the folder `shared` lies beside the clone, and files that are none.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const shared = new URL('../../../shared/data/', import.meta.url);
const real = (path) => {
  const file = fileURLToPath(new URL(path, shared));
  return existsSync(file) ? { name: path.split('/').at(-1), mimeType: 'image/jpeg', buffer: readFileSync(file) } : undefined;
};

export const lesion = real('photos/isic_fullsize/ISIC_0000002.jpg');
export const nevus = real('ham10000/images/ISIC_0024306.jpg');

/** Why a test that needs real photos does not run; false where it does. */
export const withoutPhotos = !(lesion && nevus) && 'the photos in ../shared/data are not here';

/** A drawn picture, for what does not depend on what is seen in it. */
export const drawing = { name: 'drawing.png', mimeType: 'image/png', buffer: png(320, 240, (x, y) => (Math.hypot((x - 160) / 90, (y - 120) / 70) < 1 ? [96, 58, 44] : [226, 188, 168])) };

export const pdf = { name: 'referral.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n') };
export const heic = { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1') };

/** Begins like a photo and then breaks off: only decoding it shows that. */
export const torn = { name: 'torn.png', mimeType: 'image/png', buffer: drawing.buffer.subarray(0, 120) };

/** A picture that needs more bytes than the limit. */
export function larger(bytes) {
  const side = Math.ceil(Math.sqrt(bytes / 3)) + 64;
  // Noise does not compress.
  const noise = randomBytes(side * side * 3);
  return { name: 'large.png', mimeType: 'image/png', buffer: png(side, side, (x, y) => noise.subarray((y * side + x) * 3, (y * side + x) * 3 + 3)) };
}

function png(width, height, colour) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (width * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
