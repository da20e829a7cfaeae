/** Pictures are kept, not read: it is enough to see that they are whole. */
import { Buffer } from 'node:buffer';
import { type Refusal, refusal } from './refusal.ts';

const cut = refusal(
  'corrupt',
  'The picture ends before its end. Was the upload or the photograph cut short? Send it again.',
);

/** Why the picture is not taken, or undefined. */
export function refusalOfImage(bytes: Uint8Array, kind: 'png' | 'jpeg' | 'tiff' | 'webp'): Refusal | undefined {
  return isWhole[kind](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ? undefined : cut;
}

const isWhole: Record<'png' | 'jpeg' | 'tiff' | 'webp', (bytes: Buffer) => boolean> = {
  png: (bytes) => bytes.length > 45 && bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.includes('IEND', -64),
  // Cameras may write some bytes after the end mark.
  jpeg: (bytes) => bytes.length > 100 && bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > bytes.length / 2,
  tiff: (bytes) => {
    if (bytes.length < 16) return false;
    const first = bytes[0] === 0x49 ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
    return first >= 8 && first + 2 <= bytes.length;
  },
  webp: (bytes) => bytes.length >= 30 && bytes.readUInt32LE(4) + 8 <= bytes.length + 1,
};
