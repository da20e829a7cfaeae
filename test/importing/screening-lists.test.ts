import { describe, expect, it } from '@jest/globals';
import { countryLetters } from '../../reference/importing/country-letters.ts';
import { cslImporter } from '../../reference/importing/csl.ts';
import { sdnImporter } from '../../reference/importing/sdn.ts';
import { samples } from '../sample-data.ts';

const file = (name: string, ...lines: string[]) => ({ name, content: Buffer.from(lines.join('\r\n'), 'utf8') });

const nothing = '-0- ';
const entryLine = (number: number, name: string, type = nothing, remarks = nothing, flag = nothing) =>
  `${number},"${name}",${type},"NPWMD] [IFSR",${[...Array(5).fill(nothing), flag].join(',')},${nothing},"${remarks}"`;
const alias = (number: number, name: string) => `${number},${number}1,"aka","${name}",${nothing}`;
const address = (number: number, country: string) => `${number},${number}2,${nothing},"Town","${country}",${nothing}`;

describe('the SDN list', () => {
  const entries = file(
    'a.csv',
    entryLine(7, 'KARAT OPTICS, CO.', nothing, `Tax ID 1; a.k.a. 'KO'; a.k.a. 'ABU-'UMAR'.`),
    entryLine(8, 'LOGAN, Elvis', '"individual"', 'DOB 1963; nationality Belize; citizen Korea, North.'),
    entryLine(9, 'OCEAN VESPER', '"vessel"', nothing, '"Panama"'),
    '\u001a',
  );
  const aliases = file('b.csv', alias(7, 'KARATOPTIK'), alias(7, 'KARATOPTIK'));
  const addresses = file('c.csv', address(7, 'China'), address(7, 'Hong Kong'), address(8, 'undetermined'));

  it('joins entries, addresses, aliases and remarks, whatever the files are called', async () => {
    const comments = file('d.csv', `7,"more; a.k.a. 'KARAT GROUP'."`);
    const read = await sdnImporter.read([addresses, comments, aliases, entries]);
    expect(read.unread).toEqual([]);
    expect(read.entries).toMatchObject([
      {
        entryId: '7',
        list: 'sdn',
        source: null,
        type: 'other',
        names: ['KARAT OPTICS, CO.', 'KARATOPTIK', 'KO', "ABU-'UMAR", 'KARAT GROUP'],
        countries: ['CN', 'HK'],
        programs: ['IFSR', 'NPWMD'],
      },
      { entryId: '8', type: 'person', countries: ['BZ', 'KP'] },
      { entryId: '9', type: 'vessel', countries: ['PA'], remarks: null },
    ]);
  });

  it('an entry that says the same has the same fingerprint, one that says something else has another', async () => {
    const first = await sdnImporter.read([entries, aliases]);
    const again = await sdnImporter.read([aliases, entries]);
    const changed = await sdnImporter.read([entries, aliases, addresses]);
    expect(again.entries).toEqual(first.entries);
    const same = changed.entries.map(({ fingerprint }, at) => fingerprint === first.entries[at]?.fingerprint);
    expect(same).toEqual([false, true, true]);
  });

  it.each([
    ['an alias of nobody', file('x.csv', alias(7, 'KO'), alias(99, 'GHOST')), 2, /entry 99.*same day/],
    ['a line with a column too few', file('x.csv', alias(7, 'KO'), '7,71,"aka","SHORT"'), 2, /4 columns/],
    ['a line without a number', file('x.csv', alias(7, 'KO'), alias(7, 'KO').replace('7,', 'seven,')), 2, /"seven"/],
    ['an entry twice', file('x.csv', entryLine(7, 'OTHER')), 1, /repeats entry 7/],
    ['an open quotation', file('x.csv', alias(7, 'KO'), '7,71,"aka","OPEN'), 2, /no CSV/],
    ['a file of another kind', file('x.csv', 'a,b,c'), 1, /3 columns/],
  ])('with %s nothing is imported, and file and line are told', async (_, broken, line, why) => {
    const read = await sdnImporter.read([entries, aliases, broken]);
    expect(read.entries).toEqual([]);
    expect(read.unread).toContainEqual({ file: 'x.csv', line, why: expect.stringMatching(why) });
  });

  it('is refused without its aliases, and without its entries', async () => {
    expect((await sdnImporter.read([entries])).unread[0]?.why).toMatch(/alt\.csv/);
    expect((await sdnImporter.read([aliases])).unread[0]?.why).toMatch(/sdn\.csv/);
    expect((await sdnImporter.read([])).unread).toHaveLength(1);
  });

  const whole = samples('screening/test__sdn.csv', 'screening/test__add.csv', 'screening/test__alt.csv');
  it('of the samples is read whole', async () => {
    if (!whole) return;
    const read = await sdnImporter.read(whole);
    expect(read.unread).toEqual([]);
    expect(read.entries).toHaveLength(7379);
    expect(read.entries.reduce((sum, { names }) => sum + names.length, 0)).toBeGreaterThan(19_000);
  });

  const others = samples('screening/test__cons_prim.csv', 'screening/test__cons_alt.csv');
  it('in its other lists is read as well', async () => {
    if (others) expect((await sdnImporter.read(others)).entries).toHaveLength(442);
  });

  const cut = samples('screening/internal__ofactest__sdn.csv', 'screening/internal__ofactest__alt.csv');
  it('cut from several days is refused', async () => {
    if (!cut) return;
    const read = await sdnImporter.read(cut);
    expect(read.entries).toEqual([]);
    expect(read.unread[0]).toMatchObject({ file: 'screening/internal__ofactest__alt.csv', line: 1 });
  });
});

describe('the Consolidated Screening List', () => {
  const header =
    'source,entity_number,type,programs,name,addresses,start_date,end_date,vessel_flag,remarks,alt_names,citizenships,nationalities';
  const row =
    'Entity List (EL),,,,"Karat Institute (KI-9)","1 Road, Hefei, 230000, CN; Haidian, Beijing, CN",2020-01-01,,,,"KARATIN; Karat Inst.",,';

  it('keeps the list that it took an entry from, and splits names and addresses', async () => {
    const { entries, unread } = await cslImporter.read([file('csl.csv', header, row, row)]);
    expect(unread).toEqual([]);
    expect(entries[0]).toMatchObject({
      list: 'csl',
      source: 'Entity List (EL)',
      names: ['Karat Institute (KI-9)', 'Karat Institute', 'KI-9', 'KARATIN', 'Karat Inst.'],
      countries: ['CN'],
      remarks: 'from 2020-01-01',
    });
    expect(entries[1]?.entryId).toBe(`${entries[0]?.entryId}-2`);
  });

  it('with an unread line or another header is refused, with file and line', async () => {
    const short = await cslImporter.read([file('csl.csv', header, row, 'a,b')]);
    expect(short).toEqual({
      entries: [],
      unread: [{ file: 'csl.csv', line: 3, why: expect.stringMatching(/2 columns/) }],
    });
    const other = await cslImporter.read([file('csl.csv', 'name,country', 'A,CN')]);
    expect(other.unread).toEqual([{ file: 'csl.csv', line: 1, why: expect.stringMatching(/no column source/) }]);
  });

  const today = samples('screening/internal__cslustest__consolidated.csv');
  const before = samples('screening/test__csl.csv');
  it('with a NUL character is refused with its line: the database could not store it', async () => {
    const read = await cslImporter.read([file('nul.csv', 'source,name', 'UVL,"FIRM \0 CO"')]);
    expect(read.unread[0]).toMatchObject({ file: 'nul.csv', line: 2, why: expect.stringContaining('NUL') });
  });

  it('of the samples is read whole, with today’s columns and with those before', async () => {
    if (today) expect((await cslImporter.read(today)).entries).toHaveLength(13);
    if (before) expect((await cslImporter.read(before)).entries).toHaveLength(115);
  });
});

describe('countries as the lists name them', () => {
  it.each([
    ['China', 'CN'],
    ['Korea, North', 'KP'],
    ['Burma', 'MM'],
    ['Germany', 'DE'],
    ['Serbia', 'RS'],
    ['Zimbabwe', 'ZW'],
    ['Congo, Democratic Republic of the', 'CD'],
    ['Saint Vincent and the Grenadines', 'VC'],
    ['RU', 'RU'],
    ['Region: Kafia Kingi', 'Region: Kafia Kingi'],
    ['undetermined', undefined],
  ])('%s is %s', (name, letters) => expect(countryLetters(name)).toBe(letters));
});
