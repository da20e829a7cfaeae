import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compare,
  currencySchema,
  decimalSchema,
  divide,
  inCurrency,
  minus,
  moneySchema,
  nonNegativeDecimalSchema,
  positiveDecimalSchema,
  roundTo,
  sum,
  times,
  written,
} from '../../rules/money.ts';

const amounts = fc
  .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);

describe('decimal texts', () => {
  it.each(['0', '12', '12.50', '-3.00000001', '99999999999999'])('takes %s', (text) => {
    expect(decimalSchema.safeParse(text).success).toBe(true);
  });
  it.each(['', '1,000.00', '1.', '.5', '01', '1e3', '1.123456789', '+1', ' 1', 'NaN', '100000000000000', '１２'])(
    'refuses %j',
    (text) => {
      expect(decimalSchema.safeParse(text).success).toBe(false);
    },
  );
  it('wants text, not a number that binary rounding has touched', () => {
    expect(decimalSchema.safeParse(0.1).error?.issues[0]?.message).toContain('as text');
  });
  it('tells positive and non-negative apart', () => {
    expect(positiveDecimalSchema.safeParse('0.00').success).toBe(false);
    expect(positiveDecimalSchema.safeParse('0.01').success).toBe(true);
    expect(nonNegativeDecimalSchema.safeParse('0.00').success).toBe(true);
    expect(nonNegativeDecimalSchema.safeParse('-0.01').success).toBe(false);
  });
});

describe('currencies', () => {
  it('knows no lev since Bulgaria pays in euro, and the Caribbean guilder', () => {
    expect(currencySchema.safeParse('BGN').success).toBe(false);
    expect(currencySchema.safeParse('XCG').success).toBe(true);
    expect(currencySchema.safeParse('usd').error?.issues[0]?.message).toContain('"usd"');
  });
  it('writes the decimals that the currency has', () => {
    expect(inCurrency('12.5', 'USD')).toBe('12.50');
    expect(inCurrency('12.5', 'JPY')).toBe('13');
    expect(inCurrency('12.3456', 'KWD')).toBe('12.346');
  });
  it('pads without rounding what a bank stated', () => {
    expect(written('6000', 'USD')).toBe('6000.00');
    expect(written('1.12345', 'USD')).toBe('1.12345');
    expect(written('27.00', 'JPY')).toBe('27');
    expect(written('3.10', 'XXX')).toBe('3.1');
  });
  it('takes money with nothing beside amount and currency', () => {
    expect(moneySchema.safeParse({ amount: '1.00', currency: 'USD' }).success).toBe(true);
    expect(moneySchema.safeParse({ amount: '1.00', currency: 'USD', rate: '7' }).success).toBe(false);
  });
});

describe('arithmetic', () => {
  it('adds what floats cannot', () => {
    expect(sum(['0.1', '0.2'])).toBe('0.3');
    expect(sum([])).toBe('0');
  });
  it('rounds half up, away from zero, as Chinese tax does', () => {
    expect(roundTo('2.345', 2)).toBe('2.35');
    expect(roundTo('-2.345', 2)).toBe('-2.35');
    expect(roundTo(times(divide('120000', '1.13'), '0.13'), 2)).toBe('13805.31');
  });
  it('keeps every digit of a large turnover', () => {
    expect(times('99999999999999.99999999', '99999999999999')).toBe('9999999999999899999999000000.00000001');
  });
  it('refuses to divide by zero', () => {
    expect(() => divide('1', '0.00')).toThrow(RangeError);
  });
  it('compares by value', () => {
    expect(compare('1.0', '1.00')).toBe(0);
    expect(compare('-1', '0')).toBe(-1);
    expect(compare('10', '9')).toBe(1);
  });
  it('adds and takes away without loss', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 20 }), amounts, (list, one) => {
        expect(compare(minus(sum([...list, one]), one), sum(list))).toBe(0);
        expect(compare(sum([...list].reverse()), sum(list))).toBe(0);
      }),
    );
  });
});
