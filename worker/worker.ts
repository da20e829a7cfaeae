import { Client } from '@temporalio/client';
import { type ActivityInterceptorsFactory, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import type { Environment } from '../config/environment.ts';
import { loadReference } from '../reference/load.ts';
import type { Running } from '../stack/child-process.ts';
import { openDatabase } from '../store/database.ts';
import { SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';
import { activitiesOf } from './activities.ts';
import { DEPLOYMENT_NAME, makeCurrent } from './deployment.ts';
import { errorSorting, heartbeats } from './interceptors.ts';
import { recheckAfterLawChange } from './law-changes.ts';
import { OlderVersions } from './older-versions.ts';
import { keepSchedules } from './schedules.ts';
import { stepRetries } from './step-retries.ts';
import { connectTemporal, temporalOptions } from './temporal-connection.ts';
import {
  bundleWorkflows,
  keepBundle,
  PAYLOAD_CONVERTER,
  RELEASES_FOLDER,
  type VersionedBundle,
} from './workflow-bundle.ts';

/** The engine's words for levels in ours. */
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * A worker that runs until it is told to stop. `around` wraps every activity, outside of what the product itself wraps it
 * with; `workflows` are today's where nothing else is given.
 */
export async function startWorker(
  environment: Environment,
  around: readonly ActivityInterceptorsFactory[] = [],
  workflows: () => Promise<VersionedBundle> = bundleWorkflows,
): Promise<Running> {
  const log = pino({ name: 'worker', level: environment.LOG_LEVEL });
  Runtime.install({
    // One who hears the signal is enough: the SDK's own shutdown would be under way when ours asks for it, and throw.
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => log[levels[level]]({ ...meta }, message)),
    ...(environment.QUAYSIDE_WORKER_METRICS === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: environment.QUAYSIDE_WORKER_METRICS } } } }),
  });
  const [bundle, nativeConnection, connection] = await Promise.all([
    workflows(),
    NativeConnection.connect(temporalOptions(environment)),
    connectTemporal(environment),
  ]);
  const database = openDatabase(environment.DATABASE_URL);
  const noted = stepRetries(database, (message, error) => log.warn({ err: error }, message));
  const namespace = environment.TEMPORAL_NAMESPACE;
  const dependencies = { database, reference: loadReference(), temporal: new Client({ connection, namespace }) };
  const activities = activitiesOf({
    ...dependencies,
    counterparties: {
      customs: environment.CUSTOMS_URL,
      carrier: environment.CARRIER_URL,
      broker: environment.BROKER_URL,
      taxBureau: environment.TAX_BUREAU_URL,
    },
  });
  const workerOf = ({ code, buildId }: VersionedBundle) =>
    Worker.create({
      connection: nativeConnection,
      namespace,
      taskQueue: SHIPMENTS_TASK_QUEUE,
      workflowBundle: { code },
      dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
      workerDeploymentOptions: {
        version: { deploymentName: DEPLOYMENT_NAME, buildId },
        useWorkerVersioning: true,
        // A shipment stays on its version until it continues as new, and begins its next run on the current one.
        defaultVersioningBehavior: 'PINNED',
      },
      activities,
      interceptors: { activity: [noted, ...around, heartbeats, errorSorting] },
      // A killed worker's shipments go on with another after this long, not after the default ten seconds.
      stickyQueueScheduleToStartTimeout: '3s',
      shutdownGraceTime: '5s',
      // Two megabytes each, and most of them sleep for days: one that wakes uncached is replayed in some 50 ms.
      maxCachedWorkflows: 250,
    });

  const worker = await workerOf(bundle);
  const running = worker.run();
  const folders = [RELEASES_FOLDER, ...(environment.WORKFLOW_BUNDLES_DIR ? [environment.WORKFLOW_BUNDLES_DIR] : [])];
  const claim = async () =>
    environment.QUAYSIDE_MAKE_CURRENT !== 'false' &&
    makeCurrent(connection, namespace, bundle.buildId, environment.QUAYSIDE_MAKE_CURRENT === 'always');
  // By the version that is current then: one before would judge by its own rules under the name of these.
  const onCurrent = () => recheckAfterLawChange(dependencies, log);
  const versions = { connection, namespace, folders, today: bundle.buildId };
  const older = new OlderVersions({ ...versions, claim, workerOf, onCurrent, log });
  if (environment.WORKFLOW_BUNDLES_DIR) keepBundle(environment.WORKFLOW_BUNDLES_DIR, bundle);
  await Promise.race([older.start(), running]);
  await keepSchedules(dependencies.temporal, log);
  return {
    // A worker that polls no more is of no use: it ends, and the supervisor starts another.
    ended: running,
    stop: async () => {
      worker.shutdown();
      await Promise.all([running, older.stop()]);
      await Promise.all([nativeConnection.close(), connection.close(), database.close()]);
    },
  };
}
