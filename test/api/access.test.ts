import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyReader } from '../../api/access.ts';
import type { Api } from '../../api/services.ts';
import type { Database } from '../../store/database.ts';
import { appWithoutEngines, keys } from './stand-ins.ts';

let app: Api;
beforeAll(async () => {
  app = appWithoutEngines();
  await app.ready();
});
afterAll(() => app.close());

const events = (path: string, key: string) =>
  app.inject({
    method: 'POST',
    url: `/v1/shipments/A-1/events/${path}`,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    payload: '{}',
  });

describe('keys', () => {
  it.each([
    ['none', undefined],
    ['a wrong one', 'Bearer nonsense'],
    ['another scheme', 'Basic a2V5'],
  ])('%s: 401, and how to ask', async (_what, authorization) => {
    const response = await app.inject({ url: '/v1/shipments', headers: authorization ? { authorization } : {} });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('401 comes before the body is looked at', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/shipments',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    });
    expect(response.statusCode).toBe(401);
  });

  it.each(['customs-response', 'inspection-result', 'logistics-event', 'tax-response'])(
    'a counterparty may report %s',
    async (path) => expect((await events(path, keys.counterparty)).statusCode).toBe(422),
  );

  it.each([
    ...[
      'fx-receipt',
      'document',
      'documents',
      'unlock',
      'task-answer',
      'declaration-amendment',
      'vat-invoice',
      'review',
    ],
    'cancellation',
  ])('a counterparty may not send %s', async (path) =>
    expect((await events(path, keys.counterparty)).statusCode).toBe(403),
  );

  it.each([
    ['GET', '/v1/shipments'],
    ['GET', '/v1/shipments/A-1'],
    ['GET', '/v1/tasks'],
    ['GET', '/v1/shipments/A-1/documents'],
    ['GET', '/v1/shipments/A-1/documents/content?id=x'],
    ['GET', '/v1/shipments/A-1/documents/file?id=x'],
    ['GET', '/v1/shipments/A-1/documents/archive'],
    ['POST', '/v1/shipments/A-1/documents'],
    ['POST', '/v1/shipments/A-1/documents/confirmation'],
    ['POST', '/v1/shipments'],
    ['POST', '/v1/orders/import'],
    ['POST', '/v1/bank-statements'],
    ['POST', '/v1/tasks/answers'],
  ] as const)('a counterparty may not %s %s', async (method, url) =>
    expect(
      (await app.inject({ method, url, headers: { authorization: `Bearer ${keys.counterparty}` } })).statusCode,
    ).toBe(403),
  );

  it('a good key is looked up once a minute, a bad one each time', async () => {
    let asked = 0;
    let now = 0;
    const database = {
      query: async () => {
        asked += 1;
        return now < 100_000 ? [{ organisation: 'acme', role: 'operator' }] : [];
      },
    } as unknown as Database;
    const callerOf = keyReader(database, () => now);
    for (now of [0, 59_000]) expect(await callerOf('a')).toEqual({ organisation: 'acme', role: 'operator' });
    expect(asked).toBe(1);
    now = 61_000;
    await callerOf('a');
    expect(asked).toBe(2);
    now = 200_000;
    expect(await callerOf('a')).toBeUndefined();
    expect(await callerOf('a')).toBeUndefined();
    expect(asked).toBe(4);
  });
});
