/** Whether value and quantity of an order are reasonable: against the exporter's own past, usual prices, the units of customs. */
import type { Finder, ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { compare } from '../money.ts';
import { fobOfLines, orderTotal } from '../order/figures.ts';
import { comparablesOf, type History, historyOf } from './comparable-lines.ts';
import { ownHistoryFindings } from './own-history.ts';
import { quantityFindings } from './quantities.ts';
import { bandFindings, bandOf } from './reference-band.ts';
import { splitShipmentFindings } from './split-shipments.ts';
import { leastFigures } from './statistics.ts';

/**
 * Findings about every line's unit value, quantity and weight, and about shipments that look split. They warn and never
 * block: an odd price may be a true one. Lines whose value could be held against nothing are named once, for silence would
 * read as approval. Quantity times price against the total is checked with the declared data.
 */
export const valueFindings: Finder = (context) => {
  const fob = fobInUsd(context);
  const { order, exportOn, reference, records } = context;
  const history = historyOf(records.declaredLines ?? [], order.currency, exportOn, reference);
  const lines = order.lines.map((_, index) => lineFindings(context, index, history, fob?.[index]));
  return [
    ...lines.flatMap(({ findings }) => findings),
    ...splitShipmentFindings(context),
    ...notCompared(
      context,
      lines.flatMap(({ compared }, index) => (compared ? [] : [index])),
    ),
  ];
};

/** FOB of each line in USD; undefined in other currencies, and where freight leaves nothing of the price, which is blocked elsewhere. */
function fobInUsd({ order }: ReviewContext): string[] | undefined {
  if (order.currency !== 'USD' || compare(orderTotal(order).amount, '0') <= 0) return undefined;
  const fob = fobOfLines(order);
  return fob.every((amount) => compare(amount, '0') > 0) ? fob : undefined;
}

function lineFindings(context: ReviewContext, index: number, history: History, fobUsd: string | undefined) {
  const { order, exportOn, reference, records } = context;
  const line = order.lines[index];
  if (!line) return { findings: [], compared: true };
  const at = `lines[${index}]`;
  const own = comparablesOf(line, history, leastFigures);
  const banded = fobUsd === undefined ? undefined : bandOf(line, fobUsd, exportOn, reference);
  return {
    findings: [
      ...ownHistoryFindings(line, at, order.currency, own),
      ...(banded ? bandFindings(banded, at) : []),
      ...quantityFindings(line, at, exportOn, own.lines, records.tariffCodes, reference),
    ],
    compared: own.lines.length >= leastFigures || banded !== undefined,
  };
}

function notCompared({ order, records }: ReviewContext, lines: readonly number[]): Finding[] {
  if (lines.length === 0) return [];
  const history =
    records.declaredLines === null
      ? 'own declarations were not looked at'
      : `fewer than ${leastFigures} own declarations of them in ${order.currency} in two years`;
  const band = order.currency === 'USD' ? 'no usual range is known' : 'usual ranges are known in USD only';
  return [
    {
      rule: 'value-not-compared',
      kind: 'value',
      severity: 'info',
      title: 'The value of some lines was held against nothing',
      where: lines.length === 1 ? `lines[${lines[0]}].unitPrice` : 'lines',
      expected: `${leastFigures} declarations of the same goods, or a usual range`,
      found: `lines ${lines.map((index) => index + 1).join(', ')}: ${history}; ${band}`,
      remedy: 'Import past declarations, or check the price by hand. No finding here is no approval.',
      due: 'before-export',
      source: 'reference/rates/value-bands.yaml',
    },
  ];
}
