import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, markOf, type ProcessMark } from './processes.ts';

/** A take-over is a few synchronous lines: one that is older than this was killed in the middle. */
const TAKE_OVER_TAKES_AT_MOST_MS = 5000;

function read(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Creates the lock with its content in one step: an empty lock would look stale to whoever reads it just then. */
function create(file: string, mark: ProcessMark): boolean {
  const written = `${file}.${mark.pid}`;
  writeFileSync(written, JSON.stringify(mark), { mode: 0o600 });
  try {
    linkSync(written, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
}

/**
 * Claims a data folder for one process: two stacks on one folder would file the same declaration twice.
 * The lock of a process that is dead is taken over.
 * @returns what gives the folder back.
 * @throws Error naming the process that holds it.
 */
export function lockDataFolder(dataDir: string, own: ProcessMark = markOf(process.pid)): () => void {
  const file = join(dataDir, 'stack.lock');
  const release = () => {
    const holder = read(file);
    if (holder?.pid === own.pid && holder.began === own.began) rmSync(file, { force: true });
  };
  if (create(file, own)) return release;

  const inUse = (pid: number | undefined) =>
    new Error(
      `${dataDir} is in use by process ${pid ?? '(just starting)'}: stop that one, or set QUAYSIDE_DATA_DIR to another folder.`,
    );
  const holder = read(file);
  if (holder && isAlive(holder)) throw inUse(holder.pid);

  // Two that find the same stale lock must not both remove it: the second would remove the first one's new lock.
  const guard = join(dataDir, 'stack.lock.take-over');
  try {
    if (Date.now() - statSync(guard).mtimeMs > TAKE_OVER_TAKES_AT_MOST_MS) rmdirSync(guard);
  } catch {
    // Nobody is taking over.
  }
  try {
    mkdirSync(guard);
  } catch {
    throw inUse(undefined);
  }
  try {
    const now = read(file);
    if (now && isAlive(now)) throw inUse(now.pid);
    rmSync(file, { force: true });
    if (!create(file, own)) throw inUse(read(file)?.pid);
  } finally {
    rmdirSync(guard);
  }
  return release;
}
