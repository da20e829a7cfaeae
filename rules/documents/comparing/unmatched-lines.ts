/** Lines of a paper that are none of the order's, lines of the order that a paper lacks, and those that could be several. */
import type { Finding } from '../../finding.ts';
import type { Comparison } from './comparison.ts';
import { dueAt, remedyFor } from './difference.ts';
import { lineInWords } from './goods-in-words.ts';
import type { Paper } from './paper.ts';

const source = 'Own practice: lines are matched by code, name, HS code, quantity and price together';

/** Findings about lines that have no partner. A paper that describes goods in its own words has none. */
export function unmatchedFindings(comparison: Comparison): Finding[] {
  return comparison.papers
    .filter(({ kind }) => kind.lines === 'whole' || kind.lines === 'part')
    .flatMap((paper) => ofPaper(paper, comparison));
}

function ofPaper(paper: Paper, comparison: Comparison): Finding[] {
  const { groups, ambiguous, unmatchedOrder, unmatchedPaper } = comparison.matchingOf(paper);
  const told = { paper, comparison };
  // Other goods altogether: one thing to say, not one for every line.
  if (groups.length === 0 && ambiguous.length === 0 && unmatchedPaper.length > 0)
    return [otherGoods(told, unmatchedPaper)];
  const missing = paper.kind.lines === 'whole' ? unmatchedOrder : [];
  return [
    ...ambiguous.map(({ paper: line, candidates }) => unclear(told, line, candidates)),
    ...unmatchedPaper.map((line) => notOrdered(told, line)),
    ...missing.map((line) => notOnPaper(told, line)),
  ];
}

/** So many candidates for a line are shown. */
const shownAtMost = 5;

interface Told {
  paper: Paper;
  comparison: Comparison;
}

function finding(
  { paper, comparison }: Told,
  more: Pick<Finding, 'rule' | 'title' | 'where' | 'expected' | 'found'> & Partial<Finding>,
): Finding {
  return {
    kind: 'document',
    severity: paper.kind.lines === 'whole' ? 'block' : 'warn',
    remedy: remedyFor(paper, comparison),
    due: dueAt(comparison),
    source,
    ...more,
  };
}

function unclear(told: Told, line: number, candidates: readonly number[]): Finding {
  const { paper, comparison } = told;
  const base = comparison.baseOf(paper);
  return finding(told, {
    rule: 'document-line-ambiguous',
    title:
      candidates.length > 1
        ? `A line could be several lines of the order (${paper.kind.name})`
        : `A line could be a part of a set of the order (${paper.kind.name})`,
    severity: 'warn',
    where: `${paper.id} ${paper.lineAt(line)}`,
    expected: [
      ...candidates.slice(0, shownAtMost).map((one) => lineInWords(base, one)),
      ...(candidates.length > shownAtMost ? [`one of ${candidates.length - shownAtMost} more`] : []),
    ].join(' or '),
    found: lineInWords(paper, line),
    remedy:
      'Say which line it is: put the product code of the order on the paper, or correct what makes the lines alike. If it is none of them, it is not in the order.',
  });
}

function notOrdered(told: Told, line: number): Finding {
  const { paper } = told;
  return finding(told, {
    rule: 'document-line-unmatched',
    title: `A line is not in the order (${paper.kind.name})`,
    where: `${paper.id} ${paper.lineAt(line)}`,
    expected: 'a line of the order',
    found: lineInWords(paper, line),
  });
}

function notOnPaper(told: Told, line: number): Finding {
  const { paper, comparison } = told;
  return finding(told, {
    rule: 'document-line-unmatched',
    title: `A line of the order is not on the paper (${paper.kind.name})`,
    where: `${paper.id} lines`,
    expected: lineInWords(comparison.baseOf(paper), line),
    found: 'no such line',
    of: `order-line-${line + 1}`,
  });
}

function otherGoods(told: Told, lines: readonly number[]): Finding {
  const { paper } = told;
  return finding(told, {
    rule: 'document-line-unmatched',
    title: `The paper is about other goods (${paper.kind.name})`,
    where: `${paper.id} lines`,
    expected: 'goods of the order',
    found: lines
      .slice(0, 3)
      .map((line) => lineInWords(paper, line))
      .join('; '),
    remedy: 'Look whether it belongs to another shipment, and hand it in there; else have it issued again.',
  });
}
