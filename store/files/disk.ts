import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sha256Of } from '../sha256.ts';
import {
  FileDamaged,
  type FileStore,
  FilesAway,
  FilesRefused,
  FilesUnmarked,
  type KeptFile,
  MARK,
  MARK_WORDS,
  placeOf,
  wholeOrDamaged,
} from './file-store.ts';

/** A missing right does not pass by itself. All else may: no room, a mount that is gone or fails, a folder put back in its place. */
const refusing = new Set(['EACCES', 'EPERM']);

/**
 * Files below a folder. A file is written under another name beside its place, forced to the disk and then renamed, so that
 * after a power cut too nothing partial stands under its hash.
 * @param directory made, with its mark, at set-up; all APIs of one installation share it. Without the mark it is away: below a
 * volume that is not mounted lies a folder, too.
 */
export function filesOnDisk(directory: string): FileStore {
  const home = resolve(directory);
  const pathOf = (organisation: string, sha256: string) => join(home, placeOf(organisation, sha256));
  const markedHere = async () => {
    if (!(await unlessNotThere(join(home, MARK), (path) => stat(path)))) throw new FilesUnmarked(home);
  };
  // One name a store: what a killed process leaves is a file, and not one more at each check.
  const probe = join(home, `.check-${randomUUID()}`);
  return {
    async put(organisation, bytes) {
      const kept: KeptFile = { sha256: sha256Of(bytes), size: bytes.byteLength };
      const path = pathOf(organisation, kept.sha256);
      // A damaged file is no reason to refuse a whole one: it is replaced.
      const there = await readWhole(path, kept.sha256).catch((error: unknown) => {
        if (error instanceof FileDamaged) return undefined;
        throw error;
      });
      if (!there) {
        await markedHere();
        await writeWhole(home, path, bytes);
      }
      return kept;
    },
    async get(organisation, sha256) {
      const bytes = await readWhole(pathOf(organisation, sha256), sha256);
      if (!bytes) await markedHere();
      return bytes;
    },
    async has(organisation, sha256) {
      const there = (await unlessNotThere(pathOf(organisation, sha256), (path) => stat(path)))?.isFile() ?? false;
      if (!there) await markedHere();
      return there;
    },
    async check() {
      await markedHere();
      try {
        await writeFile(probe, MARK_WORDS);
        const read = await readFile(probe, 'utf8');
        if (read !== MARK_WORDS) throw new FilesAway(`the file store at ${home} does not give back what was written`);
      } catch (error) {
        throw error instanceof FilesAway ? error : toldOf(error, probe);
      } finally {
        await rm(probe, { force: true }).catch(() => undefined);
      }
    },
    async mark() {
      await writeWhole(home, join(home, MARK), Buffer.from(MARK_WORDS));
    },
  };
}

async function readWhole(path: string, sha256: string): Promise<Buffer | undefined> {
  const bytes = await unlessNotThere(path, (there) => readFile(there));
  return bytes && wholeOrDamaged(bytes, sha256, path);
}

async function writeWhole(home: string, path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const beside = join(folder, `.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    try {
      const file = await open(beside, 'wx', 0o440);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } finally {
      await rm(beside, { force: true });
    }
    // The names too: of the file in its folder, and of folders that may be new in theirs.
    for (let each = folder; each.startsWith(home); each = dirname(each)) await syncFolder(each);
  } catch (error) {
    throw toldOf(error, path);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function unlessNotThere<T>(path: string, read: (path: string) => Promise<T>): Promise<T | undefined> {
  try {
    return await read(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw toldOf(error, path);
  }
}

function toldOf(error: unknown, path: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (refusing.has(String(code)))
    return new FilesRefused(
      `the file store may not use ${path}: ${message}. Check who owns the folder and its rights`,
      {
        cause: error,
      },
    );
  return new FilesAway(
    `the file store on disk does not take or give ${path}: ${message}. Check that the volume is there and has room`,
    { cause: error },
  );
}
