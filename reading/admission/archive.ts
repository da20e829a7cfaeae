/** Zip archives (workbooks, OFD invoices): every part is unpacked once with a limit, and thrown away, before a reader sees it. */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { MOST_UNPACKED_BYTES, MOST_UNPACKED_RATIO, MOST_ZIP_PARTS, RATIO_COUNTS_ABOVE_BYTES } from '../limits.ts';
import { type Refusal, refusal } from './refusal.ts';
import { declaresEntities } from './xml.ts';

const words = {
  corrupt: 'The file is a broken archive. Open it in the program that made it, save it again, and send that.',
  bomb: 'The file unpacks into far more than a paper holds. Copy what matters into a new workbook and send that.',
  encrypted: 'The file is protected with a password. Save it without protection and hand that in.',
  names: 'The file holds parts whose names lead out of it (“..”). Save it again in the program that made it.',
  macros: 'The workbook carries macros. Save it as a workbook without macros (.xlsx) and hand that in.',
  entities: 'A part of the file declares XML entities. Save it again in the program that made it.',
};

/** Why the archive is not taken, or undefined. The sizes that it states of itself are not believed. */
export async function refusalOfArchive(bytes: Uint8Array): Promise<Refusal | undefined> {
  let zip: ZipFile | undefined;
  try {
    zip = await opened(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (zip.entryCount > MOST_ZIP_PARTS) return refusal('bomb', words.bomb);
    return await refusalOfParts(zip);
  } catch (error) {
    const leadsOut = error instanceof Error && /relative path|absolute path|invalid characters/.test(error.message);
    return leadsOut ? refusal('unsafe-names', words.names) : refusal('corrupt', words.corrupt);
  } finally {
    zip?.close();
  }
}

function opened(content: Buffer): Promise<ZipFile> {
  return new Promise((done, failed) =>
    fromBuffer(content, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (error, zip) =>
      error ? failed(error) : done(zip),
    ),
  );
}

async function refusalOfParts(zip: ZipFile): Promise<Refusal | undefined> {
  const seen = new Set<string>();
  let unpacked = 0;
  for (let entry = await nextOf(zip); entry; entry = await nextOf(zip)) {
    const why = refusalOfName(entry, seen);
    if (why) return why;
    if (entry.fileName.endsWith('/')) continue;
    const most = Math.min(
      MOST_UNPACKED_BYTES - unpacked,
      Math.max(RATIO_COUNTS_ABOVE_BYTES, entry.compressedSize * MOST_UNPACKED_RATIO),
    );
    const part = await contentOf(zip, entry, most);
    if (!part) return refusal('bomb', words.bomb);
    unpacked += part.size;
    if (part.hasEntities) return refusal('bomb', words.entities);
  }
  return undefined;
}

function refusalOfName(entry: Entry, seen: Set<string>): Refusal | undefined {
  const name = entry.fileName.toLowerCase();
  if (entry.isEncrypted()) return refusal('encrypted', words.encrypted);
  if (name.split('/').includes('..')) return refusal('unsafe-names', words.names);
  if (/vbaproject|^xl\/(macrosheets|activex)\//.test(name)) return refusal('macros', words.macros);
  // Two parts of one name: which of them is read depends on the reader.
  if (seen.has(name)) return refusal('corrupt', words.corrupt);
  seen.add(name);
  return undefined;
}

function nextOf(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((done, failed) => {
    const stop = () => {
      zip.off('entry', onEntry).off('end', onEnd).off('error', onError);
    };
    const onEntry = (entry: Entry) => {
      stop();
      done(entry);
    };
    const onEnd = () => {
      stop();
      done(undefined);
    };
    const onError = (error: Error) => {
      stop();
      failed(error);
    };
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError);
    zip.readEntry();
  });
}

/** Unpacks one part and counts. Undefined: it is larger than it may be. */
async function contentOf(zip: ZipFile, entry: Entry, most: number) {
  const stream = await new Promise<Readable>((done, failed) =>
    zip.openReadStream(entry, (error, opened) => (error ? failed(error) : done(opened))),
  );
  const isXml = /\.(xml|rels|vml)$/i.test(entry.fileName);
  let size = 0;
  let end = '';
  let hasEntities = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return undefined;
    if (!isXml) continue;
    // NULs out, so that UTF-16 hides nothing; the end of the last piece goes before the next one.
    const text = end + chunk.toString('latin1').replaceAll('\0', '');
    hasEntities ||= declaresEntities(text);
    end = text.slice(-12);
  }
  return { size, hasEntities };
}
