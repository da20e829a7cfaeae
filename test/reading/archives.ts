/** Zip archives part by part, so that tests can put anything into one. */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';

/** The parts of an archive, unpacked. */
export async function partsOf(archive: Uint8Array): Promise<Map<string, Buffer>> {
  const zip = await new Promise<ZipFile>((done, failed) =>
    fromBuffer(Buffer.from(archive), { lazyEntries: true }, (error, opened) => (error ? failed(error) : done(opened))),
  );
  const parts = new Map<string, Buffer>();
  await new Promise<void>((done, failed) => {
    zip.on('error', failed).on('end', done);
    zip.on('entry', (entry) => {
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return failed(error);
        parts.set(entry.fileName, await buffer(stream as Readable));
        zip.readEntry();
      });
    });
    zip.readEntry();
  });
  return parts;
}

/** An archive of these parts. */
export async function archiveOf(parts: Iterable<readonly [string, Uint8Array]>): Promise<Uint8Array> {
  const zip = new ZipWriter();
  for (const [name, content] of parts)
    if (!name.endsWith('/')) zip.addBuffer(Buffer.from(content), name, { mtime: new Date(315_532_800_000) });
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream as Readable));
}

/** The archive with some parts changed or added. */
export async function withParts(
  archive: Uint8Array,
  changed: Record<string, string | Uint8Array>,
): Promise<Uint8Array> {
  const parts = await partsOf(archive);
  for (const [name, content] of Object.entries(changed)) parts.set(name, Buffer.from(content));
  return archiveOf(parts);
}
