import { describe, expect, it } from '@jest/globals';
import { statusOf } from '../../cli/program.ts';
import { ReferenceNotRead } from '../../reference/load.ts';
import { folderWith, quayside } from './terminals.ts';

const entry = (id: string, name: string) =>
  `${id},"${name}","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- `;
const lists = {
  'sdn.csv': [entry('1', 'PETROV, Ivan Sergeyevich'), entry('2', 'AL-HASSAN, Omar')].join('\r\n'),
  'alt.csv': '1,11,"aka","PETROFF, Ivan",-0- ',
};

describe('quayside screen', () => {
  it('holds a name against files, and ends with 2 where a person has to compare', async () => {
    const { status, out } = await quayside(['screen', 'Ivan Petroff', '--list', 'sdn.csv', 'alt.csv'], {
      folder: folderWith(lists),
    });
    expect(status).toBe(2);
    expect(out).toContain('REVIEW: a person compares');
    expect(out).toContain('PETROFF, Ivan');
  });
  it('prints the answer of the API with --json; who resembles nobody ends with 0', async () => {
    const { status, out } = await quayside(
      ['screen', 'Harbor Home Goods LLC', '--country', 'US', '--json', '--list', 'sdn.csv', 'alt.csv'],
      { folder: folderWith(lists) },
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'clear',
      country: 'US',
      matches: [],
      lists: [{ list: 'sdn', entries: 2 }],
    });
  });
  it('a name that cannot be read is not clear', async () => {
    const { status, out } = await quayside(['screen', '山田太郎', '--country', 'JP', '--list', 'sdn.csv', 'alt.csv'], {
      folder: folderWith(lists),
    });
    expect(status).toBe(2);
    expect(out).toContain('REVIEW: a person looks it up');
    expect(out).toContain('It could not be compared');
  });
  it.each<[string, string[], number, RegExp]>([
    ['a list with a line that cannot be read', ['--list', 'broken.csv', 'alt.csv'], 64, /broken\.csv:\d+: /],
    ['a file that is not there', ['--list', 'none.csv'], 64, /none\.csv: there is no such file/],
    ['a country that is none', ['--country', 'usa', '--list', 'sdn.csv'], 64, /country: a country is its two/],
    ['no server and no files', [], 1, /needs a running Quayside/],
  ])('%s', async (_what, options, status, words) => {
    const folder = folderWith({ ...lists, 'broken.csv': `${lists['sdn.csv']}\r\n3,"X"` });
    const ended = await quayside(['screen', 'Ivan Petroff', ...options], { folder });
    expect(ended).toMatchObject({ status, out: '' });
    expect(ended.err).toMatch(words);
  });
});

describe('quayside hs search', () => {
  it.each([
    ['蓝牙音箱', '8518'],
    ['bluetooth speaker', '8518'],
    ['不锈钢保温杯', '9617.00'],
    ['儿童积木', '9503.00'],
  ])('%s is found in the table of common goods', async (text, code) => {
    const { status, out } = await quayside(['hs', 'search', text, '--local']);
    expect(status).toBe(0);
    expect(out.split('\n').find((line) => /^\d{4}\./.test(line))).toMatch(new RegExp(`^${code}`));
  });
  it.each(['gift', 'gift set', '礼品套装'])('refuses %s, which names no goods', async (text) => {
    const { out } = await quayside(['hs', 'search', text, '--local']);
    expect(out).toContain('No code by these words alone');
  });
  it('shows the name that matched, not the first of its row', async () => {
    const { out } = await quayside(['hs', 'search', 'wireless earbuds', '--local']);
    expect(out).toMatch(/^8517\.62 +TWS earbuds$/m);
    expect(out).not.toContain('router');
  });
  it('prints JSON, and at most so many results', async () => {
    const { out } = await quayside(['hs', 'search', 'LED', 'table', 'lamp', '--json', '--local', '--limit', '2']);
    const { results, searched } = JSON.parse(out);
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({ code: expect.stringMatching(/^9405/), reason: expect.any(String) });
    expect(searched).toEqual(['common-goods']);
  });
  it.each([
    [['hs', 'search', 'lamp', '--limit', '0'], '--limit 0'],
    [['hs', 'search'], "missing required argument 'TEXT'"],
  ])('%j', async (words, expected) => {
    expect(await quayside(words)).toMatchObject({ status: 64, err: expect.stringContaining(expected) });
  });
});

describe('quayside reference', () => {
  it.each<[string[], number, string]>([
    [['import', 'dpl', 'sdn.csv'], 64, 'There is no list dpl: choose one of sdn, csl'],
    [['import', 'sdn'], 64, "missing required argument 'FILE'"],
    [['import', 'sdn', 'none.csv'], 64, 'none.csv: there is no such file'],
    [['import', 'tariff', 'sdn.csv', '--map', 'code'], 64, 'write field=column'],
    [['import', 'sdn', 'sdn.csv', 'alt.csv'], 1, 'needs a running Quayside'],
    [['list'], 1, 'needs a running Quayside'],
    [['aged', '--as-of', 'x'], 64, '--as-of x: not a date'],
  ])('%j', async (words, status, expected) => {
    const ended = await quayside(['reference', ...words], { folder: folderWith(lists) });
    expect(ended).toMatchObject({ status, err: expect.stringContaining(expected) });
  });
  it('tells what nobody has verified for too long', async () => {
    expect((await quayside(['reference', 'aged', '--as-of', '2026-11-25'])).out).toBe('Nothing has grown old.');
    expect((await quayside(['reference', 'aged', '--as-of', '2030-01-01'])).out).toMatch(/^\d+ to verify again:/);
  });
});

describe('quayside --help', () => {
  it('tells commands, places and exit statuses', async () => {
    const { status, out } = await quayside(['--help']);
    expect(status).toBe(0);
    for (const words of ['check', 'screen', 'hs', 'reference', 'QUAYSIDE_URL', 'Exit status'])
      expect(out).toContain(words);
  });
  it('a group alone shows its commands', async () => {
    const { out, err } = await quayside(['reference']);
    expect(`${out}${err}`).toContain('import');
  });
});

describe('reference data that cannot be read', () => {
  it('ends with 1 and its message, which names file and line', () => {
    const told: string[] = [];
    const terminal = {
      say: () => undefined,
      warn: (...lines: string[]) => told.push(...lines),
      readStandardInput: async () => Buffer.from(''),
      folder: folderWith(),
      environment: {},
    };
    expect(statusOf(new ReferenceNotRead('codes/units.yaml:3: units.0: wrong'), terminal)).toBe(1);
    expect(told).toEqual(['codes/units.yaml:3: units.0: wrong']);
    expect(() => statusOf(new TypeError('a fault of ours'), terminal)).toThrow('a fault of ours');
  });
});
