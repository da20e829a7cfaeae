/** How what is stored is started, one after the other. */
import type { FastifyBaseLogger } from 'fastify';
import { isEngineAway } from '../activities/engine-away.ts';
import { markStatementStarted } from '../store/receipts.ts';
import { findShipment, markStarted } from '../store/shipments.ts';
import { startShipment, startStatement } from './engine.ts';
import { isDatabaseAway } from './problem-from-error.ts';
import type { Services } from './services.ts';

/** So many in a row that meet an engine or a database which does not answer: it is not theirs, the others would meet it too. */
const AWAY_AFTER = 3;

/** Something stored whose workflow is not known to run, and how to start it; false when there is nothing to start after all. */
export interface Pending {
  /** What it is, for the log. */
  what: Record<string, string>;
  start: () => Promise<boolean>;
}

/**
 * Starts them all; returns how many were. One that cannot be started keeps no other waiting, whatever the engine calls it:
 * `failed` holds those of the round before, which come last, and gets those of this one.
 * @throws what keeps engine or database from answering, once several in a row have met it
 */
export async function startInTurn(
  pending: readonly Pending[],
  log: FastifyBaseLogger,
  failed: Set<string>,
): Promise<number> {
  const isKnown = ({ what }: Pending) => failed.has(JSON.stringify(what));
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
      failed.add(JSON.stringify(what));
      awayInARow = isEngineAway(error) || isDatabaseAway(error) ? awayInARow + 1 : 0;
      if (awayInARow === AWAY_AFTER) throw error;
      log.error({ err: error, ...what }, 'what is stored cannot be started');
    }
  }
  return started;
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
): Promise<boolean> {
  await startStatement(temporal, organisation, sha256);
  await database.within(organisation, (transaction) => markStatementStarted(transaction, sha256));
  return true;
}
