import type { Reference } from '../../reference/load.ts';
import type { RebateRate } from '../../reference/schema.ts';
import { addDays, type CivilDate, daysBetween } from '../civil-date.ts';
import type { Finder } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { divide, inCurrency, times, written } from '../money.ts';
import { fobOfLines } from '../order/figures.ts';
import type { Order, OrderLine } from '../order/order.ts';
import { effectiveRate, refundOf } from './amounts.ts';
import { rebateRateOf } from './rebate-rate.ts';

/** A departure slips by so many days often enough to be told what it would cost. */
const NIGHTS_NEAR = 30;
/** What a refund is shown on where the order does not say what the purchase costs. */
const EXAMPLE_NET = '10000';

/**
 * An order that departs around a night on which its rebate changes: both outcomes in money, by the export date on the
 * declaration, so that it is accepted with eyes open, or departs earlier.
 */
export const rateChangeFindings: Finder = ({ order, today, exportOn, reference }) => {
  const fob = fobOfLines(order);
  return order.lines.flatMap((line, index): Finding[] => {
    const night = changeNear(line.hsCode, today, exportOn, reference);
    if (!night) return [];
    const { on, before, after } = night;
    const outcome = (rate: RebateRate) => outcomeOf(rate, line, order, fob[index] ?? '0');
    return [
      {
        rule: 'rebate-rate-change',
        kind: 'rule-change',
        severity: 'warn',
        title: `The export rebate changes on ${on}, near the planned export`,
        where: `lines[${index}].hsCode`,
        // A table that moves the night asks again.
        of: on,
        expected: `export date until ${addDays(on, -1)}: ${outcome(before)}`,
        found: `planned export ${exportOn}; from ${on}: ${outcome(after)}`,
        remedy: 'Have the goods declared and depart on the better side of that night, or accept the other outcome.',
        due: 'before-order',
        source: `${after.source}, verified on ${after.verifiedOn}${after.needsHumanConfirmation ? '; needs confirmation' : ''}`,
      },
    ];
  });
};

/** The change of rate or treatment nearest to the day of export, where it lies ahead and near. */
function changeNear(
  hsCode: string,
  today: CivilDate,
  exportOn: CivilDate,
  reference: Reference,
): { on: CivilDate; before: RebateRate; after: RebateRate } | undefined {
  const distance = (on: CivilDate) => Math.abs(daysBetween(`${exportOn}T00:00:00Z`, `${on}T00:00:00Z`));
  return reference.rebateRates
    .filter(
      ({ hsPrefix, effectiveFrom: on }) => hsCode.startsWith(hsPrefix) && on > today && distance(on) <= NIGHTS_NEAR,
    )
    .flatMap(({ effectiveFrom: on }) => {
      const before = rebateRateOf(hsCode, addDays(on, -1), reference);
      const after = rebateRateOf(hsCode, on, reference);
      const changes = before?.rebateRatePercent !== after?.rebateRatePercent || before?.treatment !== after?.treatment;
      return before && after && changes ? [{ on, before, after }] : [];
    })
    .sort((a, b) => distance(a.on) - distance(b.on))[0];
}

/** What one side of the night comes to: the refund of a trading company on what it pays its supplier, or the tax due. */
function outcomeOf(rate: RebateRate, line: OrderLine, order: Order, fob: string): string {
  const { treatment, rebateRatePercent, vatRatePercent } = rate;
  if (treatment === 'TAXED') {
    const tax = divide(times(fob, vatRatePercent), String(100 + Number(vatRatePercent)));
    return `no refund, and output VAT of ${written(inCurrency(tax, order.currency), order.currency)} ${order.currency} is due as on a domestic sale`;
  }
  if (treatment === 'EXEMPT') return 'no refund, and no tax';
  const refund = refundOf(line.purchaseNet ?? EXAMPLE_NET, effectiveRate(rebateRatePercent, vatRatePercent));
  const basis = line.purchaseNet === undefined ? `on each ${EXAMPLE_NET} CNY` : `on ${line.purchaseNet} CNY`;
  return `rebate of ${rebateRatePercent} %, a refund of ${refund} CNY ${basis} of purchases net of VAT`;
}
