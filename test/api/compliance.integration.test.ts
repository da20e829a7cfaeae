/** The compliance doors on the running stack, in an organisation of their own, and the command line against them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { quoteExample } from '../../api/examples.ts';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { complianceCheckSchema } from '../../rules/compliance/check.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { folderWith, quayside } from '../cli/terminals.ts';
import { samplePath, samples } from '../sample-data.ts';
import { expectProblem } from './callers.ts';
import { askerOf, runningStack, until } from './running-stack.ts';

const stack = runningStack();
const organisation = `lists-${randomUUID().slice(0, 8)}`;
const key = `key-of-${organisation}`;
const ask = askerOf({ ...stack, key });
const environment = { QUAYSIDE_URL: stack.api, QUAYSIDE_KEY: key };

beforeAll(() =>
  ensureOrganisation(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', {
    slug: organisation,
    keys: [{ role: 'operator', key }],
  }),
);

const cells = (count: number) => Array.from({ length: count }, () => '-0- ').join(',');
const entry = (id: number, name: string) => `${id},"${name}","-0- ","SDGT",${cells(8)}`;
const alias = '1,11,"aka","PETROFF TRADING",-0- ';
const country = '1,21,-0- ,-0- ,"Russia",-0- ';
const folder = folderWith({
  'sdn.csv': [entry(1, 'PETROV TRADING LLC'), entry(2, 'AL-HASSAN GENERAL TRADING')].join('\r\n'),
  'sdn-of-tomorrow.csv': [entry(1, 'PETROV TRADING LLC'), entry(3, 'HARBOR HOME GOODS LLC')].join('\r\n'),
  'broken.csv': [entry(1, 'PETROV TRADING LLC'), '2,"X"'].join('\r\n'),
  'alt.csv': alias,
  'add.csv': country,
  'hs.csv':
    'section,hscode,description,parent,level\nXX,94,"Furniture; lamps",TOTAL,2\nXX,9405,"Lamps and lighting fittings",94,4\nXX,940521,"Lamps; electric, table, for light-emitting diode (LED) light sources only",9405,6',
  'declared.csv':
    '报关单号,申报日期,商品编码,商品名称,数量,单位,单价,币制\n310120260000000001,2026-05-06,9405210090,LED台灯,1000,个,12.00,USD',
  'table.csv': '编号,品名一,单位\n9405210090,LED台灯,千克',
});
const run = (...words: string[]) => quayside(words, { folder, environment });

describe('importing a list', () => {
  it('with a line that cannot be read imports nothing', async () => {
    const { status, err } = await run('reference', 'import', 'sdn', 'broken.csv', 'alt.csv');
    expect({ status, err }).toEqual({ status: 64, err: expect.stringContaining('broken.csv:2') });
    expect((await ask('/v1/reference')).json.lists).toEqual([]);
  });

  it('puts it in force, has open shipments looked at again, and the same files change nothing', async () => {
    const first = await run('reference', 'import', 'sdn', 'sdn.csv', 'alt.csv', 'add.csv', '--json');
    expect({ status: first.status, err: first.err }).toEqual({ status: 0, err: '' });
    const imported = JSON.parse(first.out);
    expect(imported).toMatchObject({ list: 'sdn', entries: 2, previousVersion: null, unchanged: false });
    await until(
      () => ask(`/v1/compliance/rechecks/${imported.recheck}`),
      ({ status, json }) => status === 200 && json.finishedAt !== null,
    );
    const again = JSON.parse((await run('reference', 'import', 'sdn', 'add.csv', 'alt.csv', 'sdn.csv', '--json')).out);
    expect(again).toEqual({ ...imported, previousVersion: imported.version, unchanged: true });
    const { out } = await run('reference', 'list');
    expect(out).toContain(imported.version);
    expect(out).toContain('Not imported: csl, hs, tariff, declarations.');
  });

  it('a failure half way leaves the version before in force', async () => {
    const before = (await ask('/v1/reference')).json.lists;
    await run('reference', 'import', 'sdn', 'broken.csv', 'alt.csv');
    expect((await ask('/v1/reference')).json.lists).toEqual(before);
  });

  it('two at once come one after the other', async () => {
    const both = await Promise.all([
      run('reference', 'import', 'sdn', 'sdn.csv', 'alt.csv', '--json'),
      run('reference', 'import', 'sdn', 'sdn.csv', 'alt.csv', '--json'),
    ]);
    expect(both.map(({ status, err }) => ({ status, err }))).toEqual([
      { status: 0, err: '' },
      { status: 0, err: '' },
    ]);
    expect(both.map(({ out }) => JSON.parse(out).unchanged).sort()).toEqual([false, true]);
  });

  it('takes the columns of a table as they are called', async () => {
    const mapped = await run(
      'reference',
      'import',
      'tariff',
      'table.csv',
      '--map',
      'code=编号',
      'nameZh=品名一',
      '--json',
    );
    expect(mapped).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(mapped.out)).toMatchObject({ list: 'tariff', entries: 1 });
    const wrong = await run('reference', 'import', 'tariff', 'table.csv', '--map', 'colour=编号');
    expect(wrong).toMatchObject({ status: 64, err: expect.stringContaining('map.colour: choose one of code') });
  });
});

describe('a list of the size of the real ones', () => {
  const [syllables, businesses] = [
    ['ba', 'lo', 'mi', 'ter', 'shan', 'kov', 'ri', 'zhu', 'al', 'fen'],
    ['TRADING', 'SHIPPING', 'METALS', 'ELECTRONICS', 'LOGISTICS'],
  ];
  const nameOf = (number: number) =>
    `${[...String(number + 10_000)].map((digit) => syllables[Number(digit)]).join('')} ${businesses[number % 5]} CO`.toUpperCase();
  const large = Array.from({ length: 20_000 }, (_, at) => entry(at + 1, nameOf(at))).join('\r\n');

  it('is in force within ten seconds, and a check takes milliseconds', async () => {
    const files = folderWith({ 'sdn.csv': large, 'alt.csv': alias });
    const began = performance.now();
    const { status, out } = await quayside(['reference', 'import', 'sdn', 'sdn.csv', 'alt.csv', '--json'], {
      folder: files,
      environment,
    });
    const took = performance.now() - began;
    expect({ status, entries: JSON.parse(out).entries }).toEqual({ status: 0, entries: 20_000 });
    expect(took).toBeLessThan(10_000);
    expect(await run('screen', nameOf(17_321), '--json')).toMatchObject({ status: 2 });
    const times: number[] = [];
    for (let turn = 0; turn < 5; turn++) {
      const asked = performance.now();
      await ask('/v1/screenings', { body: { name: 'Harbor Home Goods LLC', country: 'US' } });
      times.push(performance.now() - asked);
    }
    process.stdout.write(
      `20,000 entries imported in ${Math.round(took)} ms; a name screened in ${Math.round(Math.min(...times))} ms.\n`,
    );
  });
});

describe('screening', () => {
  it('that is cut short is refused, and the one in force stays, until somebody says that it is right', async () => {
    const cut = await run('reference', 'import', 'sdn', 'sdn.csv', 'alt.csv', 'add.csv');
    expect(cut).toMatchObject({ status: 64, err: expect.stringMatching(/entries: 2, and 20000 in version/) });
    expect((await ask('/v1/reference')).json.lists).toContainEqual(expect.objectContaining({ entries: 20_000 }));
    const said = await run('reference', 'import', 'sdn', 'sdn.csv', 'alt.csv', 'add.csv', '--fewer');
    expect(said).toMatchObject({ status: 0, err: '' });
  });

  it('tells matches with scores and versions', async () => {
    const { status, out } = await run('screen', 'Petroff Trading', '--country', 'RU', '--json');
    expect(status).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'review',
      matches: [{ list: 'sdn', entryId: '1', listVersion: expect.any(String), score: expect.any(Number) }],
      lists: [{ list: 'sdn', entries: 2 }],
    });
    expect(await run('screen', 'Pacific Bridge Customs Brokers Inc.', '--country', 'US')).toMatchObject({ status: 0 });
  });
});

describe('the check of an order', () => {
  const order = {
    ...exampleOrder,
    transport: { ...exampleOrder.transport, stuffingPlace: '宁波市北仑区示例路1号', consolidator: 'Example Freight' },
  };
  const check = async (body: object) => {
    const answer = await ask('/v1/compliance/checks?asOf=2026-11-24&rate=EUR/USD=1.08', { body });
    expect(answer.status).toBe(200);
    return complianceCheckSchema.parse(answer.json);
  };

  it('holds its parties against the lists', async () => {
    const clean = await check(order);
    expect(clean).toMatchObject({ blocked: false, asOf: '2026-11-24', screenedBy: [{ list: 'sdn' }] });
    const { blocked, findings } = await check({ ...order, buyer: { name: 'Petroff Trading LLC', country: 'RU' } });
    expect({
      blocked,
      screening: findings.filter(({ kind, severity }) => kind === 'screening' && severity === 'block'),
    }).toEqual({
      blocked: true,
      screening: [expect.objectContaining({ where: 'buyer' })],
    });
  });

  it('screens anew when the list has changed', async () => {
    expect(await run('reference', 'import', 'sdn', 'sdn-of-tomorrow.csv', 'alt.csv')).toMatchObject({ status: 0 });
    expect((await check(order)).findings).toContainEqual(
      expect.objectContaining({
        kind: 'screening',
        severity: 'block',
        where: expect.stringMatching(/^(buyer|consignee)/),
      }),
    );
  });

  it('is what the command line prints', async () => {
    const { status, out, err } = await quayside(['check', '-', '--as-of', '2026-11-24'], {
      environment,
      standardInput: JSON.stringify(order),
    });
    expect({ status, err }).toEqual({ status: 2, err: '' });
    expect(out).toContain('Parties were held against');
  });

  it('says field by field what is no order', async () =>
    expectProblem(await ask('/v1/compliance/checks', { body: { ...order, currency: 'dollars' } }), 422, 'currency'));
});

describe('codes of goods', () => {
  it('are searched in own declarations, common goods and the nomenclature', async () => {
    for (const [list, file] of [
      ['hs', 'hs.csv'],
      ['declarations', 'declared.csv'],
    ] as const)
      expect(await run('reference', 'import', list, file)).toMatchObject({ status: 0, err: '' });
    const { status, json } = await ask(`/v1/hs/search?q=${encodeURIComponent('LED台灯')}`);
    expect(status).toBe(200);
    expect(json.searched).toEqual(['declared', 'common-goods', 'nomenclature']);
    expect(json.results?.[0]).toMatchObject({ code: '9405210090', source: 'declared' });
    expect((await run('hs', 'search', 'LED台灯')).out).toContain('own declaration');
  });
});

describe('a quote for a checkout', () => {
  it('is kept as it was given', async () => {
    const given = await ask('/v1/landed-cost/quotes', { body: quoteExample });
    expect(given.status).toBe(201);
    expect(given.headers.get('location')).toBe(`/v1/landed-cost/quotes/${given.json.id}`);
    const kept = await ask(`/v1/landed-cost/quotes/${given.json.id}`);
    expect(kept.json).toMatchObject({ id: given.json.id, quote: given.json.quote, request: { buyerCurrency: 'USD' } });
    expectProblem(await ask(`/v1/landed-cost/quotes/${randomUUID()}`), 404);
  });
});

describe('lists as they are published', () => {
  it.each([
    ['sdn', 'screening/test__sdn.csv', 'screening/test__alt.csv', 'screening/test__add.csv'],
    ['csl', 'screening/test__csl.csv'],
    ['hs', 'hs/harmonized-system.csv', 'hs/sections.csv'],
  ])('%s', async (list, ...paths) => {
    if (!samples(...paths)) return;
    const { status, out, err } = await run('reference', 'import', list, ...paths.map(samplePath));
    expect({ status, out, err }).toEqual({ status: 0, out: expect.stringContaining(`${list}: version`), err: '' });
  });
});
