import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '../../rules/civil-date.ts';
import { costNotRefundedOf, effectiveRate, exchangeCostOf, refundOf } from '../../rules/refund/amounts.ts';
import { rebateRateOf } from '../../rules/refund/rebate-rate.ts';
import { reference } from './orders.ts';

const rateOn = (hsCode: string, exportedOn: string) => {
  const rate = rebateRateOf(hsCode, exportedOn as CivilDate, reference);
  return rate && `${rate.treatment} ${rate.rebateRatePercent}/${rate.vatRatePercent}`;
};

describe('the rebate rate of an export date', () => {
  it.each([
    ['9405210090', '2026-11-24', 'REFUND 13/13'],
    ['9503006000', '2026-11-24', 'REFUND 13/13'],
    ['6804221000', '2026-11-24', 'REFUND 9/13'],
    // Batteries: 13, 9, 6, and abolished over New Year's night of 2027.
    ['8507600090', '2024-11-30', 'REFUND 13/13'],
    ['8507600090', '2024-12-01', 'REFUND 9/13'],
    ['8507600090', '2026-03-31', 'REFUND 9/13'],
    ['8507600090', '2026-04-01', 'REFUND 6/13'],
    ['8507600090', '2026-12-31', 'REFUND 6/13'],
    ['8507600090', '2027-01-01', 'TAXED 0/13'],
    ['8541430000', '2026-03-31', 'REFUND 9/13'],
    ['8541430000', '2026-04-01', 'TAXED 0/13'],
    ['7604210000', '2024-11-30', 'REFUND 13/13'],
    ['7604210000', '2024-12-01', 'TAXED 0/13'],
    ['7606125000', '2026-11-24', 'TAXED 0/13'],
  ])('%s exported on %s: %s', (hsCode, exportedOn, rate) => expect(rateOn(hsCode, exportedOn)).toBe(rate));

  it.each([
    ['8541100000', '2026-11-24', 'a diode is no photovoltaic cell'],
    ['0409000000', '2026-11-24', 'honey is not in the table'],
    ['9405210090', '2019-01-01', 'before the table begins'],
    ['854140', '2026-11-24', 'an old subheading'],
  ])('%s exported on %s is not known: %s', (hsCode, exportedOn) => expect(rateOn(hsCode, exportedOn)).toBeNull());

  it('is not known for a code too short to tell between two entries', () => {
    const [general] = reference.rebateRates;
    if (!general) throw new Error('the table is empty');
    const rebateRates = [
      { ...general, hsPrefix: '9405' },
      { ...general, hsPrefix: '94052100', rebateRatePercent: '9' },
    ];
    const rate = (hsCode: string) =>
      rebateRateOf(hsCode, '2026-11-24' as CivilDate, { ...reference, rebateRates })?.rebateRatePercent;
    expect([rate('940521'), rate('9405210090'), rate('9405290000')]).toEqual([undefined, '9', '13']);
  });
});

describe('amounts of the refund', () => {
  it.each([
    ['100000.00', '13', '13000.00'],
    ['80000.00', '9', '7200.00'],
    ['0.50', '9', '0.05'],
    ['100000.00', '6', '6000.00'],
  ])('%s at %s %% is %s', (base, rate, refund) => expect(refundOf(base, rate)).toBe(refund));

  it('leave what the rate does not give back as a cost', () =>
    expect(costNotRefundedOf('80000.00', '13', '9')).toBe('3200.00'));

  it('are capped by the rate of a small supplier’s invoice', () => {
    expect(effectiveRate('13', '3')).toBe('3');
    expect(effectiveRate('9', '13')).toBe('9');
  });

  it('give the exchange cost in CNY per USD', () => {
    expect(exchangeCostOf('66000.00', '0.00', '12000.00')).toBe('5.5000');
    expect(() => exchangeCostOf('1', '0', '0')).toThrow(RangeError);
  });
});
