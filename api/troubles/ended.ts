/** How workflows ended that did not come to their own end. */
import type { Client } from '@temporalio/client';
import type { EndedWorkflow, EngineEnd } from '../../rules/trouble-of-ends.ts';
import { REFERENCE_AGE_SCHEDULE } from '../../workflows/messages.ts';
import { describeLatest, eachOf, idsListed, instantOf, RUNNING, within } from './engine.ts';

/** The engine's numbers for such ends. */
const ENDS: Readonly<Record<number, EngineEnd>> = { 3: 'failed', 4: 'cancelled', 5: 'terminated', 7: 'timed out' };
const ENDED_SO = "ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')";
/** Each audited retry of a failing task leaves a terminated run in the list, so that one page may hold nothing else. */
const PAGES_MOST = 5;
/** Ids that one query names. */
const NAMED_AT_MOST = 100;

/** Where a workflow's latest run stands: `completed` by its own end. */
export type Standing = 'running' | 'completed' | Omit<EndedWorkflow, 'workflowId'>;

/** Asks the engine where a workflow stands. */
export async function standingOf(client: Client, workflowId: string): Promise<Standing> {
  const info = (await describeLatest(client, workflowId))?.workflowExecutionInfo;
  if (!info) return { since: new Date().toISOString(), ended: 'unknown' };
  const ended = ENDS[info.status ?? 0];
  if (ended) return { since: instantOf(info.closeTime) ?? new Date().toISOString(), ended };
  // Paused is running too, for this purpose: it can go on.
  return info.status === COMPLETED ? 'completed' : 'running';
}
const COMPLETED = 2;

/** Of these, the ones that ended without their own end, or that the engine does not know. */
export async function endedAmong(client: Client, workflowIds: readonly string[]): Promise<EndedWorkflow[]> {
  const standings = await eachOf(workflowIds, (workflowId) => standingOf(client, workflowId));
  return standings.flatMap((standing, index) =>
    typeof standing === 'string' ? [] : [{ workflowId: workflowIds[index] ?? '', ...standing }],
  );
}

/** Shipments and statements of which a run ended so; they may have been started again since. */
export function endedFromOutside(client: Client): Promise<string[]> {
  return idsListed(client, `WorkflowType IN ('shipment', 'statement') AND ${ENDED_SO}`, PAGES_MOST);
}

/** Of these, the ones that are not listed as running: the others are not worth a question each. */
export async function notListedAsRunning(client: Client, workflowIds: readonly string[]): Promise<string[]> {
  const running = new Set<string>();
  for (let first = 0; first < workflowIds.length; first += NAMED_AT_MOST) {
    const named = workflowIds.slice(first, first + NAMED_AT_MOST).map((id) => `'${id}'`);
    const query = `WorkflowId IN (${named.join(', ')}) AND ExecutionStatus = 'Running'`;
    for (const id of await idsListed(client, query)) running.add(id);
  }
  return workflowIds.filter((id) => !running.has(id));
}

/** The latest daily look at what has grown old, where it did not come to its end. */
export async function endedReferenceAge(client: Client): Promise<EndedWorkflow[]> {
  const { executions } = await within(client, () =>
    client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      pageSize: 50,
      query: `WorkflowType = 'referenceAge' AND WorkflowId STARTS_WITH '${REFERENCE_AGE_SCHEDULE}'`,
    }),
  );
  const begun = (executions ?? []).map(({ execution, startTime, status }) => ({
    workflowId: execution?.workflowId ?? '',
    startedAt: instantOf(startTime) ?? '',
    // One that runs now may mend what the last one left.
    isOver: status !== RUNNING,
  }));
  const [latest] = begun.filter(({ isOver }) => isOver).sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1));
  return latest ? endedAmong(client, [latest.workflowId]) : [];
}
