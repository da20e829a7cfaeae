import { scenarios } from '../demo/scenarios.ts';
import { play } from '../simulation/play.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { startCopies } from './orders.ts';
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
  const wrong = ended.filter(({ error, outcome }) => error || outcome !== plain.expected);
  return [
    ...wrong.map(({ reference, outcome, error }) => `${reference} did not end as written: ${error ?? outcome}`),
    ...(await wronglyRefunded(site, references)),
  ];
}

async function wronglyRefunded({ database, running }: Site, references: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ reference: string; refund: string | null }>(
    `select reference, progress->'refund'->>'amount' as refund from shipment
      where organisation = $1 and reference = any($2) and progress->'refund'->>'amount' is distinct from $3`,
    [running.organisation, references, plain.refund],
  );
  return rows.map(({ reference, refund }) => `${reference}: the refund is ${refund}, not ${plain.refund}`);
}
