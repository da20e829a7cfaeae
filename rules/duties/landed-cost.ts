/**
 * What goods cost landed in the destination: price without carriage, carriage, insurance, duties, taxes, fees. Always an
 * estimate; every layer is shown, and what is not known is named, so that the total is then a lower bound. Inland carriage
 * after arrival, storage, examinations and the broker's own fee are not in it.
 */
import type { ImportTax } from '../../reference/duty-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce, marketOf } from '../classification/codes.ts';
import { type Currency, compare, currencyDigits, inCurrency, type Money, sum } from '../money.ts';
import { chargesInPrice, fobOfLines, lineTotalOf, split } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import type { CostedOrder, LandedCostRequest } from './costed-order.ts';
import { type DutyAmount, entryFees, stackOf } from './duty-stack.ts';
import { type CostOnTheWay, payersUnder } from './incoterms.ts';
import { dutiesOf, remediesOf, type Share, type Surroundings, taxesOf } from './landed-layers.ts';
import { type LowValueRelief, lowValueRelief } from './low-value-relief.ts';
import type { TradeRemedyLead } from './trade-remedies.ts';

/** Landed cost of a line. Amounts in the order's currency; a null customs value is not known. */
export interface LandedLine {
  /** Counted from 1. */
  line: number;
  /** Price without freight and insurance. */
  fob: string;
  freight: string;
  insurance: string;
  customsValue: string;
  layers: DutyAmount[];
  /** Cases of anti-dumping and countervailing duties that the goods lead to, those that their answers leave too. */
  remedies: TradeRemedyLead[];
  duties: string;
  taxes: string;
  total: string;
  complete: boolean;
}

/** Landed cost of an order, estimated. Totals are lower bounds unless `complete`. */
export interface LandedCost {
  estimate: true;
  currency: Currency;
  market: string;
  entryOn: CivilDate;
  incoterm: { rule: Order['incoterm']['rule']; sellerPays: CostOnTheWay[]; buyerPays: CostOnTheWay[] };
  /** FOB or CIF, as the destination counts its customs value. */
  valuedAt: 'FOB' | 'CIF';
  lines: LandedLine[];
  /** On the entry as a whole. */
  fees: DutyAmount[];
  lowValue: LowValueRelief;
  totals: Record<'fob' | 'freight' | 'insurance' | 'customsValue' | 'duties' | 'taxes' | 'fees' | 'landed', string>;
  /** What the benchmarks of trade remedies would add at their highest, in no total; null: none is known. */
  upToMore: string | null;
  complete: boolean;
  missing: string[];
}

/** Estimates what the order costs landed, line by line; the lines and the fees add up to the total. */
export function landedCost(request: LandedCostRequest, reference: Reference): LandedCost {
  const { order, entryOn, exchangeRates } = request;
  const market = marketFor(order, entryOn, reference);
  const carriage = carriageOf(request);
  const shares = sharesOf(order, carriage);
  const tax = importTaxOf(order, entryOn, reference);
  const valuedAt = tax?.customsValue ?? 'CIF';
  const values = shares.map(({ fob, freight, insurance }) =>
    valuedAt === 'FOB' ? fob : sum([fob, freight, insurance]),
  );
  const money = (amount: string) => ({ amount: inCurrency(amount, order.currency), currency: order.currency });
  const lowValue = lowValueOf(request, market, money(sum(shares.map(({ fob }) => fob))), reference);
  const on = { request, market, lowValue, tax, reference };
  const lines = shares.map((share, index) => landedLine(share, money(values[index] ?? '0').amount, index, on));
  const customsValue = money(sum(values));
  const { fees, missing } = entryFees(
    { market, entryOn, transport: order.transport.mode, customsValue, exchangeRates },
    reference,
  );
  const gaps = [
    ...carriageGaps(carriage, valuedAt, order.incoterm.rule),
    ...lowValueGaps(lowValue, order),
    ...lines.flatMap(({ line, layers }) => stackOf(layers).missing.map((gap) => `line ${line}: ${gap}`)),
    ...missing,
  ];
  return {
    estimate: true,
    currency: order.currency,
    market,
    entryOn,
    incoterm: { rule: order.incoterm.rule, ...payersUnder(order.incoterm.rule) },
    valuedAt,
    lines,
    fees,
    lowValue,
    totals: totalsOf(lines, fees, order.currency),
    upToMore: upToMore(lines, order.currency),
    complete: gaps.length === 0,
    missing: gaps,
  };
}

/** Northern Ireland is a market of its own: neither the rules of Great Britain nor those of the EU fit it whole. */
function marketFor({ destination }: CostedOrder, on: CivilDate, reference: Reference): string {
  return destination.region === 'northern-ireland' ? 'NI' : marketOf(destination.country, on, reference);
}

function lowValueOf(
  { order, entryOn, exchangeRates }: LandedCostRequest,
  market: string,
  value: Money,
  reference: Reference,
): LowValueRelief {
  const { destination, model, lines } = order;
  return lowValueRelief(
    { market, country: destination.country, on: entryOn, model, lines, value, exchangeRates },
    reference,
  );
}

interface Carriage {
  freight: string | null;
  insurance: string | null;
}

/** What is in the price, else what the request says; FOB orders may state their freight for the customs value all the same. */
function carriageOf({ order, freight, insurance }: LandedCostRequest): Carriage {
  const inPrice = chargesInPrice(order);
  const { sellerPays } = payersUnder(order.incoterm.rule);
  const stated = (amount: string | undefined) => (amount === undefined ? null : inCurrency(amount, order.currency));
  return {
    freight: sellerPays.includes('main-carriage') ? inPrice.freight : stated(freight ?? order.freight),
    insurance:
      sellerPays.includes('insurance') && order.insurance !== undefined
        ? inPrice.insurance
        : stated(insurance ?? (sellerPays.includes('insurance') ? undefined : order.insurance)),
  };
}

function carriageGaps({ freight, insurance }: Carriage, valuedAt: 'FOB' | 'CIF', rule: string): string[] {
  const why =
    valuedAt === 'CIF' ? 'it belongs to the customs value too' : 'the customs value is FOB and does without it';
  return [
    ...(rule === 'EXW' ? ['carriage to the port and export clearance: an EXW price does not contain them'] : []),
    ...(freight === null ? [`freight: not stated under ${rule}; ${why}`] : []),
    ...(insurance === null ? [`insurance: not stated under ${rule}; ${why}`] : []),
  ];
}

/** Only a parcel to a consumer leaves a doubt: goods of trade are not priced by a relief that nobody claimed. */
function lowValueGaps({ outcome, words, fees }: LowValueRelief, { model }: CostedOrder): string[] {
  const open = model === 'direct-mail' && (outcome === 'not-known' || outcome === 'not-covered');
  return [
    ...(open ? [`low-value relief: ${words}`] : []),
    ...fees.map(
      ({ name, amount }) => `${name}: ${amount.amount} ${amount.currency} a parcel, if it is charged; look up`,
    ),
  ];
}

/** Freight and insurance are split by the value of the lines, as the FOB of the refund is. */
function sharesOf(order: CostedOrder, { freight, insurance }: Carriage): Share[] {
  const digits = currencyDigits[order.currency];
  const weights = order.lines.map((line) => lineTotalOf(line, order.currency));
  // Prices below the smallest coin: there is nothing to split by.
  if (compare(sum(weights), '0') === 0) return weights.map((fob) => ({ fob, freight: '0', insurance: '0' }));
  const fob = fobOfLines(order);
  const [freights, insurances] = [freight, insurance].map((amount) => split(amount ?? '0', weights, digits));
  return order.lines.map((_line, index) => ({
    fob: fob[index] ?? '0',
    freight: freights?.[index] ?? '0',
    insurance: insurances?.[index] ?? '0',
  }));
}

function importTaxOf({ destination }: CostedOrder, on: CivilDate, reference: Reference): ImportTax | undefined {
  return reference.importTaxes.find(({ country, ...tax }) => country === destination.country && isInForce(tax, on));
}

function landedLine(share: Share, customsValue: string, index: number, on: Surroundings): LandedLine {
  const remedies = remediesOf(index, on);
  const duties = dutiesOf(index, customsValue, remedies, on);
  const dutyTotal = inCurrency(stackOf(duties).total, on.request.order.currency);
  const taxes = taxesOf(share, customsValue, dutyTotal, on);
  const taxTotal = inCurrency(stackOf(taxes).total, on.request.order.currency);
  const layers = [...duties, ...taxes];
  return {
    line: index + 1,
    ...share,
    customsValue,
    layers,
    remedies,
    duties: dutyTotal,
    taxes: taxTotal,
    total: inCurrency(sum([share.fob, share.freight, share.insurance, dutyTotal, taxTotal]), on.request.order.currency),
    complete: stackOf(layers).complete,
  };
}

function upToMore(lines: readonly LandedLine[], currency: Currency): string | null {
  const amounts = lines.flatMap(({ layers }) => layers.flatMap(({ benchmarkAmount }) => benchmarkAmount ?? []));
  return amounts.length === 0 ? null : inCurrency(sum(amounts), currency);
}

function totalsOf(lines: readonly LandedLine[], fees: readonly DutyAmount[], currency: Currency): LandedCost['totals'] {
  const of = (name: 'fob' | 'freight' | 'insurance' | 'customsValue' | 'duties' | 'taxes' | 'total') =>
    inCurrency(sum(lines.map((line) => line[name])), currency);
  const charged = inCurrency(sum(fees.flatMap(({ amount }) => amount ?? [])), currency);
  return {
    fob: of('fob'),
    freight: of('freight'),
    insurance: of('insurance'),
    customsValue: of('customsValue'),
    duties: of('duties'),
    taxes: of('taxes'),
    fees: charged,
    landed: inCurrency(sum([of('total'), charged]), currency),
  };
}
