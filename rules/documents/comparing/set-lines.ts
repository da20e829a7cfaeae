/** What makes a line a set, and another one a part of it: units and words of sets, counts, something in common in their names. */
import type { Reference } from '../../../reference/load.ts';
import { unitOf } from '../../classification/codes.ts';
import { compare, divide, sum } from '../../money.ts';
import { type Line, likenessOf, quantityIn } from './line-evidence.ts';
import type { Words } from './words.ts';

/** Whether one of a line may be several pieces of different kinds: by its unit (套, box) or its name (套装, kit). */
export function isSet({ stated }: Line, reference: Reference): boolean {
  if (stated.unit !== undefined && unitOf(stated.unit, reference)?.severalTogether) return true;
  const { inHan, inLetters } = setWords(reference);
  return inHan.test(stated.nameZh ?? '') || inLetters.test(stated.nameEn ?? '');
}

/** Whether there are equally many of a part in every set: 1,000 forks for 500 sets. Undefined where that cannot be counted. */
export function isWholePerSet(set: Line, parts: readonly Line[], reference: Reference): boolean | undefined {
  const counts = countsOf(parts, reference);
  return counts && isWhole(counts, set);
}

function isWhole(counts: readonly string[], { stated: { quantity } }: Line): boolean | undefined {
  if (quantity === undefined || compare(quantity, '0') <= 0) return undefined;
  return counts.every((count) => /^[1-9]\d*$/.test(divide(count, quantity)));
}

/** How many there are of each part, lines of one name together; undefined where one of them is not counted in pieces. */
export function countsOf(parts: readonly Line[], reference: Reference): string[] | undefined {
  const isUncounted = parts.some(({ stated }) => stated.quantity === undefined || !isCounted(stated.unit, reference));
  if (isUncounted) return undefined;
  return byName(parts, (part) => part).map((same) => sum(same.flatMap(({ stated }) => stated.quantity ?? [])));
}

/** Tells of sets whether a part, in one line or several, is equally often in every one; as many sets of something else are no part. */
export function fitting(part: readonly Line[], reference: Reference): (set: Line) => boolean {
  const counts = countsOf(part, reference);
  const isInSets = part.some(
    ({ stated }) => stated.unit !== undefined && unitOf(stated.unit, reference)?.severalTogether,
  );
  return (set) =>
    counts !== undefined &&
    isWhole(counts, set) === true &&
    !(isInSets && part.some((line) => quantityIn(line, set.stated.unit, reference) === set.stated.quantity));
}

/**
 * How much a set and a part have in common, which is less than two names of one thing have: the signs and words that both
 * bear, one more for a heading. 0: nothing.
 */
export function inCommon(set: Line, part: Line, words: Words, reference: Reference): number {
  const [one, other] = [set.stated.hsCode, part.stated.hsCode];
  const heading = one !== undefined && other !== undefined && one.slice(0, 4) === other.slice(0, 4) ? 1 : 0;
  if (set.code !== undefined && set.code === part.code) return 10;
  const own = signsOf(set, reference);
  let shared = 0;
  for (const sign of signsOf(part, reference)) if (own.has(sign) || isBeginning(sign, own)) shared += 1;
  return heading + shared + (likenessOf(set.stated, part.stated, words) >= 0.5 ? 1 : 0);
}

/** Lines of one name together: a part may stand in several, a line for each carton. */
export function byName<One>(all: readonly One[], lineOf: (one: One) => Line | undefined): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const name = nameOf(lineOf(one));
    const known = groups.get(name);
    if (known) known.push(one);
    else groups.set(name, [one]);
  }
  return [...groups.values()];
}

const nameOf = (line: Line | undefined) => line?.zh ?? line?.en ?? line?.code ?? '';

/** `tea` is in `teapot` and `teacup`. */
function isBeginning(sign: string, of: ReadonlySet<string>): boolean {
  return sign.length > 2 && [...of].some((word) => word.length > 2 && (sign.startsWith(word) || word.startsWith(sign)));
}

function isCounted(unit: string | undefined, reference: Reference): boolean {
  const known = unit === undefined ? undefined : unitOf(unit, reference);
  return known === undefined || known.kind === 'count' || known.kind === 'package';
}

const signs = new WeakMap<Line, ReadonlySet<string>>();

/** Chinese signs and words of the names, but for those that only say that it is a set. */
function signsOf(line: Line, reference: Reference): ReadonlySet<string> {
  const known = signs.get(line);
  if (known) return known;
  const { allInHan, allInLetters } = setWords(reference);
  const han = (line.zh ?? '').replace(allInHan, '').match(/\p{Script=Han}/gu) ?? [];
  const letters = (line.stated.nameEn ?? '').toLowerCase().replace(allInLetters, '');
  const made = new Set([...han, ...(letters.match(/\p{L}{3,}/gu) ?? []).filter((word) => !joining.has(word))]);
  signs.set(line, made);
  return made;
}

const joining: ReadonlySet<string> = new Set(['and', 'with', 'for', 'the']);

interface SetWords {
  inHan: RegExp;
  inLetters: RegExp;
  allInHan: RegExp;
  allInLetters: RegExp;
}

function setWords({ spellings }: Reference): SetWords {
  const known = knownSetWords.get(spellings);
  if (known) return known;
  const isHan = (word: string) => /\p{Script=Han}/u.test(word);
  const all = spellings.sets.map(({ word }) => word).sort((a, b) => b.length - a.length);
  const han = all.filter(isHan).join('|');
  const letters = `\\b(?:${all.filter((word) => !isHan(word)).join('|')})\\b`;
  const made = {
    inHan: new RegExp(han),
    inLetters: new RegExp(letters, 'i'),
    allInHan: new RegExp(han, 'g'),
    allInLetters: new RegExp(letters, 'gi'),
  };
  knownSetWords.set(spellings, made);
  return made;
}

const knownSetWords = new WeakMap<Reference['spellings'], SetWords>();
