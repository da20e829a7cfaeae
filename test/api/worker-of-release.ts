/** A worker of a release's workflows on a queue of its own, with today's steps: beside a stack whose shipments it does not touch. */
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readEnvironment } from '../../config/environment.ts';
import { loadReference } from '../../reference/load.ts';
import { serveAsChild } from '../../stack/child-process.ts';
import { openDatabase } from '../../store/database.ts';
import { activitiesOf } from '../../worker/activities.ts';
import { lazyTemporal } from '../../worker/temporal-connection.ts';
import { PAYLOAD_CONVERTER, RELEASES_FOLDER, readBundle } from '../../worker/workflow-bundle.ts';

const { QUAYSIDE_TEST_RELEASE: release = '', QUAYSIDE_TEST_QUEUE: taskQueue = '' } = process.env;

serveAsChild({
  start: async () => {
    const environment = readEnvironment();
    Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
    const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS });
    const database = openDatabase(environment.DATABASE_URL, 3);
    const temporal = lazyTemporal(environment);
    const worker = await Worker.create({
      connection,
      taskQueue,
      workflowBundle: { code: readBundle(RELEASES_FOLDER, release).code },
      dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
      activities: activitiesOf({
        ...{ database, reference: loadReference(), counterparties: {} },
        temporal: new Client({ connection: temporal }),
      }),
    });
    const running = worker.run();
    return {
      ended: running,
      stop: async () => {
        worker.shutdown();
        await running;
        await Promise.all([connection.close(), temporal.close(), database.close()]);
      },
    };
  },
});
