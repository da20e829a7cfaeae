/** What is taken on one line of an order: duties and tax, each a layer of its own. */
import type { ImportTax } from '../../reference/duty-schema.ts';
import type { Reference } from '../../reference/load.ts';
import { compare, inCurrency, type Money, sum } from '../money.ts';
import type { LandedCostRequest } from './costed-order.ts';
import { type DutyAmount, dutyStack, percentOf } from './duty-stack.ts';
import { inOtherCurrency } from './exchange.ts';
import { type LowValueRelief, tariffLinesOf } from './low-value-relief.ts';
import { isStrongLead, type TradeRemedyLead, tradeRemedyLeads } from './trade-remedies.ts';

/** A line's part of price, freight and insurance, in the order's currency. */
export interface Share {
  fob: string;
  freight: string;
  insurance: string;
}

/** What is the same for every line of an order. */
export interface Surroundings {
  request: LandedCostRequest;
  market: string;
  lowValue: LowValueRelief;
  /** Undefined: nobody looked the country up. */
  tax: ImportTax | undefined;
  reference: Reference;
}

/** The cases that a line leads to. */
export function remediesOf(index: number, { request, market, reference }: Surroundings): TradeRemedyLead[] {
  const { order, entryOn } = request;
  const line = order.lines[index];
  return line ? tradeRemedyLeads({ line, order, market, on: entryOn }, reference) : [];
}

/** Duties on a line: by the low-value rule where there is relief, else the stack; and cases that may cover the goods, without amount. */
export function dutiesOf(
  index: number,
  customsValue: string,
  leads: readonly TradeRemedyLead[],
  { request, market, lowValue, reference }: Surroundings,
): DutyAmount[] {
  const { order, entryOn } = request;
  const line = order.lines[index];
  if (!line) return [];
  const value = { amount: customsValue, currency: order.currency };
  const remedies = remedyLayers(leads, value);
  if (lowValue.outcome === 'relieved' || lowValue.outcome === 'flat-duty')
    return [lowValueDuty(index, lowValue, request, reference), ...remedies];
  return [...dutyStack({ line, market, entryOn, customsValue: value }, reference).layers, ...remedies];
}

function lowValueDuty(
  index: number,
  lowValue: LowValueRelief,
  { order, exchangeRates }: LandedCostRequest,
  reference: Reference,
): DutyAmount {
  const flat = reference.lowValueRules.find(({ id }) => id === lowValue.rule)?.perTariffLine;
  const taken = flat !== undefined && tariffLinesOf(order.lines).includes(index);
  const amount = taken ? inOtherCurrency(flat, order.currency, exchangeRates) : inCurrency('0', order.currency);
  return {
    id: 'low-value',
    name: 'Duty on a consignment of low value',
    kind: 'duty',
    basis: 'tariff-line',
    heading: null,
    ratePercent: null,
    amount,
    note: amount === null ? `${flat?.amount} ${flat?.currency}: give the rate to ${order.currency}` : lowValue.words,
    source: lowValue.source,
    needsHumanConfirmation: lowValue.needsHumanConfirmation,
  };
}

/**
 * A case that may cover the goods has no amount: the deposit is the maker's own, and a benchmark may be far from it. What the
 * benchmark would come to is told beside it, and is in no total.
 */
function remedyLayers(leads: readonly TradeRemedyLead[], customsValue: Money): DutyAmount[] {
  return leads
    .filter((lead) => lead.verdict === 'likely' || (lead.verdict === 'possible' && isStrongLead(lead)))
    .map((lead) => ({ lead, most: benchmarkAmount(lead, customsValue) }))
    .map(({ lead, most }) => ({
      id: lead.case,
      name: `Anti-dumping ${lead.case}${lead.countervailingCase ? `, countervailing ${lead.countervailingCase}` : ''}: ${lead.product}`,
      kind: 'duty',
      basis: 'customs-value',
      heading: null,
      ratePercent: null,
      amount: null,
      benchmarkAmount: most,
      note: `${lead.verdict}; ${benchmark(lead.antiDumpingPercent)}${countervailing(lead)}${most === null ? '' : `, up to ${most} ${customsValue.currency} more`}; look up the deposit of maker and exporter`,
      source: `${lead.evidence}; ${lead.source}`,
      needsHumanConfirmation: true,
    }));
}

function benchmark(range: { low: string; high: string } | null): string {
  if (range === null) return 'no benchmark known';
  return `benchmark ${range.low}${compare(range.low, range.high) === 0 ? '' : ` to ${range.high}`} %`;
}

function countervailing({ countervailingCase, countervailingPercent }: TradeRemedyLead): string {
  return countervailingCase === null ? '' : `; countervailing: ${benchmark(countervailingPercent)}`;
}

/** At the highest benchmark of both duties. Null: none is known; where only one is, the other comes on top. */
function benchmarkAmount(
  { antiDumpingPercent, countervailingPercent }: TradeRemedyLead,
  customsValue: Money,
): string | null {
  const known = [antiDumpingPercent, countervailingPercent].flatMap((range) => (range === null ? [] : [range.high]));
  return known.length === 0 ? null : percentOf(customsValue, sum(known));
}

/** Tax at import of a line, on value, carriage and the duties known. None where the country takes none. */
export function taxesOf(
  share: Share,
  customsValue: string,
  duties: string,
  { request, market, lowValue, tax }: Surroundings,
): DutyAmount[] {
  const { currency, destination } = request.order;
  const relieved = lowValue.outcome === 'relieved' || lowValue.outcome === 'flat-duty';
  if (tax?.ratePercent === null || (relieved && lowValue.tax === 'none')) return [];
  const landed = sum([share.fob, share.freight, share.insurance]);
  const atSale = relieved && lowValue.tax === 'at-sale';
  const base = atSale ? landed : sum([tax?.customsValue === 'FOB' ? landed : customsValue, duties]);
  return [
    {
      id: 'import-tax',
      name: tax ? `${tax.name} ${destination.country}` : `Tax at import of ${destination.country}`,
      kind: 'tax',
      basis: atSale ? 'price-and-carriage' : 'customs-value-and-duty',
      heading: null,
      ratePercent: tax?.ratePercent ?? null,
      amount: tax ? percentOf({ amount: base, currency }, tax.ratePercent) : null,
      note: tax
        ? `${atSale ? 'taken by seller or platform at the sale' : 'on value, carriage and the duties known'}${tax.note ? `; ${tax.note}` : ''}`
        : `not covered: look up the tax of ${market}`,
      source: tax?.source ?? 'reference/rates/import-taxes.yaml',
      needsHumanConfirmation: tax?.needsHumanConfirmation ?? true,
    },
  ];
}
