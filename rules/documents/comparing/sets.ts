/** Sets: one side of the comparison states a set, the other what is in it. Which lines are the parts is told by counts, names and sums. */
import { isSameInSum, isWholeOf, subsetsOf } from './combine-lines.ts';
import { enough, evidenceFor, type Line, quantityIn } from './line-evidence.ts';
import { byName, fitting, inCommon, isSet } from './set-lines.ts';
import {
  type Free,
  groupOf,
  type LineGroup,
  linesAt,
  otherThan,
  type Side,
  type Sides,
  withoutConflicts,
} from './sides.ts';

/** Lines of one name, and the sets that they may be in. */
interface Part {
  places: number[];
  /** Sets of which each has equally many of it. */
  fitting: number[];
  /** Of the fitting sets, or where none fits of all, those with which it has most in common; none where it has nothing. */
  related: number[];
}

/** Sets of which the other side lists two parts or more. The lines are free of any better partner. */
export function setsByParts(sides: Sides, free: Free): LineGroup[] {
  return withoutConflicts(
    (['order', 'paper'] as const).flatMap((side) => {
      const sets = setsOn(side, sides, free);
      const parts = partsFor(sets, side, sides, free[otherThan(side)]);
      const isOnlyLine = free[side].length === 1;
      return sets.flatMap((set) => {
        const own = ownParts(set, parts, { side, sides, isOnlyLine });
        return own ? [{ ...groupOf(side, [set], own), set: side }] : [];
      });
    }),
  );
}

/** Single parts on papers that state a part of the goods: one supplier sells the knives of a set, another one the forks. */
export function lonePartsOf(sides: Sides, free: Free): LineGroup[] {
  if (!sides.isPartial) return [];
  const sets = setsOn('order', sides, free);
  const parts = partsFor(sets, 'order', sides, free.paper);
  return sets.flatMap((set) => {
    const own = placesOf(parts.filter(({ related, fitting }) => isOnly(related, set) && fitting.includes(set)));
    return own.length > 0 ? [{ ...groupOf('order', [set], own), set: 'order' as const }] : [];
  });
}

/** Parts listed below the line of their set. */
export interface SpelledOut {
  /** They spell out what is in it, and are no goods beside it. */
  details: number[];
  /** Sets whose parts below them are not equally many in every set. */
  wrong: LineGroup[];
}

/** Parts below the line of a set that the paper states as a whole too; what they weigh and cost is what it does. */
export function spelledOut(sides: Sides, groups: readonly LineGroup[], free: readonly number[]): SpelledOut {
  const sets = wholeSets(sides, groups);
  const parts = partsFor(sets, 'order', sides, free);
  const found = sets.flatMap((set) => {
    const own = parts.filter(({ related }) => isOnly(related, set));
    const group = groupOf('order', [set], placesOf(own));
    if (own.length === 0 || isSameInSum(sides, group) === false) return [];
    return [{ group, isRight: own.every((part) => isSpelledOut(part, set, sides)), isSeveral: own.length > 1 }];
  });
  return {
    details: found.filter(({ isRight }) => isRight).flatMap(({ group }) => group.paper),
    wrong: found
      .filter(({ isRight, isSeveral }) => !isRight && isSeveral)
      .map(({ group }) => ({ ...group, set: 'order' })),
  };
}

/** Sets of the order that the paper states in one line. */
function wholeSets(sides: Sides, groups: readonly LineGroup[]): number[] {
  return groups.flatMap(({ order: [set = -1, ...more], paper }) => {
    const [line] = linesAt(sides.order, [set]);
    return line && more.length === 0 && paper.length === 1 && isSet(line, sides.reference) ? [set] : [];
  });
}

/** Lines of the paper that may be in a set of the order, though nothing says for sure in which. */
export function unclearParts(
  sides: Sides,
  groups: readonly LineGroup[],
  free: Free,
): { paper: number; candidates: number[] }[] {
  const matched = groups.flatMap(({ order }) => order);
  const setsAmong = (places: readonly number[]) =>
    places.filter((place) => linesAt(sides.order, [place]).some((line) => isSet(line, sides.reference)));
  const sets = { free: setsAmong(free.order), all: setsAmong([...free.order, ...matched]) };
  if (sets.all.length === 0) return [];
  const parts = partsFor(sets.all, 'order', sides, free.paper);
  // A paper of which not one line is known is one of other goods, unless all of it fits one set.
  const isKnown = groups.length > 0 || parts.some(({ related }) => related.length > 0);
  const isAllOf = (set: number) => parts.every(({ fitting }) => fitting.includes(set));
  if (!isKnown && !sets.free.some(isAllOf)) return [];
  const [open, whole] = [new Set(sets.free), new Set(wholeSets(sides, groups))];
  const listed = new Set(groups.filter(({ set }) => set !== undefined).flatMap(({ order }) => order));
  const candidatesOf = ({ fitting, related }: Part) =>
    [related, fitting.filter((set) => open.has(set)), fitting.filter((set) => whole.has(set))].find(
      (some) => some.length > 0,
    ) ?? [];
  const found = parts.map((part) => ({ places: part.places, candidates: candidatesOf(part) }));
  const claims = new Map<number, number>();
  for (const set of found.flatMap(({ candidates }) => candidates)) claims.set(set, (claims.get(set) ?? 0) + 1);
  // One line alone is no set by its parts, but one more part of a set of which others are known may be.
  const isOpen = (set: number) => listed.has(set) || (claims.get(set) ?? 0) > 1;
  return found.flatMap(({ places, candidates }) => {
    const some = candidates.filter(isOpen);
    return some.length === 0 ? [] : places.map((paper) => ({ paper, candidates: some }));
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
  const isThere = parts.some((part) => isOneOfSets(part, set));
  const isOneName = byName(parts, (part) => part).length < 2;
  return isThere || isOneName || (isCountedWhole && isWholeOf(sides, group.order, group.paper))
    ? group
    : { ...group, set: side };
}

/** Whether a line is the set in one colour or size: counted in its unit, under a name that says more. */
function isOneOfSets(part: Line, set: Line): boolean {
  const says = (more: string | undefined, name: string | undefined) =>
    name !== undefined && more?.includes(name) === true;
  return part.stated.unit === set.stated.unit && (says(part.zh, set.zh) || says(part.en, set.en));
}

/** Free sets that the other side does not state as such. */
function setsOn(side: Side, sides: Sides, free: Free): number[] {
  const others = linesAt(sides[otherThan(side)], free[otherThan(side)]);
  return free[side].filter((line) =>
    linesAt(sides[side], [line]).some(
      (set) => isSet(set, sides.reference) && !others.some((other) => isThatSet(set, other, sides)),
    ),
  );
}

/** Lines of one name are one part, unless each by itself fits a set: knives for 500 sets and for 300 of another model. */
function partsFor(sets: readonly number[], side: Side, sides: Sides, free: readonly number[]): Part[] {
  if (sets.length === 0) return [];
  const lines = sides[otherThan(side)];
  const partOf = (places: number[]): Part => ({ places, ...setsFor(sets, side, linesAt(lines, places), sides) });
  return byName(free, (place) => lines[place]).flatMap((places) => {
    const whole = partOf(places);
    if (places.length === 1 || whole.fitting.length > 0) return [whole];
    const each = places.map((place) => partOf([place]));
    return each.every(({ fitting }) => fitting.length > 0) ? each : [whole];
  });
}

function setsFor(sets: readonly number[], side: Side, part: readonly Line[], sides: Sides): Omit<Part, 'places'> {
  const { words, reference } = sides;
  const isPartOf = fitting(part, reference);
  const setAt = (place: number) => sides[side][place];
  const fits = sets.filter((place) => {
    const set = setAt(place);
    return set !== undefined && isPartOf(set);
  });
  const mostRelated = (some: readonly number[]) => {
    const points = some.map((place) => {
      const set = setAt(place);
      return set ? Math.max(...part.map((line) => inCommon(set, line, words, reference))) : 0;
    });
    const most = Math.max(0, ...points);
    return most === 0 ? [] : some.filter((_, index) => points[index] === most);
  };
  const related = mostRelated(fits);
  return { fitting: fits, related: related.length > 0 ? related : mostRelated(sets) };
}

/** By names and counts first, then all that is left where nothing else is, then by what lines that could be anybody's come to. */
function ownParts(
  set: number,
  parts: readonly Part[],
  { side, sides, isOnlyLine }: { side: Side; sides: Sides; isOnlyLine: boolean },
): number[] | undefined {
  const own = parts.filter(({ related }) => isOnly(related, set));
  const related = placesOf(own);
  const open = parts.filter(
    (part) => part.fitting.includes(set) && (part.related.length !== 1 || isOnly(part.related, set)),
  );
  const rest = isOnlyLine && open.length === parts.length ? placesOf(open) : [];
  const comesTo = (some: readonly number[]) => isSameInSum(sides, groupOf(side, [set], some));
  const options = [related, rest].filter((some) => some.length > 1);
  const bySum = options.find((some) => comesTo(some) === true);
  if (bySum) return bySum;
  const sums = subsetsOf(placesOf(open)).filter(
    (some) => some.length > 1 && comesTo(some) === true && related.every((line) => some.includes(line)),
  );
  if (sums.length === 1) return sums[0];
  if (sums.length > 1 || !own.some(({ fitting }) => fitting.includes(set))) return undefined;
  // Nothing states a sum, or they differ: all that is left is taken with them where nothing is stated.
  return options.toReversed().find((some) => comesTo(some) === undefined) ?? options[0];
}

/** Equally many in every set, as many as in one set, or not counted at all. */
function isSpelledOut({ places, fitting }: Part, set: number, sides: Sides): boolean {
  if (fitting.includes(set)) return true;
  const sets = Number(sides.order[set]?.stated.quantity ?? '0');
  return linesAt(sides.paper, places).every(
    ({ stated: { quantity } }) => quantity === undefined || Number(quantity) * fewInOneSet <= sets,
  );
}

/** So many times fewer pieces than sets are the pieces of one set: nobody lists 499 of 500 so. */
const fewInOneSet = 10;

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

const isOnly = (places: readonly number[], place: number) => places.length === 1 && places[0] === place;
const placesOf = (parts: readonly Part[]) => parts.flatMap(({ places }) => places);
