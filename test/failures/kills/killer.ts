import { pause } from '../../../simulation/patience.ts';
import { ended, notedProcesses, signal } from '../../../stack/processes.ts';
import { type Draw, shuffled } from '../seeded.ts';

/** What is killed. Each is a process of its own, noted in the stack's data folder. */
export const targets = ['worker', 'api', 'postgres', 'temporal'] as const;
export type Target = (typeof targets)[number];

/** One kill, and how it went on. */
export interface Kill {
  target: Target;
  /** From the kill until the next event of any shipment stood in the database; null when none came in time. */
  wentOnAfterMs: number | null;
  /** From the kill until the process was there again and the API could serve; null when that did not come in time. */
  backAfterMs: number | null;
}

/** Much longer than anything takes to come back: only whether it does is asserted. */
const GOES_ON_WITHIN_MS = 120_000;
const QUIET_AT_LEAST_MS = 500;
const QUIET_AT_MOST_MS = 3000;

/** Looks at the stack from outside while parts of it are away. */
export interface Watched {
  dataDir: string;
  /** How many events stand in the log of all shipments; undefined while the database is away. */
  countEvents: () => Promise<number | undefined>;
  /** Whether the API says that it can serve. */
  isReady: () => Promise<boolean>;
}

/** Kills each target so many times, one at a time, in an order and at moments drawn by lot; each must be back, and the shipments have gone on, before the next. */
export async function killInTurns(
  watched: Watched,
  rounds: number,
  draw: Draw,
  onKilled: (kill: Kill) => void,
): Promise<Kill[]> {
  const kills: Kill[] = [];
  for (let round = 0; round < rounds; round++)
    for (const target of shuffled(targets, draw)) {
      await pause(QUIET_AT_LEAST_MS + draw() * (QUIET_AT_MOST_MS - QUIET_AT_LEAST_MS));
      const kill = await killOne(watched, target);
      kills.push(kill);
      onKilled(kill);
      if (kill.backAfterMs === null) return kills;
    }
  return kills;
}

/** @throws Error when there is no such process to kill. */
async function killOne(watched: Watched, target: Target): Promise<Kill> {
  const mark = notedProcesses(watched.dataDir).find(({ name }) => name === target);
  if (!mark) throw new Error(`no ${target} is noted in ${watched.dataDir}`);
  signal(mark, 'SIGKILL');
  const began = performance.now();
  await ended(mark, GOES_ON_WITHIN_MS);
  // What had been committed by then is no progress after the kill.
  let before = await watched.countEvents();
  let wentOnAfterMs: number | null = null;
  while (performance.now() - began < GOES_ON_WITHIN_MS) {
    const now = await watched.countEvents();
    before ??= now;
    if (now !== undefined && before !== undefined && now > before) {
      wentOnAfterMs ??= performance.now() - began;
      if (isBack(watched.dataDir, target, mark.pid) && (await watched.isReady()))
        return { target, wentOnAfterMs, backAfterMs: performance.now() - began };
    }
    await pause(20);
  }
  return { target, wentOnAfterMs, backAfterMs: null };
}

function isBack(dataDir: string, target: Target, killed: number): boolean {
  return notedProcesses(dataDir).some(({ name, pid }) => name === target && pid !== killed);
}

/** Best, middle and worst of some times. */
function spread(times: readonly (number | null)[]): string {
  const sorted = times.map((ms) => ms ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const shown = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  return shown.map((ms) => ((ms ?? 0) / 1000).toFixed(1)).join(' / ');
}

/** One line for each target: how often it was killed, after how long shipments went on, and after how long it was back. */
export function figuresOf(kills: readonly Kill[]): string[] {
  return targets.flatMap((target) => {
    const own = kills.filter((kill) => kill.target === target);
    if (own.length === 0) return [];
    const wentOn = spread(own.map(({ wentOnAfterMs }) => wentOnAfterMs));
    const back = spread(own.map(({ backAfterMs }) => backAfterMs));
    return [
      `${target.padEnd(9)} killed ${own.length} times: the next event of a shipment after ${wentOn} s (best / median / worst), all back after ${back} s`,
    ];
  });
}
