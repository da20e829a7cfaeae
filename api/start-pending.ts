import type { FastifyBaseLogger } from 'fastify';
import { markStatementStarted, statementsNotStarted } from '../store/receipts.ts';
import { findShipment, markStarted, shipmentsNotStarted } from '../store/shipments.ts';
import { startShipment, startStatement } from './engine.ts';
import { isDatabaseAway, isEngineAway } from './problem-from-error.ts';
import type { Services } from './services.ts';

const EVERY_MS = 30_000;
/** So many in a row that meet an engine or a database which does not answer: it is not theirs, the others would meet it too. */
const AWAY_AFTER = 3;

/** Something stored whose workflow is not known to run, and how to start it; false when there is nothing to start after all. */
interface Pending {
  what: { organisation: string; reference?: string; sha256?: string };
  start: () => Promise<boolean>;
}

/**
 * Starts the workflow of every stored order and bank statement that has none: the process died between the two steps, or
 * the engine was away. Returns how many. `failed`: what could not be started in earlier rounds, which comes last and is
 * written down anew. @throws what keeps engine or database from answering, once several in a row have met it.
 */
export async function startPending(
  services: Services,
  log: FastifyBaseLogger,
  failed: Set<string> = new Set(),
): Promise<number> {
  const pending = [...(await pendingShipments(services)), ...(await pendingStatements(services))];
  const isKnown = ({ what }: Pending) => failed.has(nameOf(what));
  const inOrder = [...pending.filter((one) => !isKnown(one)), ...pending.filter(isKnown)];
  failed.clear();
  let started = 0;
  let awayInARow = 0;
  for (const { what, start } of inOrder) {
    try {
      if (await start()) {
        log.info(what, 'started what was stored but not started');
        started += 1;
      }
      awayInARow = 0;
    } catch (error) {
      // One that cannot be started must not keep the others waiting, whatever the engine calls it; an engine that is away keeps all.
      failed.add(nameOf(what));
      if (isEngineAway(error) || isDatabaseAway(error)) awayInARow += 1;
      if (awayInARow === AWAY_AFTER) throw error;
      log.error({ err: error, ...what }, 'what is stored cannot be started');
    }
  }
  return started;
}

function nameOf({ organisation, reference, sha256 }: Pending['what']): string {
  return `${organisation}/${reference ?? sha256}`;
}

/** Starts the workflow of a stored order; false when there is none of that reference. */
export async function startStoredShipment(
  { database, temporal }: Services,
  organisation: string,
  reference: string,
): Promise<boolean> {
  const row = await database.within(organisation, (transaction) => findShipment(transaction, reference));
  if (!row) return false;
  await startShipment(temporal, organisation, row.order, row.simulated);
  await database.within(organisation, (transaction) => markStarted(transaction, reference));
  return true;
}

/** Starts the reading of a stored bank statement. */
export async function startStoredStatement(
  { database, temporal }: Services,
  organisation: string,
  sha256: string,
): Promise<void> {
  await startStatement(temporal, organisation, sha256);
  await database.within(organisation, (transaction) => markStatementStarted(transaction, sha256));
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
    async start() {
      await startStoredStatement(services, what.organisation, what.sha256);
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
