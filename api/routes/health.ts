import { healthSchema, readySchema } from '../contract.ts';
import { pingEngine } from '../engine.ts';
import type { FileStoreHealth } from '../file-store-health.ts';
import { answer, problemsOf } from '../openapi.ts';
import { Problem } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import type { TroubleReader } from '../troubles/keep.ts';
import { countsOf, type Reading } from '../troubles/read.ts';

const health = {
  operationId: 'getHealth',
  tags: ['service'],
  summary: 'Whether the process runs',
  security: [],
  response: { 200: answer(healthSchema, 'It runs.') },
};
const ready = {
  operationId: 'getReadiness',
  tags: ['service'],
  summary: 'Whether it can serve',
  description:
    'Asks the database and the workflow engine. The file store is looked at and what is stuck is counted beside it, and a check that is not `ok` says what is wrong; neither takes the service out of use.',
  security: [],
  response: { 200: answer(readySchema, 'Database and engine answer.'), ...problemsOf('unavailable') },
};

const ANSWER_WITHIN_MS = 3000;
/** With the above below the five seconds that a probe waits. */
const TROUBLES_WITHIN_MS = 1500;

export function healthRoutes(
  app: Api,
  { database, temporal }: Services,
  troubles: TroubleReader,
  fileStore: FileStoreHealth,
): void {
  app.get('/healthz', { schema: health }, async () => ({ status: 'ok' as const }));
  app.get('/readyz', { schema: ready }, async () => {
    const [databaseIs, engineIs, filesAre] = await Promise.all([
      outcome(database.query('select 1')),
      outcome(pingEngine(temporal)),
      fileStore.now(),
    ]);
    const checks = { database: databaseIs, engine: engineIs };
    if (databaseIs === 'ok' && engineIs === 'ok') {
      const reading = await troubles.lately(TROUBLES_WITHIN_MS);
      return {
        status: 'ready' as const,
        checks: { ...checks, files: filesAre, ...(reading ? warningsOf(reading) : {}) },
        troubles: reading ? countsOf(reading.troubles) : null,
        troublesReadAt: reading?.readAt ?? null,
      };
    }
    const away = Object.entries(checks).flatMap(([name, is]) => (is === 'ok' ? [] : [name]));
    throw new Problem('unavailable', `not reached: ${away.join(' and ')}`, { checks, headers: { 'retry-after': '5' } });
  });
}

/** What keeps shipments from going on though the API serves. */
function warningsOf({ workers, isServed, seesFailingWorkflows }: Reading): Record<string, string> {
  return {
    worker: isServed ? 'ok' : `${workers} ask for work, and shipments wait for one`,
    failingWorkflows: seesFailingWorkflows
      ? 'ok'
      : 'the engine does not mark workflows whose task fails: see docs/failures/stuck.md',
  };
}

/** `ok`, or why not in a few words that hold no address and no password. */
async function outcome(asked: Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), ANSWER_WITHIN_MS);
  });
  const answered = asked.then(
    () => 'ok',
    () => 'not reached',
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
