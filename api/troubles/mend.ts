import type { OwnerRole } from '../../rules/task.ts';
import type { Trouble, TroubleActionName } from '../../rules/trouble.ts';
import type { Transaction } from '../../store/database.ts';
import { closeTask, findTask, handTask } from '../../store/tasks.ts';
import { beginTroubleAction, endTroubleAction } from '../../store/trouble-actions.ts';
import type { Caller } from '../access.ts';
import { tell } from '../engine.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { goBackToLastGoodTask, moveToCurrentVersion, tryStepNow, versionsOf } from './engine.ts';
import { done, type Mended, refused } from './mended.ts';
import { mendEnded, startNow } from './start-again.ts';

/** What somebody wants done about a trouble. */
export interface Mending {
  trouble: Trouble;
  action: TroubleActionName;
  reason: string;
  /** Who is to answer a task from now on. */
  toRole?: OwnerRole;
}

/**
 * Does something about a trouble. Who, what and why are written before it is done, how it ended after; what only changes
 * our own records is one transaction with its entry. @returns what was done. @throws Problem `no-such-remedy` where that has no safe meaning.
 */
export async function mend(services: Services, caller: Caller, mending: Mending): Promise<string> {
  const { database } = services;
  const { organisation } = caller;
  const begin = (transaction: Transaction) => beginTroubleAction(transaction, { ...mending, by: caller });
  const inRecords = recordsOnly(mending);
  if (inRecords) {
    const mended = await database.within(organisation, async (transaction) => {
      const entry = await begin(transaction);
      const ended = await inRecords(transaction);
      await endTroubleAction(transaction, entry, ended.outcome, ended.words);
      return ended;
    });
    return wordsOf(mended);
  }
  const entry = await database.within(organisation, begin);
  const end = (outcome: 'done' | 'refused' | 'failed', words: string) =>
    database.within(organisation, (transaction) => endTroubleAction(transaction, entry, outcome, words));
  let mended: Mended;
  try {
    mended = await throughTheEngine(services, organisation, mending);
  } catch (error) {
    // The caller is told of the first error, also where the second, the database's, keeps it out of the record.
    await end('failed', error instanceof Error ? error.message : String(error)).catch(() => undefined);
    throw error;
  }
  await end(mended.outcome, mended.words);
  return wordsOf(mended);
}

function wordsOf({ outcome, words }: Mended): string {
  if (outcome === 'refused') throw new Problem('no-such-remedy', words);
  return words;
}

/** What changes nothing but our records; undefined where the engine has a part in it. */
function recordsOnly({
  trouble,
  action,
  reason,
  toRole,
}: Mending): ((transaction: Transaction) => Promise<Mended>) | undefined {
  const { kind, detail, workflowId } = trouble;
  const taskId = detail.taskId ?? '';
  if (kind === 'task-unowned') {
    if (action === 'retry') return async () => refused('a task is not tried again: answer it, or override with toRole');
    if (toRole === undefined) return async () => refused('say in toRole who is to answer it: override hands it over');
    return async (transaction) =>
      (await handTask(transaction, taskId, toRole, new Date().toISOString()))
        ? done(`task ${taskId} is for ${toRole} now`)
        : refused(`task ${taskId} is closed already`);
  }
  if (kind !== 'message-misfit') return undefined;
  if (action === 'retry')
    return async () =>
      refused('the message is what it is: its sender has to send it anew; override closes the task as seen');
  if (workflowId !== null) return undefined;
  return async (transaction) => {
    const task = await findTask(transaction, taskId);
    if (task?.status !== 'open') return refused(`task ${taskId} is closed already`);
    const answer = { choice: 'seen', reason, evidence: [] };
    await closeTask(transaction, taskId, 'answered', answer, new Date().toISOString());
    return done(`task ${taskId} is closed as seen`);
  };
}

async function throughTheEngine(
  services: Services,
  organisation: string,
  { trouble, action, reason }: Mending,
): Promise<Mended> {
  const { temporal } = services;
  const { kind, detail } = trouble;
  const workflowId = trouble.workflowId ?? '';
  switch (kind) {
    case 'workflow-task-failing':
      if (detail.ended !== undefined) return mendEnded(services, { trouble, action });
      if (action === 'retry' && detail.version !== undefined)
        return refused('nobody takes it: start a worker of its version, or override');
      return action === 'override'
        ? onCurrentVersion(services, workflowId)
        : fromLastGoodTask(services, workflowId, reason);
    case 'step-retrying':
      if (action === 'override')
        return refused(
          'nobody can say for the counterparty what it answered: mend what the error names, or tell the shipment what is known by its messages (POST /v1/shipments/{reference}/events/…)',
        );
      if (detail.local === 'yes')
        return refused(
          'this step is tried again by itself, at least every two minutes: see that the database is there',
        );
      await tryStepNow(temporal, workflowId, detail.activityId ?? '');
      return done(`${detail.activity} is tried again at once`);
    case 'not-started':
      return action === 'retry'
        ? startNow(services, workflowId)
        : refused('there is nothing to go around: retry starts it');
    case 'message-misfit':
      return closeThroughWorkflow(services, organisation, trouble, reason);
    case 'task-unowned':
      throw new Error('a task is handed over in our records, not through the engine');
  }
}

async function fromLastGoodTask({ temporal }: Services, workflowId: string, reason: string): Promise<Mended> {
  const versions = await versionsOf(temporal, workflowId);
  if (versions && versions.current !== null && versions.own !== versions.current)
    return refused(
      `it would fail again: it stays on version ${versions.own}, whose code does not change. Override moves it to the current version ${versions.current}`,
    );
  return (await goBackToLastGoodTask(temporal, workflowId, reason))
    ? done('it goes on from its last good task; should it still fail, the code that runs is not mended yet')
    : refused('it has no task to go back to: start the mended worker and wait, it is tried again by itself');
}

async function onCurrentVersion({ temporal }: Services, workflowId: string): Promise<Mended> {
  const versions = await versionsOf(temporal, workflowId);
  if (!versions) return refused('its worker is not versioned: start the mended worker, then retry');
  const { own, current } = versions;
  if (current === null)
    return refused(
      'the deployment has no current version: set one (temporal worker deployment set-current-version), then override',
    );
  if (own === current)
    return refused(
      `it fails on ${current}, which is the current version: deploy a mended one and make it current, then override`,
    );
  await moveToCurrentVersion(temporal, workflowId);
  return done(`it runs on version ${current} from now on, and follows the current version after that`);
}

/** The workflow that asked takes the answer, so that it does not wait for a task that is closed. */
async function closeThroughWorkflow(
  { database, temporal }: Services,
  organisation: string,
  trouble: Trouble,
  reason: string,
): Promise<Mended> {
  const { detail, workflowId } = trouble;
  const taskId = detail.taskId ?? '';
  const task = await database.within(organisation, (transaction) => findTask(transaction, taskId));
  const [choice, another] = task?.choices ?? [];
  if (!choice || another)
    return refused(`the task has choices of its own: answer it (POST /v1/tasks/answers with taskId ${taskId})`);
  const asOf = new Date().toISOString();
  const verdict = await tell(temporal, workflowId ?? '', 'answerTask', {
    messageId: `override/${trouble.id}/${asOf}`,
    occurredAt: asOf,
    source: 'override',
    taskId,
    choice: choice.id,
    reason,
    evidence: [],
  });
  if (verdict === 'gone') {
    const answer = { choice: choice.id, reason, evidence: [] };
    await database.within(organisation, (transaction) => closeTask(transaction, taskId, 'answered', answer, asOf));
    return done(`task ${taskId} is closed as seen; its workflow has ended`);
  }
  return verdict.status === 'applied' || verdict.status === 'duplicate'
    ? done(`task ${taskId} is closed as seen`)
    : refused(verdict.reason ?? `the shipment did not take the answer: ${verdict.status}`);
}
