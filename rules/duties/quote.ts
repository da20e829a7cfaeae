/** A quote for a shop's checkout: what a basket costs landed, in the buyer's currency, good until a stated moment. Pure. */
import { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { type CivilDate, civilDateSchema, type Instant, instantSchema } from '../civil-date.ts';
import { currencySchema, decimalSchema, inCurrency, type Money, nonNegativeDecimalSchema, sum } from '../money.ts';
import { orderLineSchema, orderSchema } from '../order/order.ts';
import { exchangeRatesSchema, inOtherCurrency } from './exchange.ts';
import { type LandedCost, landedCost } from './landed-cost.ts';

const line = orderLineSchema.shape;
const order = orderSchema.shape;
const quoteLineSchema = z.strictObject({
  productCode: line.productCode,
  nameEn: line.nameEn,
  nameZh: line.nameZh.optional(),
  hsCode: line.hsCode,
  importCode: line.importCode,
  origin: line.origin,
  quantity: line.quantity,
  /** Without carriage, in the request's currency. */
  unitPrice: line.unitPrice,
  attributes: line.attributes,
  scopeAnswers: line.scopeAnswers,
});

const HOURS_OF_A_DAY = 24;
/** Rates change with the day of entry: a quote that lives longer than a week would promise what nobody knows. */
const HOURS_OF_A_WEEK = 168;

/** What a checkout asks. Prices are without carriage, freight and insurance come on top; exchange rates are the shop's own. */
export const landedCostQuoteRequestSchema = z
  .strictObject({
    destination: z.strictObject({
      country: order.destination.shape.country,
      region: order.destination.shape.region,
    }),
    /** Of prices, freight and insurance. */
    currency: currencySchema,
    buyerCurrency: currencySchema,
    /** Who pays duties and taxes: the seller (as under DDP), who then collects them at the checkout, or the buyer at the door. */
    dutiesPaidBy: z.enum(['seller', 'buyer']).default('seller'),
    /** Sold to a consumer and sent as a parcel: low-value rules ask for it. */
    consumerSale: z.boolean().default(true),
    transport: order.transport.shape.mode.default('express'),
    freight: nonNegativeDecimalSchema,
    insurance: nonNegativeDecimalSchema.default('0'),
    /** About when the goods meet customs; default: the day of the quote. */
    entryOn: civilDateSchema.optional(),
    validForHours: z.number().int().min(1).max(HOURS_OF_A_WEEK).default(HOURS_OF_A_DAY),
    exchangeRates: exchangeRatesSchema.default([]),
    lines: z.array(quoteLineSchema).min(1, 'a quote has at least one line').max(50, 'a quote has at most 50 lines'),
  })
  .superRefine(({ currency, buyerCurrency, exchangeRates }, context) => {
    if (inOtherCurrency({ amount: '1', currency }, buyerCurrency, exchangeRates) === null)
      context.addIssue({
        code: 'custom',
        path: ['exchangeRates'],
        message: `give the rate from ${currency} to ${buyerCurrency}: none is guessed`,
      });
  });
export type LandedCostQuoteRequest = z.infer<typeof landedCostQuoteRequestSchema>;

const quotedLineSchema = z.strictObject({
  /** Counted from 1. */
  line: z.number().int(),
  goods: decimalSchema,
  freight: decimalSchema,
  insurance: decimalSchema,
  duties: decimalSchema,
  taxes: decimalSchema,
  total: decimalSchema,
});

/** The quote. Amounts in the buyer's currency; lines and fees add up to the total. Not complete: the total is a lower bound. */
export const landedCostQuoteSchema = z.strictObject({
  estimate: z.literal(true),
  currency: currencySchema,
  dutiesPaidBy: z.enum(['seller', 'buyer']),
  lines: z.array(quotedLineSchema),
  goods: decimalSchema,
  freight: decimalSchema,
  insurance: decimalSchema,
  duties: decimalSchema,
  taxes: decimalSchema,
  fees: decimalSchema,
  total: decimalSchema,
  /** What the checkout collects: the total, less duties, taxes and fees where the buyer pays them at the door. */
  payNow: decimalSchema,
  complete: z.boolean(),
  missing: z.array(z.string()),
  /** Each layer by line, in the currency of the request. */
  layers: z.array(
    z.strictObject({
      line: z.number().int().nullable(),
      id: z.string(),
      name: z.string(),
      ratePercent: z.string().nullable(),
      amount: z.string().nullable(),
      /** Of a trade remedy whose deposit is not known: its benchmark at the highest. In no total. */
      benchmarkAmount: z.string().nullable().optional(),
      currency: currencySchema,
      note: z.string(),
      source: z.string(),
      needsHumanConfirmation: z.boolean(),
    }),
  ),
  lowValue: z.string(),
  exchangeRates: exchangeRatesSchema,
  entryOn: civilDateSchema,
  quotedAt: instantSchema,
  expiresAt: instantSchema,
});
export type LandedCostQuote = z.infer<typeof landedCostQuoteSchema>;

/**
 * Quotes a basket.
 * @param quotedAt from which the validity counts
 * @param today the day of entry where the request names none
 */
export function landedCostQuote(
  request: LandedCostQuoteRequest,
  quotedAt: Instant,
  today: CivilDate,
  reference: Reference,
): LandedCostQuote {
  const cost = costOf(request, today, reference);
  const amounts = amountsOf(cost, request);
  return {
    estimate: true,
    currency: request.buyerCurrency,
    dutiesPaidBy: request.dutiesPaidBy,
    ...amounts,
    complete: cost.complete,
    missing: cost.missing,
    layers: layersOf(cost),
    lowValue: cost.lowValue.words,
    exchangeRates: request.exchangeRates,
    entryOn: cost.entryOn,
    quotedAt,
    expiresAt: new Date(Date.parse(quotedAt) + request.validForHours * 3_600_000).toISOString(),
  };
}

/** Whether a quote still binds at that moment; at the moment of its expiry it does no more. */
export function quoteHolds({ expiresAt }: Pick<LandedCostQuote, 'expiresAt'>, at: Instant): boolean {
  return Date.parse(at) < Date.parse(expiresAt);
}

function costOf(request: LandedCostQuoteRequest, today: CivilDate, reference: Reference): LandedCost {
  const { destination, currency, lines, transport, freight, insurance, exchangeRates } = request;
  return landedCost(
    {
      order: {
        currency,
        // The price is free carrier: carriage is stated apart and stands in no price.
        incoterm: { rule: 'FCA', place: 'China' },
        destination,
        transport: { mode: transport },
        model: request.consumerSale ? 'direct-mail' : 'general-trade',
        lines: lines.map(({ nameZh = '', ...rest }) => ({ nameZh, ...rest })),
      },
      entryOn: request.entryOn ?? today,
      exchangeRates,
      freight,
      insurance,
    },
    reference,
  );
}

type Amounts = Pick<
  LandedCostQuote,
  'lines' | 'goods' | 'freight' | 'insurance' | 'duties' | 'taxes' | 'fees' | 'total' | 'payNow'
>;

/** Each amount is converted once and then added, so that what the buyer sees adds up. */
function amountsOf(cost: LandedCost, request: LandedCostQuoteRequest): Amounts {
  const to = request.buyerCurrency;
  const convert = (amount: string) => inBuyersCurrency({ amount, currency: cost.currency }, request);
  const add = (amounts: string[]) => inCurrency(sum(amounts), to);
  const lines = cost.lines.map((landed) => {
    const part = {
      goods: convert(landed.fob),
      freight: convert(landed.freight),
      insurance: convert(landed.insurance),
      duties: convert(landed.duties),
      taxes: convert(landed.taxes),
    };
    return { line: landed.line, ...part, total: add(Object.values(part)) };
  });
  const of = (name: 'goods' | 'freight' | 'insurance' | 'duties' | 'taxes') => add(lines.map((one) => one[name]));
  const atEntry = { duties: of('duties'), taxes: of('taxes'), fees: convert(cost.totals.fees) };
  const carried = [of('goods'), of('freight'), of('insurance')];
  const total = add([...carried, ...Object.values(atEntry)]);
  return {
    lines,
    goods: of('goods'),
    freight: of('freight'),
    insurance: of('insurance'),
    ...atEntry,
    total,
    payNow: request.dutiesPaidBy === 'seller' ? total : add([...carried, taxAtSale(cost, convert, to)]),
  };
}

/** Tax that seller or platform takes at the sale is collected now, whoever pays at the door. */
function taxAtSale(
  { lowValue, lines }: LandedCost,
  convert: (amount: string) => string,
  to: Money['currency'],
): string {
  return inCurrency(lowValue.tax === 'at-sale' ? sum(lines.map(({ taxes }) => convert(taxes))) : '0', to);
}

/** @throws RangeError when the request came past its schema without the rate */
function inBuyersCurrency(money: Money, { buyerCurrency, exchangeRates }: LandedCostQuoteRequest): string {
  const amount = inOtherCurrency(money, buyerCurrency, exchangeRates);
  if (amount === null) throw new RangeError(`no rate from ${money.currency} to ${buyerCurrency} was given`);
  return amount;
}

function layersOf(cost: LandedCost): LandedCostQuote['layers'] {
  const all = [
    ...cost.lines.flatMap(({ line, layers }) => layers.map((layer) => ({ ...layer, line }))),
    ...cost.fees.map((fee) => ({ ...fee, line: null })),
  ];
  return all.map(({ line, id, name, ratePercent, amount, benchmarkAmount, note, source, needsHumanConfirmation }) => ({
    line,
    id,
    name,
    ratePercent,
    amount,
    ...(benchmarkAmount === undefined ? {} : { benchmarkAmount }),
    currency: cost.currency,
    note,
    source,
    needsHumanConfirmation,
  }));
}
