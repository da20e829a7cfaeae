import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import type { LandedCostRequest } from '../../rules/duties/costed-order.ts';
import { fittingRule, payersUnder } from '../../rules/duties/incoterms.ts';
import { landedCost } from '../../rules/duties/landed-cost.ts';
import { currencyDigits, inCurrency, sum } from '../../rules/money.ts';
import { orderOf, reference } from './orders.ts';

const entryOn = '2026-09-15' as CivilDate;
const bag = {
  nameEn: 'Travel bag of polyester',
  nameZh: '涤纶旅行包',
  hsCode: '4202920000',
  importCode: '4202923120',
  quantity: '1000',
  unitPrice: '10.00',
};
type Changes = Parameters<typeof orderOf>[0];
const costOf = (changes: Changes, lines: Parameters<typeof orderOf>[1], more: Partial<LandedCostRequest> = {}) =>
  landedCost({ order: orderOf(changes, lines), entryOn, exchangeRates: [], ...more }, reference);

describe('landed cost', () => {
  it('of 1,000 bags to the United States, FOB: each layer, the fees, the carriage that the buyer pays', () => {
    const cost = costOf({}, [bag], { freight: '800', insurance: '30' });
    expect(cost).toMatchObject({ estimate: true, complete: true, valuedAt: 'FOB', missing: [] });
    expect(cost.totals).toEqual({
      fob: '10000.00',
      freight: '800.00',
      insurance: '30.00',
      customsValue: '10000.00',
      duties: '5510.00',
      taxes: '0.00',
      fees: '47.14',
      landed: '16387.14',
    });
  });

  it('takes freight and insurance out of a CIF price for the FOB value', () => {
    const cost = costOf({ incoterm: { rule: 'CIF', place: 'Los Angeles' }, freight: '900', insurance: '100' }, [bag]);
    expect(cost.totals).toMatchObject({
      fob: '9000.00',
      freight: '900.00',
      insurance: '100.00',
      customsValue: '9000.00',
    });
  });

  it('counts VAT of a CIF market on value, carriage and the duties known, and says which duty is not', () => {
    const cost = costOf({ destination: { country: 'DE' } }, [bag], { freight: '800', insurance: '200' });
    expect(cost).toMatchObject({ valuedAt: 'CIF', complete: false, market: 'EU' });
    expect(cost.totals).toMatchObject({ customsValue: '11000.00', duties: '0.00', taxes: '2090.00' });
    expect(cost.missing).toEqual([expect.stringContaining('look up 4202923120')]);
  });

  it('is complete where no duty is taken from anybody', () => {
    const cost = costOf({ destination: { country: 'SG' } }, [bag], { freight: '800', insurance: '200' });
    expect(cost).toMatchObject({ complete: true, totals: { duties: '0.00', taxes: '990.00', landed: '11990.00' } });
  });

  it('names freight that nobody stated', () =>
    expect(costOf({}, [bag]).missing).toEqual([
      expect.stringMatching(/^freight: not stated under FOB/),
      expect.stringMatching(/^insurance: not stated under FOB/),
    ]));

  it('gives a likely or possible case no amount, and its benchmark in words', () => {
    const bed = { ...bag, nameEn: 'Bed', nameZh: '床', hsCode: '9403509990', importCode: '9403509042' };
    const cost = costOf({}, [bed], { freight: '1', insurance: '1' });
    expect(cost.missing.join(' ')).toMatch(/A-570-890.*possible; benchmark 216.01 %/);
    expect(cost).toMatchObject({ upToMore: '21601.00', complete: false });
    expect(cost.lines[0]?.layers).toContainEqual(
      expect.objectContaining({ id: 'A-570-890', amount: null, benchmarkAmount: '21601.00' }),
    );
    expect(cost.totals.duties).not.toContain('216');
    expect(costOf({}, [bag]).upToMore).toBeNull();
  });

  it('a parcel to Germany costs EUR 3 a tariff line and VAT on the price at the sale', () => {
    const parcel = { ...bag, quantity: '2', unitPrice: '20.00' };
    const toy = { ...parcel, hsCode: '9503008900', importCode: '95030070' };
    const cost = costOf(
      {
        currency: 'EUR',
        model: 'direct-mail',
        supervisionMode: '9610',
        destination: { country: 'DE' },
        transport: { mode: 'express' },
        incoterm: { rule: 'FCA', place: 'Ningbo' },
      },
      [parcel, toy, parcel],
      { freight: '10', insurance: '0', entryOn: '2026-09-15' as CivilDate },
    );
    expect(cost.lowValue.outcome).toBe('flat-duty');
    expect(cost.lines.map(({ duties }) => duties)).toEqual(['3.00', '3.00', '0.00']);
    expect(cost.totals).toMatchObject({ duties: '6.00', taxes: '24.69', landed: '160.69' });
    expect(cost.complete).toBe(true);
  });

  it('does not cover Northern Ireland by the rules of Great Britain', () =>
    expect(
      costOf({ destination: { country: 'GB', region: 'northern-ireland' }, currency: 'GBP' }, [bag]).lowValue.outcome,
    ).toBe('not-covered'));

  it('a country that nobody looked up says so', () =>
    expect(costOf({ destination: { country: 'BR' } }, [bag]).missing.join(' ')).toMatch(
      /not covered: look up the tax of BR/,
    ));

  const rule = fc.constantFrom('EXW', 'FCA', 'FOB', 'CFR', 'CIF', 'CIP', 'DAP', 'DDP' as const);
  it('layers add up to lines, lines and fees to the total, in any term, currency and market', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 100, max: 99_999 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.constantFrom('US', 'DE', 'GB', 'AU', 'JP', 'BR'),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        fc.nat(50_000),
        rule,
        (lines, country, currency, freight, term) => {
          const cost = costOf(
            {
              destination: { country },
              currency,
              incoterm: { rule: term, place: 'there' },
              freight: String(freight / 100),
            },
            lines.map(([quantity, cents]) => ({ ...bag, quantity: String(quantity), unitPrice: String(cents / 100) })),
          );
          const digits = currencyDigits[currency];
          const add = (amounts: (string | null)[]) => inCurrency(sum(amounts.map((one) => one ?? '0')), currency);
          for (const line of cost.lines) {
            expect(add(line.layers.map(({ amount }) => amount))).toBe(add([line.duties, line.taxes]));
            expect(line.total).toBe(add([line.fob, line.freight, line.insurance, line.duties, line.taxes]));
            expect(line.total.split('.')[1]?.length ?? 0).toBe(digits);
          }
          expect(cost.totals.landed).toBe(
            add([...cost.lines.map(({ total }) => total), ...cost.fees.map(({ amount }) => amount)]),
          );
          expect(cost.totals.freight).toBe(add(cost.lines.map((line) => line.freight)));
          expect(cost.complete).toBe(cost.missing.length === 0);
        },
      ),
      { numRuns: 60 },
    ));
});

describe('Incoterms 2020', () => {
  it.each([
    ['EXW', [], 'import-duties'],
    ['FOB', ['carriage-to-the-port', 'export-clearance'], 'main-carriage'],
    ['CIF', ['carriage-to-the-port', 'export-clearance', 'main-carriage', 'insurance'], 'import-duties'],
    [
      'DDP',
      ['carriage-to-the-port', 'export-clearance', 'main-carriage', 'insurance', 'import-clearance', 'import-duties'],
      'unloading',
    ],
  ] as const)('%s', (rule, seller, buyer) => {
    const { sellerPays, buyerPays } = payersUnder(rule);
    expect(sellerPays).toEqual(seller);
    expect(buyerPays).toContain(buyer);
  });

  it.each([
    ['FOB', 'air', 'FCA'],
    ['CIF', 'rail', 'CIP'],
    ['CFR', 'express', 'CPT'],
    ['FAS', 'road', 'FCA'],
    ['FOB', 'sea', null],
    ['FCA', 'air', null],
    ['DDP', 'air', null],
  ] as const)('%s by %s: %s', (rule, transport, instead) => expect(fittingRule(rule, transport)).toBe(instead));
});
