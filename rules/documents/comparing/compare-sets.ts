/** A set on one paper that another one lists by its parts: told once, whatever the parts are called and counted in. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Finding } from '../../finding.ts';
import { type Comparison, isOf } from './comparison.ts';
import { findingOf } from './difference.ts';
import type { LineGroup } from './match-lines.ts';
import type { Paper } from './paper.ts';

/** Findings of one row about sets: one for each set of each paper. */
export function setFindings(row: ComparisonRow, comparison: Comparison): Finding[] {
  return comparison.papers
    .filter((paper) => row.other.some((side) => isOf(paper, side)))
    .flatMap((paper) =>
      comparison
        .matchingOf(paper)
        .groups.flatMap((group) => (group.set === undefined ? [] : [finding(row, paper, group, comparison)])),
    );
}

function finding(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): Finding {
  return findingOf(
    {
      row,
      paper,
      at: `lines[${group.paper[0] ?? 0}]`,
      expected: inWords(comparison.baseOf(paper), group.order),
      found: inWords(paper, group.paper),
    },
    comparison,
  );
}

/** `500 个 餐刀 + 500 个 餐叉 (CUTLERY-1/packing-list/1 lines[0], lines[1])` */
function inWords(paper: Paper, places: readonly number[]): string {
  const lines = places.map((place) => {
    const { quantity, unit, nameZh, nameEn, productCode } = paper.lines[place] ?? {};
    return [quantity, unit, nameZh ?? nameEn ?? productCode].filter((word) => word !== undefined).join(' ');
  });
  return `${lines.join(' + ')} (${paper.id} ${places.map((place) => `lines[${place}]`).join(', ')})`;
}
