import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settingsExample } from '../../api/examples.ts';
import { printDocument } from '../../printing/print-document.ts';
import type { PreparedDocument } from '../../rules/documents/prepare.ts';
import type { Logo } from '../../rules/documents/stationery.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { solidPng } from '../printing/pictures.ts';
import { ask, orderOf, run, stack, start, tell } from './callers.ts';
import { until } from './running-stack.ts';

const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const [mine, other] = [`set-${run}`.toLowerCase(), `oth-${run}`.toLowerCase()];
const keyOf = (organisation: string, role: string) => `key-of-${organisation}-${role}`;
const key = keyOf(mine, 'manager');
const path = '/v1/organisation/settings';

let database: Database;
beforeAll(async () => {
  for (const slug of [mine, other])
    await ensureOrganisation(databaseUrl, {
      slug,
      keys: (['manager', 'operator'] as const).map((role) => ({ role, key: keyOf(slug, role) })),
    });
  database = openDatabase(databaseUrl, 2);
});
afterAll(() => database.close());

const look = (query = '', as = key) => ask(`${path}${query}`, { key: as });
const save = (settings: object, seen: number, as = key) =>
  ask(path, {
    ...{ method: 'PUT', key: as, body: { source: 'Li Wei', settings } },
    headers: { 'if-match': `"${seen}"` },
  });
const inForce = async () => Number((await look()).json.revision);
const exporterOf = (changes: object = {}) => ({ ...settingsExample.exporter, ...changes });
const pngOf = (side: number): Logo => ({
  mediaType: 'image/png',
  base64: solidPng(side, side).toString('base64'),
});
const headed = (addressEn: string, logo?: object) =>
  exporterOf({ letterhead: { addressEn, ...(logo ? { logo } : {}) } });

describe('the settings of an organisation', () => {
  it('are those of the set-up until somebody saves some; then who and when is told, and the set-up stays', async () => {
    const before = await look();
    expect(before.json).toMatchObject({ revision: 0, savedAt: null, settings: settingsSchema.parse({}) });
    expect(before.headers.get('etag')).toBe('"0"');
    const saved = await save(settingsExample, 0);
    expect(saved.json).toMatchObject({ revision: 1, unchanged: false, savedBy: 'manager', savedFrom: 'Li Wei' });
    expect(saved.headers.get('etag')).toBe('"1"');
    const after = await look();
    expect(after.json).toMatchObject({
      ...{ revision: 1, savedBy: 'manager', savedFrom: 'Li Wei', keyId: expect.stringMatching(/^\d+$/) },
      settings: { exporter: { bank: settingsExample.exporter.bank } },
      history: [
        { revision: 1, savedFrom: 'Li Wei' },
        { revision: 0, savedFrom: null },
      ],
    });
    expect((await look('?revision=0')).json.settings).toEqual(before.json.settings);
    expect((await look('?revision=9')).status).toBe(404);
  });

  it('belong to it alone', async () => {
    expect((await look('', keyOf(other, 'manager'))).json).toMatchObject({ revision: 0, history: [{ revision: 0 }] });
  });

  it('sent again after a lost answer change nothing, whatever revision was seen', async () => {
    for (const seen of [0, 1])
      expect((await save(settingsExample, seen)).json).toMatchObject({ revision: 1, unchanged: true });
  });

  it('are saved by a manager only, whom nobody can overwrite unseen', async () => {
    expect((await save({ ...settingsExample, category: 1 }, 1, keyOf(mine, 'operator'))).status).toBe(403);
    const stale = await save({ ...settingsExample, category: 1 }, 0);
    expect(stale).toMatchObject({
      ...{ status: 412, type: expect.stringContaining('problem+json') },
      json: { detail: expect.stringMatching(/revision 1 is in force, saved by Li Wei at 20/) },
    });
    expect(await inForce()).toBe(1);
  });

  it('of two that are saved at once one stands, and the other is told', async () => {
    const seen = await inForce();
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((nameEn) => save({ ...settingsExample, exporter: exporterOf({ nameEn }) }, seen)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const winner = answers.find(({ status }) => status === 200)?.json.settings;
    expect((await look()).json).toMatchObject({ revision: seen + 1, settings: winner });
  });

  it.each<[string, object, string, RegExp]>([
    ['a name in Korean', exporterOf({ nameEn: '서울 Co.' }), 'settings.exporter.nameEn', /cannot show 서 울/],
    [
      'a letterhead in Arabic',
      exporterOf({ letterhead: { lines: ['ok', 'شركة'] } }),
      'settings.exporter.letterhead.lines[1]',
      /cannot show ش ر/,
    ],
    [
      'a logo that is cut off',
      headed('x', { mediaType: 'image/png', base64: solidPng(9, 9).subarray(0, 48).toString('base64') }),
      'settings.exporter.letterhead.logo',
      /broken or cut off: save it again/,
    ],
    [
      'a logo that nobody has saved',
      headed('x', { mediaType: 'image/png', sha256: 'a'.repeat(64) }),
      'settings.exporter.letterhead.logo.sha256',
      /give the picture itself/,
    ],
  ])('%s is refused, and nothing is written', async (_what, exporter, field, message) => {
    const seen = await inForce();
    const refused = await save({ ...settingsExample, exporter }, seen);
    expect(refused.status).toBe(422);
    expect(refused.json.errors).toEqual([{ field, message: expect.stringMatching(message) }]);
    expect(await inForce()).toBe(seen);
  });

  it('show a logo by its hash, take it by its hash, also that of an earlier revision, and give it whole when asked', async () => {
    const first = await save({ ...settingsExample, exporter: headed('first', pngOf(5)) }, await inForce());
    expect(first.text).not.toContain(pngOf(5).base64);
    const shown = first.json.settings as unknown as { exporter: object };
    await save({ ...settingsExample, exporter: headed('second', pngOf(6)) }, await inForce());
    const back = await save(shown, await inForce());
    expect(back).toMatchObject({ status: 200, json: { unchanged: false, settings: shown } });
    expect((await look('?logo=whole')).text).toContain(pngOf(5).base64);
  });
});

describe('papers under settings that change', () => {
  const reference = `${run}-LETTER`;
  const papers = async () =>
    (await ask(`/v1/shipments/${reference}/documents`, { key })).json.documents as unknown as {
      id: string;
      kind: string;
      number: string;
      revision: number;
    }[];
  const invoices = async () => (await papers()).filter(({ kind }) => kind === 'commercial-invoice');
  const prepared = async (id: string): Promise<PreparedDocument> => {
    const { json } = await ask(`/v1/shipments/${reference}/documents/content?id=${encodeURIComponent(id)}`, { key });
    return json as unknown as PreparedDocument;
  };
  const fileOf = async (id: string): Promise<Buffer> => {
    const response = await fetch(`${stack.api}/v1/shipments/${reference}/documents/file?id=${encodeURIComponent(id)}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return Buffer.from(await response.arrayBuffer());
  };
  const printed = async (id: string, options: Parameters<typeof printDocument>[1]) => {
    const { kind, revision, content } = await prepared(id);
    const { number } = content;
    return printDocument({ id, kind, revision, number, content } as PreparedDocument, options);
  };
  const locked = (revision: number) =>
    until(
      () => ask(`/v1/shipments/${reference}/documents`, { key }),
      ({ text }) => text.includes(`${reference}/commercial-invoice/${revision}`),
    );

  it('locked papers are printed with the letterhead and the logo that they were made with', async () => {
    await save({ ...settingsExample, exporter: headed('Old Street 1', pngOf(7)) }, await inForce());
    expect((await start(orderOf(reference), { authorization: `Bearer ${key}` })).status).toBe(201);
    await locked(1);
    const numbering = { 'commercial-invoice': 'NEW-{reference}' };
    await save({ ...settingsExample, numbering, exporter: headed('New Street 2', pngOf(8)) }, await inForce());
    const id = `${reference}/commercial-invoice/1`;
    const file = await fileOf(id);
    expect(file.equals(await printed(id, { logo: pngOf(7) }))).toBe(true);
    expect(file.equals(await printed(id, {}))).toBe(false);
    expect(JSON.stringify((await prepared(id)).content)).toContain('Old Street 1');
  });

  it('made again they follow the new letterhead under their old number, and the old one prints as before but for its mark', async () => {
    await until(
      () => ask(`/v1/shipments/${reference}`, { key }),
      ({ text }) => text.includes('planned-export'),
    );
    await tell(reference, 'unlock', { reason: 'a new letterhead' }, key);
    const { json } = await until(
      () => ask(`/v1/tasks?reference=${reference}`, { key }),
      ({ text }) => text.includes('papers-open'),
    );
    const tasks = json.tasks as unknown as { id: string; kind: string }[];
    const taskId = tasks.find(({ kind }) => kind === 'papers-open')?.id;
    await tell(reference, 'task-answer', { taskId, choice: 'lock-again', reason: 'made again' }, key);
    await locked(2);
    const [first, second] = [`${reference}/commercial-invoice/1`, `${reference}/commercial-invoice/2`];
    expect((await invoices()).map(({ number }) => number)).toEqual(Array(2).fill(`NB-${reference}-CI`));
    expect(JSON.stringify((await prepared(second)).content)).toContain('New Street 2');
    expect((await fileOf(second)).equals(await printed(second, { logo: pngOf(8) }))).toBe(true);
    const mark = { kind: 'superseded', by: 2 } as const;
    expect((await fileOf(first)).equals(await printed(first, { logo: pngOf(7), mark }))).toBe(true);
  });
});

describe('an order that our papers cannot show', () => {
  const buyer = { name: '서울상사 Co.', country: 'US', address: '1200 Harbor Avenue, Long Beach' };
  const finding = {
    rule: 'text-not-printable',
    severity: 'warn',
    where: 'buyer.name',
    found: '서울상사 in “서울상사 Co.”',
  };

  it('is warned of before it is accepted', async () => {
    const { json } = await ask('/v1/compliance/checks', { body: orderOf(`${run}-SEOUL`, { buyer }), key });
    expect(json.findings).toContainEqual(expect.objectContaining(finding));
  });

  it('reaches a person as a task when it is taken', async () => {
    const reference = `${run}-SEOUL`;
    await start(orderOf(reference, { buyer }), { authorization: `Bearer ${key}` });
    const { json } = await until(
      () => ask(`/v1/tasks?reference=${reference}`, { key }),
      ({ text }) => text.includes('text-not-printable'),
    );
    expect(json.tasks).toContainEqual(
      expect.objectContaining({
        kind: 'review-warnings',
        evidence: expect.arrayContaining([
          { label: 'text-not-printable at buyer.name', value: expect.stringContaining('서울상사') },
        ]),
      }),
    );
  });
});
