import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import {
  landedCostQuote,
  landedCostQuoteRequestSchema,
  landedCostQuoteSchema,
  quoteHolds,
} from '../../rules/duties/quote.ts';
import { inCurrency, sum } from '../../rules/money.ts';
import type { Transaction } from '../../store/database.ts';
import { insertLandedCostQuote, readLandedCostQuote } from '../../store/landed-cost-quotes.ts';
import { reference } from './orders.ts';

const quotedAt = '2026-09-15T08:00:00.000Z';
const today = '2026-09-15' as CivilDate;
const basket = {
  destination: { country: 'DE' },
  currency: 'USD',
  buyerCurrency: 'EUR',
  freight: '11.00',
  exchangeRates: [{ from: 'USD', to: 'EUR', rate: '0.90', asOf: '2026-09-15' }],
  lines: [
    { nameEn: 'Travel bag', hsCode: '420292', quantity: '1', unitPrice: '60.00' },
    { nameEn: 'Building blocks', hsCode: '950300', quantity: '2', unitPrice: '20.00' },
  ],
};
const quote = (changes: object = {}) =>
  landedCostQuote(landedCostQuoteRequestSchema.parse({ ...basket, ...changes }), quotedAt, today, reference);

describe('a quote for the checkout', () => {
  it('is in the buyer’s currency, an estimate, with an expiry', () => {
    const answer = quote();
    expect(answer).toMatchObject({
      estimate: true,
      currency: 'EUR',
      goods: '90.00',
      freight: '9.90',
      duties: '6.00',
      complete: true,
      expiresAt: '2026-09-16T08:00:00.000Z',
    });
    expect(answer.payNow).toBe(answer.total);
    expect(landedCostQuoteSchema.parse(answer)).toEqual(answer);
  });

  it('collects only what the seller collects where the buyer pays at the door', () => {
    const answer = quote({ dutiesPaidBy: 'buyer' });
    expect(answer.payNow).toBe(inCurrency(sum([answer.goods, answer.freight, answer.insurance, answer.taxes]), 'EUR'));
  });

  it('says what is missing: whether the handling fee is charged nobody verified', () =>
    expect(quote({ entryOn: '2026-12-01' })).toMatchObject({
      complete: false,
      missing: [expect.stringContaining('handling fee')],
    }));

  it('lives as long as it was asked to, and not a moment longer', () => {
    const answer = quote({ validForHours: 2 });
    expect(quoteHolds(answer, '2026-09-15T09:59:59.999Z')).toBe(true);
    expect(quoteHolds(answer, '2026-09-15T10:00:00.000Z')).toBe(false);
  });

  it.each([
    ['no rate between the currencies', { exchangeRates: [] }, 'exchangeRates'],
    ['two rates for one pair', { exchangeRates: [...basket.exchangeRates, ...basket.exchangeRates] }, 'exchangeRates'],
    ['a validity of a month', { validForHours: 720 }, 'validForHours'],
    ['no freight', { freight: undefined }, 'freight'],
    ['no lines', { lines: [] }, 'lines'],
    ['a padded code', { lines: [{ ...basket.lines[0], hsCode: '4202' }] }, 'lines'],
    ['an unknown field', { discount: '5' }, undefined],
  ])('refuses %s', (_name, changes, path) => {
    const read = landedCostQuoteRequestSchema.safeParse({ ...basket, ...changes });
    expect(read.success).toBe(false);
    expect(read.error?.issues[0]?.path[0]).toBe(path);
  });

  it('adds up in the buyer’s currency whatever the rate', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'GBP'),
        fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 6 }),
        (rate, buyerCurrency, prices) => {
          const answer = quote({
            buyerCurrency,
            exchangeRates: [{ from: 'USD', to: buyerCurrency, rate: String(rate / 100), asOf: today }],
            lines: prices.map((cents) => ({ ...basket.lines[0], unitPrice: String(cents / 100) })),
          });
          const add = (amounts: string[]) => inCurrency(sum(amounts), buyerCurrency);
          expect(add([...answer.lines.map(({ total }) => total), answer.fees])).toBe(answer.total);
          expect(add([answer.goods, answer.freight, answer.insurance, answer.duties, answer.taxes, answer.fees])).toBe(
            answer.total,
          );
        },
      ),
      { numRuns: 50 },
    ));
});

describe('kept quotes', () => {
  /** One table in memory, as the two statements use it. */
  function table(): Transaction {
    const rows = new Map<string, unknown[]>();
    return {
      organisation: 'ningbo',
      async query<Row extends object>(sql: string, values: unknown[] = []) {
        if (sql.startsWith('insert')) rows.set(`${values[0]} ${values[1]}`, values);
        const row = sql.startsWith('select') ? rows.get(`${values[0]} ${values[1]}`) : undefined;
        return (row ? [{ content: JSON.parse(String(row[2])), quotedAt: row[3], expiresAt: row[4] }] : []) as Row[];
      },
    };
  }

  it('come back as they were given', async () => {
    const store = table();
    const request = landedCostQuoteRequestSchema.parse(basket);
    const given = quote();
    const id = await insertLandedCostQuote(store, { request, quote: given });
    expect(await readLandedCostQuote(store, id)).toEqual({
      id,
      request,
      quote: given,
      quotedAt,
      expiresAt: given.expiresAt,
    });
    expect(await readLandedCostQuote(store, '00000000-0000-0000-0000-000000000000')).toBeNull();
  });
});
