/** Whether two texts of papers mean one thing. Undefined: that cannot be told, and is no difference. */
import type { ComparisonHow } from '../../../reference/comparison-schema.ts';
import type { Reference } from '../../../reference/load.ts';
import type { Words } from './words.ts';

/** What texts are compared with. */
export interface TextTables {
  words: Words;
  reference: Reference;
}

type TextHow = Extract<
  ComparisonHow,
  | 'equal'
  | 'equal-name'
  | 'equal-goods'
  | 'equal-company'
  | 'name-within'
  | 'same-code'
  | 'as-set'
  | 'same-place'
  | 'same-country'
  | 'same-transaction-mode'
  | 'not-before'
>;

type Agreement = (one: string, other: string, tables: TextTables) => boolean | undefined;

/** Fewer digits than a subheading name no goods. */
const leastDigits = 6;

const agreements: Readonly<Record<TextHow, Agreement>> = {
  equal: (one, other, tables) => wordOf(one, tables) === wordOf(other, tables),
  'equal-name': (one, other, tables) => nameOf(one, tables) === nameOf(other, tables),
  'equal-goods': (one, other, tables) =>
    nameOf(one, tables) === nameOf(other, tables) || isOneOrSeveral(one, other, tables),
  'equal-company': (one, other, { words }) =>
    // A bill of lading to order names nobody.
    isToOrder(one) || isToOrder(other) || words.company(one) === words.company(other),
  'name-within': (one, other, { words }) => {
    const [a, b] = [words.goods(one), words.goods(other)];
    return a !== '' && b !== '' && (a.includes(b) || b.includes(a));
  },
  'same-code': (one, other) => {
    const length = Math.min(one.length, other.length);
    return length < leastDigits ? undefined : one.slice(0, length) === other.slice(0, length);
  },
  'as-set': isSameMarks,
  'same-place': samePlace,
  'same-country': sameCountry,
  'same-transaction-mode': sameTransactionMode,
  'not-before': (one, other) => one <= other,
};

/** The way two texts are compared; undefined where `how` is about figures or units. */
export function textAgreement(how: ComparisonHow): Agreement | undefined {
  return (agreements as Partial<Record<ComparisonHow, Agreement>>)[how];
}

function wordOf(text: string, { words, reference }: TextTables): string {
  const bare = (one: string) => words.plain(one).replaceAll(' ', '');
  const table = once(
    wordTables,
    reference.spellings,
    () =>
      new Map(
        reference.spellings.words.flatMap(({ word, also }) => also.map((one) => [bare(one), bare(word)] as const)),
      ),
  );
  return table.get(bare(text)) ?? bare(text);
}

const wordTables = new WeakMap<Reference['spellings'], ReadonlyMap<string, string>>();

/** A table made of reference data, made once. */
function once<Data extends object, Table>(tables: WeakMap<Data, Table>, data: Data, make: () => Table): Table {
  const known = tables.get(data);
  if (known !== undefined) return known;
  const table = make();
  tables.set(data, table);
  return table;
}

const isToOrder = (name: string) => /^\s*to (the )?order\b/i.test(name);

/** A name without the label before it, or the word of the table that it means: 型号:TL-20 is TL-20, NO BRAND is 无品牌. */
function nameOf(text: string, tables: TextTables): string {
  const { words, reference } = tables;
  const labels = once(labelTables, reference.spellings, () => labelsOf(reference.spellings));
  const bare = text.normalize('NFKC').replace(labels, '');
  return words.name(wordOf(bare === '' ? text : bare, tables)) || words.plain(text);
}

const labelTables = new WeakMap<Reference['spellings'], RegExp>();

function labelsOf({ labels }: Reference['spellings']): RegExp {
  const asPattern = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s*');
  const longestFirst = labels.map(({ word }) => word).sort((a, b) => b.length - a.length);
  return new RegExp(`^\\s*(?:${longestFirst.map(asPattern).join('|')})[\\s:]*`, 'i');
}

/** Whether each word is the same, or one of the two has the s or es of an English plural. */
function isOneOrSeveral(one: string, other: string, { words }: TextTables): boolean {
  const wordsOf = (text: string) =>
    text
      .split(/[^\p{L}\p{M}\p{N}.]+/u)
      .map(words.name)
      .filter((word) => word !== '');
  const [ones, others] = [wordsOf(one), wordsOf(other)];
  const isPlural = (many: string, single: string) =>
    /^[a-z]{3,}$/.test(single) && (many === `${single}s` || many === `${single}es`);
  return (
    ones.length === others.length &&
    ones.every((a, at) => {
      const b = others[at] ?? '';
      return a === b || isPlural(a, b) || isPlural(b, a);
    })
  );
}

/** Marks in any order, on one line or on several. */
function isSameMarks(one: string, other: string, { words }: TextTables): boolean {
  const separators = [/[\n,;，；、]+/, /[\s,;，；、]+/];
  return (
    separators.some((by) => setOf(one, by, words) === setOf(other, by, words)) ||
    inOne(one, words) === inOne(other, words)
  );
}

const inOne = (text: string, words: Words) => words.name(joined(text));

function setOf(text: string, separator: RegExp, words: Words): string {
  const marks = joined(text)
    .split(separator)
    .map(words.name)
    .filter((mark) => mark !== '');
  return [...new Set(marks.map((mark) => (['nm', 'nomark', 'nomarks', '无唛头'].includes(mark) ? 'nm' : mark)))]
    .sort()
    .join('|');
}

/** Ranges keep their ends apart (1-10 is not 110), and no sign of a mark stands alone: `C/NO. 1` is C/NO.1. */
function joined(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(\d)[ \t]*(?:[-–—~]|to)[ \t]*(?=\d)/gi, '$1to')
    .replace(/[ \t]*([.:/&-])[ \t]*/g, '$1');
}

/**
 * Two names of one place: the same words, one within the other (浙江省宁波市 and 宁波), or names that the table puts together. A
 * UN/LOCODE or a name in another script that the table does not know cannot be held against a name.
 */
function samePlace(one: string, other: string, { words, reference }: TextTables): boolean | undefined {
  const [a, b] = [words.name(one), words.name(other)];
  if (a === '' || b === '' || a === b || a.includes(b) || b.includes(a)) return true;
  const places = placesOf(reference, words);
  const [known, alsoKnown] = [placeIn(a, places), placeIn(b, places)];
  if (known !== undefined && alsoKnown !== undefined) return known === alsoKnown;
  // UN/LOCODE, and the codes of customs for its own ports (3104) and those abroad (USA321).
  const isCode = (text: string) => /^([A-Z]{2} ?[A-Z2-9]{3}|\d+|[A-Z]{3}\d{3})$/.test(text.trim());
  const isHan = (text: string) => /\p{Script=Han}/u.test(text);
  return isCode(one) !== isCode(other) || isHan(one) !== isHan(other) ? undefined : false;
}

const placeTables = new WeakMap<Reference['namedPlaces'], readonly (readonly [string, number])[]>();

function placesOf({ namedPlaces }: Reference, words: Words): readonly (readonly [string, number])[] {
  return once(placeTables, namedPlaces, () =>
    namedPlaces.flatMap(({ names }, index) => names.map((name) => [words.name(name), index] as const)),
  );
}

function placeIn(text: string, places: readonly (readonly [string, number])[]): number | undefined {
  return (places.find(([name]) => name === text) ?? places.find(([name]) => text.includes(name)))?.[1];
}

/** The mode by its code or by an Incoterm that is declared under it; a word that is neither is unknown. */
function sameTransactionMode(one: string, other: string, tables: TextTables): boolean | undefined {
  const modeOf = (text: string) => {
    const word = wordOf(text, tables).toUpperCase();
    return tables.reference.transactionModes.find(({ incoterm, code }) => incoterm === word || code === word)?.code;
  };
  const [a, b] = [modeOf(one), modeOf(other)];
  return a === undefined || b === undefined ? undefined : a === b;
}

/** Letters of two or three, or a name in English or Chinese; a name that is none of them is unknown. */
function sameCountry(one: string, other: string, { words, reference }: TextTables): boolean | undefined {
  const [a, b] = [words.name(one), words.name(other)];
  if (a === b) return true;
  const countries = countriesOf(reference, words);
  const [known, alsoKnown] = [countries.get(a), countries.get(b)];
  return known === undefined || alsoKnown === undefined ? undefined : known === alsoKnown;
}

const countryTables = new WeakMap<Reference['countries'], ReadonlyMap<string, string>>();

function countriesOf({ countries, spellings }: Reference, words: Words): ReadonlyMap<string, string> {
  return once(countryTables, countries, () => {
    const spoken = ['en', 'zh'].map((language) => new Intl.DisplayNames([language], { type: 'region' }));
    const usual = countries.flatMap(({ alpha2, alpha3 }) =>
      [alpha2, alpha3, ...spoken.map((names) => names.of(alpha2) ?? alpha2)].map((name) => [name, alpha2] as const),
    );
    const further = spellings.countries.flatMap(({ alpha2, names }) => names.map((name) => [name, alpha2] as const));
    return new Map([...usual, ...further].map(([name, alpha2]) => [words.name(name), alpha2]));
  });
}
