/** Amounts of the refund in CNY, half-up at 2 decimals as the bureau's tables have them. Rates in per cent. */
import { compare, divide, minus, roundTo, sum, times } from '../money.ts';

const percent = (amount: string, rate: string) => divide(times(amount, rate), '100');

/** The rate that refunds: the rebate rate, capped by the rate at which the invoice taxed (small suppliers invoice at 3 or 1 %). */
export function effectiveRate(rebateRatePercent: string, invoiceRatePercent: string): string {
  return compare(invoiceRatePercent, rebateRatePercent) < 0 ? invoiceRatePercent : rebateRatePercent;
}

/** Refund of a purchase by a trading company (免退税): tax base × rate. */
export function refundOf(taxBase: string, ratePercent: string): string {
  return roundTo(percent(taxBase, ratePercent), 2);
}

/** VAT paid to the supplier that nobody refunds: tax base × (VAT rate − refunded rate); a cost of the export. */
export function costNotRefundedOf(taxBase: string, vatRatePercent: string, refundedRatePercent: string): string {
  return roundTo(percent(taxBase, minus(vatRatePercent, refundedRatePercent)), 2);
}

/** Exchange cost 换汇成本: CNY spent per USD of FOB, 4 decimals. @throws RangeError when the FOB value is zero */
export function exchangeCostOf(purchaseNet: string, costNotRefunded: string, fobInUsd: string): string {
  return roundTo(divide(sum([purchaseNet, costNotRefunded]), fobInUsd), 4);
}
