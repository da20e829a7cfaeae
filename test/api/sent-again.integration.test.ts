import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import { quoteExample } from '../../api/examples.ts';
import type { Api } from '../../api/services.ts';
import { loadReference } from '../../reference/load.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ask, expectProblem, stack } from './callers.ts';
import { clientOf, type DeadEnd, refusing } from './dead-ends.ts';
import { until } from './running-stack.ts';
import { noFiles } from './stand-ins.ts';

let database: Database;
let there: DeadEnd;
/** Another API on the same records, whose engine is away. */
let app: Api;
beforeAll(async () => {
  there = await refusing();
  database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
  const temporal = clientOf(there);
  app = buildApp({ database, temporal, reference: loadReference(), files: noFiles(), log: pino({ level: 'silent' }) });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await there.close();
  await database.close();
});

describe('a re-check that was answered 503 and is sent again under its key', () => {
  it('is one: the same id, and one look at the shipments', async () => {
    const key = `again-${randomUUID()}`;
    const body = { reason: `asked ${key}` };
    const headers = { 'idempotency-key': key };
    const away = await app.inject({
      ...{ method: 'POST', url: '/v1/compliance/rechecks', payload: body },
      headers: { ...headers, authorization: `Bearer ${stack.key}` },
    });
    expect([away.statusCode, away.headers['retry-after']]).toEqual([503, '5']);
    const again = await ask('/v1/compliance/rechecks', { body, headers });
    const oncemore = await ask('/v1/compliance/rechecks', { body, headers });
    expect([again.status, oncemore.status, oncemore.text]).toEqual([202, 202, again.text]);
    const done = await until(
      () => ask(`/v1/compliance/rechecks/${again.json.id}`),
      ({ status }) => status === 200,
    );
    expect(done.status).toBe(200);
    const rows = await database.within(stack.organisation, ({ query, organisation }) =>
      query(`select id from recheck where organisation = $1 and cause->>'what' = $2`, [organisation, body.reason]),
    );
    expect(rows).toEqual([{ id: again.json.id }]);
    expectProblem(await ask('/v1/compliance/rechecks', { body: { reason: 'another' }, headers }), 422);
  }, 60_000);
});

describe('a quote that is asked for again under its key', () => {
  it('is the quote that was given, word for word, and none beside it', async () => {
    const headers = { 'idempotency-key': `quote-${randomUUID()}` };
    const quotes = await Promise.all(
      [1, 2, 3].map(() => ask('/v1/landed-cost/quotes', { body: quoteExample, headers })),
    );
    expect(new Set(quotes.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(quotes[0]).toMatchObject({ status: 201 });
    expect(quotes[0]?.headers.get('location')).toBe(`/v1/landed-cost/quotes/${quotes[0]?.json.id}`);
    const another = await ask('/v1/landed-cost/quotes', { body: quoteExample });
    expect(another.json.id).not.toEqual(quotes[0]?.json.id);
    // A key belongs to one door.
    const elsewhere = await ask('/v1/compliance/rechecks', { body: { reason: 'r' }, headers });
    expect(elsewhere).toMatchObject({ status: 422, json: { type: '/problems/key-used-before' } });
  }, 30_000);
});
