/** Recognises brands in the words of a line: whole words in Latin letters, any place in Chinese, ordinary words only beside words of the brand's goods. */
import type { Brand } from '../../reference/goods-schema.ts';
import { compatibleAt } from './compatible-claim.ts';

/** A brand that words name. */
export interface NamedBrand {
  brand: Brand;
  /** As it stands there, in small letters. */
  as: string;
  /** Only as what the goods fit: 'case for iPhone', 适用苹果. */
  compatible: boolean;
}

/** One place in a text where a brand stands. */
interface Place {
  brand: Brand;
  as: string;
  start: number;
  end: number;
}

/** Small letters without accents, marks and apostrophes; hyphens, dots and spaces are one space: Levi’s® and LEVIS are one word. */
export function plainMark(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’‘`®™©]/g, '')
    .replace(/[-_.·•\s]+/g, ' ')
    .trim();
}

interface SoughtName {
  brand: Brand;
  name: string;
  ordinary: boolean;
}

/** The brands as they are looked for. Made once for many lines. */
export interface BrandIndex {
  /** The longest first, so that 'Apple Watch' is not also 'Apple'. */
  names: readonly SoughtName[];
  /** Places in `names`, by the two signs that they begin with: a line is not asked for every brand there is. */
  byBeginning: ReadonlyMap<string, readonly number[]>;
  context: ReadonlyMap<Brand, { words: string[]; hsPrefixes: string[] }>;
}

/** Builds it. */
export function brandIndexOf(brands: readonly Brand[]): BrandIndex {
  const unordered = brands.flatMap((brand) => {
    const ordinary = brand.ordinaryWords?.map(plainMark);
    return namesOf(brand).map((name) => ({
      brand,
      name,
      ordinary: brand.onlyWith !== undefined && (ordinary?.includes(name) ?? true),
    }));
  });
  const names = unordered.sort((a, b) => b.name.length - a.name.length);
  const byBeginning = new Map<string, number[]>();
  for (const [place, { name }] of names.entries()) {
    const beginning = name.slice(0, 2);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), place]);
  }
  return {
    names,
    byBeginning,
    context: new Map(
      brands.flatMap((brand) =>
        brand.onlyWith
          ? [[brand, { words: brand.onlyWith.words.map(plainMark), hsPrefixes: brand.onlyWith.hsPrefixes }] as const]
          : [],
      ),
    ),
  };
}

/** Every name of a brand, as {@link plainMark} writes it, each once. */
export function namesOf(brand: Brand): readonly string[] {
  const known = plainNames.get(brand);
  if (known) return known;
  const names = [...new Set([brand.name, ...brand.namesZh, ...brand.aliases].map(plainMark))];
  plainNames.set(brand, names);
  return names;
}

/** Worked out once a brand: every check looks for all of them. */
const plainNames = new WeakMap<Brand, readonly string[]>();

/**
 * The brands that a text names, each once. A brand counts as compatible only where every mention of it is.
 * @param around all words about the goods, in which a word beside an ordinary word is looked for
 * @param hsCode which may stand for such a word
 */
export function brandsIn(text: string, around: string, hsCode: string, index: BrandIndex): NamedBrand[] {
  const words = plainMark(text);
  const context = plainMark(around);
  const places: Place[] = [];
  for (const { brand, name, ordinary } of soughtIn(words, index)) {
    if (ordinary && !hasContext(brand, context, hsCode, index)) continue;
    for (const start of startsOf(name, words)) {
      const end = start + name.length;
      if (!places.some((place) => start < place.end && place.start < end)) places.push({ brand, as: name, start, end });
    }
  }
  const found = new Map<Brand, NamedBrand>();
  for (const { brand, as, start, end } of places) {
    const compatible = compatibleAt(words, start, end, places);
    const before = found.get(brand);
    found.set(brand, before ? { ...before, compatible: before.compatible && compatible } : { brand, as, compatible });
  }
  return [...found.values()];
}

/** The names that stand somewhere in the words, the longest first. */
function soughtIn(words: string, { names, byBeginning }: BrandIndex): SoughtName[] {
  const found = new Set<number>();
  for (let at = 0; at < words.length; at++)
    for (const length of [1, 2])
      for (const place of byBeginning.get(words.slice(at, at + length)) ?? [])
        if (words.startsWith(names[place]?.name ?? '', at)) found.add(place);
  return [...found].sort((a, b) => a - b).flatMap((place) => names[place] ?? []);
}

function hasContext(brand: Brand, around: string, hsCode: string, { context }: BrandIndex): boolean {
  const beside = context.get(brand);
  return (
    beside === undefined ||
    beside.hsPrefixes.some((prefix) => hsCode.startsWith(prefix)) ||
    beside.words.some((word) => startsOf(word, around).length > 0 || startsOf(`${word}s`, around).length > 0)
  );
}

/** Where a name begins in words. A Latin name is a whole word; a model may follow it at once (iphone15). */
function startsOf(name: string, words: string): number[] {
  const starts: number[] = [];
  for (let start = words.indexOf(name); start >= 0; start = words.indexOf(name, start + 1)) {
    const [before = '', after = ''] = [words[start - 1], words[start + name.length]];
    const follows = name.length >= 4 ? latinLetter : latinLetterOrDigit;
    if (latinLetterOrDigit.test(name[0] ?? '') && latinLetterOrDigit.test(before)) continue;
    if (latinLetterOrDigit.test(name.at(-1) ?? '') && follows.test(after)) continue;
    starts.push(start);
  }
  return starts;
}

const latinLetter = /[a-z]/;
const latinLetterOrDigit = /[a-z0-9]/;
