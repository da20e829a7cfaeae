/** A set on one paper that another one lists by its parts: told once, whatever the parts are called and counted in. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { type Comparison, isOf } from './comparison.ts';
import type { Difference } from './difference.ts';
import { goodsInWords } from './goods-in-words.ts';
import type { LineGroup } from './match-lines.ts';
import type { Paper } from './paper.ts';

/** Differences of one row about sets: one for each set of each paper. */
export function setDifferences(row: ComparisonRow, comparison: Comparison): Difference[] {
  return comparison.papers
    .filter((paper) => row.other.some((side) => isOf(paper, side)))
    .flatMap((paper) =>
      comparison
        .matchingOf(paper)
        .groups.flatMap((group) => (group.set === undefined ? [] : [ofSet(row, paper, group, comparison)])),
    );
}

function ofSet(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): Difference {
  const [line = 0] = group.paper;
  return {
    row,
    paper,
    at: paper.lineAt(line),
    line,
    expected: goodsInWords(comparison.baseOf(paper), group.order, comparison),
    found: goodsInWords(paper, group.paper, comparison),
  };
}

/** Unequal numbers of parts, in words that say which there are too few of: sets cannot be added up with pieces. */
export function unequalParts(
  row: ComparisonRow,
  paper: Paper,
  group: LineGroup,
  comparison: Comparison,
): Pick<Difference, 'expected' | 'found'> {
  const base = comparison.baseOf(paper);
  const rule = 'as many of each part in every one of';
  const said = (of: Paper, lines: readonly number[]) => goodsInWords(of, lines, comparison, row.field);
  const setOf = (of: Paper, [line = 0]: readonly number[]) => {
    const { quantity, unit } = of.lines[line] ?? {};
    const sets = [quantity, unit ?? 'sets'].join(' ');
    return `${sets} (${of.id} ${of.lineAt(line)}.${of.pathOf(row.field)})`;
  };
  return group.set === 'order'
    ? { expected: `${rule} ${setOf(base, group.order)}`, found: said(paper, group.paper) }
    : { expected: `${rule} the sets: ${said(base, group.order)}`, found: setOf(paper, group.paper) };
}
