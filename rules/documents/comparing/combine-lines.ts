/** Lines that one side merged or split: which belong together is told by what they are, and by what they add up to. */
import { compare } from '../../money.ts';
import { added } from './agree-figures.ts';
import { close, descriptionFor, type Line, quantityIn, tellingWord } from './line-evidence.ts';
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

/** More lines than this are not tried in all combinations: 256 sums a line. */
const mostParts = 8;
/** Half of a name, or a subheading: less is no kinship. */
const akin = 1.5;

type Measure = (line: Line, unit: string | undefined) => string | undefined;

const moneyOf: Measure = ({ stated }) => stated.total;
const weightOf: Measure = ({ stated }) => stated.netWeightKg;
const quantityOf =
  ({ reference }: Sides): Measure =>
  (line, unit) =>
    unit === undefined ? undefined : quantityIn(line, unit, reference);
const measuresOf = (sides: Sides): Measure[] => [quantityOf(sides), moneyOf, weightOf];

/** Whether the two sides come to the same quantity; where that cannot be told, to the same money or weight. */
export function isWholeOf(sides: Sides, order: readonly number[], paper: readonly number[]): boolean {
  return comesTo(sides, { order, paper }) === 0;
}

/** Less (−1), as much (0) or more (1) on the paper than in the order; undefined where nothing is stated on both. */
export function comesTo(sides: Sides, group: Free): -1 | 0 | 1 | undefined {
  for (const measure of measuresOf(sides)) {
    const sums = sumsOf(sides, group, measure);
    if (sums) return compare(sums.paper, sums.order);
  }
  return undefined;
}

/** Whether both sides come to the same quantity, all of it in one unit. */
export function isSameInQuantity(sides: Sides, group: Free): boolean {
  const sums = sumsOf(sides, group, quantityOf(sides));
  return sums !== undefined && compare(sums.order, sums.paper) === 0;
}

/** Whether both sides come to the same money; where that is not stated, to the same weight. Undefined where neither is. */
export function isSameInSum(sides: Sides, group: Free): boolean | undefined {
  for (const measure of [moneyOf, weightOf]) {
    const sums = sumsOf(sides, group, measure);
    // Parts at 0.00 are not priced by themselves.
    if (sums && compare(sums.paper, '0') !== 0) return compare(sums.order, sums.paper) === 0;
  }
  return undefined;
}

/** Free lines of one side that together are one free line of the other: they belong to it, and come to as much. */
export function combined(sides: Sides, free: Free): LineGroup[] {
  const groups = (['order', 'paper'] as const).flatMap((side) =>
    [...belonging(side, sides, free)].flatMap(([whole, { only, also }]) => {
      const parts = partsOf(sides, side, whole, { only, also });
      return parts ? [groupOf(side, [whole], parts)] : [];
    }),
  );
  return withoutConflicts(groups);
}

/** Free lines that belong to one free line of the other side and to no other, though they do not come to as much: a split that is wrong. */
export function belongingTogether(sides: Sides, free: Free): LineGroup[] {
  const groups = (['order', 'paper'] as const).flatMap((side) =>
    [...belonging(side, sides, free)].flatMap(([whole, { only }]) =>
      // One of them alone is as much as the whole: which one is meant is not told by that.
      only.length > 1 && !only.some((part) => comesTo(sides, groupOf(side, [whole], [part])) === 0)
        ? [groupOf(side, [whole], only)]
        : [],
    ),
  );
  return withoutConflicts(groups);
}

/** Puts free lines to a group that they belong to, where it is short by just what they are, or short at all. Changes the groups. */
export function takenIn(sides: Sides, groups: LineGroup[], free: Free): Free {
  const still = { order: [...free.order], paper: [...free.paper] };
  for (const group of groups) {
    if (still.order.length === 0 && still.paper.length === 0) break;
    if (group.set) continue;
    for (const side of ['order', 'paper'] as const) {
      const own = still[side].filter((line) => belongsToGroup(sides, groups, group, side, line));
      const some = joining(sides, group, side, own);
      group[side].push(...some);
      still[side] = still[side].filter((line) => !some.includes(line));
    }
  }
  return still;
}

/** A discount is a part of its goods, however much of them there is. */
function joining(sides: Sides, group: LineGroup, side: Side, own: readonly number[]): readonly number[] {
  const discounts = own.filter((line) =>
    linesAt(sides[side], [line]).some(({ stated }) => stated.total?.startsWith('-')),
  );
  const goods = own.filter((line) => !discounts.includes(line));
  const grown = (some: readonly number[]) => ({ ...group, [side]: [...group[side], ...some] });
  const short = side === 'paper' ? -1 : 1;
  if (goods.length === 0 || comesTo(sides, group) !== short) return discounts;
  const fitting = subsetsOf(goods).filter((some) => comesTo(sides, grown(some)) === 0);
  if (fitting.length === 1) return [...(fitting[0] ?? []), ...discounts];
  return comesTo(sides, grown(goods)) === short ? [...goods, ...discounts] : discounts;
}

function belongsToGroup(
  sides: Sides,
  groups: readonly LineGroup[],
  group: LineGroup,
  side: Side,
  line: number,
): boolean {
  const other = otherThan(side);
  const places = groups.flatMap((one) => one[other]);
  const best = bestOf(places, (place) =>
    kinship(sides, side === 'order' ? line : place, side === 'order' ? place : line),
  );
  return best.length > 0 && best.every((place) => group[other].includes(place));
}

interface Belonging {
  /** Lines that can be of this one alone. */
  only: number[];
  /** Lines that could as well be of another. */
  also: number[];
}

/** For each free line of a side the free lines of the other that are best described by it. */
function belonging(side: Side, sides: Sides, free: Free): Map<number, Belonging> {
  const found = new Map<number, Belonging>();
  for (const line of free[otherThan(side)]) {
    const best = bestOf(free[side], (place) =>
      kinship(sides, side === 'order' ? place : line, side === 'order' ? line : place),
    );
    for (const place of best) {
      const one = found.get(place) ?? { only: [], also: [] };
      found.set(place, one);
      (best.length === 1 ? one.only : one.also).push(line);
    }
  }
  return found;
}

function kinship(sides: Sides, order: number, paper: number): number {
  const [one, other] = [sides.order[order], sides.paper[paper]];
  if (!one || !other) return 0;
  const described = descriptionFor(one, other, sides.words);
  return described < akin ? 0 : described + (sides.namedBy(paper).has(order) ? tellingWord : 0);
}

function bestOf(places: readonly number[], pointsOf: (place: number) => number): number[] {
  const ranked = places.map((place) => ({ place, points: pointsOf(place) }));
  const best = Math.max(0, ...ranked.map(({ points }) => points));
  return best < akin ? [] : ranked.filter(({ points }) => points > best - close).map(({ place }) => place);
}

/** The lines that can be of it alone, if they come to it; else the one choice among all that may be. */
function partsOf(sides: Sides, side: Side, whole: number, { only, also }: Belonging): number[] | undefined {
  const isIt = (some: readonly number[]) => some.length > 1 && comesTo(sides, groupOf(side, [whole], some)) === 0;
  if (isIt(only)) return only;
  const fitting = subsetsOf([...only, ...also]).filter(
    (some) => isIt(some) && only.every((line) => some.includes(line)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Every choice of some of the lines; none where they are too many to try. */
export function subsetsOf(lines: readonly number[]): number[][] {
  if (lines.length === 0 || lines.length > mostParts) return [];
  return Array.from({ length: 2 ** lines.length - 1 }, (_, choice) =>
    lines.filter((__, place) => ((choice + 1) >> place) % 2 === 1),
  );
}

/** What lines of both sides come to, in the unit of the order's first; undefined where a line does not state it. */
function sumsOf(sides: Sides, places: Free, measure: Measure): Record<Side, string> | undefined {
  const unit = linesAt(sides.order, places.order)[0]?.stated.unit;
  const sumOf = (side: Side) => {
    const stated = linesAt(sides[side], places[side]).map((line) => measure(line, unit));
    return stated.every((one) => one !== undefined) && stated.length > 0 ? added(stated) : undefined;
  };
  const [order, paper] = [sumOf('order'), sumOf('paper')];
  return order === undefined || paper === undefined ? undefined : { order, paper };
}
