import type { FastifyBaseLogger } from 'fastify';
import { findShipment, markStarted, shipmentsNotStarted } from '../store/shipments.ts';
import { startShipment } from './engine.ts';
import { isDatabaseAway, isEngineAway } from './problem-from-error.ts';
import type { Services } from './services.ts';

const EVERY_MS = 30_000;

/** Starts the workflow of every stored order that has none: the process died between the two steps, or the engine was away. Returns how many. */
export async function startPending({ database, temporal }: Services, log: FastifyBaseLogger): Promise<number> {
  let started = 0;
  for (const { organisation, reference } of await shipmentsNotStarted(database)) {
    try {
      const row = await database.within(organisation, (transaction) => findShipment(transaction, reference));
      if (!row) continue;
      await startShipment(temporal, organisation, row.order, row.simulated);
      await database.within(organisation, (transaction) => markStarted(transaction, reference));
      log.info({ organisation, reference }, 'started a shipment that was stored but not started');
      started += 1;
    } catch (error) {
      // One that cannot be started must not keep the others waiting; an engine that is away keeps all.
      if (isEngineAway(error) || isDatabaseAway(error)) throw error;
      log.error({ err: error, organisation, reference }, 'a stored shipment cannot be started');
    }
  }
  return started;
}

/** Does so now and every half minute, one round at a time; a failure is logged and tried again. */
export function keepStarting(services: Services, log: FastifyBaseLogger): { stop: () => Promise<void> } {
  let round: Promise<unknown> | undefined;
  const run = () => {
    round ??= startPending(services, log)
      .catch((error: unknown) => log.warn({ err: error }, 'stored shipments could not be started yet'))
      .finally(() => {
        round = undefined;
      });
  };
  run();
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
