/** Lists of restricted parties that nobody published: as long as the real ones and in their formats, the same at every run. */
import {
  arabicFamilies,
  arabicGiven,
  chineseCities,
  chineseSurnames,
  chineseSyllables,
  chineseTrades,
  latinFamilies,
  latinGiven,
  latinNouns,
  latinTrades,
  russianFamilies,
  russianGiven,
  russianStems,
  type WordPair,
} from './listed-names.ts';

/** A party of a made-up list; the first name is the principal one. */
export interface ListedParty {
  number: number;
  kind: 'chinese' | 'latin' | 'arabic' | 'cyrillic';
  type: 'individual' | 'vessel' | 'entity';
  /** In Latin letters, then in its own script, then for every second one a spelling that somebody else uses. */
  names: string[];
  country: { name: string; letters: string };
  program: string;
}

/** A file of an import, as it would be picked in a file dialogue. */
export interface ListFile {
  name: string;
  content: string;
}

type Picker = <Item>(items: readonly Item[]) => Item;
type Named = Pick<ListedParty, 'type' | 'names'>;

const kinds = ['chinese', 'latin', 'arabic', 'cyrillic'] as const;
const oneVesselIn = 25;
const places: Record<
  ListedParty['kind'],
  { countries: readonly ListedParty['country'][]; programs: readonly string[] }
> = {
  chinese: {
    countries: [
      { name: 'China', letters: 'CN' },
      { name: 'Hong Kong', letters: 'HK' },
    ],
    programs: ['IRAN-CON-ARMS-EO', 'NPWMD'],
  },
  latin: {
    countries: [
      { name: 'Panama', letters: 'PA' },
      { name: 'Cuba', letters: 'CU' },
      { name: 'Switzerland', letters: 'CH' },
      { name: 'Mexico', letters: 'MX' },
    ],
    programs: ['SDNT', 'CUBA'],
  },
  arabic: {
    countries: [
      { name: 'Syria', letters: 'SY' },
      { name: 'Iraq', letters: 'IQ' },
      { name: 'Lebanon', letters: 'LB' },
      { name: 'Yemen', letters: 'YE' },
    ],
    programs: ['SDGT', 'SYRIA'],
  },
  cyrillic: {
    countries: [
      { name: 'Russia', letters: 'RU' },
      { name: 'Belarus', letters: 'BY' },
      { name: 'Ukraine', letters: 'UA' },
    ],
    programs: ['RUSSIA-EO14024', 'UKRAINE-EO13662'],
  },
};

/**
 * Parties in equal shares of Chinese, Latin, Arabic and Cyrillic names, persons and companies in turn.
 * @param seed another number is another list; no clock and no chance have a part in it
 */
export function listedParties(entries: number, seed = 1): ListedParty[] {
  const pick = pickerOf(seed);
  return Array.from({ length: entries }, (_, nth) => {
    const kind = kinds[nth % kinds.length] ?? 'latin';
    const person = Math.floor(nth / kinds.length) % 2 === 0;
    const named = nth % oneVesselIn === 0 ? vessel(pick) : (person ? persons : companies)[kind](pick);
    const names = nth % 2 === 0 ? named.names : named.names.slice(0, 2);
    const { countries, programs } = places[kind];
    return { number: 1000 + nth, kind, type: named.type, names, country: pick(countries), program: pick(programs) };
  });
}

const persons: Record<ListedParty['kind'], (pick: Picker) => Named> = {
  chinese: (pick) => {
    const [family, first, second] = [pick(chineseSurnames), pick(chineseSyllables), pick(chineseSyllables)];
    const given = `${first[0]}${second[0].toLowerCase()}`;
    return person(
      `${family[0].toUpperCase()}, ${given}`,
      `${family[1]}${first[1]}${second[1]}`,
      `${given} ${family[0]}`,
    );
  },
  latin: (pick) => {
    const [family, mother, given, second] = [
      pick(latinFamilies),
      pick(latinFamilies),
      pick(latinGiven),
      pick(latinGiven),
    ];
    const full = `${family.toUpperCase()} ${mother.toUpperCase()}, ${given} ${second}`;
    return person(full, `${given} ${family}`, `${given.charAt(0)}. ${second} ${family} ${mother}`);
  },
  arabic: (pick) => {
    const [given, father, family] = [pick(arabicGiven), pick(arabicGiven), pick(arabicFamilies)];
    const respelt = `${given[0]} ${family[0]}`.replace('Muhammad', 'Mohammed').replace('Husayn', 'Hussein');
    return person(
      `${family[0].toUpperCase()}, ${given[0]} ${father[0]}`,
      `${given[1]} ${father[1]} ${family[1]}`,
      respelt.replace('Al-', 'El '),
    );
  },
  cyrillic: (pick) => {
    const [given, family] = [pick(russianGiven), pick(russianFamilies)];
    const father = pick(russianGiven);
    return person(
      `${family[0].toUpperCase()}, ${given[0]} ${father[0]}ovich`,
      `${family[1]} ${given[1]} ${father[1]}ович`,
      `${given[0].replace('ks', 'x')} ${family[0].replace('ay', 'ai')}`,
    );
  },
};

const companies: Record<ListedParty['kind'], (pick: Picker) => Named> = {
  chinese: (pick) => {
    const [city, first, second] = [pick(chineseCities), pick(chineseSyllables), pick(chineseSyllables)];
    const trade = pick(chineseTrades);
    const house = `${first[0]}${second[0].toLowerCase()}`;
    return company(
      `${city[0]} ${house} ${trade[0]} Co., Ltd.`,
      `${city[1]}${first[1]}${second[1]}${trade[1]}有限公司`,
      `${house} ${trade[0]} (${city[0]}) Limited`,
    );
  },
  latin: (pick) => {
    const [first, second, trade] = [pick(latinNouns), pick(latinNouns), pick(latinTrades)];
    return company(`${first} ${second} ${trade} S.A.`, `${first} ${second} ${trade}`, `${first} ${trade} Ltd`);
  },
  arabic: (pick) => {
    const [given, family, trade] = [pick(arabicGiven), pick(arabicFamilies), pick(latinTrades)];
    const name = `${given[0]} ${family[0]}`;
    return company(
      `${name} ${trade} Company`,
      `شركة ${given[1]} ${family[1]}`,
      `${name.replace('Al-', 'Al ')} ${trade} LLC`,
    );
  },
  cyrillic: (pick) => {
    const [first, second, third] = [pick(russianStems), pick(russianStems), pick(russianStems)];
    const joined = (at: 0 | 1) =>
      [first, second, third]
        .map((stem: WordPair) => stem[at])
        .join('')
        .toLowerCase();
    return company(`OOO ${joined(0)}`, `ООО ${joined(1)}`, `${first[0]}-${second[0]}${third[0].toLowerCase()} LLC`);
  },
};

const person = (...names: string[]): Named => ({ type: 'individual', names });
const company = (...names: string[]): Named => ({ type: 'entity', names });

function vessel(pick: Picker): Named {
  const [first, second] = [pick(latinNouns), pick(latinNouns)];
  return {
    type: 'vessel',
    names: [`${first} ${second}`.toUpperCase(), `${second} ${first}`, `${first} ${pick(latinNouns)}`],
  };
}

const empty = '-0- ';
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A list in the files of OFAC's SDN list: entries, aliases and addresses. */
export function sdnFiles(parties: readonly ListedParty[]): ListFile[] {
  const rows = (row: (party: ListedParty) => string[]) => `${parties.flatMap(row).join('\r\n')}\r\n`;
  const entry = ({ number, names, type, program, country }: ListedParty) => {
    const flag = type === 'vessel' ? quoted(country.name) : empty;
    const remarks = type === 'individual' ? quoted(`nationality ${country.name}.`) : empty;
    const cells = [number, quoted(names[0] ?? ''), type === 'entity' ? empty : quoted(type), quoted(program)];
    return [[...cells, empty, empty, empty, empty, empty, flag, empty, remarks].join(',')];
  };
  const aliases = ({ number, names }: ListedParty) =>
    names.slice(1).map((name, nth) => [number, number * 10 + nth, quoted('aka'), quoted(name), empty].join(','));
  const address = ({ number, country }: ListedParty) => [
    [number, number * 10, empty, empty, quoted(country.name), empty].join(','),
  ];
  return [
    { name: 'sdn.csv', content: rows(entry) },
    { name: 'alt.csv', content: rows(aliases) },
    { name: 'add.csv', content: rows(address) },
  ];
}

/** A list in the file of the Consolidated Screening List, with the columns that are read. */
export function consolidatedFile(parties: readonly ListedParty[]): ListFile {
  const head =
    'source,entity_number,type,programs,name,addresses,vessel_flag,remarks,alt_names,citizenships,nationalities';
  const row = ({ number, names: [name = '', ...others], type, program, country }: ListedParty) =>
    [
      ...['A list that nobody published', String(number), type === 'entity' ? 'Entity' : type, program, name],
      ...[
        `Main Street, ${country.letters}`,
        '',
        '',
        others.join('; '),
        '',
        type === 'individual' ? country.letters : '',
      ],
    ]
      .map(quoted)
      .join(',');
  return { name: 'consolidated.csv', content: `${[head, ...parties.map(row)].join('\n')}\n` };
}

/** Picks by a linear congruence, whose upper bits are even enough for names. */
function pickerOf(seed: number): Picker {
  let state = seed >>> 0;
  return (items) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const item = items[Math.floor((state / 2 ** 32) * items.length)];
    if (item === undefined) throw new Error('there is nothing to pick of an empty list of words');
    return item;
  };
}
