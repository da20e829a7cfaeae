import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/services.ts';
import { loadReference } from '../../reference/load.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { clientOf, type DeadEnd, refusing, silent } from './dead-ends.ts';
import { everyDoor, send } from './every-door.ts';
import { appWithoutEngines, keys, noFiles } from './stand-ins.ts';

/** What is true whatever is away, and needs nobody to say so. */
const needNobody = ['getHealth', 'getProblem', 'getMetrics'];
/** Compares by reference data alone; only the key has to be known. */
const needKeyOnly = ['compareVariants'];

async function expectUnavailable(app: Api, answered: readonly string[] = needNobody): Promise<void> {
  const doors = everyDoor(app, { reference: 'A-1', taskId: 't' });
  expect(doors.length).toBeGreaterThan(25);
  const answers = await Promise.all(
    doors.map(async (door) => {
      const { statusCode, headers } = await send(app, keys.manager, door);
      return { door: door.operationId, status: statusCode, retryAfter: headers['retry-after'] };
    }),
  );
  expect(answers).toEqual(
    doors.map(({ operationId: door }) =>
      answered.includes(door)
        ? { door, status: 200, retryAfter: undefined }
        : { door, status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/) },
    ),
  );
}

describe.each([
  ['nothing listens at their addresses', refusing],
  ['they take connections and never answer', silent],
])('database and engine away: %s', (_how, deadEnd) => {
  let there: DeadEnd;
  let database: Database;
  let app: Api;
  beforeAll(async () => {
    there = await deadEnd();
    database = openDatabase(`postgres://quayside:none@${there.address}/quayside`);
    app = buildApp({
      database,
      temporal: clientOf(there),
      reference: loadReference(),
      files: noFiles(),
      log: pino({ level: 'silent' }),
    });
    await app.ready();
  });
  afterAll(async () => {
    await app.close();
    await there.close();
    await database.close();
  });

  it('every door answers 503 with Retry-After, and none a success', () => expectUnavailable(app), 60_000);
});

describe('database and engine away, to callers whose keys are known still', () => {
  const app = appWithoutEngines();
  beforeAll(async () => {
    await app.ready();
  });
  afterAll(() => app.close());

  it(
    'every door that needs them answers 503 with Retry-After',
    () => expectUnavailable(app, [...needNobody, ...needKeyOnly]),
    60_000,
  );
});
