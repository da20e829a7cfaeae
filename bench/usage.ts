/**
 * What the stack's processes use, by the system's own books: CPU time from /proc/<pid>/stat, memory from
 * /proc/<pid>/smaps_rollup. PostgreSQL is a family of processes and is counted as one.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { notedProcesses } from '../stack/processes.ts';

/** Why nothing of this can be measured here; undefined when it can. */
export function whyNoUsage(): string | undefined {
  return process.platform === 'linux'
    ? undefined
    : `CPU time and memory are read from /proc, which ${process.platform} has not: they are left out`;
}

interface Stat {
  pid: number;
  parent: number;
  /** Clock ticks of its own. */
  ticks: number;
  /** Clock ticks of its children that have ended. */
  ticksOfEnded: number;
}

/** A process's line of /proc, read. The name in parentheses may hold blanks and parentheses: fields are counted after the last. */
export function readStat(line: string): Stat {
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (field: number) => fields[field - 3] ?? 0;
  return { pid: Number.parseInt(line, 10), parent: at(4), ticks: at(14) + at(15), ticksOfEnded: at(16) + at(17) };
}

/** The noted process of a name, and for PostgreSQL its children. */
function familyOf(dataDir: string, name: string): Stat[] {
  const noted = notedProcesses(dataDir).find((mark) => mark.name === name);
  if (!noted) throw new Error(`no process ${name} serves ${dataDir}: see its logs/${name}.log`);
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        return [readStat(readFileSync(`/proc/${entry}/stat`, 'utf8'))];
      } catch {
        // Ended since the folder was read.
        return [];
      }
    });
  return all.filter(({ pid, parent }) => pid === noted.pid || (name === 'postgres' && parent === noted.pid));
}

let ticksPerSecond: number | undefined;

/** CPU seconds that a process has used since it began; PostgreSQL's with those of all its connections, ended ones too. */
export function cpuSecondsOf(dataDir: string, name: string): number {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const family = familyOf(dataDir, name);
  const ended = name === 'postgres' ? Math.max(...family.map((one) => one.ticksOfEnded)) : 0;
  return (family.reduce((sum, { ticks }) => sum + ticks, 0) + ended) / ticksPerSecond;
}

export interface Memory {
  /** Resident, in MiB. */
  rss: number;
  /** Resident, what is shared counted in shares, in MiB: the only one that may be added up. */
  pss: number;
}

/** A rollup of /proc, read. */
export function readRollup(text: string): Memory {
  const mebibytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { rss: mebibytes('Rss'), pss: mebibytes('Pss') };
}

/** Memory of a process now; PostgreSQL's of all its processes together. @throws Error when the system does not let us read it. */
export function memoryOf(dataDir: string, name: string): Memory {
  const family = familyOf(dataDir, name).flatMap(({ pid }) => {
    try {
      return [readRollup(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH')
        return [];
      throw error;
    }
  });
  return {
    rss: family.reduce((sum, { rss }) => sum + rss, 0),
    pss: family.reduce((sum, { pss }) => sum + pss, 0),
  };
}
