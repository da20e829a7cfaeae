/** What several papers of suppliers come to together: one contract may supply a part, two invoices the whole. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { compare, divide } from '../../money.ts';
import { converted } from '../../value/units.ts';
import { added, type Quantity } from './agree-figures.ts';
import type { Comparison } from './comparison.ts';
import { type Difference, inMeasure, type Mend, saidBy } from './difference.ts';
import { isDiscount } from './discounts.ts';
import { lineOf } from './line-evidence.ts';
import type { Paper } from './paper.ts';
import { countsOf } from './set-lines.ts';

/** Lines of papers of one kind that are for the same lines of the order. */
export interface Supply {
  order: number[];
  parts: { paper: Paper; line: number }[];
  /** Of one set, its parts: how many of each are in it only the goods say. */
  isSet: boolean;
}

/** The PDF and the XML of one invoice are one invoice: what bears one number counts once. */
export function eachOnce(papers: readonly Paper[]): Paper[] {
  const seen = new Set<string>();
  return papers.filter((paper) => {
    const number = paper.valuesOf('number')[0]?.text;
    if (number === undefined) return true;
    const isNew = !seen.has(number);
    seen.add(number);
    return isNew;
  });
}

/** The lines of papers of one kind, together where they are for the same lines of the order. */
export function suppliesOf(papers: readonly Paper[], comparison: Comparison): Supply[] {
  let supplies: Supply[] = [];
  for (const paper of papers)
    for (const { order, paper: lines, set } of comparison.matchingOf(paper).groups) {
      const shares = (one: Supply) => one.order.some((line) => order.includes(line));
      const joined = supplies.filter(shares);
      supplies = [
        ...supplies.filter((one) => !shares(one)),
        {
          order: [...new Set([...joined.flatMap((one) => one.order), ...order])].sort((a, b) => a - b),
          parts: [...joined.flatMap(({ parts }) => parts), ...lines.map((line) => ({ paper, line }))],
          isSet: set === 'order' && joined.every((one) => one.isSet),
        },
      ];
    }
  return supplies;
}

/** What is exported, and whether as much of it was bought: less, just that, or more. */
export interface Coverage {
  exported: Quantity;
  bought: 'less' | 'all' | 'more';
  /** How many times what is exported was bought, where that can be counted. */
  times?: string;
}

/** @returns undefined where no unit is common and nothing is told */
export function coverageOf(supply: Supply, comparison: Comparison): Coverage | undefined {
  const both = quantitiesOf(supply, comparison);
  if (supply.isSet && !(both && compare(both.bought, both.exported.quantity) === 0))
    return setCoverageOf(supply, comparison);
  if (!both) return undefined;
  const more = compare(both.bought, both.exported.quantity);
  return {
    exported: both.exported,
    bought: more === 0 ? 'all' : more === 1 ? 'more' : 'less',
    times: divide(both.bought, both.exported.quantity),
  };
}

/** A set needs one of each part at least; a lone part says nothing of the others, which somebody else may supply. */
function setCoverageOf(
  { order, parts }: Supply,
  { order: { lines }, words, reference }: Comparison,
): Coverage | undefined {
  const set = lines[order[0] ?? 0];
  const counts = countsOf(
    parts
      .flatMap(({ paper, line }) => paper.lines[line] ?? [])
      .filter((line) => !isDiscount(line))
      .map((line) => lineOf(line, [], words)),
    reference,
  );
  if (!set || !counts) return undefined;
  const isShort = counts.some((count) => compare(count, set.quantity) < 0);
  return { exported: set, bought: isShort ? 'less' : counts.length > 1 ? 'all' : 'more' };
}

function quantitiesOf(
  { order, parts }: Supply,
  { order: { lines }, reference }: Comparison,
): { exported: Quantity; bought: string } | undefined {
  const ordered = order.flatMap((index) => lines[index] ?? []);
  const [first] = ordered;
  if (!first) return undefined;
  const alternatives = ordered.length === 1 ? [first, ...first.statutory] : [first];
  for (const { unit, quantity } of alternatives) {
    const exported =
      ordered.length === 1 ? [quantity] : ordered.map((line) => converted(line.quantity, line.unit, unit, reference));
    const bought = parts.map(({ paper, line }) => {
      const stated = paper.lines[line];
      if (isDiscount(stated)) return '0';
      return stated?.quantity && converted(stated.quantity, stated.unit ?? unit, unit, reference);
    });
    if ([...exported, ...bought].every((one) => one !== undefined))
      return {
        exported: { quantity: added(exported.flatMap((one) => one ?? [])), unit },
        bought: added(bought.flatMap((one) => one ?? [])),
      };
  }
  return undefined;
}

/** Of what several papers say together, none alone can be said to be wrong. */
export function onOnePaper({ parts }: Supply): { lines: number[]; unit: string | undefined } | undefined {
  const goods = parts.filter(({ paper, line }) => !isDiscount(paper.lines[line]));
  const stated = goods.map(({ paper, line }) => ({ paper, unit: paper.lines[line]?.unit }));
  const [first] = stated;
  const isOne = stated.every(({ paper, unit }) => paper === first?.paper && unit === first.unit);
  return isOne ? { lines: parts.map(({ line }) => line), unit: first?.unit } : undefined;
}

/** How many times the planned price must have been paid; undefined where a part was bought, whose price says nothing of the whole. */
export function timesPaid(supply: Supply, comparison: Comparison): string | undefined {
  const coverage = coverageOf(supply, comparison);
  if (coverage?.bought === 'all') return '1';
  if (coverage) return coverage.bought === 'more' ? coverage.times : undefined;
  // A paper that counts nothing is about all of it.
  return supply.parts.every(({ paper, line }) => paper.lines[line]?.quantity === undefined) ? '1' : undefined;
}

/** Several supplies as one, with what is taken off them together. */
export function joined(supplies: readonly Supply[], discounts: Supply['parts']): Supply {
  return {
    order: [...new Set(supplies.flatMap(({ order }) => order))].sort((a, b) => a - b),
    parts: [...supplies.flatMap(({ parts }) => parts), ...discounts],
    isSet: false,
  };
}

/** What its lines cost; undefined where one of them does not say. */
export function statedTotal({ parts }: Supply): string | undefined {
  const stated = parts.map(({ paper, line }) => paper.lines[line]?.total);
  return stated.some((one) => one === undefined) ? undefined : added(stated.flatMap((one) => one ?? []));
}

/** The one difference of a supply, told at its first line. */
export function found(
  row: ComparisonRow,
  { parts }: Supply,
  field: 'quantity' | 'total',
  expected: string,
  mend: Mend | '' | undefined,
): Difference[] {
  const [first] = parts;
  if (!first) return [];
  const { paper, line } = first;
  const at = `${paper.lineAt(line)}.${field}`;
  const said = inWords(row, { parts }, field);
  return [{ row, paper, at, line, expected, found: said, ...(mend ? { mend } : {}) }];
}

/** What each of the lines states, and where. */
export function inWords(row: ComparisonRow, { parts }: Pick<Supply, 'parts'>, field: 'quantity' | 'total'): string {
  const said = parts.flatMap(({ paper, line }) => {
    const stated = paper.lines[line];
    if (stated?.[field] === undefined) return [];
    const text = inMeasure(stated[field], row.measure, { currency: paper.currency, unit: stated.unit });
    return saidBy(paper, [{ text, at: `${paper.lineAt(line)}.${field}` }]);
  });
  return said.join(' + ');
}
