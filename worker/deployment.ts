/** Versions of the worker as the engine knows them. docs/decisions/0010, docs/upgrades.md. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';

const { VersionDrainageStatus } = proto.temporal.api.enums.v1;

/** All workers of Quayside are one deployment. */
export const DEPLOYMENT_NAME = 'quayside';

/** A poll lasts a minute: who has not come back after it is gone. */
const POLLED_WITHIN_MS = 75_000;
const WORKFLOW_TASKS = 1;
const NOT_FOUND = 5;
const FAILED_PRECONDITION = 9;
const KNOWN_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;

/** A version as the engine tells of it. */
export interface Version {
  buildId: string;
  createdAt: number;
  isCurrent: boolean;
  /** No shipment runs on it any more, and none will begin. */
  isDrained: boolean;
}

/** All versions that the engine knows; none before the first versioned worker came. */
export async function versionsOf(connection: Connection, namespace: string): Promise<Version[]> {
  try {
    const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({
      namespace,
      deploymentName: DEPLOYMENT_NAME,
    });
    const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId;
    return (workerDeploymentInfo?.versionSummaries ?? []).flatMap(({ deploymentVersion, createTime, drainageInfo }) => {
      const buildId = deploymentVersion?.buildId;
      if (!buildId) return [];
      return {
        buildId,
        createdAt: Number(createTime?.seconds ?? 0) * 1000 + Number(createTime?.nanos ?? 0) / 1e6,
        isCurrent: buildId === current,
        isDrained: drainageInfo?.status === VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED,
      };
    });
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return [];
    throw error;
  }
}

/** Whether a worker of that version asks for work. */
async function isPolled(connection: Connection, namespace: string, buildId: string): Promise<boolean> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: SHIPMENTS_TASK_QUEUE },
    taskQueueType: WORKFLOW_TASKS,
  });
  return (pollers ?? []).some(
    ({ deploymentOptions, lastAccessTime }) =>
      deploymentOptions?.buildId === buildId &&
      Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < POLLED_WITHIN_MS,
  );
}

/**
 * Makes a version current, so that new shipments begin on it and the others move to it. Waits until the engine has seen
 * its worker. While workers of a newer version are there it stays what it is: one of yesterday that starts again does not
 * take the shipments back. With none of them left, as when a person goes back to it, it becomes current; `alone` does not
 * wait to find out. @returns whether it is current. @throws what the engine answers otherwise.
 */
export async function makeCurrent(
  connection: Connection,
  namespace: string,
  buildId: string,
  alone = false,
): Promise<boolean> {
  for (const until = Date.now() + KNOWN_WITHIN_MS; ; await pause(ASK_EVERY_MS)) {
    const versions = await versionsOf(connection, namespace);
    const own = versions.find((version) => version.buildId === buildId);
    const current = versions.find(({ isCurrent }) => isCurrent);
    if (own?.isCurrent) return true;
    const newer = own && current && current.createdAt > own.createdAt ? current.buildId : undefined;
    if (newer && !alone && (await isPolled(connection, namespace, newer))) return false;
    try {
      if (own) {
        await connection.workflowService.setWorkerDeploymentCurrentVersion({
          namespace,
          deploymentName: DEPLOYMENT_NAME,
          buildId,
          identity: `quayside worker ${process.pid}`,
        });
        return true;
      }
    } catch (error) {
      // Another worker of the same version was quicker, or the engine has not seen all of our pollers yet.
      if (!isGrpcServiceError(error) || error.code !== FAILED_PRECONDITION) throw error;
    }
    if (Date.now() > until)
      throw new Error(`the engine does not know version ${buildId} of the worker yet: is its task queue polled?`);
  }
}
