/** A worker whose workflows and step are stuck until they are mended, with the product's own eye on its steps. Its parent sends `mend`, then the step gets through. */
import { fileURLToPath } from 'node:url';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { z } from 'zod';
import { serveAsChild } from '../../stack/child-process.ts';
import { openDatabase } from '../../store/database.ts';
import { stepRetries } from '../../worker/step-retries.ts';

const settings = z
  .object({
    TEMPORAL_ADDRESS: z.string(),
    DATABASE_URL: z.string(),
    STUCK_QUEUE: z.string(),
    STUCK_WORKFLOWS: z.enum(['broken', 'mended']),
    STUCK_BUILD: z.string().optional(),
  })
  .parse(process.env);

let mended = false;
process.on('message', (message) => {
  if (message === 'mend') mended = true;
});

async function tellCustoms(): Promise<string> {
  if (mended) return 'told';
  // After the tries that make it a trouble none comes by itself for an hour.
  const { attempt, isLocal } = Context.current().info;
  throw ApplicationFailure.create({
    message: 'customs does not answer',
    ...(isLocal ? {} : { nextRetryDelay: attempt < 5 ? '20ms' : '1h' }),
  });
}

/** Refused by a worker of the broken code, on every try. */
async function tellCarrier(): Promise<string> {
  if (settings.STUCK_WORKFLOWS === 'mended') return 'told';
  throw ApplicationFailure.create({ message: 'the carrier does not answer', nextRetryDelay: '3s' });
}

serveAsChild({
  start: async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
    const connection = await NativeConnection.connect({ address: settings.TEMPORAL_ADDRESS });
    const database = openDatabase(settings.DATABASE_URL, 2);
    const buildId = settings.STUCK_BUILD;
    const worker = await Worker.create({
      connection,
      taskQueue: settings.STUCK_QUEUE,
      workflowsPath: fileURLToPath(new URL(`./workflows/${settings.STUCK_WORKFLOWS}.ts`, import.meta.url)),
      activities: { tellCustoms, tellCarrier },
      interceptors: { activity: [stepRetries(database, (message, error) => console.error(message, error))] },
      ...(buildId && {
        workerDeploymentOptions: {
          version: { deploymentName: settings.STUCK_QUEUE, buildId },
          useWorkerVersioning: true,
          defaultVersioningBehavior: 'PINNED' as const,
        },
      }),
    });
    const running = worker.run();
    return {
      ended: running,
      stop: async () => {
        worker.shutdown();
        await running;
        await connection.close();
        await database.close();
      },
    };
  },
});
