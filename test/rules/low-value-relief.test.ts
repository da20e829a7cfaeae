import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import { type Consignment, lowValueRelief, tariffLinesOf } from '../../rules/duties/low-value-relief.ts';
import { compare } from '../../rules/money.ts';
import { reference } from './orders.ts';

const line = (hsCode: string, importCode?: string) => ({ hsCode, importCode, origin: 'CN' });
const consignment = (changes: Partial<Consignment> = {}): Consignment => ({
  market: 'EU',
  country: 'DE',
  on: '2026-12-01' as CivilDate,
  model: 'direct-mail',
  lines: [line('9503008900'), line('9503006000'), line('6109100021')],
  value: { amount: '150', currency: 'EUR' },
  exchangeRates: [],
  ...changes,
});
const on = (text: string) => text as CivilDate;

describe('consignments of low value', () => {
  it('the EU takes EUR 3 for each distinct tariff line, not for each parcel or unit', () =>
    expect(lowValueRelief(consignment(), reference)).toMatchObject({
      outcome: 'flat-duty',
      tariffLines: 2,
      duty: { amount: '6.00', currency: 'EUR' },
      tax: 'at-sale',
    }));

  it('above EUR 150, or in trade, there is none', () => {
    expect(lowValueRelief(consignment({ value: { amount: '150.01', currency: 'EUR' } }), reference).outcome).toBe(
      'no-relief',
    );
    expect(lowValueRelief(consignment({ model: 'general-trade' }), reference).outcome).toBe('no-relief');
  });

  it('whether the handling fee is charged was not verified, and is said', () =>
    expect(lowValueRelief(consignment({ country: 'RO' }), reference).fees.map(({ id }) => id)).toEqual([
      'eu-handling',
      'ro-handling',
    ]));

  it('a value in another currency wants a rate', () => {
    const dollars = consignment({ value: { amount: '100', currency: 'USD' } });
    expect(lowValueRelief(dollars, reference)).toMatchObject({
      outcome: 'not-known',
      words: expect.stringContaining('USD to EUR'),
    });
    const rate = { from: 'USD', to: 'EUR', rate: '0.9', asOf: on('2026-11-24') } as const;
    expect(lowValueRelief({ ...dollars, exchangeRates: [rate] }, reference).outcome).toBe('flat-duty');
  });

  it.each([
    ['US', 'USD', '100', '2025-05-01', 'relieved'],
    ['US', 'USD', '100', '2025-05-02', 'gone'],
    ['US', 'USD', '100', '2025-08-29', 'gone'],
    ['US', 'USD', '100', '2026-12-01', 'gone'],
    ['EU', 'EUR', '100', '2026-06-30', 'relieved'],
    ['EU', 'EUR', '100', '2026-07-01', 'flat-duty'],
    ['EU', 'EUR', '100', '2028-07-01', 'not-covered'],
    ['GB', 'GBP', '135', '2026-12-01', 'relieved'],
    ['GB', 'GBP', '135.01', '2026-12-01', 'no-relief'],
    ['GB', 'GBP', '135', '2029-04-01', 'not-covered'],
    ['TH', 'THB', '1', '2026-01-01', 'gone'],
    ['TH', 'THB', '1', '2025-12-31', 'not-covered'],
    ['VN', 'VND', '500000', '2025-02-18', 'gone'],
    ['JP', 'JPY', '10000', '2026-12-01', 'relieved'],
    ['JP', 'JPY', '10001', '2026-12-01', 'no-relief'],
    ['AU', 'AUD', '1000', '2026-12-01', 'relieved'],
    ['SG', 'SGD', '401', '2026-12-01', 'no-relief'],
    ['MY', 'MYR', '500', '2026-12-01', 'relieved'],
    ['ID', 'USD', '3.01', '2026-12-01', 'no-relief'],
    ['PH', 'PHP', '10000', '2026-12-01', 'relieved'],
    ['BR', 'BRL', '10', '2026-12-01', 'not-covered'],
  ] as const)('%s, %s %s on %s: %s', (market, currency, amount, day, outcome) =>
    expect(
      lowValueRelief(consignment({ market, country: market, value: { amount, currency }, on: on(day) }), reference)
        .outcome,
    ).toBe(outcome),
  );

  it('Japan taxes them from 1 Apr 2028', () =>
    expect(
      lowValueRelief(
        consignment({ market: 'JP', country: 'JP', value: { amount: '9000', currency: 'JPY' }, on: on('2028-04-01') }),
        reference,
      ).tax,
    ).toBe('at-sale'));

  it('a tariff line is the destination’s code where all have it', () => {
    expect(tariffLinesOf([line('9503008900', '9503007000'), line('9503008900', '9503009500')])).toEqual([0, 1]);
    expect(tariffLinesOf([line('9503008900', '9503007000'), line('9503008900')])).toEqual([0]);
  });

  it('is never negative, whatever the lines and the value', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('950300', '610910', '42029200', '8518300000'), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.constantFrom('EU', 'GB', 'US', 'JP', 'AU'),
        (codes, units, market) => {
          const { duty, tariffLines } = lowValueRelief(
            consignment({
              market,
              lines: codes.map((code) => line(code)),
              value: { amount: String(units), currency: 'EUR' },
            }),
            reference,
          );
          expect(duty === null || compare(duty.amount, '0') > 0).toBe(true);
          expect(tariffLines).toBe(new Set(codes.map((code) => code.slice(0, 6))).size);
        },
      ),
    ));
});
