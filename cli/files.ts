/** Files of a list or table, as they are on the disk. */
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ImportFile, UnreadLine } from '../reference/importing/importer.ts';
import { NotUnderstood, type Terminal } from './terminal.ts';

const AT_MOST_BYTES = 64 * 1024 * 1024;

/** Reads them. @throws NotUnderstood naming the file that is not there, cannot be read or is too large */
export async function readFiles(names: readonly string[], { folder }: Terminal): Promise<ImportFile[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = resolve(folder, name);
      try {
        const { size } = await stat(path);
        if (size > AT_MOST_BYTES) throw new NotUnderstood(`${name} is larger than 64 MB.`);
        return { name: basename(name), content: await readFile(path) };
      } catch (error) {
        if (error instanceof NotUnderstood) throw error;
        throw new NotUnderstood(`${name}: ${whyNot(error)}`);
      }
    }),
  );
}

/** Why a file could not be read, in words. */
export function whyNot(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  const known = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read' }[code];
  return known ?? `it cannot be read (${code})`;
}

/** Complaints shown at once. */
const MOST_TOLD = 50;

/** The lines of a list that cannot be read, for the person who mends them. */
export function unreadText(unread: readonly UnreadLine[]): string[] {
  const more = unread.length - MOST_TOLD;
  return [
    ...unread.slice(0, MOST_TOLD).map(({ file, line, why }) => `${file}:${line}: ${why}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
