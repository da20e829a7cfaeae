/** Searches the codes of goods by a description in Chinese or English: own past declarations, common goods, nomenclature. */
import type { BroadWords, CommonGood, HsChapter } from '../../reference/common-goods.ts';
import type { DeclaredLine } from '../compliance/review-context.ts';
import { materialReader } from './materials.ts';
import { type NameIndex, nameIndexOf, type WordLore } from './name-index.ts';
import { type CodePath, type Nomenclature, type NomenclatureEntry, pathOf } from './nomenclature.ts';
import { wordsOf } from './words.ts';

/** Where a search looks. */
export interface GoodsSources {
  goods: readonly CommonGood[];
  chapters: readonly HsChapter[];
  broadWords: readonly BroadWords[];
  /** Null: none was imported. */
  nomenclature: Nomenclature | null;
  /** The exporter's own; null or empty: none are known. */
  declared: readonly DeclaredLine[] | null;
}

/** In the order in which good matches are shown. */
export const goodsSources = ['declared', 'common-goods', 'nomenclature'] as const;
export type GoodsSource = (typeof goodsSources)[number];

/** A code that goods of a description may have. */
export interface GoodsMatch {
  /** As its source has it: 6 digits, or up to 10 of an own declaration. */
  code: string;
  path: CodePath;
  /** The name or text that matched. */
  description: string;
  /** Why it is here, and what the code hangs on. */
  reason: string;
  source: GoodsSource;
  /** 0 to 1. */
  score: number;
  /** Other codes of goods of this name. */
  alternatives: readonly string[];
}

/** From here on a match is good: good ones are shown by their source, the rest after them by score alone. */
export const GOOD_SCORE = 0.7;
/** Fainter ones share a word by chance. */
const LEAST_SCORE = 0.3;
/** Legal text never matches as surely as a trade name: its words are of many goods. */
const NOMENCLATURE_AT_MOST = 0.8;

/**
 * Finds codes for a text: a description, or the beginning of a code (`8518`, `9405.21`), which lists what stands under it.
 * Good matches come by source, own declarations first, since customs has taken them before; then the others by score.
 * @example searchGoods('蓝牙音箱', sources)[0]?.code //=> '851821'
 */
export function searchGoods(text: string, sources: GoodsSources, most = 10): GoodsMatch[] {
  const code = text.normalize('NFKC').trim().replace(/[. ]/g, '');
  const found = /^\d{2,10}$/.test(code) ? underCode(code, sources) : byName(text, sources, most);
  return bestOfEach(found).sort(inOrder).slice(0, most);
}

const rank = ({ source, score }: GoodsMatch) =>
  score >= GOOD_SCORE ? goodsSources.indexOf(source) : goodsSources.length;
const inOrder = (a: GoodsMatch, b: GoodsMatch) =>
  rank(a) - rank(b) || b.score - a.score || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** A code once a source, by its best name. */
function bestOfEach(matches: readonly GoodsMatch[]): GoodsMatch[] {
  const best = new Map<string, GoodsMatch>();
  for (const match of matches) {
    const key = `${match.source}/${match.code}`;
    if ((best.get(key)?.score ?? -1) < match.score) best.set(key, match);
  }
  return [...best.values()];
}

function byName(text: string, sources: GoodsSources, most: number): GoodsMatch[] {
  const { declared, nomenclature } = sources;
  const goods = goodsIndex(sources);
  const past = declared && declaredIndex(declared, sources);
  const entries = nomenclature && nomenclatureIndex(nomenclature, sources);
  const isKnown = (word: string) => [goods, past, entries].some((index) => index?.knows(word));
  // Several names of one code may match: more are fetched than are shown.
  const fetched = most * 4;
  const matches = [
    ...(past?.find(text, fetched, isKnown) ?? []).map(({ name, thing, score }) =>
      declaredMatch(thing, name, score, sources),
    ),
    ...goods.find(text, fetched, isKnown).map(({ name, thing, score }) => goodMatch(thing, name, score, sources)),
    ...(entries?.find(text, fetched, isKnown) ?? []).map(({ thing, score }) =>
      entryMatch(thing, score * NOMENCLATURE_AT_MOST, sources),
    ),
  ];
  return matches.filter(({ score }) => score >= LEAST_SCORE);
}

function underCode(code: string, sources: GoodsSources): GoodsMatch[] {
  const under = (other: string) => other.startsWith(code) || code.startsWith(other);
  return [
    ...(sources.declared ?? [])
      .filter(({ hsCode }) => under(hsCode))
      .map((line) => declaredMatch(line, line.nameZh, 1, sources)),
    ...sources.goods.filter(({ hs }) => under(hs)).map((good) => goodMatch(good, good.zh[0] ?? '', 1, sources)),
    ...[...(sources.nomenclature?.values() ?? [])]
      .filter((entry) => entry.code.length >= 4 && under(entry.code))
      .map((entry) => entryMatch(entry, 1, sources)),
  ];
}

function declaredMatch(line: DeclaredLine, name: string, score: number, sources: GoodsSources): GoodsMatch {
  return {
    code: line.hsCode,
    path: pathOf(line.hsCode, sources.nomenclature, sources.chapters),
    description: line.nameEn && line.nameEn !== line.nameZh ? `${line.nameZh} / ${line.nameEn}` : line.nameZh,
    reason: `you declared "${name}" under it on ${line.declaredOn} (declaration ${line.declarationNumber})`,
    source: 'declared',
    score,
    alternatives: [],
  };
}

function goodMatch(good: CommonGood, name: string, score: number, sources: GoodsSources): GoodsMatch {
  return {
    code: good.hs,
    path: pathOf(good.hs, sources.nomenclature, sources.chapters),
    description: shownName(good, name),
    reason: `goods called "${name}" mostly have it${good.decides ? `; what decides: ${good.decides}` : ''}`,
    source: 'common-goods',
    score,
    alternatives: good.alternatives,
  };
}

/** An entry holds goods of several kinds under one code: the name that matched is shown, not that of a neighbour. */
function shownName({ zh: [zh = ''], en: [en = ''] }: CommonGood, name: string): string {
  return name === zh || name === en ? `${zh} / ${en}` : name;
}

function entryMatch(entry: NomenclatureEntry, score: number, sources: GoodsSources): GoodsMatch {
  return {
    code: entry.code,
    path: pathOf(entry.code, sources.nomenclature, sources.chapters),
    description: entry.description,
    reason: 'the text of the nomenclature has these words',
    source: 'nomenclature',
    score,
    alternatives: [],
  };
}

/** What the broad words tell an index: properties are of goods of every kind, materials divide goods of one name. */
function loreOf(groups: readonly BroadWords[]): WordLore {
  return remembered(lores, groups, () => ({
    faint: new Set(groups.filter(({ id }) => id === 'qualities').flatMap(({ words }) => words.flatMap(wordsOf))),
    materialsOf: materialReader(groups),
  }));
}

/** Index of the common goods by all their names; built once a table. */
export function goodsIndex({ goods, broadWords }: Pick<GoodsSources, 'goods' | 'broadWords'>): NameIndex<CommonGood> {
  return remembered(goodsIndexes, goods, () =>
    nameIndexOf(
      goods.flatMap((thing) => [...thing.zh, ...thing.en].map((name) => ({ name, thing }))),
      loreOf(broadWords),
    ),
  );
}

/** Index of own past declarations by both names. */
export function declaredIndex(
  lines: readonly DeclaredLine[],
  { broadWords }: Pick<GoodsSources, 'broadWords'>,
): NameIndex<DeclaredLine> {
  return remembered(declaredIndexes, lines, () =>
    nameIndexOf(
      lines.flatMap((thing) =>
        [thing.nameZh, ...(thing.nameEn ? [thing.nameEn] : [])].map((name) => ({ name, thing })),
      ),
      loreOf(broadWords),
    ),
  );
}

/** Index of the headings and subheadings by their text. */
export function nomenclatureIndex(
  nomenclature: Nomenclature,
  { broadWords }: Pick<GoodsSources, 'broadWords'>,
): NameIndex<NomenclatureEntry> {
  return remembered(nomenclatureIndexes, nomenclature, () =>
    nameIndexOf(
      [...nomenclature.values()]
        .filter(({ code }) => code.length >= 4)
        .map((thing) => ({ name: thing.description, thing })),
      loreOf(broadWords),
    ),
  );
}

const lores = new WeakMap<object, WordLore>();
const goodsIndexes = new WeakMap<object, NameIndex<CommonGood>>();
const declaredIndexes = new WeakMap<object, NameIndex<DeclaredLine>>();
const nomenclatureIndexes = new WeakMap<object, NameIndex<NomenclatureEntry>>();

/** The same table gives the same index: built at the first question, gone with the table. */
function remembered<Value>(memory: WeakMap<object, Value>, key: object, make: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
