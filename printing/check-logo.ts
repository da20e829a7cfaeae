import { inflateSync } from 'node:zlib';
import type { Logo } from '../rules/documents/stationery.ts';

/** Samples a pixel by PNG colour type: grey, colours, palette, grey with alpha, colours with alpha. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Makes sure that a logo can be printed before the typesetter tries: pdfkit unpacks PNG with alpha in a callback, where a
 * broken one would end the whole process; a JPEG without its head or end fails or is printed by half.
 * @throws Error naming what is wrong with the picture and how to mend it
 */
export function checkLogo({ mediaType, base64 }: Logo): void {
  const bytes = Buffer.from(base64, 'base64');
  if (mediaType === 'image/jpeg') checkJpeg(bytes);
  else checkPng(bytes);
}

/** Bytes by which a JPEG ends. */
const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

/** Walks the segments to the one with the picture's size (ITU-T T.81, annex B); of the pixels it looks only for their end. */
function checkJpeg(bytes: Buffer): void {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    const hasSize = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (!hasSize) continue;
    const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
    if (height > 0 && width > 0 && bytes.includes(END_OF_JPEG, at)) return;
    break;
  }
  throw refused('it is broken or cut off: save it again');
}

function checkPng(bytes: Buffer): void {
  const [width, height, depth, colourType] = [
    bytes.readUInt32BE(16),
    bytes.readUInt32BE(20),
    bytes[24] ?? 0,
    bytes[25] ?? 0,
  ];
  if (bytes[28] !== 0) throw refused('it is interlaced: save it without interlacing');
  const perPixel = (samples[colourType] ?? 0) * depth;
  const size = (Math.ceil((width * perPixel) / 8) + 1) * height;
  if (perPixel === 0 || unpackedSize(bytes, size) !== size)
    throw refused('its pixels are broken or cut off: save it again');
}

/** Bytes of the pixels, no more than one above what there should be: a small file may unpack to gigabytes. */
function unpackedSize(bytes: Buffer, expected: number): number {
  try {
    return inflateSync(Buffer.concat(pixelChunks(bytes)), { maxOutputLength: expected + 1 }).length;
  } catch {
    return -1;
  }
}

function pixelChunks(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      found.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  return found;
}

function refused(why: string): Error {
  return new Error(`The logo of the letterhead (settings, exporter.letterhead.logo) cannot be printed: ${why}.`);
}
