import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../../api/services.ts';
import order from '../../examples/order.json' with { type: 'json' };
import { appWithoutEngines, keys } from './stand-ins.ts';

let app: Api;
beforeAll(async () => {
  app = appWithoutEngines();
  await app.ready();
});
afterAll(() => app.close());

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...bearer(keys.operator), ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

function problemOf(response: { statusCode: number; headers: Record<string, unknown>; body: string }) {
  expect(response.headers['content-type']).toContain('application/problem+json');
  const problem = JSON.parse(response.body);
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^\/problems\/[a-z-]+$/),
    title: expect.any(String),
    status: response.statusCode,
    detail: expect.any(String),
    instance: expect.any(String),
  });
  expect(response.body).not.toMatch(/node_modules|at .*\.ts:/);
  return problem;
}

describe('every refusal is a problem document', () => {
  const line = order.lines[0];
  const wrong: [string, unknown, string, RegExp][] = [
    ['no lines', { ...order, lines: [] }, 'lines', /at least one line/],
    ['an unknown currency', { ...order, currency: 'XQQ' }, 'currency', /unknown currency/],
    [
      'a negative quantity',
      { ...order, lines: [{ ...line, quantity: '-5' }] },
      'lines[0].quantity',
      /greater than zero/,
    ],
    ['a number instead of text', { ...order, lines: [{ ...line, quantity: -5 }] }, 'lines[0].quantity', /as text/],
    ['an HS code of letters', { ...order, lines: [{ ...line, hsCode: '95O3AB' }] }, 'lines[0].hsCode', /digits/],
    ['a missing field', { ...order, buyer: undefined }, 'buyer', /is missing/],
    ['a field that nobody knows', { ...order, colour: 'red' }, 'colour', /not a field/],
    ['a choice that is none', { ...order, model: 'barter' }, 'model', /choose one of direct-mail/],
    [
      'freight that the term includes',
      { ...order, incoterm: { rule: 'CIF', place: 'Long Beach' } },
      'freight',
      /refund is on FOB/,
    ],
    ['a character that cannot be stored', { ...order, remarks: 'a\u0000b' }, 'remarks', /no text/],
    ['half of a pair', { ...order, remarks: 'a\ud800b' }, 'remarks', /no text/],
  ];
  it.each(wrong)('%s: 422 that names the field', async (_what, body, field, words) => {
    const problem = problemOf(await post('/v1/shipments', body));
    expect(problem.status).toBe(422);
    expect(problem.errors).toContainEqual({ field, message: expect.stringMatching(words) });
  });

  it("a decimal that is none is the caller's mistake, not a defect", async () => {
    expect(problemOf(await post('/v1/shipments', { ...order, lines: [{ ...line, quantity: 'abc' }] })).status).toBe(
      422,
    );
  });

  it('a message of the wrong side: 422 with the choices', async () => {
    const problem = problemOf(await post('/v1/shipments/A-1/events/customs-response', { side: 'moon' }));
    expect(problem.errors).toEqual([{ field: 'side', message: 'choose one of export, destination' }]);
  });

  it('broken JSON: 400', async () =>
    expect(problemOf(await post('/v1/shipments', '{"reference": "x",')).status).toBe(400));
  it('an empty body: 400', async () => expect(problemOf(await post('/v1/shipments', '')).status).toBe(400));
  it('null for a body: 422', async () => expect(problemOf(await post('/v1/shipments', 'null')).status).toBe(422));
  it('over 1 MB: 413', async () =>
    expect(problemOf(await post('/v1/shipments', { ...order, remarks: 'x'.repeat(1_100_000) })).status).toBe(413));
  it('another content type: 415', async () =>
    expect(
      problemOf(await post('/v1/shipments', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415));
  it('JSON where CSV belongs: 415', async () =>
    expect(problemOf(await post('/v1/orders/import', '{}')).status).toBe(415));
  it('JSON where XML belongs: 415', async () =>
    expect(problemOf(await post('/v1/bank-statements', '{}')).status).toBe(415));
  it('an Idempotency-Key of 201 characters: 400', async () =>
    expect(problemOf(await post('/v1/shipments', order, { 'idempotency-key': 'x'.repeat(201) })).status).toBe(400));
  it.each([
    ['bytes of GBK', Buffer.from([0x72, 0x65, 0x66, 0x2c, 0xb5, 0xc6, 0x0a]), 'text/csv'],
    ['another charset named', Buffer.from('reference\n'), 'text/csv; charset=gbk'],
  ])('CSV that is not UTF-8, %s: 422 that says how to save it', async (_what, payload, type) => {
    const headers = { 'content-type': type, ...bearer(keys.operator) };
    const response = await app.inject({ method: 'POST', url: '/v1/orders/import', headers, payload });
    expect(problemOf(response)).toMatchObject({
      status: 422,
      detail: 'the file is not UTF-8: save it as CSV UTF-8',
    });
  });
  it('CSV with UTF-8 named is read; a NUL refuses its own order, by row and field', async () => {
    const file = [
      'reference,plannedExportOn,claimantKind,buyer.name,buyer.country,destination.country,model,transport.mode,incoterm.rule,incoterm.place,currency,payment.instalments,nameZh,nameEn,hsCode,quantity,unit,unitPrice,netWeightKg,grossWeightKg,packages.count,packages.kind,remarks',
      ...['LED lamp', 'LED\u0000lamp'].map(
        (nameEn, index) =>
          `NUL-1,2027-01-20,trading,Harbor LLC,US,US,general-trade,sea,FOB,Ningbo,USD,1 shipment 30,LED台灯,${nameEn},9405210090,10,个,12.00,1150,1400,125,carton,${index === 0 ? 'x\u0000' : ''}`,
      ),
    ].join('\n');
    const headers = { 'content-type': 'text/csv; charset="UTF-8"', ...bearer(keys.operator) };
    const response = await app.inject({ method: 'POST', url: '/v1/orders/import', headers, payload: file });
    expect(response.json()).toEqual({
      started: [],
      refused: [
        { row: 2, reference: 'NUL-1', field: 'remarks', error: expect.stringContaining('no text') },
        { row: 3, reference: 'NUL-1', field: 'nameEn', error: expect.stringContaining('no text') },
      ],
    });
  });
  it('no XML at all: 422, nothing stored', async () => {
    for (const payload of ['hello', '', '<a><b></a>', '<html/>']) {
      const problem = problemOf(await post('/v1/bank-statements', payload, { 'content-type': 'application/xml' }));
      expect([400, 422]).toContain(problem.status);
    }
  });

  it('an address that is none: 404', async () => {
    for (const url of ['/nothing', '/v1/nothing', '/v1/shipments/A-1/events/moon', '/problems/moon'])
      expect(problemOf(await app.inject({ url, headers: bearer(keys.operator) })).status).toBe(404);
  });
  it('an address that cannot be read: 400', async () =>
    expect(problemOf(await app.inject('/v1/%zz')).status).toBe(400));
  it('another method: 405 with Allow', async () => {
    const response = await app.inject({ method: 'DELETE', url: '/v1/shipments', headers: bearer(keys.operator) });
    expect(problemOf(response).status).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD, POST');
  });
  it('a parameter that is not understood: 400', async () => {
    const problem = problemOf(await app.inject({ url: '/v1/shipments?limit=many', headers: bearer(keys.operator) }));
    expect(problem).toMatchObject({ status: 400, errors: [{ field: 'limit' }] });
  });
  it('database or engine away: 503 with Retry-After, never a success', async () => {
    for (const response of [
      await post('/v1/shipments', order),
      await app.inject({ url: '/v1/tasks', headers: bearer(keys.operator) }),
    ]) {
      expect(problemOf(response).status).toBe(503);
      expect(response.headers['retry-after']).toBe('5');
    }
    const ready = await app.inject('/readyz');
    expect(problemOf(ready)).toMatchObject({ status: 503, checks: { database: 'not reached', engine: 'not reached' } });
  });
  it('its type is an address that explains it', async () => {
    const { type } = problemOf(await post('/v1/shipments', '{'));
    const page = await app.inject(type);
    expect(page.json()).toMatchObject({ title: expect.any(String), remedy: expect.any(String) });
  });
});

describe('what needs no key', () => {
  it.each(['/healthz', '/openapi.json', '/docs'])('%s', async (url) =>
    expect((await app.inject(url)).statusCode).toBe(200),
  );
});
