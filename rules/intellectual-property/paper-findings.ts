/** From the papers of a right to findings: none, one that contradicts the order, one that leaves something open, or nothing. */
import type { Finding } from '../finding.ts';
import { type Flaw, flawsOf, type RightPaper, type RightWanted } from './right-papers.ts';

/** A right and the papers that show it. */
export interface RightKind {
  /** The finding where no paper is there; `-contradicted` and `-unclear` follow it where one does not do. */
  rule: string;
  kinds: readonly string[];
  /** Of the kinds, those that must name the territory. */
  withTerritory: readonly string[];
  wants: string;
  missing: string;
  remedy: string;
  source: string;
}

/** @param index of the line, from 0 @param found what needs the paper, in words */
export function paperFindings(
  right: RightKind,
  index: number,
  found: string,
  papers: readonly RightPaper[],
  wanted: RightWanted,
): Finding[] {
  const said = {
    kind: 'intellectual-property',
    where: `lines[${index}].certificates`,
    remedy: right.remedy,
    due: 'before-export',
    source: right.source,
  } as const;
  const best = bestOf(right, papers, wanted);
  if (!best)
    return [{ ...said, rule: right.rule, severity: 'block', title: right.missing, expected: right.wants, found }];
  const contradicting = best.flaws.filter(({ verdict }) => verdict === 'contradicts');
  const flaws = contradicting.length > 0 ? contradicting : best.flaws;
  if (flaws.length === 0) return [];
  const blocks = contradicting.length > 0;
  return [
    {
      ...said,
      rule: `${right.rule}-${blocks ? 'contradicted' : 'unclear'}`,
      severity: blocks ? 'block' : 'warn',
      title: blocks ? 'The paper on the right does not fit this order' : 'The paper on the right leaves something open',
      where: `${said.where}.${flaws[0]?.field}`,
      expected: flaws.map(({ field, expected }) => `${field}: ${expected}`).join('; '),
      found: `${best.paper.kind} ${best.paper.number}: ${flaws.map((flaw) => `${flaw.field} ${flaw.found}`).join('; ')}`,
      remedy: blocks
        ? 'Hand in a paper that covers this holder, these goods, this country and this day, or take the goods off the order.'
        : 'Read the paper; where it covers the order, say so with a reason, else ask the owner for one that does.',
    },
  ];
}

/** The paper that fits best: fewest contradictions, then fewest things left open. One good paper is enough. */
function bestOf(right: RightKind, papers: readonly RightPaper[], wanted: RightWanted) {
  const count = (flaws: readonly Flaw[], verdict: Flaw['verdict']) =>
    flaws.filter((flaw) => flaw.verdict === verdict).length;
  return papers
    .map((paper) => ({
      paper,
      flaws: flawsOf(paper, wanted, right.withTerritory.includes(paper.kind) ? 'with-territory' : 'without'),
    }))
    .sort(
      (a, b) =>
        count(a.flaws, 'contradicts') - count(b.flaws, 'contradicts') ||
        count(a.flaws, 'unclear') - count(b.flaws, 'unclear'),
    )[0];
}
