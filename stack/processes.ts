/**
 * Which processes serve a data folder: one small file each under `<dataDir>/processes`. After a `kill -9` the next start
 * reads them, waits for those that are still stopping, and ends those that nobody stops any more.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A process, told from a later one with the same number by when it began. */
export interface ProcessMark {
  pid: number;
  /** Of the system's own making: compared, never read. */
  began: string;
}

/** When a process began, as the system writes it; undefined when there is no such process, or only its corpse. */
export function beganAt(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'linux') {
    try {
      // The name in parentheses may itself hold blanks and parentheses: read from the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    const answer = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return answer === '' || answer.startsWith('Z') ? undefined : answer.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

/** The command line of a process, for telling what it is; empty when it cannot be read. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

export function markOf(pid: number): ProcessMark {
  return { pid, began: beganAt(pid) ?? '' };
}

export function isAlive(mark: ProcessMark): boolean {
  return mark.began !== '' && beganAt(mark.pid) === mark.began;
}

const folderOf = (dataDir: string) => join(dataDir, 'processes');

/** Notes that a process serves this data folder. */
export function noteProcess(dataDir: string, name: string, pid: number): void {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  writeFileSync(join(folderOf(dataDir), `${name}.json`), JSON.stringify(markOf(pid)));
}

/** Notes that it has ended. */
export function forgetProcess(dataDir: string, name: string): void {
  rmSync(join(folderOf(dataDir), `${name}.json`), { force: true });
}

/** The processes noted for a data folder that are alive. */
export function notedProcesses(dataDir: string): ({ name: string } & ProcessMark)[] {
  let files: string[];
  try {
    files = readdirSync(folderOf(dataDir));
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    try {
      const mark: ProcessMark = JSON.parse(readFileSync(join(folderOf(dataDir), file), 'utf8'));
      return isAlive(mark) ? [{ name: file.replace(/\.json$/, ''), ...mark }] : [];
    } catch {
      // Half written by a process that was killed meanwhile; what it named then is found by the port it holds.
      return [];
    }
  });
}

/** Resolves to true once the process has ended, to false when the time is up first. */
export async function ended(mark: ProcessMark, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; isAlive(mark); ) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** Sends a signal to exactly this process, not to a later one of the same number. */
export function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  if (!isAlive(mark)) return;
  try {
    process.kill(mark.pid, name);
  } catch {
    // Ended between the two lines.
  }
}

/** The engines have no parent to miss: they are asked to stop. The others stop by themselves when their parent is gone. */
const isEngine = ({ name }: { name: string }) => name === 'postgres' || name === 'temporal';

async function endAll(marks: ReturnType<typeof notedProcesses>, log: (line: string) => void, withinMs: number) {
  await Promise.all(
    marks.map(async (mark) => {
      if (isEngine(mark)) signal(mark, mark.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
      if (await ended(mark, withinMs)) return;
      log(`${mark.name} (process ${mark.pid}) does not stop: killed`);
      signal(mark, 'SIGKILL');
      await ended(mark, 2000);
    }),
  );
}

/** Ends engines that nobody keeps any more. Both engines' files survive being killed. */
export async function endLeftoverEngines(dataDir: string, log: (line: string) => void, withinMs = 8000): Promise<void> {
  await endAll(notedProcesses(dataDir).filter(isEngine), log, withinMs);
}

/**
 * Waits until nothing of an earlier run serves this data folder. Call it only while holding the folder's lock.
 * The engines are asked to stop once whoever kept them is gone; what has not ended in time is killed.
 */
export async function endLeftovers(dataDir: string, log: (line: string) => void, withinMs = 15_000): Promise<void> {
  const left = notedProcesses(dataDir);
  if (left.length > 0) {
    log(`Waiting for what an earlier run left: ${left.map(({ name, pid }) => `${name} (process ${pid})`).join(', ')}`);
    await endAll(
      left.filter((mark) => !isEngine(mark)),
      log,
      withinMs,
    );
    await endLeftoverEngines(dataDir, log);
  }
  rmSync(folderOf(dataDir), { recursive: true, force: true });
}
