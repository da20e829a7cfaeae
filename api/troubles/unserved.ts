/** Work that no worker takes: nothing fails then, and nothing goes on. */
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { FailingWorkflow } from '../../rules/trouble.ts';
import { SHIPMENTS_TASK_QUEUE } from '../../workflows/messages.ts';
import { describeRunning, eachOf, FAILING_AT_MOST, instantOf, within } from './engine.ts';

type DeploymentVersion = temporal.api.deployment.v1.IWorkerDeploymentVersion;
type Stats = temporal.api.taskqueue.v1.ITaskQueueStats | null | undefined;

/** Longer than a worker takes to come back, and than the engine waits for the one that had the workflow in its cache. */
const UNSERVED_AFTER_MS = 15_000;
/** A poll lasts a minute: who has not come back after it is gone. */
const POLLED_WITHIN_MS = 75_000;
const WORKFLOW_TASKS = 1;
const SCHEDULED = 1;
const DRAINED = 2;
const UNIMPLEMENTED = 12;

/** How many workers ask for work, and how long the oldest task of a workflow has been waiting for one. */
export interface Serving {
  workers: number;
  waitingMs: number;
}

/** Who serves the shipments. */
export async function servingOf(client: Client): Promise<Serving> {
  const { pollers, stats } = await within(client, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: SHIPMENTS_TASK_QUEUE },
      taskQueueType: WORKFLOW_TASKS,
      reportStats: true,
    }),
  );
  const alive = (pollers ?? []).filter(
    ({ lastAccessTime }) => Date.now() - Date.parse(instantOf(lastAccessTime) ?? '1970-01-01') < POLLED_WITHIN_MS,
  );
  return { workers: new Set(alive.map(({ identity }) => identity)).size, waitingMs: ageOf(stats) };
}

/** Whether somebody takes the work that there is. */
export function isServed({ workers, waitingMs }: Serving): boolean {
  return workers > 0 && waitingMs < UNSERVED_AFTER_MS;
}

function ageOf(stats: Stats): number {
  return Number(stats?.approximateBacklogAge?.seconds ?? 0) * 1000;
}

/** The workflows that are bound to a version of the worker which nobody runs any more, and that something has come for. */
export async function unservedWorkflows(client: Client): Promise<FailingWorkflow[]> {
  const found: FailingWorkflow[] = [];
  for (const version of await versionsInUse(client))
    if (await isLeftAlone(client, version)) found.push(...(await waitingFor(client, version)));
  return found;
}

async function versionsInUse(client: Client): Promise<DeploymentVersion[]> {
  const { namespace } = client.options;
  try {
    const { workerDeployments } = await within(client, () =>
      client.workflowService.listWorkerDeployments({ namespace, pageSize: 100 }),
    );
    const described = await eachOf(workerDeployments ?? [], ({ name }) =>
      within(client, () => client.workflowService.describeWorkerDeployment({ namespace, deploymentName: name })),
    );
    return described
      .flatMap(({ workerDeploymentInfo }) => workerDeploymentInfo?.versionSummaries ?? [])
      .filter(({ drainageStatus }) => drainageStatus !== DRAINED)
      .flatMap(({ deploymentVersion }) => deploymentVersion ?? []);
  } catch (error) {
    const grpc = error instanceof ServiceError ? error.cause : error;
    if (isGrpcServiceError(grpc) && grpc.code === UNIMPLEMENTED) return [];
    throw error;
  }
}

async function isLeftAlone(client: Client, deploymentVersion: DeploymentVersion): Promise<boolean> {
  const { versionTaskQueues } = await within(client, () =>
    client.workflowService.describeWorkerDeploymentVersion({
      namespace: client.options.namespace,
      deploymentVersion,
      reportTaskQueueStats: true,
    }),
  );
  return (versionTaskQueues ?? []).some(
    ({ type, stats }) => type === WORKFLOW_TASKS && ageOf(stats) >= UNSERVED_AFTER_MS,
  );
}

async function waitingFor(client: Client, { deploymentName, buildId }: DeploymentVersion): Promise<FailingWorkflow[]> {
  const { executions } = await within(client, () =>
    client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      pageSize: FAILING_AT_MOST,
      query: `TemporalWorkerDeploymentVersion = '${deploymentName}:${buildId}' AND ExecutionStatus = 'Running'`,
    }),
  );
  const ids = new Set((executions ?? []).flatMap(({ execution }) => execution?.workflowId ?? []));
  const waiting = await eachOf([...ids], async (workflowId) => {
    const pending = (await describeRunning(client, workflowId))?.pendingWorkflowTask;
    const since = instantOf(pending?.originalScheduledTime);
    const attempt = pending?.attempt ?? 1;
    // One that has failed before is told as failing.
    if (pending?.state !== SCHEDULED || attempt > 1 || !since) return [];
    if (Date.now() - Date.parse(since) < UNSERVED_AFTER_MS) return [];
    return [{ workflowId, attempt, since, error: '', unserved: buildId ?? '' }];
  });
  return waiting.flat();
}
