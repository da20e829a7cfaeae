import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Reference } from '../reference/load.ts';
import type { RecheckCause } from '../rules/compliance/recheck.ts';
import type { Database, Transaction } from '../store/database.ts';
import { looksAtRules, markRecheckStarted, organisationsWithOpenShipments, wantRecheck } from '../store/rechecks.ts';
import { sha256OfJson } from '../store/sha256.ts';
import { recheckWorkflowId, SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';

/**
 * Numbered, because rules may return to what they were: null where the latest look was at this very book, and came to its
 * end. One that was begun and broke off is the next look still.
 */
async function nextLook(transaction: Transaction, version: string): Promise<string | null> {
  const looks = await looksAtRules(transaction);
  const [latest] = looks;
  if (!latest?.id.startsWith(`rules-${version}-`)) return `rules-${version}-${looks.length + 1}`;
  return latest.isFinished ? null : latest.id;
}

/** Calls for the look on record before the engine is told: one that is away then is told by whoever starts what is stored. */
async function wantLook(transaction: Transaction, version: string, cause: RecheckCause): Promise<string | null> {
  const id = await nextLook(transaction, version);
  if (id !== null) await wantRecheck(transaction, { id, cause, wantedAt: new Date().toISOString() });
  return id;
}

/** One that runs is left alone; one that failed or was ended from outside is made anew, and tells nobody twice. */
async function start(temporal: Client, organisation: string, id: string, cause: RecheckCause): Promise<void> {
  await temporal.workflow
    .start('recheck', {
      workflowId: recheckWorkflowId(organisation, id),
      taskQueue: SHIPMENTS_TASK_QUEUE,
      args: [{ organisation, id, cause }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      staticSummary: cause.what,
    })
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
}

/**
 * A worker with other rules than the one before has the open shipments of every organisation looked at again: once a rule
 * book, however many workers start with it. One organisation whose look cannot be started now keeps no other from its own.
 */
export async function recheckAfterLawChange(
  { database, temporal, reference }: { database: Database; temporal: Client; reference: Reference },
  log: Logger,
): Promise<void> {
  const version = sha256OfJson(reference).slice(0, 12);
  const cause: RecheckCause = { kind: 'rule', what: `the rule book, version ${version}` };
  const lookFor = async (organisation: string) => {
    const id = await database.within(organisation, (transaction) => wantLook(transaction, version, cause));
    if (id === null) return;
    await start(temporal, organisation, id, cause);
    await database.within(organisation, (transaction) => markRecheckStarted(transaction, id));
  };
  const failed = (error: unknown, organisation?: string) =>
    log.warn({ err: error, organisation }, 'the open shipments cannot be looked at yet after a change of the rules');
  for (const organisation of await organisationsWithOpenShipments(database).catch((error: unknown) => {
    failed(error);
    return [];
  }))
    await lookFor(organisation).catch((error: unknown) => failed(error, organisation));
}
