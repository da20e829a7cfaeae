/** Pictures made for a test. */
import { crc32, deflateSync } from 'node:zlib';

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of one colour, 8 bits each of red, green and blue. */
export function solidPng(
  width: number,
  height: number,
  colour: readonly [number, number, number] = [32, 64, 160],
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(colour))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A JPEG as far as a printer looks before it prints: head with size, a few pixels, end. It shows nothing. */
export function jpegOf({ width = 8, height = 8, end = true, frame = true } = {}): Buffer {
  const size = Buffer.from([0xff, 0xc0, 0x00, 0x0b, 0x08, 0, height, 0, width, 0x01, 0x01, 0x11, 0x00]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x4a, 0x46]),
    ...(frame ? [size] : []),
    Buffer.from([0xff, 0xda, 0x00, 0x02, 0x12, 0x34]),
    Buffer.from(end ? [0xff, 0xd9] : []),
  ]);
}
