/** What our records say should run, or be finished, and is not. */
import type { Instant } from '../../rules/civil-date.ts';
import type { Trouble } from '../../rules/trouble.ts';
import { endedWorkflowTrouble, notStartedTrouble, STARTED_WITHIN_MS } from '../../rules/trouble-of-ends.ts';
import type { Transaction } from '../../store/database.ts';
import { unfinishedRechecks, unstartedShipments, unstartedStatements } from '../../store/unended.ts';
import { recheckWorkflowId, shipmentWorkflowId, statementWorkflowId } from '../../workflows/messages.ts';
import type { Services } from '../services.ts';
import { standingOf } from './ended.ts';
import { eachOf } from './engine.ts';

/** Orders and statements that were stored and are not started, looks that were wanted and are not made. */
export async function troublesOfRecords(
  { database, temporal }: Services,
  organisations: readonly string[],
  readAt: Instant,
): Promise<Trouble[]> {
  const before = new Date(Date.parse(readAt) - STARTED_WITHIN_MS).toISOString();
  const stored = await eachOf(organisations, (organisation) =>
    database.within(organisation, async (transaction) => ({
      unstarted: await unstarted(transaction, before),
      // The whole time: one that has ended in the engine is known to have, however short ago it was begun.
      rechecks: (await unfinishedRechecks(transaction, readAt)).map(({ id, since }) => ({
        workflowId: recheckWorkflowId(organisation, id),
        since,
      })),
    })),
  );
  const unfinished = await eachOf(
    stored.flatMap(({ rechecks }) => rechecks),
    async ({ workflowId, since }) => {
      const standing = await standingOf(temporal, workflowId);
      if (typeof standing === 'string') return [];
      if (standing.ended !== 'unknown') return endedWorkflowTrouble({ workflowId, ...standing }) ?? [];
      return since < before ? (notStartedTrouble({ workflowId, since }) ?? []) : [];
    },
  );
  const notStarted = stored.flatMap((of) => of.unstarted.flatMap((one) => notStartedTrouble(one) ?? []));
  return [...notStarted, ...unfinished.flat()];
}

async function unstarted(transaction: Transaction, before: Instant) {
  const { organisation } = transaction;
  const shipments = await unstartedShipments(transaction, before);
  const statements = await unstartedStatements(transaction, before);
  return [
    ...shipments.map(({ reference, since }) => ({ workflowId: shipmentWorkflowId(organisation, reference), since })),
    ...statements.map(({ sha256, since }) => ({ workflowId: statementWorkflowId(organisation, sha256), since })),
  ];
}
