import { healthSchema, readySchema } from '../contract.ts';
import { pingEngine } from '../engine.ts';
import { answer, problemsOf } from '../openapi.ts';
import { Problem } from '../problem.ts';
import type { Api, Services } from '../services.ts';

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
  description: 'Asks the database and the workflow engine.',
  security: [],
  response: { 200: answer(readySchema, 'Both answer.'), ...problemsOf('unavailable') },
};

const ANSWER_WITHIN_MS = 3000;

export function healthRoutes(app: Api, { database, temporal }: Services): void {
  app.get('/healthz', { schema: health }, async () => ({ status: 'ok' as const }));
  app.get('/readyz', { schema: ready }, async () => {
    const [databaseIs, engineIs] = await Promise.all([
      outcome(database.query('select 1')),
      outcome(pingEngine(temporal)),
    ]);
    const checks = { database: databaseIs, engine: engineIs };
    if (databaseIs === 'ok' && engineIs === 'ok') return { status: 'ready' as const, checks };
    const away = Object.entries(checks).flatMap(([name, is]) => (is === 'ok' ? [] : [name]));
    throw new Problem('unavailable', `not reached: ${away.join(' and ')}`, { checks, headers: { 'retry-after': '5' } });
  });
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
