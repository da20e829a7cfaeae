/** What there is to do about what runs no more, or never began. */
import { isEngineAway } from '../../activities/engine-away.ts';
import { ownerOfWorkflow, type Trouble, type TroubleActionName } from '../../rules/trouble.ts';
import { findRecheck, markRecheckStarted } from '../../store/rechecks.ts';
import { sha256Of } from '../../store/sha256.ts';
import { closeRecord, ENDED_IN_ENGINE, mootTasksOf } from '../../store/unended.ts';
import { REFERENCE_AGE_SCHEDULE, recheckWorkflowId } from '../../workflows/messages.ts';
import { startRecheck, startStatement } from '../engine.ts';
import { isDatabaseAway } from '../problem-from-error.ts';
import type { Services } from '../services.ts';
import { startStoredShipment, startStoredStatement } from '../start-stored.ts';
import { standingOf } from './ended.ts';
import { describeLatest, within } from './engine.ts';
import { done, type Mended, refused } from './mended.ts';

/** Does something about a workflow that was ended in the engine with something left to do. */
export async function mendEnded(
  services: Services,
  { trouble, action }: { trouble: Trouble; action: TroubleActionName },
): Promise<Mended> {
  const workflowId = trouble.workflowId ?? '';
  const owner = ownerOfWorkflow(workflowId);
  if (!trouble.actions.includes(action))
    return refused(
      `it has ended: there is nothing to ${action}. ${trouble.actions.join(' or ')} is what there is to do`,
    );
  // The reading is a moment old, and an action may be sent twice.
  if (typeof (await standingOf(services.temporal, workflowId)) === 'string' && owner?.of !== 'reference-age')
    return refused('it runs again, or has come to its end: there is nothing to do about it');
  const organisation = owner?.organisation ?? '';
  switch (owner?.of) {
    case 'shipment':
      return closeShipment(services, organisation, owner.name, workflowId);
    case 'statement':
      return readAnew(services, organisation, owner.name, workflowId);
    case 'recheck':
      return lookAgain(services, organisation, owner.name);
    case 'reference-age':
      await within(services.temporal, () =>
        services.temporal.schedule.getHandle(REFERENCE_AGE_SCHEDULE).trigger('ALLOW_ALL'),
      );
      return done('the look is made now');
    case undefined:
      return refused('it is no workflow of ours');
  }
}

/** The record says that nothing goes on any more; what was open is for people, outside of it. */
async function closeShipment(
  { database }: Services,
  organisation: string,
  reference: string,
  workflowId: string,
): Promise<Mended> {
  const now = new Date().toISOString();
  const tasks = await database.within(organisation, async (transaction) =>
    (await closeRecord(transaction, reference)) ? mootTasksOf(transaction, workflowId, now) : undefined,
  );
  if (tasks === undefined) return refused(`the record of shipment ${reference} is closed already`);
  return done(`the record of shipment ${reference} is closed as ${ENDED_IN_ENGINE}; ${closedWords(tasks)}`);
}

function closedWords(tasks: readonly string[]): string {
  if (tasks.length === 0) return 'no task was open';
  const named = tasks.slice(0, 5).join(', ');
  return `its open tasks are closed with it (${named}${tasks.length > 5 ? ` and ${tasks.length - 5} more` : ''})`;
}

/**
 * The tasks of the earlier reading go first: nobody takes their answers, and a crash before the start leaves the trouble
 * standing. What is booked is kept by receipt, what was told by the message's id, so that neither is done twice.
 */
async function readAnew(
  { database, temporal }: Services,
  organisation: string,
  sha256: string,
  workflowId: string,
): Promise<Mended> {
  const ended = (await describeLatest(temporal, workflowId))?.workflowExecutionInfo?.execution?.runId;
  const now = new Date().toISOString();
  // The same for the same ended run, so that the action sent twice is one reading.
  const anew = sha256Of(ended ?? now).slice(0, 8);
  const tasks = await database.within(organisation, (transaction) => mootTasksOf(transaction, workflowId, now));
  await startStatement(temporal, organisation, sha256, anew);
  return done(`the bank statement is read anew; ${closedWords(tasks)}`);
}

/** As with a statement: what the ended run asked is closed, and a new run asks under ids of its own. */
async function lookAgain({ database, temporal }: Services, organisation: string, id: string): Promise<Mended> {
  const now = new Date().toISOString();
  const { recheck, tasks } = await database.within(organisation, async (transaction) => ({
    recheck: await findRecheck(transaction, id),
    tasks: await mootTasksOf(transaction, recheckWorkflowId(organisation, id), now),
  }));
  if (!recheck) return refused(`our records know no look ${id}`);
  await startRecheck(temporal, organisation, { id, cause: recheck.cause });
  await database.within(organisation, (transaction) => markRecheckStarted(transaction, id));
  return done(`the look is made again, from the first shipment; ${closedWords(tasks)}`);
}

/** Starts what is stored, or says why it cannot be started. */
export async function startNow(services: Services, workflowId: string): Promise<Mended> {
  const owner = ownerOfWorkflow(workflowId);
  const organisation = owner?.organisation ?? '';
  try {
    if (owner?.of === 'recheck') return await lookAgain(services, organisation, owner.name);
    if (owner?.of === 'statement') await startStoredStatement(services, organisation, owner.name);
    else if (!owner || !(await startStoredShipment(services, organisation, owner.name)))
      return refused('it is not stored any more');
    return done('it is started');
  } catch (error) {
    if (isEngineAway(error) || isDatabaseAway(error)) throw error;
    return refused(`it cannot be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
