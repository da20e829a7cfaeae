/** What papers state of a field: each by itself, or several of one kind together where each is a part (bills of lading, receipts). */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { added } from './agree-figures.ts';
import type { Paper, Value } from './paper.ts';

/** A value as it is held against the first side. */
export interface Statement {
  /** The paper that is told to differ: the first of several. */
  paper: Paper;
  /** A sum, where there are several. */
  text: string;
  parts: readonly { paper: Paper; value: Value }[];
}

/** @param statedBy what a paper states; undefined: nothing, and then no sum with others either */
export function statementsOf(
  row: ComparisonRow,
  papers: readonly Paper[],
  statedBy: (paper: Paper) => Value | undefined,
): Statement[] {
  if (!row.together) return papers.flatMap((paper) => alone(paper, statedBy));
  const kinds = [...new Set(papers.map(kindOf))];
  return kinds.flatMap((kind) => {
    const some = papers.filter((paper) => kindOf(paper) === kind);
    if (!areParts(some)) return some.flatMap((paper) => alone(paper, statedBy));
    const [first] = some;
    const parts = some.flatMap((paper) => alone(paper, statedBy)).flatMap((one) => one.parts);
    return !first || parts.length < some.length
      ? []
      : [{ paper: first, text: added(parts.map(({ value }) => value.text)), parts }];
  });
}

/** Amounts of two currencies are not added up. */
const kindOf = ({ kind, currency }: Paper) => `${kind.kind}/${currency ?? ''}`;

function alone(paper: Paper, statedBy: (paper: Paper) => Value | undefined): Statement[] {
  const value = statedBy(paper);
  return value ? [{ paper, text: value.text, parts: [{ paper, value }] }] : [];
}

/** Several numbers are several papers; the same one twice is one paper that was handed in again. */
function areParts(papers: readonly Paper[]): boolean {
  const numbers = papers.map((paper) => paper.valuesOf('number')[0]?.text);
  return papers.length > 1 && numbers.every((one) => one !== undefined) && new Set(numbers).size === papers.length;
}
