/** Lines that one side merged or split, found by what they add up to: quantities, money, net weights. */
import { compare } from '../../money.ts';
import { added } from './agree-figures.ts';
import { isAkin, type Line, quantityIn } from './line-evidence.ts';
import type { LineGroup, Sides } from './match-lines.ts';

/** More lines than this are not tried in all combinations: 256 sums a line. */
const mostParts = 8;

type Measure = (line: Line, unit: string | undefined) => string | undefined;

const moneyOf: Measure = ({ stated }) => stated.total;
const weightOf: Measure = ({ stated }) => stated.netWeightKg;
const measuresOf = ({ reference }: Sides): Measure[] => [
  (line, unit) => (unit === undefined ? undefined : quantityIn(line, unit, reference)),
  moneyOf,
  weightOf,
];

/** Whether the two sides come to the same quantity; where that cannot be told, to the same money or weight. */
export function isWholeOf(sides: Sides, order: readonly number[], paper: readonly number[]): boolean {
  const [mine, theirs] = [linesAt(sides.order, order), linesAt(sides.paper, paper)];
  const unit = mine[0]?.stated.unit;
  for (const measure of measuresOf(sides)) {
    const [one, other] = [sumOf(mine, measure, unit), sumOf(theirs, measure, unit)];
    if (one !== undefined && other !== undefined) return one === other || compare(one, other) === 0;
  }
  return false;
}

/** Whether both sides come to the same money; where that is not stated, to the same weight. Undefined where neither is. */
export function isSameInSum(sides: Sides, { order, paper }: LineGroup): boolean | undefined {
  const [mine, theirs] = [linesAt(sides.order, order), linesAt(sides.paper, paper)];
  for (const measure of [moneyOf, weightOf]) {
    const [one, other] = [sumOf(mine, measure, undefined), sumOf(theirs, measure, undefined)];
    if (one !== undefined && other !== undefined) return compare(one, other) === 0;
  }
  return undefined;
}

/** Free lines of one side that together are one free line of the other, where only one combination is. */
export function combined(sides: Sides, free: { order: readonly number[]; paper: readonly number[] }): LineGroup[] {
  const used = { order: new Set<number>(), paper: new Set<number>() };
  const left = (side: 'order' | 'paper') => free[side].filter((line) => !used[side].has(line));
  const groups: LineGroup[] = [];
  const take = (group: LineGroup) => {
    for (const line of group.order) used.order.add(line);
    for (const line of group.paper) used.paper.add(line);
    groups.push(group);
  };
  for (const order of free.order) {
    const paper = partsOf(sides, sides.order[order], sides.paper, left('paper'));
    if (paper) take({ order: [order], paper });
  }
  for (const paper of left('paper')) {
    const order = partsOf(sides, sides.paper[paper], sides.order, left('order'));
    if (order) take({ order, paper: [paper] });
  }
  return groups;
}

/** Puts free lines to a group that is short by just what they are. Changes the groups; @returns what is still free */
export function takenIn(
  sides: Sides,
  groups: LineGroup[],
  free: { order: readonly number[]; paper: readonly number[] },
): { order: number[]; paper: number[] } {
  const still = { order: [...free.order], paper: [...free.paper] };
  for (const group of groups) {
    if (still.order.length === 0 && still.paper.length === 0) break;
    if (isWholeOf(sides, group.order, group.paper)) continue;
    for (const side of ['order', 'paper'] as const) {
      const akin = still[side].filter((line) => isAkinToGroup(sides, group, sides[side][line]));
      const fitting = subsetsOf(akin).filter((some) => {
        const grown = { ...group, [side]: [...group[side], ...some] };
        return isWholeOf(sides, grown.order, grown.paper);
      });
      const [only, ...others] = fitting;
      if (only === undefined || others.length > 0) continue;
      group[side].push(...only);
      still[side] = still[side].filter((line) => !only.includes(line));
      break;
    }
  }
  return still;
}

function isAkinToGroup({ order, paper, words }: Sides, group: LineGroup, line: Line | undefined): boolean {
  return (
    line !== undefined &&
    [...linesAt(order, group.order), ...linesAt(paper, group.paper)].some((one) => isAkin(one, line, words))
  );
}

function partsOf(
  sides: Sides,
  whole: Line | undefined,
  among: readonly Line[],
  free: readonly number[],
): number[] | undefined {
  if (!whole) return undefined;
  for (const measure of measuresOf(sides)) {
    const { unit } = whole.stated;
    const wanted = measure(whole, unit);
    if (wanted === undefined) continue;
    // Parts of a set have other names than the set: one that is akin is enough, the sum vouches for the rest.
    const fitting = subsetsOf(free.filter((line) => measure(among[line] ?? whole, unit) !== undefined)).filter(
      (some) => {
        const parts = linesAt(among, some);
        const came = sumOf(parts, measure, unit);
        return (
          some.length > 1 &&
          came !== undefined &&
          compare(came, wanted) === 0 &&
          parts.some((part) => isAkin(part, whole, sides.words))
        );
      },
    );
    if (fitting.length === 1) return fitting[0];
    if (fitting.length > 1) return undefined;
  }
  return undefined;
}

/** Every choice of some of the lines; none where they are too many to try. */
export function subsetsOf(lines: readonly number[]): number[][] {
  if (lines.length === 0 || lines.length > mostParts) return [];
  return Array.from({ length: 2 ** lines.length - 1 }, (_, choice) =>
    lines.filter((__, place) => ((choice + 1) >> place) % 2 === 1),
  );
}

function sumOf(lines: readonly Line[], measure: Measure, unit: string | undefined): string | undefined {
  const stated = lines.map((line) => measure(line, unit));
  return stated.every((one) => one !== undefined) && stated.length > 0 ? added(stated) : undefined;
}

/** Lines by their places. */
export function linesAt(lines: readonly Line[], places: readonly number[]): Line[] {
  return places.flatMap((place) => lines[place] ?? []);
}
