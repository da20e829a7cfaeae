import type { FastifyBaseLogger } from 'fastify';
import { statementsNotStarted } from '../store/receipts.ts';
import { markRecheckStarted, rechecksNotStarted } from '../store/rechecks.ts';
import { shipmentsNotStarted } from '../store/shipments.ts';
import { startRecheck } from './engine.ts';
import type { Services } from './services.ts';
import { type Pending, startInTurn, startStoredShipment, startStoredStatement } from './start-stored.ts';

const EVERY_MS = 30_000;

/** Starts the workflow of every stored order, bank statement and wanted re-check that has none: the process died between the two steps, or the engine was away. Returns how many. `failed`: what could not be started in the round before, which comes last. */
export async function startPending(
  services: Services,
  log: FastifyBaseLogger,
  failed: Set<string> = new Set(),
): Promise<number> {
  const pending = [
    ...(await pendingShipments(services)),
    ...(await pendingStatements(services)),
    ...(await pendingRechecks(services)),
  ];
  return startInTurn(pending, log, failed);
}

async function pendingShipments(services: Services): Promise<Pending[]> {
  return (await shipmentsNotStarted(services.database)).map((what) => ({
    what,
    start: () => startStoredShipment(services, what.organisation, what.reference),
  }));
}

async function pendingStatements(services: Services): Promise<Pending[]> {
  return (await statementsNotStarted(services.database)).map((what) => ({
    what,
    start: () => startStoredStatement(services, what.organisation, what.sha256),
  }));
}

async function pendingRechecks({ database, temporal }: Services): Promise<Pending[]> {
  return (await rechecksNotStarted(database)).map(({ organisation, id, cause }) => ({
    what: { organisation, recheck: id },
    async start() {
      await startRecheck(temporal, organisation, { id, cause });
      await database.within(organisation, (transaction) => markRecheckStarted(transaction, id));
      return true;
    },
  }));
}

/** Does so now and every half minute, one round at a time; a failure is logged and tried again. */
export function keepStarting(services: Services, log: FastifyBaseLogger): { stop: () => Promise<void> } {
  let round: Promise<unknown> | undefined;
  const failed = new Set<string>();
  const run = () => {
    round ??= startPending(services, log, failed)
      .catch((error: unknown) => log.warn({ err: error }, 'what is stored could not be started yet'))
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
