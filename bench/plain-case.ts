import { scenarios } from '../demo/scenarios.ts';
import { play } from '../simulation/play.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { startCopies } from './orders.ts';
import { refundsOf } from './refunds.ts';
import type { Site } from './site.ts';
import { Turnstile } from './turnstile.ts';

const [plain] = scenarios as [Scenario, ...Scenario[]];

/**
 * Starts copies of the demo's case (a) and plays all to their end, so many driven at a time, a step each in turn.
 * @returns what did not end as the case is written.
 */
export async function playPlain(site: Site, references: readonly string[], atATime: number): Promise<string[]> {
  const { client, running, signal } = site;
  await startCopies(site, { of: plain.reference, references });
  const turnstile = new Turnstile(atATime);
  const ended = await Promise.all(
    references.map(async (reference) => {
      await turnstile.enter();
      try {
        const scenario = { ...plain, reference };
        return await play(
          client,
          running,
          scenario,
          () => undefined,
          signal,
          () => turnstile.giveWay(),
        );
      } catch (error) {
        return { reference, outcome: null, error: (error as Error).message };
      } finally {
        turnstile.leave();
      }
    }),
  );
  signal.throwIfAborted();
  const refunds = await refundsOf(site, references);
  return ended.flatMap(({ reference, outcome, error }) => {
    const refund = refunds.get(reference) ?? null;
    if (!error && outcome === plain.expected && refund === plain.refund) return [];
    return [`${reference} did not end as written: ${error ?? `${outcome}, refund ${refund}`}`];
  });
}
