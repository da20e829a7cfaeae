import type { FastifyBaseLogger } from 'fastify';
import { isEngineAway } from '../activities/engine-away.ts';
import { markStatementStarted, statementsNotStarted } from '../store/receipts.ts';
import { markRecheckStarted, rechecksNotStarted } from '../store/rechecks.ts';
import { findShipment, markStarted, shipmentsNotStarted } from '../store/shipments.ts';
import { startRecheck, startShipment, startStatement } from './engine.ts';
import { isDatabaseAway } from './problem-from-error.ts';
import type { Services } from './services.ts';

const EVERY_MS = 30_000;

/** Something stored whose workflow is not known to run, and how to start it; false when there is nothing to start after all. */
interface Pending {
  what: { organisation: string; reference?: string; sha256?: string; recheck?: string };
  start: () => Promise<boolean>;
}

/** Starts the workflow of every stored order, bank statement and wanted re-check that has none: the process died between the two steps, or the engine was away. Returns how many. */
export async function startPending(services: Services, log: FastifyBaseLogger): Promise<number> {
  let started = 0;
  for (const { what, start } of [
    ...(await pendingShipments(services)),
    ...(await pendingStatements(services)),
    ...(await pendingRechecks(services)),
  ]) {
    try {
      if (!(await start())) continue;
      log.info(what, 'started what was stored but not started');
      started += 1;
    } catch (error) {
      // One that cannot be started must not keep the others waiting; an engine that is away keeps all.
      if (isEngineAway(error) || isDatabaseAway(error)) throw error;
      log.error({ err: error, ...what }, 'what is stored cannot be started');
    }
  }
  return started;
}

async function pendingShipments({ database, temporal }: Services): Promise<Pending[]> {
  return (await shipmentsNotStarted(database)).map((what) => ({
    what,
    async start() {
      const { organisation, reference } = what;
      const row = await database.within(organisation, (transaction) => findShipment(transaction, reference));
      if (!row) return false;
      await startShipment(temporal, organisation, row.order, row.simulated);
      await database.within(organisation, (transaction) => markStarted(transaction, reference));
      return true;
    },
  }));
}

async function pendingStatements({ database, temporal }: Services): Promise<Pending[]> {
  return (await statementsNotStarted(database)).map((what) => ({
    what,
    async start() {
      const { organisation, sha256 } = what;
      await startStatement(temporal, organisation, sha256);
      await database.within(organisation, (transaction) => markStatementStarted(transaction, sha256));
      return true;
    },
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
  const run = () => {
    round ??= startPending(services, log)
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
