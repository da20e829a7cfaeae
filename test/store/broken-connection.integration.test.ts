import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isPassing } from '../../activities/errors.ts';
import { isDatabaseAway } from '../../api/problem-from-error.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ensureOrganisation } from '../../store/organisations.ts';

const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const organisation = `broken-${randomUUID().slice(0, 8)}`;

describe('a connection that breaks', () => {
  let database: Database;
  let superuser: pg.Client;
  beforeAll(async () => {
    await ensureOrganisation(databaseUrl, { slug: organisation, keys: [] });
    database = openDatabase(databaseUrl, 1);
    superuser = new pg.Client({ connectionString: databaseUrl });
    await superuser.connect();
  });
  afterAll(async () => {
    await database.close();
    await superuser.end();
  });

  it('between two queries of a transaction fails that transaction as one that passes by itself, and neither the process nor the next one', async () => {
    const work = database.within(organisation, async ({ query }) => {
      const [own] = await query<{ pid: number }>('select pg_backend_pid() as pid');
      await superuser.query('select pg_terminate_backend($1, 5000)', [own?.pid]);
      // The news of the broken connection comes in while no query is under way.
      await superuser.query('select pg_sleep(0.1)');
      await query('select 1');
    });
    const error = await work.catch((reason: unknown) => reason);
    expect([isPassing(error), isDatabaseAway(error)]).toEqual([true, true]);
    expect(await database.within(organisation, ({ query }) => query('select 1 as one'))).toEqual([{ one: 1 }]);
  });
});
