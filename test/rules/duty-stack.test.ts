import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import { type DutyGoods, dutyStack, entryFees, percentOf } from '../../rules/duties/duty-stack.ts';
import { inOtherCurrency } from '../../rules/duties/exchange.ts';
import { compare, currencyDigits, currencySchema, divide, inCurrency, minus, sum, times } from '../../rules/money.ts';
import { reference } from './orders.ts';

const day = (text: string) => text as CivilDate;
const goods = (importCode: string | undefined, changes: Partial<DutyGoods> = {}, line: object = {}): DutyGoods => ({
  line: { hsCode: importCode?.slice(0, 6) ?? '940521', importCode, origin: 'CN', attributes: {}, ...line },
  market: 'US',
  entryOn: day('2026-12-01'),
  customsValue: { amount: '10000', currency: 'USD' },
  ...changes,
});
const layer = (given: DutyGoods, id: string) => dutyStack(given, reference).layers.find((one) => one.id === id);

describe('the duty stack of the United States', () => {
  it('7326.90.8688 of China is 77.9 %: Section 232 takes forced labour off', () => {
    const stack = dutyStack(goods('7326908688'), reference);
    expect(stack).toMatchObject({ complete: true, ratePercent: '77.9', total: '7790', missing: [] });
    expect(stack.layers.map(({ id, ratePercent }) => [id, ratePercent])).toEqual([
      ['base', '2.9'],
      ['section-301-china', '25'],
      ['section-301-forced-labour', '0'],
      ['section-232-metals', '50'],
      ['section-232-wood', '0'],
    ]);
    expect(stack.reporting).toContain('9903.05.90');
  });

  it('4202.92.31 of China is 55.1 %', () =>
    expect(dutyStack(goods('4202923120'), reference)).toMatchObject({
      complete: true,
      ratePercent: '55.1',
      reporting: ['9903.05.31'],
    }));

  it('a code that no table knows is looked up, and the total is a lower bound', () => {
    const stack = dutyStack(goods('9405218010'), reference);
    expect(stack.complete).toBe(false);
    expect(stack.missing.join(' ')).toMatch(/base rate: look up 9405218010/);
    expect(layer(goods('9405218010'), 'section-301-china')).toMatchObject({ amount: null, ratePercent: null });
  });

  it('forced labour stays open while Section 232 is, and stands once metal is ruled out', () => {
    expect(layer(goods('9405218010'), 'section-301-forced-labour')).toMatchObject({
      amount: null,
      ratePercent: '12.5',
    });
    const light = goods('9405218010', {}, { attributes: { metalWeightPercent: 15 } });
    expect(layer(light, 'section-232-metals')).toMatchObject({ amount: '0.00' });
    expect(layer(light, 'section-301-forced-labour')).toMatchObject({ amount: '1250.00', heading: '9903.05.31' });
    const heavy = goods('9405218010', {}, { attributes: { metalWeightPercent: 16 } });
    expect(layer(heavy, 'section-232-metals')).toMatchObject({ amount: null });
  });

  it.each([
    ['9403409060', '2026-12-31', '25'],
    ['9403409060', '2027-01-01', '50'],
    ['9401614011', '2026-12-31', '25'],
    ['9401614011', '2027-01-01', '30'],
    ['4202923120', '2026-12-01', '0'],
  ])('Section 232 on wood, %s on %s: %s %%', (code, on, rate) =>
    expect(layer(goods(code, { entryOn: day(on) }), 'section-232-wood')?.ratePercent).toBe(rate),
  );

  it('a Chinese code is too short to tell cabinets from other kitchen furniture', () =>
    expect(layer(goods(undefined, {}, { hsCode: '9403400090' }), 'section-232-wood')).toMatchObject({ amount: null }));

  it('rates are of the day of entry', () => {
    const before = goods('4202923120', { entryOn: day('2026-07-23') });
    expect(layer(before, 'section-122')).toMatchObject({ ratePercent: '10', heading: '9903.03.01' });
    expect(layer(before, 'section-301-forced-labour')).toBeUndefined();
    const after = goods('4202923120', { entryOn: day('2026-07-24') });
    expect(layer(after, 'section-122')).toBeUndefined();
    expect(layer(after, 'section-301-forced-labour')?.ratePercent).toBe('12.5');
    expect(layer(goods('4202923120', { entryOn: day('2026-02-23') }), 'ieepa')).toMatchObject({ amount: null });
  });

  it('goods of another origin do not meet the layers on China', () =>
    expect(layer(goods('4202923120', {}, { origin: 'VN' }), 'section-301-china')).toBeUndefined());

  it('another market is not covered, and says so', () => {
    const stack = dutyStack(goods('4202923120', { market: 'EU' }), reference);
    expect(stack).toMatchObject({ complete: false, total: '0', layers: [expect.objectContaining({ id: 'base' })] });
    expect(stack.layers[0]?.source).toContain('not covered');
  });
});

describe('fees on an entry', () => {
  const entry = (amount: string, on: string, transport: 'sea' | 'air' = 'sea', currency: 'USD' | 'EUR' = 'USD') =>
    entryFees(
      { market: 'US', entryOn: day(on), transport, customsValue: { amount, currency }, exchangeRates: [] },
      reference,
    );

  it('USD 10,000 by sea in fiscal year 2026: 34.64 and 12.50', () =>
    expect(entry('10000', '2026-09-30')).toMatchObject({
      fees: [{ amount: '34.64' }, { amount: '12.50' }],
      missing: [],
    }));

  it.each([
    ['2500', '33.58'],
    ['9694.00', '33.58'],
    ['500000', '651.50'],
  ])('bounds hold: %s is %s', (value, fee) => expect(entry(value, '2026-09-30').fees[0]?.amount).toBe(fee));

  it.each(['2026-09-30', '2026-12-01'])('on %s an entry below USD 2,500 is usually informal: look up', (on) => {
    const { fees, missing } = entry('2499.99', on, 'air');
    expect(fees).toEqual([
      expect.objectContaining({
        amount: null,
        needsHumanConfirmation: true,
        note: expect.stringContaining('informal'),
      }),
    ]);
    expect(missing).toEqual([expect.stringContaining('below 2,500 USD')]);
  });

  it('from 1 Oct 2026 the bounds are not known: the last ones stand in and are named', () => {
    const { fees, missing } = entry('10000', '2026-10-01');
    expect(fees[0]?.amount).toBe('34.64');
    expect(missing).toEqual([expect.stringContaining('2026-09-30')]);
  });

  it('by air there is no harbor fee, and without a rate no bound in euro', () => {
    expect(entry('10000', '2026-09-30', 'air').fees.map(({ id }) => id)).toEqual(['merchandise-processing']);
    expect(entry('10000', '2026-09-30', 'air', 'EUR').fees[0]?.amount).toBeNull();
  });
});

const currencies = fc.constantFrom(...currencySchema.options);
const decimals = (digits: number) =>
  fc.bigInt(0n, 10n ** 11n).map((units) => {
    const text = units.toString().padStart(digits + 1, '0');
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  });

describe('properties', () => {
  it('a share is rounded half-up at the currency’s decimals, never further off', () =>
    fc.assert(
      fc.property(decimals(4), decimals(4), currencies, (amount, rate, currency) => {
        const part = percentOf({ amount, currency }, rate);
        const off = minus(times(part, '100'), times(amount, rate));
        const halfAUnit = divide('50', String(10 ** currencyDigits[currency]));
        expect(compare(off, halfAUnit)).toBeLessThanOrEqual(0);
        expect(compare(off, `-${halfAUnit}`)).toBe(1);
        expect(part.split('.')[1]?.length ?? 0).toBe(currencyDigits[currency]);
      }),
    ));

  it('half a cent goes up', () => {
    expect(percentOf({ amount: '1', currency: 'USD' }, '0.5')).toBe('0.01');
    expect(percentOf({ amount: '0.99', currency: 'USD' }, '0.5')).toBe('0.00');
    expect(percentOf({ amount: '50', currency: 'JPY' }, '1')).toBe('1');
  });

  it('layers add up to the total, whatever the code and the day', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('7326908688', '4202923120', '9403409060', '9401614011', '4412310000', '9503000073'),
        fc.constantFrom('2026-01-15', '2026-05-01', '2026-07-23', '2026-07-24', '2026-12-01', '2027-01-01'),
        fc.integer({ min: 0, max: 100 }),
        decimals(2),
        (code, on, metalWeightPercent, amount) => {
          const given = goods(
            code,
            { entryOn: day(on), customsValue: { amount, currency: 'USD' } },
            { attributes: { metalWeightPercent } },
          );
          const { layers, total, complete } = dutyStack(given, reference);
          expect(minus(total, sum(layers.map((one) => one.amount ?? '0')))).toBe('0');
          expect(complete).toBe(layers.every((one) => one.amount !== null));
          expect(layers.every((one) => one.amount === null || compare(one.amount, '0') >= 0)).toBe(true);
        },
      ),
    ));

  it('a conversion and its reverse by one rate differ by rounding alone', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 90_000 }), (cents, rate) => {
        const rates = [
          { from: 'USD', to: 'EUR', rate: inCurrency(String(rate / 100), 'USD'), asOf: day('2026-11-24') },
        ] as const;
        fc.pre(compare(rates[0].rate, '0.5') > 0);
        const usd = { amount: inCurrency(String(cents / 100), 'USD'), currency: 'USD' } as const;
        const eur = inOtherCurrency(usd, 'EUR', rates);
        const back = inOtherCurrency({ amount: eur ?? '', currency: 'EUR' }, 'USD', rates);
        expect(compare(minus(back ?? '', usd.amount).replace('-', ''), '0.02')).toBeLessThanOrEqual(0);
      }),
    ));

  it('a rate that was not given is not chained and not guessed', () => {
    const rates = [
      { from: 'USD', to: 'CNY', rate: '7', asOf: day('2026-11-24') },
      { from: 'CNY', to: 'EUR', rate: '0.12', asOf: day('2026-11-24') },
    ] as const;
    expect(inOtherCurrency({ amount: '1', currency: 'USD' }, 'EUR', rates)).toBeNull();
  });
});
