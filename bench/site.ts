import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import type { Running } from '../simulation/world.ts';
import { removeStackData, startStack } from '../stack/stack.ts';
import { startSupervised } from '../stack/supervised.ts';

/** A stack to measure on, and what the benchmarks need of it. */
export interface Site {
  dataDir: string;
  running: Running;
  client: Client;
  /** As the cluster's owner: benchmarks look past the organisations' walls. */
  database: pg.Pool;
  say: (line: string) => void;
  signal: AbortSignal;
}

const GIVEN_UP_AFTER_MINUTES = 30;
const dataDir = join(fileURLToPath(new URL('..', import.meta.url)), '.quayside/bench');

/** Runs some benchmarks on a stack of their own, new each time: what was measured before is in nobody's memory. */
export async function onNewStack<T>(
  { say, signal }: Pick<Site, 'say' | 'signal'>,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE']) delete process.env[name];
  removeStackData(dataDir);
  const stack = await startStack({
    ...{ dataDir, sandboxAnswers: 'on-demand', organisation: 'bench', signal },
    // A process that is restarted on purpose has last words; they stand in its log.
    log: (lines) => say(`  ${lines.split('\n')[0]}`),
  });
  try {
    const { running } = stack;
    const connection = await Connection.connect({ address: running.temporalAddress });
    const database = new pg.Pool({ connectionString: stack.databaseUrl, max: 4 });
    database.on('error', () => undefined);
    try {
      const client = new Client({ connection, namespace: running.temporalNamespace });
      return await Promise.race([work({ dataDir, running, client, database, say, signal }), givenUp(signal)]);
    } finally {
      await Promise.all([connection.close(), database.end()]);
    }
  } finally {
    await stack.stop();
  }
}

/** A shipment that stands still is driven for ever: a benchmark ends when it is interrupted, or far later than any takes. */
function givenUp(signal: AbortSignal): Promise<never> {
  const limit = AbortSignal.timeout(GIVEN_UP_AFTER_MINUTES * 60_000);
  return new Promise((_, reject) => {
    const why = `not through after ${GIVEN_UP_AFTER_MINUTES} minutes: does a shipment stand still? See logs/worker.log`;
    limit.addEventListener('abort', () => reject(new Error(why)));
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/** Runs the worker of the bare workflows beside the product's while something is measured. */
export async function withBareWorker<T>(site: Site, work: () => Promise<T>): Promise<T> {
  await site.database.query(
    'create schema if not exists bare; create table if not exists bare.note (what text not null)',
  );
  const { running, dataDir, say: log, signal } = site;
  const { connectionString } = site.database.options;
  const worker = await startSupervised(
    {
      ...{ name: 'bare-worker', program: 'bench/bare/worker.ts', dataDir, log, restart: false },
      ...{ readyWithinMs: 60_000, stopWithinMs: 6000 },
      environment: () => ({
        DATABASE_URL: connectionString,
        TEMPORAL_ADDRESS: running.temporalAddress,
        TEMPORAL_NAMESPACE: running.temporalNamespace,
      }),
    },
    signal,
  );
  // The engine is about to go, and a worker without one does not end.
  signal.addEventListener('abort', () => void worker.stop(), { once: true });
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}
