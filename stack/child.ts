import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

/** A log that is larger at a start is put aside: one run's messages at least are always kept whole. */
const LOG_KEPT_BYTES = 20 * 1024 * 1024;

/** Opens a log for a child's output. The child writes the file itself, so its last words survive whoever started it. */
export function openLog(path: string): number {
  try {
    if (statSync(path).size > LOG_KEPT_BYTES) renameSync(path, `${path}.1`);
  } catch {
    // The first start.
  }
  return openSync(path, 'a', 0o600);
}

export function closeLog(descriptor: number): void {
  closeSync(descriptor);
}

/** The end of a log, for a message to a person. */
export function lastLines(path: string, count = 12): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** How long a log is now, to read later only what came after. */
export function lengthOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** What was logged since then: whole when it is short, otherwise its beginning, where a crash says why, and its end. */
export function wordsSince(path: string, length: number): string {
  try {
    const lines = readFileSync(path).subarray(length).toString('utf8').trim().split('\n');
    return (lines.length <= 24 ? lines : [...lines.slice(0, 12), '…', ...lines.slice(-6)]).join('\n');
  } catch {
    return '';
  }
}

/** Whether a child has ended, or never began. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** How it ended, in words. */
export function howEnded(child: ChildProcess): string {
  return child.signalCode ? `was ended by ${child.signalCode}` : `ended with status ${child.exitCode}`;
}

/** Resolves when the child has ended; false when the time is up first. */
export function exitOf(child: ChildProcess, withinMs?: number): Promise<boolean> {
  if (hasEnded(child)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer =
      withinMs === undefined
        ? undefined
        : setTimeout(() => {
            child.off('exit', onExit);
            resolve(false);
          }, withinMs);
    const onExit = () => {
      clearTimeout(timer);
      resolve(true);
    };
    child.once('exit', onExit);
  });
}

/** Asks a child to end, and ends it when it does not. */
export async function endChild(child: ChildProcess, ask: () => void, withinMs: number): Promise<void> {
  if (hasEnded(child)) return;
  ask();
  if (await exitOf(child, withinMs)) return;
  child.kill('SIGKILL');
  await exitOf(child, 2000);
}
