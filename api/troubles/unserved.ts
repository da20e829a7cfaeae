/** Work that no worker takes: nothing fails then, and nothing goes on. */
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { Instant } from '../../rules/civil-date.ts';
import type { FailingWorkflow } from '../../rules/trouble.ts';
import { SHIPMENTS_TASK_QUEUE } from '../../workflows/messages.ts';
import { type Description, describeRunning, eachOf, grpcCodeOf, idsListed, instantOf, within } from './engine.ts';

type DeploymentVersion = temporal.api.deployment.v1.IWorkerDeploymentVersion;
type Stats = temporal.api.taskqueue.v1.ITaskQueueStats | null | undefined;

/** Longer than a worker takes to come back, and than the engine waits for the one that had the workflow in its cache. */
const UNSERVED_AFTER_MS = 15_000;
/** A poll lasts a minute: of whom nothing else is known, and who has not come back after it, is gone. */
const POLLED_WITHIN_MS = 75_000;
/** A worker says every fifteen seconds that it lives (`worker/worker.ts`): who has missed two is gone. */
const HEARD_WITHIN_MS = 40_000;
const SHUTTING_DOWN = 2;
const INVALID_ARGUMENT = 3;
/** Both kinds of work: a step may wait for a worker where the workflow itself waits for nothing but the step. */
const WORKFLOW_TASKS = 1;
const STEPS = 2;
const SCHEDULED = 1;
const DRAINED = 2;
const UNIMPLEMENTED = 12;

/** How many workers ask for work, and how long the oldest task of a workflow, or step, has been waiting for one. */
export interface Serving {
  workers: number;
  waitingMs: number;
}

/** Who serves the shipments. */
export async function servingOf(client: Client): Promise<Serving> {
  const [tasks, steps, heard] = await Promise.all([
    queueOf(client, WORKFLOW_TASKS),
    queueOf(client, STEPS),
    lastHeard(client),
  ]);
  const alive = (tasks.pollers ?? []).filter(({ identity, lastAccessTime }) => {
    const beat = heard.get(identity ?? '');
    if (beat !== undefined) return beat.status < SHUTTING_DOWN && beat.agoMs < HEARD_WITHIN_MS;
    return Date.now() - Date.parse(instantOf(lastAccessTime) ?? '1970-01-01') < POLLED_WITHIN_MS;
  });
  return {
    workers: new Set(alive.map(({ identity }) => identity)).size,
    waitingMs: Math.max(ageOf(tasks.stats), ageOf(steps.stats)),
  };
}

function queueOf(client: Client, taskQueueType: number) {
  const { namespace } = client.options;
  const taskQueue = { name: SHIPMENTS_TASK_QUEUE };
  return within(client, () =>
    client.workflowService.describeTaskQueue({ namespace, taskQueue, taskQueueType, reportStats: true }),
  );
}

/** When each worker last said that it lives; none of a worker, or an engine, that knows no such word. */
async function lastHeard(client: Client): Promise<Map<string, { agoMs: number; status: number }>> {
  const heard = new Map<string, { agoMs: number; status: number }>();
  try {
    const { namespace } = client.options;
    const query = `TaskQueue = '${SHIPMENTS_TASK_QUEUE}'`;
    const { workersInfo } = await within(client, () =>
      client.workflowService.listWorkers({ namespace, pageSize: 1000, query }),
    );
    for (const { workerHeartbeat } of workersInfo ?? []) {
      const { workerIdentity, heartbeatTime, status } = workerHeartbeat ?? {};
      const agoMs = Date.now() - Date.parse(instantOf(heartbeatTime) ?? '1970-01-01');
      const before = heard.get(workerIdentity ?? '');
      if (!before || before.agoMs > agoMs) heard.set(workerIdentity ?? '', { agoMs, status: status ?? 0 });
    }
  } catch (error) {
    if (![UNIMPLEMENTED, INVALID_ARGUMENT].includes(grpcCodeOf(error) ?? 0)) throw error;
  }
  return heard;
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
    if (grpcCodeOf(error) === UNIMPLEMENTED) return [];
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
    ({ type, stats }) => (type === WORKFLOW_TASKS || type === STEPS) && ageOf(stats) >= UNSERVED_AFTER_MS,
  );
}

async function waitingFor(client: Client, { deploymentName, buildId }: DeploymentVersion): Promise<FailingWorkflow[]> {
  const ids = await idsListed(
    client,
    `TemporalWorkerDeploymentVersion = '${deploymentName}:${buildId}' AND ExecutionStatus = 'Running'`,
  );
  const waiting = await eachOf(ids, async (workflowId) => {
    const described = await describeRunning(client, workflowId);
    const waits = described && (waitingTask(described) ?? waitingStep(described));
    return waits ? [{ workflowId, error: '', unserved: buildId ?? '', ...waits }] : [];
  });
  return waiting.flat();
}

/** The workflow's own task, where it has been waiting for a while. One that has failed before is told as failing. */
function waitingTask({ pendingWorkflowTask: task }: Description): { attempt: number; since: Instant } | undefined {
  const since = instantOf(task?.originalScheduledTime);
  const attempt = task?.attempt ?? 1;
  if (task?.state !== SCHEDULED || attempt > 1 || !isLongAgo(since)) return undefined;
  return { attempt, since };
}

/** The step that has been due for longest, where that is a while. */
function waitingStep({
  pendingActivities,
}: Description): { attempt: number; since: Instant; step: string } | undefined {
  const due = (pendingActivities ?? []).flatMap((step) => {
    const since = instantOf(step.nextAttemptScheduleTime) ?? instantOf(step.scheduledTime);
    if (step.state !== SCHEDULED || !isLongAgo(since)) return [];
    return [{ attempt: step.attempt ?? 1, since, step: step.activityType?.name ?? '' }];
  });
  return due.sort((a, b) => (a.since < b.since ? -1 : 1))[0];
}

function isLongAgo(since: Instant | null): since is Instant {
  return since !== null && Date.now() - Date.parse(since) >= UNSERVED_AFTER_MS;
}
