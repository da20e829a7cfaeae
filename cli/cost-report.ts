/** What an order costs there, for a person to read: duties by layer, trade remedies, relief of low values. */
import type { ComplianceCheck } from '../rules/compliance/check.ts';
import { labelled, table, underlined } from './layout.ts';

type Landed = ComplianceCheck['landedCost'];

const short = { indent: 2, label: 12 };

/** The landed cost by layer; what is not known is named, and the total is then a lower bound. */
export function landedCostSection({ landedCost, lowValueRelief }: ComplianceCheck): string[] {
  const { currency, valuedAt, layers, totals, upToMore, complete, missing } = landedCost;
  // What a layer of the table says already is not said again.
  const others = missing.filter((gap) => !layers.some(({ name }) => gap.includes(name)));
  const total = `${totals.landed} ${currency}${complete ? '' : ' at the least'}`;
  return [
    ...underlined('Landed cost (estimate)'),
    ...labelled('total', `${total}: ${partsOf(totals)}; customs value ${totals.customsValue} (${valuedAt})`, short),
    ...(upToMore
      ? labelled(
          'besides',
          `up to ${upToMore} ${currency} more, by the benchmarks of trade remedies; not in the total`,
          short,
        )
      : []),
    ...labelled('low values', lowValueRelief.words, short),
    ...(layers.length === 0 ? [] : ['', ...table(layerColumns, layers.map(layerRow))]),
    ...(others.length === 0
      ? []
      : ['', '  Not known:', ...others.flatMap((gap) => labelled('-', gap, { indent: 2, label: 2 }))]),
  ];
}

function partsOf({ fob, freight, insurance, duties, taxes, fees }: Landed['totals']): string {
  return Object.entries({ goods: fob, freight, insurance, duties, taxes, fees })
    .map(([name, amount]) => `${name} ${amount}`)
    .join(', ');
}

const layerColumns = [
  { heading: 'line', most: 4 },
  { heading: 'layer', most: 44 },
  { heading: 'percent', most: 8 },
  { heading: 'amount', most: 16 },
  { heading: 'note' },
];

function layerRow({
  line,
  name,
  ratePercent,
  amount,
  benchmarkAmount,
  note,
  needsHumanConfirmation,
}: Landed['layers'][number]): string[] {
  return [
    line === null ? 'all' : String(line),
    name,
    ratePercent ?? '?',
    amount ?? (benchmarkAmount ? `? (up to ${benchmarkAmount})` : '?'),
    needsHumanConfirmation ? `${note} (to be confirmed)` : note,
  ];
}

/** Orders against dumping and subsidies that goods may fall under, with what has to be answered. */
export function tradeRemedySection({ adcvd }: ComplianceCheck): string[] {
  if (adcvd.length === 0) return [];
  return [
    ...underlined(`Trade remedies (${adcvd.length})`),
    ...adcvd.flatMap(({ line, case: number, countervailingCase, product, verdict, reason, questions, source }) => [
      ...labelled(
        verdict.toUpperCase(),
        `line ${line}: ${product}, ${[number, countervailingCase].filter((one) => one !== null).join(' and ')}`,
        { indent: 2, label: 10 },
      ),
      ...labelled('why', reason, { indent: 12, label: 6 }),
      ...questions
        .filter(({ answer }) => answer === 'unsaid' && verdict !== 'out')
        .flatMap(({ key, question }) =>
          labelled('ask', `${question} (scopeAnswers: ${key})`, { indent: 12, label: 6 }),
        ),
      ...labelled('law', source, { indent: 12, label: 6 }),
    ]),
  ];
}
