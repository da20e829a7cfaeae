/** What a paper takes off: a discount under the name of its goods, or under a name of its own, for one line of goods or for all. */
import type { StatedLine } from '../facts.ts';
import { added, isWithin } from './agree-figures.ts';
import type { Matching } from './match-lines.ts';
import type { Paper } from './paper.ts';

/** Whether a line is a discount (折扣), which stands on a line of its own: below zero and without a quantity. */
export function isDiscount(line: StatedLine | undefined): boolean {
  return line?.quantity === undefined && line?.total?.startsWith('-') === true;
}

/**
 * The matching of a paper's goods, told by the places of all its lines. Off the one line of goods comes every discount of the
 * paper, and off lines that are all one line of the order's; off several goods, none can be said to.
 * @param matching by places among the lines that are no discounts
 */
export function withDiscounts({ groups, ambiguous, ...rest }: Matching, paper: Paper): Matching {
  if (paper.discounts.length === 0) return { groups, ambiguous, ...rest };
  const places = paper.lines.flatMap((_, index) => (paper.discounts.includes(index) ? [] : [index]));
  const placesOf = (lines: readonly number[]) => lines.flatMap((line) => places[line] ?? []);
  const isOfOneLot = groups.length === 1 && ambiguous.length + rest.unmatchedPaper.length === 0;
  const off = places.length === 1 || isOfOneLot ? paper.discounts : [];
  return {
    ...rest,
    // Behind the goods: what is said of a group is said at its first line.
    groups: groups.map((group) => ({ ...group, paper: [...placesOf(group.paper), ...off] })),
    ambiguous: ambiguous.map(({ paper: line, candidates }) => ({ paper: places[line] ?? line, candidates })),
    unmatchedPaper: placesOf(rest.unmatchedPaper),
  };
}

/** Title of a difference between lines of the order, or of a contract, and those of a paper less its discount. */
export const wholeTitle = 'The lines less the discount come to another amount';

/** Lines of the order and of a paper that takes a discount off all of them, the discount among them. */
export interface DiscountedWhole {
  order: number[];
  paper: number[];
}

/** Undefined where nothing is taken off several lines, or where it may be taken off goods that are not the order's. */
export function discountedWhole(
  paper: Paper,
  { groups, ambiguous, unmatchedPaper }: Matching,
): DiscountedWhole | undefined {
  const isTakenOffOne = groups.some((group) => paper.discounts.some((line) => group.paper.includes(line)));
  if (paper.discounts.length === 0 || groups.length === 0 || isTakenOffOne) return undefined;
  if (ambiguous.length + unmatchedPaper.length > 0) return undefined;
  return {
    order: groups.flatMap(({ order }) => order),
    paper: [...groups.flatMap((group) => group.paper), ...paper.discounts],
  };
}

/** Whether lines of the order and of the paper all have totals that come to the same amount, to one smallest unit of its currency. */
export function isSameAmount({ order, paper: lines }: DiscountedWhole, paper: Paper, base: Paper): boolean {
  const totals = (of: Paper, places: readonly number[]) => places.map((place) => of.lines[place]?.total);
  const [ones, others] = [totals(base, order), totals(paper, lines)];
  if ([...ones, ...others].some((one) => one === undefined)) return false;
  const amount = (all: readonly (string | undefined)[]) => added(all.flatMap((one) => one ?? []));
  return isWithin(amount(ones), amount(others), { minorUnits: 1 }, base.currency);
}
