/** What is stuck as the engine tells it, and the ways in which it lets it go on. */
import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { Instant } from '../../rules/civil-date.ts';
import type { EnginesWord, FailingWorkflow } from '../../rules/trouble.ts';

/** A workflow's run as the engine describes it. */
export type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Timestamp = { seconds?: unknown; nanos?: number | null } | null | undefined;

/** Above this many the rest are as good as known: it is not single shipments that fail. */
export const FAILING_AT_MOST = 200;
/** Descriptions under way at a time. */
const AT_A_TIME = 10;
const ANSWER_WITHIN_MS = 5000;
const NOT_FOUND = 5;
export const RUNNING = 1;

/** A moment as the engine writes it; null where there is none. */
export function instantOf(time: Timestamp): Instant | null {
  if (!time?.seconds) return null;
  return new Date(Number(time.seconds) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}

/** Asks, five seconds at most. */
export function within<T>(client: Client, ask: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + ANSWER_WITHIN_MS, ask);
}

/** @returns the workflow's latest run as it stands; undefined when the engine has none, or has forgotten it. */
export async function describeLatest(client: Client, workflowId: string): Promise<Description | undefined> {
  const { namespace } = client.options;
  try {
    return await within(client, () =>
      client.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } }),
    );
  } catch (error) {
    if (grpcCodeOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

/** @returns the workflow as it stands; undefined when it has ended or the engine has forgotten it. */
export async function describeRunning(client: Client, workflowId: string): Promise<Description | undefined> {
  const described = await describeLatest(client, workflowId);
  return described?.workflowExecutionInfo?.status === RUNNING ? described : undefined;
}

/** The number of the engine's refusal; undefined where the error is another. */
export function grpcCodeOf(error: unknown): number | undefined {
  const grpc = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(grpc) ? grpc.code : undefined;
}

/** The ids of a query of the visibility store, each once: it says where to look, and may be wrong. */
export async function idsListed(client: Client, query: string, pages = 1): Promise<string[]> {
  const ids = new Set<string>();
  let nextPageToken: Uint8Array | null | undefined;
  for (let page = 0; page < pages; page++) {
    const listed = await within(client, () =>
      client.workflowService.listWorkflowExecutions({
        namespace: client.options.namespace,
        pageSize: FAILING_AT_MOST,
        query,
        nextPageToken,
      }),
    );
    for (const { execution } of listed.executions ?? []) if (execution?.workflowId) ids.add(execution.workflowId);
    nextPageToken = listed.nextPageToken;
    if (!nextPageToken?.length) break;
  }
  return [...ids];
}

/** Does `work` for each, a few at a time, in order. */
export async function eachOf<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (let first = 0; first < items.length; first += AT_A_TIME)
    done.push(...(await Promise.all(items.slice(first, first + AT_A_TIME).map(work))));
  return done;
}

/**
 * Whether the engine marks workflows whose task fails. One that does not has to be told so by its dynamic configuration
 * (docs/failures/stuck.md); until then such a workflow is found by nobody, so that this is a trouble of its own.
 */
export async function marksFailingWorkflows(client: Client): Promise<boolean> {
  const { namespace } = client.options;
  const { namespaceInfo } = await within(client, () => client.workflowService.describeNamespace({ namespace }));
  return namespaceInfo?.capabilities?.reportedProblemsSearchAttribute === true;
}

/** The workflows whose task fails. The visibility store only says where to look: each is looked at itself. */
export async function failingWorkflows(client: Client): Promise<FailingWorkflow[]> {
  const ids = await idsListed(client, "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'");
  return (await eachOf(ids, (workflowId) => failingWorkflow(client, workflowId))).flatMap((found) => found ?? []);
}

/** One workflow whose task fails; undefined when it does not, or has ended. */
export async function failingWorkflow(client: Client, workflowId: string): Promise<FailingWorkflow | undefined> {
  const pending = (await describeRunning(client, workflowId))?.pendingWorkflowTask;
  const attempt = pending?.attempt ?? 0;
  if (attempt < 2) return undefined;
  const failed = (await latestEvents(client, workflowId)).find(isFailedTask);
  return {
    workflowId,
    attempt,
    since: instantOf(failed?.eventTime) ?? instantOf(pending?.originalScheduledTime) ?? new Date().toISOString(),
    error: messageOf(failed),
  };
}

function isFailedTask(event: HistoryEvent): boolean {
  return Boolean(event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes);
}

function messageOf(failed: HistoryEvent | undefined): string {
  if (failed?.workflowTaskTimedOutEventAttributes) return 'its worker takes too long, or dies over it';
  return (failed?.workflowTaskFailedEventAttributes?.failure?.message ?? 'without words').slice(0, 500);
}

/** The end of the history, the latest event first. Of tasks that fail in a row only the first is kept there. */
async function latestEvents(client: Client, workflowId: string): Promise<HistoryEvent[]> {
  const { history } = await within(client, () =>
    client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: client.options.namespace,
      execution: { workflowId },
      maximumPageSize: 200,
    }),
  );
  return history?.events ?? [];
}

/** What the engine says of a step. Of a local activity it knows only whether its workflow runs. */
export async function engineOnStep(
  client: Client,
  { workflowId, activityId, local }: { workflowId: string; activityId: string; local: boolean },
): Promise<EnginesWord> {
  const described = await describeRunning(client, workflowId);
  if (!described) return 'gone';
  if (local) return 'not-told';
  const pending = described.pendingActivities?.find((one) => one.activityId === activityId);
  if (!pending) return 'gone';
  return {
    attempt: pending.attempt ?? 1,
    lastError: pending.lastFailure?.message ?? null,
    nextTryAt: instantOf(pending.nextAttemptScheduleTime),
  };
}

/** Tries a step again at once, and takes a pause off it that somebody has set. Its tries are counted from one again. */
export async function tryStepNow(client: Client, workflowId: string, activityId: string): Promise<void> {
  await within(client, () =>
    client.workflowService.resetActivity({
      namespace: client.options.namespace,
      execution: { workflowId },
      id: activityId,
      keepPaused: false,
    }),
  );
}

/**
 * Goes back to the last workflow task that succeeded and on from there: messages that came since are told again, steps
 * that were under way are taken again (an outward effect is once to its receiver). Where none ever succeeded, from the start.
 * @returns false when there is nothing to go back to.
 */
export async function goBackToLastGoodTask(client: Client, workflowId: string, reason: string): Promise<boolean> {
  const events = await latestEvents(client, workflowId);
  const good = events.find((event) => event.workflowTaskCompletedEventAttributes) ?? events.findLast(isFailedTask);
  if (!good?.eventId) return false;
  await within(client, () =>
    client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      reason,
      requestId: randomUUID(),
      workflowTaskFinishEventId: good.eventId as never,
    }),
  );
  return true;
}

/** Where a workflow is bound to a version of the worker: the version, and the current one of the same deployment. */
export interface Versions {
  /** Null: it has not finished a task with any. */
  own: string | null;
  current: string | null;
}

/** @returns undefined when the workflow's worker is not versioned, or the workflow has ended. */
export async function versionsOf(client: Client, workflowId: string): Promise<Versions | undefined> {
  const info = (await describeRunning(client, workflowId))?.workflowExecutionInfo;
  const versioning = info?.versioningInfo;
  const own =
    versioning?.versioningOverride?.pinned?.version ??
    versioning?.deploymentVersion ??
    versioning?.versionTransition?.deploymentVersion;
  const deploymentName = own?.deploymentName || info?.workerDeploymentName;
  if (!deploymentName) return undefined;
  const { workerDeploymentInfo } = await within(client, () =>
    client.workflowService.describeWorkerDeployment({ namespace: client.options.namespace, deploymentName }),
  );
  const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId;
  return { own: own?.buildId || null, current: current || null };
}

/** From its next task on, which comes at once, the workflow runs on the current version of its worker, and follows it. */
export async function moveToCurrentVersion(client: Client, workflowId: string): Promise<void> {
  await within(client, () =>
    client.workflowService.updateWorkflowExecutionOptions({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
      updateMask: { paths: ['versioning_override'] },
    }),
  );
}
