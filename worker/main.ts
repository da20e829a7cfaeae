import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { readEnvironment } from '../config/environment.ts';
import { loadReference } from '../reference/load.ts';
import { serveAsChild } from '../stack/child-process.ts';
import { openDatabase } from '../store/database.ts';
import { SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';
import { activitiesOf } from './activities.ts';
import { errorSorting } from './interceptors.ts';
import { connectTemporal, temporalConnectionOptions } from './temporal-connection.ts';
import { bundleWorkflows } from './workflow-bundle.ts';

await serveAsChild({ start });

async function start() {
  const environment = readEnvironment();
  const log = pino({ name: 'worker', level: environment.LOG_LEVEL });
  Runtime.install({ logger: { log: (level, message, meta) => log[level === 'TRACE' ? 'trace' : level === 'DEBUG' ? 'debug' : level === 'INFO' ? 'info' : level === 'WARN' ? 'warn' : 'error'](meta ?? {}, message), trace: () => undefined, debug: () => undefined, info: (message, meta) => log.info(meta ?? {}, message), warn: (message, meta) => log.warn(meta ?? {}, message), error: (message, meta) => log.error(meta ?? {}, message) } });
  const [workflowBundle, nativeConnection, connection] = await Promise.all([bundleWorkflows(), NativeConnection.connect(temporalConnectionOptions(environment)), connectTemporal(environment)]);
  const database = openDatabase(environment.DATABASE_URL);
  const worker = await Worker.create({
    connection: nativeConnection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: SHIPMENTS_TASK_QUEUE,
    workflowBundle,
    activities: activitiesOf({
      database,
      reference: loadReference(),
      temporal: new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE }),
      counterparties: { customs: environment.CUSTOMS_URL, carrier: environment.CARRIER_URL, broker: environment.BROKER_URL, taxBureau: environment.TAX_BUREAU_URL },
    }),
    interceptors: { activity: [errorSorting] },
    // A killed worker's shipments go on with another after this long, not after the default ten seconds.
    stickyQueueScheduleToStartTimeout: '3s',
    shutdownGraceTime: '5s',
  });
  const running = worker.run();
  running.catch((error) => log.fatal({ error }, 'the worker stopped'));
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await Promise.all([nativeConnection.close(), connection.close(), database.close()]);
    },
  };
}
