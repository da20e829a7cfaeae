import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '../../rules/civil-date.ts';
import type { TariffCode } from '../../rules/compliance/review-context.ts';
import { withRatesOfTable } from '../../rules/refund/rates-of-table.ts';
import { reference } from './orders.ts';

const code = (changes: Partial<TariffCode> = {}): TariffCode => ({
  code: '9405210090',
  nameZh: 'LED台灯',
  units: [],
  elements: [],
  vatRatePercent: '13',
  rebateRatePercent: '9',
  supervision: null,
  ...changes,
});
const added = (...codes: TariffCode[]) =>
  withRatesOfTable(reference, codes).rebateRates.slice(0, -reference.rebateRates.length);

describe('rebate rates of the imported table', () => {
  it.each<[string, readonly TariffCode[] | null]>([
    ['no table', null],
    ['no code of the order in it', []],
    ['a code without rates', [code({ rebateRatePercent: null })]],
    ['a code without the rate of VAT', [code({ vatRatePercent: null })]],
    ['a rate of zero, which says neither exempt nor taxed', [code({ rebateRatePercent: '0' })]],
  ])('%s leaves our own data as it is', (_, codes) => expect(withRatesOfTable(reference, codes)).toBe(reference));

  it('go before ours, and leave ours in place', () => {
    const { rebateRates } = withRatesOfTable(reference, [code()]);
    expect(rebateRates[0]).toMatchObject({
      hsPrefix: '9405210090',
      vatRatePercent: '13',
      rebateRatePercent: '9',
      treatment: 'REFUND',
      effectiveTo: null,
      needsHumanConfirmation: false,
    });
    expect(rebateRates.slice(1)).toEqual(reference.rebateRates);
  });

  it('with a rate announced end the day before it begins', () => {
    const next = { rebateRatePercent: '6', from: '2027-01-01' as CivilDate };
    expect(added(code({ next }))).toMatchObject([
      { rebateRatePercent: '9', effectiveTo: '2026-12-31' },
      { rebateRatePercent: '6', effectiveFrom: '2027-01-01', effectiveTo: null },
    ]);
  });

  it('with an announced zero say nothing of the days from then on', () => {
    const next = { rebateRatePercent: '0', from: '2027-01-01' as CivilDate };
    expect(added(code({ next }))).toMatchObject([{ rebateRatePercent: '9', effectiveTo: '2026-12-31' }]);
  });
});
