import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderExample, variantsExample } from '../../api/examples.ts';
import { Problem } from '../../api/problem.ts';
import { refuseFewer } from '../../api/reference/fewer-entries.ts';
import { importList } from '../../api/reference/import-list.ts';
import { appWithoutEngines, keys } from './stand-ins.ts';

const app = appWithoutEngines();
beforeAll(async () => {
  await app.ready();
});
afterAll(() => app.close());

type Part = { name: string; filename?: string; content: string };

function form(parts: readonly Part[]) {
  const body = parts.flatMap(({ name, filename, content }) => [
    '--part',
    `content-disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`,
    ...(filename === undefined ? [] : ['content-type: application/octet-stream']),
    '',
    content,
  ]);
  return { payload: [...body, '--part--', ''].join('\r\n'), type: 'multipart/form-data; boundary=part' };
}

async function importing(list: string, { payload, type }: { payload: string; type: string }) {
  const headers = { authorization: `Bearer ${keys.manager}`, 'content-type': type };
  const response = await app.inject({ method: 'POST', url: `/v1/reference/${list}`, headers, payload });
  return { status: response.statusCode, problem: response.json() };
}

const file = (filename: string, content: string): Part => ({ name: 'file', filename, content });
const sdn = file('sdn.csv', `1,"PETROV, Ivan","individual","SDGT",${'-0- ,'.repeat(7)}-0- `);
const aliases = file('alt.csv', '1,11,"aka","PETROFF, Ivan",-0- ');

describe('POST /v1/reference/{list}', () => {
  it('names each line that cannot be read, and imports nothing', async () => {
    const broken = { ...sdn, content: `${sdn.content}\r\n2,"X"\r\n3,"Y"` };
    const { status, problem } = await importing('sdn', form([broken, aliases]));
    expect(status).toBe(422);
    expect(problem).toMatchObject({
      type: '/problems/invalid-content',
      detail: expect.stringContaining('nothing was imported'),
      errors: [
        { field: 'sdn.csv:2', message: expect.any(String) },
        { field: 'sdn.csv:3', message: expect.any(String) },
      ],
    });
  });

  it('names fifty at most, and how many there are', async () => {
    const many = {
      ...sdn,
      content: [sdn.content, ...Array.from({ length: 80 }, (_, at) => `${at + 2},"X"`)].join('\n'),
    };
    const { problem } = await importing('sdn', form([many, aliases]));
    expect(problem.errors).toHaveLength(50);
    expect(problem.detail).toContain('80 lines of sdn');
  });

  it('writes what can be read: with the database away it says so', async () => {
    expect(await importing('sdn', form([sdn, aliases]))).toMatchObject({ status: 503 });
  });

  it('takes the confirmation that a list has fewer entries', async () => {
    const confirmed = form([sdn, aliases, { name: 'confirm', content: 'fewer' }]);
    expect(await importing('sdn', confirmed)).toMatchObject({ status: 503 });
  });

  it.each<[string, string, Part[], string]>([
    ['no file', 'sdn', [], 'file'],
    ['a part that is none', 'sdn', [sdn, { name: 'version', content: '1' }], 'version'],
    ['a confirmation of something else', 'sdn', [sdn, aliases, { name: 'confirm', content: 'yes' }], 'confirm'],
    ['a mapping that is none', 'tariff', [sdn, { name: 'map', content: 'code' }], 'map'],
    ['a mapping of a list that has none', 'sdn', [sdn, aliases, { name: 'map', content: 'code=A' }], 'map.code'],
    ['a field that a table does not have', 'tariff', [sdn, { name: 'map', content: 'colour=A' }], 'map.colour'],
    ['an empty file', 'csl', [file('consolidated.csv', '')], 'consolidated.csv:1'],
    ['a file of another list', 'hs', [sdn], 'sdn.csv:1'],
  ])('%s', async (_what, list, parts, field) => {
    const { status, problem } = await importing(list, form(parts));
    expect({ status, problem }).toMatchObject({ status: 422, problem: { errors: [{ field }] } });
  });

  it('takes multipart only, and lists that it knows', async () => {
    expect(await importing('sdn', { payload: '{}', type: 'application/json' })).toMatchObject({ status: 415 });
    expect(await importing('sdn', { payload: 'x', type: 'text/csv' })).toMatchObject({ status: 415 });
    expect(await importing('dpl', form([sdn]))).toMatchObject({
      status: 400,
      problem: { errors: [{ field: 'list' }] },
    });
    expect(await importing('sdn', { payload: '--part\r\n', type: 'multipart/form-data; boundary=part' })).toMatchObject(
      {
        status: 400,
      },
    );
  });
});

describe('a list that holds less than the one in force', () => {
  const files = ['sdn', 'alt'].map((name) => ({
    name: `${name}.csv`,
    content: Buffer.from(name === 'sdn' ? sdn.content : aliases.content),
  }));
  /** A database with a version in force; what is written to it goes nowhere. */
  function storeWith(entries: number, names: number) {
    const written: string[] = [];
    const version = { id: 'a', list: 'sdn', version: 'abc123', files: [], entries, importedAt: '2026-11-23T00:00:00Z' };
    const query = async (sql: string) => {
      if (sql.includes('as names')) return [{ names }];
      if (sql.includes('in_force order by list')) return [version];
      if (sql.startsWith('insert')) written.push(sql);
      return [];
    };
    const within = (organisation: string, work: (transaction: unknown) => Promise<unknown>) =>
      work({ organisation, query });
    const temporal = { withDeadline: () => Promise.reject(new Error('the engine is away')) };
    return { written, services: { database: { within }, temporal } as unknown as Parameters<typeof importList>[0] };
  }
  const imported = async (entries: number, names: number, fewer = false) => {
    const { written, services } = storeWith(entries, names);
    const problem = await importList(services, 'acme', { list: 'sdn', files, mapping: {}, fewer }).catch(
      (error: unknown) => error,
    );
    return { written: written.length, problem };
  };

  it.each([
    ['entries', 2, 2, ['entries: 1, and 2 in version abc123 in force']],
    ['names', 1, 3, ['names: 2, and 3 in version abc123 in force']],
    [
      'both',
      100,
      200,
      ['entries: 1, and 100 in version abc123 in force', 'names: 2, and 200 in version abc123 in force'],
    ],
  ])('is refused by its %s, with both counts and how to go on', async (_what, entries, names, messages) => {
    const { written, problem } = await imported(entries, names);
    expect(written).toBe(0);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      message: expect.stringContaining('confirm=fewer'),
      more: { errors: messages.map((message) => ({ field: 'file', message })) },
    });
  });

  it('is taken when somebody says so, and one that lost little always is', async () => {
    // The version, its entries, and the look at open shipments that it calls for.
    expect((await imported(100, 200, true)).written).toBe(3);
    expect((await imported(1, 2)).written).toBe(3);
  });

  it('is refused below 80 of 100, and past declarations never are', () => {
    const before = { version: 'abc123', entries: 100, names: null };
    const size = (entries: number) => ({ entries, names: null });
    for (const list of ['sdn', 'csl', 'hs', 'tariff'] as const) {
      expect(() => refuseFewer(list, size(79), before)).toThrow('less than 80 %');
      expect(() => refuseFewer(list, size(80), before)).not.toThrow();
    }
    expect(() => refuseFewer('declarations', size(1), before)).not.toThrow();
  });
});

describe('what other doors of the compliance part refuse', () => {
  const post = async (url: string, payload: object) => {
    const headers = { authorization: `Bearer ${keys.operator}` };
    const response = await app.inject({ method: 'POST', url, headers, payload });
    return { status: response.statusCode, problem: response.json() };
  };
  const get = async (url: string) => {
    const response = await app.inject({ url, headers: { authorization: `Bearer ${keys.operator}` } });
    return { status: response.statusCode, problem: response.json() };
  };
  it.each([
    ['/v1/compliance/checks?asOf=soon', orderExample, 400, 'asOf'],
    ['/v1/compliance/checks?rate=EUR/USD=1&rate=EUR/USD=2', orderExample, 400, 'rate'],
    ['/v1/compliance/checks?rate=EUR', orderExample, 400, 'rate[0]'],
    ['/v1/compliance/checks', {}, 422, 'buyer'],
    ['/v1/compliance/variants', { ...variantsExample, line: 2 }, 422, 'line'],
    ['/v1/compliance/variants', { ...variantsExample, variants: [] }, 422, 'variants'],
    ['/v1/screenings', { name: ' ' }, 422, 'name'],
    ['/v1/screenings', { name: 'A', country: 'usa' }, 422, 'country'],
    ['/v1/screenings', { name: 'A', kind: 'ship' }, 422, 'kind'],
    ['/v1/landed-cost/quotes', { lines: [] }, 422, 'destination'],
  ])('%s %j', async (url, body, status, field) => {
    const answer = await post(url, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.problem.errors)).toContain(`"${field}"`);
  });
  it.each([
    ['/v1/hs/search', 'q'],
    ['/v1/hs/search?q=lamp&limit=0', 'limit'],
    ['/v1/landed-cost/quotes/1', 'id'],
  ])('%s', async (url, field) => {
    expect(await get(url)).toMatchObject({ status: 400, problem: { errors: [{ field }] } });
  });
});
