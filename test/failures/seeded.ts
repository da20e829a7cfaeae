import { createHash } from 'node:crypto';

/** Draws lots: each call gives the next number of [0, 1). The same seed gives the same numbers, on every machine. */
export type Draw = () => number;

/** Lots by a seed of any text. */
export function seeded(seed: string): Draw {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed}/${drawn++}`).digest().readUInt32BE() / 2 ** 32;
}

/** One of them. @throws RangeError when there is none. */
export function pick<T>(from: readonly T[], draw: Draw): T {
  const index = Math.floor(draw() * from.length);
  if (from.length === 0) throw new RangeError('there is nothing to draw from');
  return from[index] as T;
}

/** All of them, in an order drawn by lot. */
export function shuffled<T>(from: readonly T[], draw: Draw): T[] {
  return from
    .map((one) => ({ one, lot: draw() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ one }) => one);
}

/** The seed of a run: what the environment says, else the day, so that a day's runs can be told apart from the next one's. */
export function seedOfToday(): string {
  return process.env.QUAYSIDE_TEST_SEED ?? new Date().toISOString().slice(0, 10);
}
