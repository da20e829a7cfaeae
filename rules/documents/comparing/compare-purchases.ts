/** What several papers of suppliers come to together: one contract may supply a part, two invoices the whole. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Finding } from '../../finding.ts';
import { compare } from '../../money.ts';
import { converted } from '../../value/units.ts';
import { added, isNetOrWithVat, isNotAbove, type Quantity } from './agree-figures.ts';
import { type Comparison, isOf } from './comparison.ts';
import { findingOf, inMeasure, saidBy } from './difference.ts';
import type { Paper, Value } from './paper.ts';

/** Lines of papers of one kind that are for the same lines of the order. */
interface Supply {
  order: number[];
  parts: { paper: Paper; line: number }[];
}

/** Findings of one row about what was bought, a kind of paper at a time: contracts and invoices tell of the same goods twice. */
export function purchaseFindings(row: ComparisonRow, comparison: Comparison): Finding[] {
  const papers = comparison.papers.filter((paper) => row.other.some((side) => isOf(paper, side)));
  const kinds = [...new Set(papers.map(({ kind }) => kind.kind))];
  return kinds.flatMap((kind) =>
    suppliesOf(
      papers.filter((paper) => paper.kind.kind === kind),
      comparison,
    ).flatMap((supply) =>
      row.how === 'not-below' ? quantityFindings(row, supply, comparison) : priceFindings(row, supply, comparison),
    ),
  );
}

function suppliesOf(papers: readonly Paper[], comparison: Comparison): Supply[] {
  let supplies: Supply[] = [];
  for (const paper of papers)
    for (const { order, paper: lines } of comparison.matchingOf(paper).groups) {
      const shares = (one: Supply) => one.order.some((line) => order.includes(line));
      const joined = supplies.filter(shares);
      supplies = [
        ...supplies.filter((one) => !shares(one)),
        {
          order: [...new Set([...joined.flatMap((one) => one.order), ...order])].sort((a, b) => a - b),
          parts: [...joined.flatMap(({ parts }) => parts), ...lines.map((line) => ({ paper, line }))],
        },
      ];
    }
  return supplies;
}

/** What is exported and what was bought of it, in one unit; undefined where no unit is common. */
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

function quantityFindings(row: ComparisonRow, supply: Supply, comparison: Comparison): Finding[] {
  const both = quantitiesOf(supply, comparison);
  if (!both || isNotAbove(both.exported.quantity, both.bought, row.tolerance)) return [];
  const places = supply.order.map((line) => `lines[${line}].quantity`).join(', ');
  return found(
    row,
    supply,
    'quantity',
    `at least ${inMeasure(both.exported.quantity, 'unit', both.exported)} (order ${places})`,
    comparison,
  );
}

/** Prices of a part of the goods say nothing of the whole: only what covers the exported quantity is compared. */
function priceFindings(row: ComparisonRow, supply: Supply, comparison: Comparison): Finding[] {
  const both = quantitiesOf(supply, comparison);
  if (!both || (both.exported.quantity !== both.bought && compare(both.exported.quantity, both.bought) !== 0))
    return [];
  const planned = supply.order.map((line) => comparison.order.lines[line]?.purchaseNet);
  const stated = supply.parts.map(({ paper, line }) => paper.lines[line]?.total);
  if ([...planned, ...stated].some((one) => one === undefined)) return [];
  const net = added(planned.flatMap((one) => one ?? []));
  if (isNetOrWithVat(net, added(stated.flatMap((one) => one ?? [])), row)) return [];
  const places = supply.order.map((line) => `lines[${line}].purchaseNet`).join(', ');
  return found(
    row,
    supply,
    'total',
    `${inMeasure(net, 'money', { currency: 'CNY' })} without VAT, or that with VAT (order ${places})`,
    comparison,
  );
}

function found(
  row: ComparisonRow,
  { parts }: Supply,
  field: 'quantity' | 'total',
  expected: string,
  comparison: Comparison,
): Finding[] {
  const [first] = parts;
  if (!first) return [];
  const said = parts.map(({ paper, line }) => {
    const stated = paper.lines[line];
    const value: Value = {
      text: inMeasure(stated?.[field] ?? '', row.measure, { currency: paper.currency, unit: stated?.unit }),
      at: `lines[${line}].${field}`,
    };
    return saidBy(paper, [value]);
  });
  return [
    findingOf(
      { row, paper: first.paper, at: `lines[${first.line}].${field}`, expected, found: said.join(' + ') },
      comparison,
    ),
  ];
}
