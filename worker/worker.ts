import { Client } from '@temporalio/client';
import { type ActivityInterceptorsFactory, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import type { Environment } from '../config/environment.ts';
import { loadReference } from '../reference/load.ts';
import type { Running } from '../stack/child-process.ts';
import { openDatabase } from '../store/database.ts';
import { SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';
import { activitiesOf } from './activities.ts';
import { errorSorting } from './interceptors.ts';
import { stepRetries } from './step-retries.ts';
import { connectTemporal, temporalOptions } from './temporal-connection.ts';
import { bundleWorkflows } from './workflow-bundle.ts';

/** The engine's words for levels in ours. */
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** A worker that runs until it is told to stop. `around` wraps every activity, outside of what the product itself wraps it with. */
export async function startWorker(
  environment: Environment,
  around: readonly ActivityInterceptorsFactory[] = [],
): Promise<Running> {
  const log = pino({ name: 'worker', level: environment.LOG_LEVEL });
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => log[levels[level]]({ ...meta }, message)),
    ...(environment.QUAYSIDE_WORKER_METRICS === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: environment.QUAYSIDE_WORKER_METRICS } } } }),
  });
  const [workflowBundle, nativeConnection, connection] = await Promise.all([
    bundleWorkflows(),
    NativeConnection.connect(temporalOptions(environment)),
    connectTemporal(environment),
  ]);
  const database = openDatabase(environment.DATABASE_URL);
  const noted = stepRetries(database, (message, error) => log.warn({ err: error }, message));
  const worker = await Worker.create({
    connection: nativeConnection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: SHIPMENTS_TASK_QUEUE,
    workflowBundle,
    activities: activitiesOf({
      database,
      reference: loadReference(),
      temporal: new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE }),
      counterparties: {
        customs: environment.CUSTOMS_URL,
        carrier: environment.CARRIER_URL,
        broker: environment.BROKER_URL,
        taxBureau: environment.TAX_BUREAU_URL,
      },
    }),
    interceptors: { activity: [noted, ...around, errorSorting] },
    // A killed worker's shipments go on with another after this long, not after the default ten seconds.
    stickyQueueScheduleToStartTimeout: '3s',
    shutdownGraceTime: '5s',
  });
  const running = worker.run();
  return {
    // A worker that polls no more is of no use: it ends, and the supervisor starts another.
    ended: running,
    stop: async () => {
      worker.shutdown();
      await running;
      await Promise.all([nativeConnection.close(), connection.close(), database.close()]);
    },
  };
}
