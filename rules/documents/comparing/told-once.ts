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
  return differences.filter((one) => {
    const others = byPaper.get(one.paper) ?? [];
    return !(isMended(one, others) || followsFromFactors(one, others, comparison) || followsFromLines(one, others));
  });
}

/** A sum or product that holds with the figures of the other side. */
function isMended({ row, paper, line }: Difference, others: readonly Difference[]): boolean {
  const mends = mendsOf(others);
  if (mends.length === 0 || (row.how !== 'product' && row.how !== 'sum-of-lines')) return false;
  return contradictions(row, mended(paper, mends, line), line).length === 0;
}

/** The total of lines whose quantity or price is told, where it is their product on the paper and with the figures of the other side. */
function followsFromFactors({ paper, mend }: Difference, others: readonly Difference[], { rows }: Comparison): boolean {
  const lines = mend?.lines;
  if (!lines) return false;
  const factors = mendsOf(others).filter((one) => one.lines?.some((line) => lines.includes(line)));
  return rows.some(
    (row) =>
      row.how === 'product' &&
      row.field === mend.field &&
      row.other.some((side) => isOf(paper, side)) &&
      factors.some(({ field }) => row.than.includes(field)) &&
      lines.every((line) => isProduct(row, paper, line)) &&
      lines.some((line) => {
        const come = sum(lines.map((one) => productOf(row, mended(paper, factors, line).lines[one] ?? {})));
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

/** A whole that is what its lines come to, one of which is told. */
function followsFromLines({ row, paper, line }: Difference, others: readonly Difference[]): boolean {
  if (line !== undefined || row.followsFrom.length === 0) return false;
  const isTold = others.some((one) => row.followsFrom.includes(one.row.id) && one.line !== undefined);
  return isTold && [row.field, ...row.than].every((field) => isSumOfLines(row, paper, field));
}

const mendsOf = (differences: readonly Difference[]): Mend[] => differences.flatMap(({ mend }) => mend ?? []);

/**
 * The paper with the figures of the other side.
 * @param line which of several lines that come to one figure together takes what is missing; the first, where it is none of them
 */
function mended(paper: Paper, mends: readonly Mend[], line: number | undefined): Paper {
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
