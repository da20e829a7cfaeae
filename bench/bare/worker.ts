/** The bare workflows' worker: a process of its own beside the product's, on the same engine, with the same settings. */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pg from 'pg';
import { z } from 'zod';
import { serveAsChild } from '../../stack/child-process.ts';
import { bareActivities } from './activities.ts';
import { BARE_TASK_QUEUE } from './score.ts';

async function start() {
  const read = z
    .object({ DATABASE_URL: z.string(), TEMPORAL_ADDRESS: z.string(), TEMPORAL_NAMESPACE: z.string() })
    .parse(process.env);
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN') });
  const [bundle, connection] = await Promise.all([
    bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
      logger: new DefaultLogger('WARN'),
    }),
    NativeConnection.connect({ address: read.TEMPORAL_ADDRESS }),
  ]);
  const pool = new pg.Pool({ connectionString: read.DATABASE_URL, max: 10 });
  const worker = await Worker.create({
    connection,
    namespace: read.TEMPORAL_NAMESPACE,
    taskQueue: BARE_TASK_QUEUE,
    workflowBundle: bundle,
    activities: bareActivities(pool),
    stickyQueueScheduleToStartTimeout: '3s',
    shutdownGraceTime: '5s',
  });
  const running = worker.run();
  return {
    ended: running,
    stop: async () => {
      worker.shutdown();
      await running;
      await Promise.all([connection.close(), pool.end()]);
    },
  };
}

serveAsChild({ start });
