/** Which lines of a paper are which lines of the order. What can be told is told; two candidates equally good are shown, never guessed. */
import { assigned, type Tie } from './assign-lines.ts';
import { belongingTogether, combined, isSameInQuantity, isWholeOf, takenIn } from './combine-lines.ts';
import type { Line } from './line-evidence.ts';
import { lonePartsOf, markedAsSet, setsByParts, spelledOut, unclearParts } from './sets.ts';
import { type LineGroup, linesAt, type Sides, sidesOf } from './sides.ts';

export type { LineGroup } from './sides.ts';

/** What became of every line. */
export interface Matching {
  groups: LineGroup[];
  /** A line of the paper for which several lines of the order are equally good. */
  ambiguous: { paper: number; candidates: number[] }[];
  unmatchedOrder: number[];
  unmatchedPaper: number[];
}

/**
 * Matches by code and name first, where both say one thing and nothing else claims it; then sets and their parts; then by all
 * evidence together; then lines that one side merged or split. The order of lines plays no part.
 */
export function matchLines(given: Parameters<typeof sidesOf>[0]): Matching {
  const sides = sidesOf(given);
  const groups: LineGroup[] = [];
  const free = { order: [...sides.among], paper: sides.paper.map((_, index) => index) };
  const take = (found: readonly LineGroup[]) => {
    groups.push(...found);
    const [order, paper] = [new Set(found.flatMap((one) => one.order)), new Set(found.flatMap((one) => one.paper))];
    free.order = free.order.filter((line) => !order.has(line));
    free.paper = free.paper.filter((line) => !paper.has(line));
  };
  for (const key of keys) take(byKey(sides, free, key, isWholeOf));
  take(setsByParts(sides, free));
  take(assigned(sides, free).groups);
  take(combined(sides, free));
  // The same goods, merged or split, that do not come to the same: that is the difference to tell.
  for (const key of keys) take(byKey(sides, free, key, (_, order, paper) => order.length === 1 || paper.length === 1));
  const taken = takenIn(sides, groups, free);
  free.order = [...taken.order];
  free.paper = [...taken.paper];
  take(belongingTogether(sides, free));
  const last = assigned(sides, free);
  take(last.groups);
  take(lonePartsOf(sides, free));
  const { details, wrong } = spelledOut(sides, groups, free.paper);
  free.paper = free.paper.filter((line) => !details.includes(line));
  take(wrong);
  const unclear = unclearParts(sides, groups, free);
  const ties = [...last.ties.filter(({ paper }) => !unclear.some((one) => one.paper === paper)), ...unclear];
  return { groups: sorted(groups.map((group) => markedAsSet(sides, group))), ...leftOver(free, ties) };
}

function leftOver(free: { order: number[]; paper: number[] }, ties: readonly Tie[]): Omit<Matching, 'groups'> {
  const inTie = {
    order: new Set(ties.flatMap(({ candidates }) => candidates)),
    paper: new Set(ties.map(({ paper }) => paper)),
  };
  return {
    ambiguous: ties.map(({ paper, candidates }) => ({ paper, candidates })),
    unmatchedOrder: free.order.filter((line) => !inTie.order.has(line)),
    unmatchedPaper: free.paper.filter((line) => !inTie.paper.has(line)),
  };
}

function sorted(groups: readonly LineGroup[]): LineGroup[] {
  return groups
    .map((group) => ({
      ...group,
      order: group.order.toSorted((a, b) => a - b),
      paper: group.paper.toSorted((a, b) => a - b),
    }))
    .sort((a, b) => (a.order[0] ?? 0) - (b.order[0] ?? 0) || (a.paper[0] ?? 0) - (b.paper[0] ?? 0));
}

const keys = ['code', 'zh', 'en'] as const;
type Key = (typeof keys)[number];
/** Whether lines that bear one key are taken for merged or split ones. */
type Merged = (sides: Sides, order: readonly number[], paper: readonly number[]) => boolean;

/** Lines that say the same under one key, where no other key of theirs points elsewhere. */
function byKey(sides: Sides, free: { order: number[]; paper: number[] }, key: Key, isMerged: Merged): LineGroup[] {
  if (free.order.length === 0 || free.paper.length === 0) return [];
  const inOrder = bucketsOf(sides.order, free.order, key);
  const onPaper = bucketsOf(sides.paper, free.paper, key);
  const others = keys.filter((other) => other !== key);
  const elsewhere = others.map((other) => ({
    other,
    order: bucketsOf(sides.order, free.order, other),
    paper: bucketsOf(sides.paper, free.paper, other),
  }));
  return [...inOrder].flatMap(([text, order]) => {
    const paper = onPaper.get(text);
    if (!paper) return [];
    const contradicted = elsewhere.some(
      ({ other, order: orderBuckets, paper: paperBuckets }) =>
        pointsAway(sides.paper, paper, sides.order, order, other, orderBuckets) ||
        pointsAway(sides.order, order, sides.paper, paper, other, paperBuckets),
    );
    return contradicted ? [] : withinBucket(sides, order, paper, isMerged);
  });
}

/** Whether some of these lines bear a key that lines of the other side bear, none of which is among those matched here. */
function pointsAway(
  from: readonly Line[],
  lines: readonly number[],
  to: readonly Line[],
  among: readonly number[],
  key: Key,
  buckets: ReadonlyMap<string, number[]>,
): boolean {
  return lines.some((line) => {
    const text = from[line]?.[key];
    if (text === undefined || !buckets.has(text)) return false;
    return !among.some((one) => to[one]?.[key] === text);
  });
}

function bucketsOf(lines: readonly Line[], free: readonly number[], key: Key): Map<string, number[]> {
  const buckets = new Map<string, number[]>();
  for (const index of free) {
    const text = lines[index]?.[key];
    if (text === undefined || text === '') continue;
    const bucket = buckets.get(text);
    if (bucket) bucket.push(index);
    else buckets.set(text, [index]);
  }
  return buckets;
}

function withinBucket(sides: Sides, order: number[], paper: number[], isMerged: Merged): LineGroup[] {
  if (order.length === 1 && paper.length === 1) return [{ order, paper }];
  if ((order.length === 1 || paper.length === 1) && isWholeOf(sides, order, paper)) return [{ order, paper }];
  // Cut otherwise, the goods are the same: 150 and 150 are four times 75.
  if (isOneLot(sides, { order, paper }) && isSameInQuantity(sides, { order, paper })) return [{ order, paper }];
  const { groups } = assigned(sides, { order, paper });
  const used = {
    order: new Set(groups.flatMap((one) => one.order)),
    paper: new Set(groups.flatMap((one) => one.paper)),
  };
  const rest = {
    order: order.filter((line) => !used.order.has(line)),
    paper: paper.filter((line) => !used.paper.has(line)),
  };
  if (rest.order.length === 0 || rest.paper.length === 0) return groups;
  const [mine, theirs] = [rest.order.length, rest.paper.length];
  if (mine === 1 && theirs === 1) return isContradicted(sides, rest) ? groups : [...groups, rest];
  const mayBeOne = mine === 1 || theirs === 1 || isOneLot(sides, rest);
  return mayBeOne && isMerged(sides, rest.order, rest.paper) ? [...groups, rest] : groups;
}

/** One name, and another one's model or size: what is left over of each side need not be the same. */
function isContradicted(sides: Sides, { order, paper }: LineGroup): boolean {
  return paper.some((line) => {
    const named = sides.namedBy(line);
    return named.size > 0 && !order.some((place) => named.has(place));
  });
}

const describing = ['productCode', 'hsCode', 'nameZh', 'nameEn', 'brand', 'model', 'origin'] as const;

/**
 * Whether lines are one lot that both sides cut otherwise: as many lines on both sides are compared one by one, and lines of
 * several models, codes or names are several goods, as far as both sides tell them apart.
 */
function isOneLot(sides: Sides, { order, paper }: LineGroup): boolean {
  if (order.length === paper.length) return false;
  const [mine, theirs] = [linesAt(sides.order, order), linesAt(sides.paper, paper)];
  return describing.every((field) => {
    const saidBy = (lines: readonly Line[]) => lines.flatMap(({ stated }) => stated[field] ?? []);
    const [one, other] = [saidBy(mine), saidBy(theirs)];
    if (one.length === 0 || other.length === 0) return true;
    const isStatedOfAll = one.length === mine.length && other.length === theirs.length;
    return isStatedOfAll && new Set([...one, ...other].map(sides.words.name)).size === 1;
  });
}
