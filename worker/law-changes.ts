import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Reference } from '../reference/load.ts';
import type { Database, Transaction } from '../store/database.ts';
import { looksAtRules, organisationsWithOpenShipments } from '../store/rechecks.ts';
import { sha256OfJson } from '../store/sha256.ts';
import { recheckWorkflowId, SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';

/** Numbered, because rules may return to what they were: null where the latest look was at this very book. */
async function nextLook(transaction: Transaction, version: string): Promise<string | null> {
  const ids = await looksAtRules(transaction);
  return ids[0]?.startsWith(`rules-${version}-`) ? null : `rules-${version}-${ids.length + 1}`;
}

/**
 * A worker with other rules than the one before has the open shipments of every organisation looked at again: once a rule
 * book, however many workers start with it. What cannot be started now is started by the next worker, and logged.
 */
export async function recheckAfterLawChange(
  { database, temporal, reference }: { database: Database; temporal: Client; reference: Reference },
  log: Logger,
): Promise<void> {
  const version = sha256OfJson(reference).slice(0, 12);
  try {
    for (const organisation of await organisationsWithOpenShipments(database)) {
      const id = await database.within(organisation, (transaction) => nextLook(transaction, version));
      if (id === null) continue;
      const cause = { kind: 'rule' as const, what: `the rule book, version ${version}` };
      await temporal.workflow
        .start('recheck', {
          workflowId: recheckWorkflowId(organisation, id),
          taskQueue: SHIPMENTS_TASK_QUEUE,
          args: [{ organisation, id, cause }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          staticSummary: cause.what,
        })
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        });
    }
  } catch (error) {
    log.warn({ err: error }, 'the open shipments could not be looked at again after a change of the rules');
  }
}
