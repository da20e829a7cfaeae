/** As much of zip and tar as a downloaded executable needs: Node unpacks neither. */
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw, inflateRawSync } from 'node:zlib';

/** A file inside a zip. */
export interface ZipMember {
  name: string;
  /** 0 stored, 8 deflated; others are not read. */
  method: number;
  compressedSize: number;
  headerAt: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

async function within<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function bytes(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead !== length) throw new Error('the archive ends too early');
  return buffer;
}

/** The files in a zip, from its directory. Not for archives of 4 GB or 65,535 files. */
export async function zipMembers(path: string): Promise<ZipMember[]> {
  return within(path, async (file) => {
    const { size } = await file.stat();
    const tail = await bytes(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    let end = tail.length - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
    if (end < 0) throw new Error('not a zip archive');
    const directory = await bytes(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    const members: ZipMember[] = [];
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY; ) {
      const nameLength = directory.readUInt16LE(at + 28);
      members.push({
        name: directory.toString('utf8', at + 46, at + 46 + nameLength),
        method: directory.readUInt16LE(at + 10),
        compressedSize: directory.readUInt32LE(at + 20),
        headerAt: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return members;
  });
}

/** Where the content of a member begins: its own header repeats the name and adds a field of another length. */
function contentAt(path: string, { headerAt, method, name }: ZipMember): Promise<number> {
  if (method !== 0 && method !== 8) throw new Error(`${name} is packed by method ${method}, which is not read`);
  return within(path, async (file) => {
    const header = await bytes(file, headerAt, 30);
    return headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  });
}

/** The content of a small member. */
export async function readZipMember(path: string, member: ZipMember): Promise<Buffer> {
  const at = await contentAt(path, member);
  const packed = await within(path, (file) => bytes(file, at, member.compressedSize));
  return member.method === 0 ? packed : inflateRawSync(packed);
}

/** Writes a member of any size to a file. */
export async function extractZipMember(path: string, member: ZipMember, target: string): Promise<void> {
  const start = await contentAt(path, member);
  const packed = createReadStream(path, { start, end: start + member.compressedSize - 1 });
  if (member.method === 0) await pipeline(packed, createWriteStream(target));
  else await pipeline(packed, createInflateRaw(), createWriteStream(target));
}

const BLOCK = 512;
const text = (header: Buffer, at: number, length: number) =>
  header.toString('utf8', at, at + length).replace(/\0.*$/s, '');

/** Writes one file of a tar stream to `target`. @throws Error when the stream does not hold it whole. */
export async function extractTarMember(tar: Readable, name: string, target: string): Promise<void> {
  const out = await open(target, 'w', 0o755);
  let waiting = Buffer.alloc(0);
  let left = 0;
  let padding = 0;
  let wanted = false;
  try {
    for await (const piece of tar) {
      waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece]);
      for (;;) {
        if (left > 0) {
          const part = waiting.subarray(0, left);
          if (wanted) await out.write(part);
          left -= part.length;
          waiting = waiting.subarray(part.length);
          if (left > 0) break;
          if (wanted) return;
        }
        if (waiting.length < padding + BLOCK) break;
        const header = waiting.subarray(padding, padding + BLOCK);
        waiting = waiting.subarray(padding + BLOCK);
        left = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
        padding = (BLOCK - (left % BLOCK)) % BLOCK;
        wanted = text(header, 0, 100).replace(/^\.\//, '') === name;
        if (wanted && left === 0) return;
      }
    }
  } finally {
    await out.close();
    tar.destroy();
  }
  throw new Error(`the archive does not hold ${name} whole`);
}
