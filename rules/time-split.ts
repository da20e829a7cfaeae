import { type CalendarOverrides, isWorkingDay } from './calendar.ts';
import { addDays, chinaDate, type Instant, startOfChinaDay } from './civil-date.ts';
import { ownerRoles, type WaitedOn } from './task.ts';

/** A stretch in which a stage ran; one that still runs ends at the moment of the report. */
export interface StageSpan {
  stage: string;
  /** Strand of the shipment: `trunk`, `logistics` or `money`. Absent: every wait counts for it. */
  lane?: string;
  from: Instant;
  to: Instant;
}

/** A stretch in which somebody was waited on. */
export interface WaitSpan {
  fromWhom: WaitedOn;
  /** Absent: it counts in every lane. */
  lane?: string;
  from: Instant;
  to: Instant;
}

/** Whose time a stage took, in days of 24 hours to three decimals; the three add up to the stage's length. */
export interface StageTime {
  stage: string;
  /** Nobody was waited on. */
  machineDays: number;
  /** Some task of operator, finance, manager or engineer was open. */
  peopleDays: number;
  /** Only others were waited on. */
  counterpartyDays: number;
}

/** A stretch in milliseconds since 1970. */
type Stretch = readonly [from: number, to: number];

const DAY_IN_MS = 86_400_000;
const ourPeople: ReadonlySet<WaitedOn> = new Set(ownerRoles);

/**
 * Gives each moment of a stage to exactly one of three: to our people while any task of theirs is open, else to the
 * counterparties while any of them is waited on, else to the machine. Several waits at once count once. A stage is
 * split on the waits of its own lane, so that a slow ship does not make the money's time longer.
 * One answer for each stretch given, in the same order: a stage entered twice answers twice.
 */
export function splitTime({
  stages,
  waits,
}: {
  stages: readonly StageSpan[];
  waits: readonly WaitSpan[];
}): StageTime[] {
  return stages.map((stage) => {
    const [from, to] = [Date.parse(stage.from), Date.parse(stage.to)];
    const length = Math.max(0, to - from);
    const inLane = waits.filter((wait) => !stage.lane || !wait.lane || wait.lane === stage.lane);
    const within = (some: readonly WaitSpan[]) =>
      covered(some.map((wait): Stretch => [Math.max(from, Date.parse(wait.from)), Math.min(to, Date.parse(wait.to))]));
    const people = within(inLane.filter((wait) => ourPeople.has(wait.fromWhom)));
    const anyone = within(inLane);
    // Rounded from one running total, so that the parts neither lose nor win a thousandth and none falls below zero.
    const [first, second, last] = [people, anyone, length].map((ms) => Math.round((ms / DAY_IN_MS) * 1000)) as [
      number,
      number,
      number,
    ];
    return {
      stage: stage.stage,
      machineDays: (last - second) / 1000,
      peopleDays: first / 1000,
      counterpartyDays: (second - first) / 1000,
    };
  });
}

/** Length of what the stretches cover together, overlaps once; empty and reversed ones cover nothing. */
function covered(stretches: readonly Stretch[]): number {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of stretches.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}

/**
 * Working days of China between two moments, with the fraction of the first and last day (24 hours make one), to three
 * decimals: the figure of the targets table, which counts document review in working days. Zero when `to` is not later.
 */
export function workingDaysOf(from: Instant, to: Instant, overrides: CalendarOverrides = {}): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  let worked = 0;
  for (let day = chinaDate(from), dayStart = Date.parse(startOfChinaDay(day)); dayStart < end; dayStart += DAY_IN_MS) {
    if (isWorkingDay(day, overrides).working)
      worked += Math.max(0, Math.min(end, dayStart + DAY_IN_MS) - Math.max(start, dayStart));
    day = addDays(day, 1);
  }
  return Math.round((worked / DAY_IN_MS) * 1000) / 1000;
}
