/** One mistake on a paper breaks several rows: it is told where it was made, and not again where it follows from that. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { minus, sum, times } from '../../money.ts';
import type { StatedLine } from '../facts.ts';
import { added, isWithin } from './agree-figures.ts';
import { contradictions, figureOf, isSumOfLines } from './compare-within.ts';
import { type Comparison, isOf } from './comparison.ts';
import type { Difference, Mend } from './difference.ts';
import type { Paper } from './paper.ts';

/**
 * Leaves out what follows from other differences of the same paper: what it says against itself, where that holds once the
 * figures of the other side stand in place of those told; totals of lines that follow from a quantity or price told there; a
 * whole that is what its lines come to, one of which is told. What does not hold then is another mistake, and stays.
 */
export function toldOnce(differences: readonly Difference[], comparison: Comparison): Difference[] {
  const byPaper = new Map<Paper, Difference[]>();
  for (const one of differences) {
    const some = byPaper.get(one.paper);
    if (some) some.push(one);
    else byPaper.set(one.paper, [one]);
  }
  const known = new Map([...byPaper].map(([paper, told]) => [paper, mistakesOf(told, paper, comparison)]));
  const gravest = new Map<Difference, ComparisonRow['severity']>();
  const kept = differences.filter((one) => {
    const mistakes = known.get(one.paper);
    if (!mistakes) return true;
    if (!isMended(one, mistakes)) return !followsFromFactors(one, mistakes) && !followsFromLines(one, mistakes);
    for (const other of mistakes.told) if (isOfFigureIn(other, one)) gravest.set(other, graver(other, one, gravest));
    return false;
  });
  return kept.map((one) => ({ ...one, row: { ...one.row, severity: gravest.get(one) ?? one.row.severity } }));
}

const bySeverity = ['info', 'warn', 'block'] as const;

/** A paper that does not add up is no smaller matter for being told by the figure that is wrong. */
function graver(
  told: Difference,
  left: Difference,
  gravest: ReadonlyMap<Difference, ComparisonRow['severity']>,
): ComparisonRow['severity'] {
  const ranks = [gravest.get(told) ?? told.row.severity, left.row.severity].map((one) => bySeverity.indexOf(one));
  return bySeverity[Math.max(...ranks)] ?? told.row.severity;
}

/** Whether a figure that was told is one of those that do not come to each other. */
function isOfFigureIn({ mend }: Difference, { row, line }: Difference): boolean {
  if (!mend || ![row.field, ...row.than].includes(mend.field)) return false;
  return line === undefined || mend.lines?.includes(line) === true;
}

/** What was told of one paper. */
interface Mistakes {
  told: readonly Difference[];
  mends: readonly Mend[];
  /** Those of a line. */
  mendsAt: ReadonlyMap<number, readonly Mend[]>;
  /** By which the paper's totals are made of quantities and prices. */
  products: readonly ComparisonRow[];
  /** Whether it lacks a line of the order, or has one more, which is told and holds back. */
  isOfOtherLines: boolean;
}

function mistakesOf(told: readonly Difference[], paper: Paper, { rows, matchingOf }: Comparison): Mistakes {
  const mends = told.flatMap(({ mend }) => mend ?? []);
  const mendsAt = new Map<number, Mend[]>();
  for (const mend of mends)
    for (const line of mend.lines ?? []) mendsAt.set(line, [...(mendsAt.get(line) ?? []), mend]);
  const products = rows.filter(({ how, other }) => how === 'product' && other.some((side) => isOf(paper, side)));
  const { unmatchedOrder, unmatchedPaper } = matchingOf(paper);
  const isOfOtherLines = paper.kind.lines === 'whole' && unmatchedOrder.length + unmatchedPaper.length > 0;
  return { told, mends, mendsAt, products, isOfOtherLines };
}

/** A sum or product that holds with the figures of the other side. */
function isMended({ row, paper, line }: Difference, { mends, mendsAt }: Mistakes): boolean {
  if (row.how === 'sum-of-lines')
    return pricedAlike(mends).some((some) => contradictions(row, mended(paper, some)).length === 0);
  const ofLine = line === undefined ? undefined : mendsAt.get(line);
  if (row.how !== 'product' || !ofLine) return false;
  return contradictions(row, mended(paper, ofLine, line), line).length === 0;
}

/** The mends as prices without VAT, and with it at each rate: a contract is one or the other in all its lines. */
function pricedAlike(mends: readonly Mend[]): (readonly Mend[])[] {
  if (mends.length === 0) return [];
  const rates = Math.max(...mends.map(({ withVat = [] }) => withVat.length));
  const atRate = (rate: number) => mends.map((mend) => ({ ...mend, value: mend.withVat?.[rate] ?? mend.value }));
  return [mends, ...Array.from({ length: rates }, (_, rate) => atRate(rate))];
}

/** The total of lines whose quantity or price is told, where it is their product on the paper and with the figures of the other side. */
function followsFromFactors({ paper, mend }: Difference, { mendsAt, products }: Mistakes): boolean {
  const lines = mend?.lines;
  if (!lines) return false;
  const factors = [...new Set(lines.flatMap((line) => mendsAt.get(line) ?? []))];
  return products.some(
    (row) =>
      row.field === mend.field &&
      factors.some(({ field }) => row.than.includes(field)) &&
      lines.every((line) => isProduct(row, paper, line)) &&
      lines.some((line) => {
        const { lines: right } = mended(paper, factors, line);
        const come = sum(lines.map((one) => productOf(row, right[one] ?? {})));
        return isWithin(come, mend.value, row.tolerance, paper.currency);
      }),
  );
}

function productOf({ than }: ComparisonRow, line: StatedLine): string {
  return than.map((field) => figureOf(line, field) ?? '0').reduce(times);
}

function isProduct(row: ComparisonRow, paper: Paper, index: number): boolean {
  const line = paper.lines[index];
  const isStated = line !== undefined && [row.field, ...row.than].every((field) => figureOf(line, field) !== undefined);
  return isStated && contradictions(row, paper, index).length === 0;
}

/** A whole that is what its lines come to, one of which is told, or is none of the order's. */
function followsFromLines({ row, paper, line, mend }: Difference, { told, mends, isOfOtherLines }: Mistakes): boolean {
  if (line !== undefined || row.followsFrom.length === 0) return false;
  const isTold = told.some((one) => row.followsFrom.includes(one.row.id) && one.line !== undefined);
  const isSum = [row.field, ...row.than].every((field) => isSumOfLines(row, paper, field));
  if (!isSum || !(isTold || isOfOtherLines)) return false;
  return isOfOtherLines || mend === undefined || comesRight(row, paper, mends, mend.value);
}

/** Whether the whole would be the other side's, had its lines their figures: what else is added on top is another mistake. */
function comesRight(row: ComparisonRow, paper: Paper, mends: readonly Mend[], right: string): boolean {
  const [whole] = paper.valuesOf(row.field);
  if (!whole) return false;
  const own = mends.filter(({ lines, field }) => lines !== undefined && field === row.field);
  const lines = (of: Paper) => sum(of.lines.flatMap((line) => figureOf(line, row.field) ?? []));
  const come = sum([whole.text, minus(lines(mended(paper, own)), lines(paper))]);
  return isWithin(right, come, row.tolerance, paper.currency);
}

/**
 * The paper with the figures of the other side.
 * @param line which of several lines that come to one figure together takes what is missing; the first, where it is none of them
 */
function mended(paper: Paper, mends: readonly Mend[], line?: number): Paper {
  const lines = [...paper.lines];
  const whole = new Map<string, string>();
  for (const { lines: places, field, value } of mends) {
    if (!places) {
      whole.set(field, value);
      continue;
    }
    const place = line !== undefined && places.includes(line) ? line : places[0];
    const stated: StatedLine | undefined = place === undefined ? undefined : lines[place];
    if (place === undefined || !stated) continue;
    const rest = places.flatMap((one) => (one === place ? [] : (figureOf(paper.lines[one] ?? {}, field) ?? [])));
    lines[place] = { ...stated, [field]: rest.length === 0 ? value : minus(value, added(rest)) };
  }
  return {
    ...paper,
    lines,
    valuesOf: (field) => {
      const text = whole.get(field);
      return text === undefined ? paper.valuesOf(field) : [{ text, at: field }];
    },
  };
}
