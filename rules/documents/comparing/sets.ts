/** Sets: one side of the comparison states a set, the other what is in it. Which lines are the parts is told by counts, sums and names. */
import type { Reference } from '../../../reference/load.ts';
import { unitOf } from '../../classification/codes.ts';
import { compare, divide, sum } from '../../money.ts';
import { isSameInSum, isWholeOf, linesAt, subsetsOf } from './combine-lines.ts';
import { enough, evidenceFor, isAkin, type Line, quantityIn } from './line-evidence.ts';
import type { LineGroup, Sides } from './match-lines.ts';

type Side = 'order' | 'paper';
type Free = Readonly<Record<Side, readonly number[]>>;

/** A set of one side, and lines of the other that may be in it. */
interface Candidate {
  set: number;
  /** So many, or twice, three times as many as there are sets. */
  fitting: number[];
  /** Those whose names or headings have something in common with this set and with no other that they fit. */
  related: number[];
}

/** Whether one of a line may be several pieces of different kinds: by its unit (套, box) or its name (套装, kit). */
export function isSet({ stated }: Line, reference: Reference): boolean {
  if (stated.unit !== undefined && unitOf(stated.unit, reference)?.severalTogether) return true;
  const { inHan, inLetters } = setWords(reference);
  return inHan.test(stated.nameZh ?? '') || inLetters.test(stated.nameEn ?? '');
}

/** Whether there are equally many of a part in every set: 1,000 forks for 500 sets. Undefined where that cannot be counted. */
export function isWholePerSet(set: Line, parts: readonly Line[], reference: Reference): boolean | undefined {
  const sets = set.stated.quantity;
  if (sets === undefined || compare(sets, '0') <= 0) return undefined;
  return countsOf(parts, reference)?.every((count) => /^[1-9]\d*$/.test(divide(count, sets)));
}

/** How many there are of each part, lines of one name together; undefined where one of them is not counted in pieces. */
export function countsOf(parts: readonly Line[], reference: Reference): string[] | undefined {
  const isUncounted = parts.some(({ stated }) => stated.quantity === undefined || !isCounted(stated.unit, reference));
  return isUncounted
    ? undefined
    : byName(parts, (part) => part).map((same) => sum(same.flatMap(({ stated }) => stated.quantity ?? [])));
}

/** Sets of which the other side lists two parts or more. The lines are free of any better partner. */
export function setsByParts(sides: Sides, free: Free): LineGroup[] {
  const groups = (['order', 'paper'] as const).flatMap((side) => {
    const candidates = candidatesOn(side, sides, free);
    return candidates.flatMap((one) => {
      const parts = partsOf(one, side, { sides, free, isOnlyOne: candidates.length === 1 && free[side].length === 1 });
      return parts ? [groupOf(side, one.set, parts)] : [];
    });
  });
  // Two sets that claim one line: which of them it belongs to cannot be told.
  return groups.filter((one) => !groups.some((other) => other !== one && sharesLines(one, other)));
}

/** Single parts on papers that state a part of the goods: one supplier sells the knives of a set, another one the forks. */
export function lonePartsOf(sides: Sides, free: Free): LineGroup[] {
  if (!sides.isPartial) return [];
  return candidatesOn('order', sides, free).flatMap(({ set, fitting, related }) => {
    const parts = related.filter((line) => fitting.includes(line));
    return parts.length > 0 ? [groupOf('order', set, parts)] : [];
  });
}

/** Lines of the paper that may be in more than one set of the order. */
export function unclearParts(sides: Sides, free: Free): { paper: number; candidates: number[] }[] {
  const sets = setsOn('order', sides, free);
  return free.paper.flatMap((paper) => {
    const candidates = setsFor(sets, 'order', linesAt(sides.paper, [paper]), sides).related;
    return candidates.length > 1 ? [{ paper, candidates }] : [];
  });
}

/** Lines that only spell out what is in a set which stands above them, with no money and no weight of their own. */
export function spelledOut(sides: Sides, groups: readonly LineGroup[], free: readonly number[]): number[] {
  const whole = groups.flatMap(({ order: [set = -1, ...more], paper }) => {
    const line = sides.order[set];
    return line && more.length === 0 && paper.length === 1 && isSet(line, sides.reference) ? [line] : [];
  });
  return free.filter((paper) => {
    const line = sides.paper[paper];
    return (
      line !== undefined &&
      line.stated.total === undefined &&
      line.stated.netWeightKg === undefined &&
      line.stated.grossWeightKg === undefined &&
      whole.some((set) => fits(set, [line], sides) && isRelated(set, line, sides))
    );
  });
}

/** A group that came about by sums or codes, marked where it is a set and its parts. */
export function markedAsSet(sides: Sides, group: LineGroup): LineGroup {
  const side = group.order.length === 1 ? 'order' : 'paper';
  const parts = linesAt(sides[otherThan(side)], group[otherThan(side)]);
  const [set] = linesAt(sides[side], group[side]);
  if (group.set || !set || group[side].length > 1 || parts.length < 2 || !isSet(set, sides.reference)) return group;
  // The set in two colours is the set twice, as long as its own unit counts it.
  const isCountedWhole = parts.every((part) => quantityIn(part, set.stated.unit, sides.reference) !== undefined);
  const isOneName = byName(parts, (part) => part).length < 2;
  return isOneName || (isCountedWhole && isWholeOf(sides, group.order, group.paper)) ? group : { ...group, set: side };
}

function candidatesOn(side: Side, sides: Sides, free: Free): Candidate[] {
  const sets = setsOn(side, sides, free);
  const lines = sides[otherThan(side)];
  const parts = byName(free[otherThan(side)], (line) => lines[line]).map((places) => ({
    places,
    ...setsFor(sets, side, linesAt(lines, places), sides),
  }));
  const placesOf = (some: typeof parts) => some.flatMap(({ places }) => places);
  return sets.map((set) => ({
    set,
    fitting: placesOf(parts.filter(({ fitting }) => fitting.includes(set))),
    related: placesOf(parts.filter(({ related: [one, ...more] }) => one === set && more.length === 0)),
  }));
}

/** The sets that lines of one name fit by their count, and those that they are related to: fitting ones, where any is. */
function setsFor(
  sets: readonly number[],
  side: Side,
  part: readonly Line[],
  sides: Sides,
): { fitting: number[]; related: number[] } {
  const of = (some: readonly number[], test: (set: Line) => boolean) =>
    some.filter((place) => linesAt(sides[side], [place]).some(test));
  const fitting = of(sets, (set) => fits(set, part, sides));
  const isKin = (set: Line) => part.some((line) => isRelated(set, line, sides));
  const related = of(fitting, isKin);
  return { fitting, related: related.length > 0 ? related : of(sets, isKin) };
}

/** Free sets that the other side does not state as such. */
function setsOn(side: Side, sides: Sides, free: Free): number[] {
  const others = linesAt(sides[otherThan(side)], free[otherThan(side)]);
  return free[side].filter((line) => {
    const set = sides[side][line];
    return set && isSet(set, sides.reference) && !others.some((other) => isThatSet(set, other, sides));
  });
}

/** By sums first; then all that is left, where nothing else is; then by what the lines have in common with the set. */
function partsOf(
  { set, fitting, related }: Candidate,
  side: Side,
  { sides, free, isOnlyOne }: { sides: Sides; free: Free; isOnlyOne: boolean },
): number[] | undefined {
  const parts = free[otherThan(side)];
  const isRest = isOnlyOne && fitting.length === parts.length;
  const options = [...(isRest ? [fitting] : []), related].filter((some) => some.length > 1);
  const comesTo = (some: readonly number[]) => isSameInSum(sides, groupOf(side, set, some));
  const bySum = options.find((some) => comesTo(some) === true);
  if (bySum) return bySum;
  const fittingSums = subsetsOf(fitting).filter((some) => some.length > 1 && comesTo(some) === true);
  if (fittingSums.length === 1) return fittingSums[0];
  if (fittingSums.length > 1 || !related.some((line) => fitting.includes(line))) return undefined;
  return options.find((some) => comesTo(some) === undefined) ?? options.at(-1);
}

function groupOf(side: Side, set: number, parts: readonly number[]): LineGroup {
  return side === 'order'
    ? { order: [set], paper: [...parts], set: side }
    : { order: [...parts], paper: [set], set: side };
}

/** Whether the other side states the set as a whole too, under whatever name. */
function isThatSet(set: Line, other: Line, { words, reference }: Sides): boolean {
  if (quantityIn(other, set.stated.unit, reference) === undefined) return false;
  return (
    (set.code !== undefined && set.code === other.code) ||
    (set.zh !== undefined && set.zh === other.zh) ||
    (set.en !== undefined && set.en === other.en) ||
    evidenceFor(set, other, words, reference) >= enough
  );
}

/** Whether a part, in one line or several, is equally often in every set; as many sets of something else are no part. */
function fits(set: Line, part: readonly Line[], { reference }: Sides): boolean {
  const isInSets = part.some(
    ({ stated }) => stated.unit !== undefined && unitOf(stated.unit, reference)?.severalTogether,
  );
  const isAsManySets = part.some((line) => quantityIn(line, set.stated.unit, reference) === set.stated.quantity);
  return !(isAsManySets && isInSets) && isWholePerSet(set, part, reference) === true;
}

/** Less than two names of one thing have in common: a heading, one Chinese sign, one English word. */
function isRelated(set: Line, part: Line, { words, reference }: Sides): boolean {
  if (isAkin(set, part, words)) return true;
  const [one, other] = [set.stated.hsCode, part.stated.hsCode];
  if (one !== undefined && other !== undefined && one.slice(0, 4) === other.slice(0, 4)) return true;
  const signs = signsOf(set, reference);
  return [...signsOf(part, reference)].some((sign) => signs.has(sign));
}

function signsOf({ stated, zh }: Line, reference: Reference): ReadonlySet<string> {
  const { inHan, inLetters } = setWords(reference);
  const han = (zh ?? '').replaceAll(new RegExp(inHan, 'g'), '').match(/\p{Script=Han}/gu) ?? [];
  const letters = (stated.nameEn ?? '').toLowerCase().replaceAll(new RegExp(inLetters, 'gi'), '');
  return new Set([...han, ...(letters.match(/\p{L}{3,}/gu) ?? []).filter((word) => word !== 'and' && word !== 'with')]);
}

/** Lines of one name together: a part may stand in several, a line for each carton. */
function byName<One>(all: readonly One[], lineOf: (one: One) => Line | undefined): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const line = lineOf(one);
    const name = line?.zh ?? line?.en ?? line?.code ?? '';
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}

function isCounted(unit: string | undefined, reference: Reference): boolean {
  const known = unit === undefined ? undefined : unitOf(unit, reference);
  return known === undefined || known.kind === 'count' || known.kind === 'package';
}

interface SetWords {
  inHan: RegExp;
  inLetters: RegExp;
}

function setWords({ spellings }: Reference): SetWords {
  const known = knownSetWords.get(spellings);
  if (known) return known;
  const isHan = (word: string) => /\p{Script=Han}/u.test(word);
  const all = spellings.sets.map(({ word }) => word).sort((a, b) => b.length - a.length);
  const made = {
    inHan: new RegExp(all.filter(isHan).join('|')),
    inLetters: new RegExp(`\\b(?:${all.filter((word) => !isHan(word)).join('|')})\\b`, 'i'),
  };
  knownSetWords.set(spellings, made);
  return made;
}

const knownSetWords = new WeakMap<Reference['spellings'], SetWords>();

function otherThan(side: Side): Side {
  return side === 'order' ? 'paper' : 'order';
}

function sharesLines(one: LineGroup, other: LineGroup): boolean {
  return (['order', 'paper'] as const).some((side) => one[side].some((line) => other[side].includes(line)));
}
