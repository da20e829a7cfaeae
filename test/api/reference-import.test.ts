import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderExample, variantsExample } from '../../api/examples.ts';
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

  it.each<[string, string, Part[], string]>([
    ['no file', 'sdn', [], 'file'],
    ['a part that is none', 'sdn', [sdn, { name: 'version', content: '1' }], 'version'],
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
