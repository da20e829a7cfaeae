import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, times } from '../../../rules/money.ts';
import { median, sideOf, unusualAmong, usualOf } from '../../../rules/value/statistics.ts';
import { converted, inBaseUnit } from '../../../rules/value/units.ts';
import { reference } from '../orders.ts';

const price = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2).replace(/\.?0+$/, ''));
const prices = fc.array(price, { minLength: 3, maxLength: 30 });

describe('what is usual', () => {
  it.each([
    [['3'], '3'],
    [['9', '1', '5'], '5'],
    [['4', '1', '3', '2'], '2.5'],
    [['10', '9'], '9.5'],
  ])('the median of %j is %s', (figures, middle) => expect(median(figures)).toBe(middle));

  it('has no median of nothing', () => expect(() => median([])).toThrow(RangeError));

  it('is unknown of fewer than three', () => expect(usualOf(['1', '2'])).toBeUndefined());

  it('allows a swing of a fifth where all were alike', () => {
    const usual = usualOf(['12', '12', '12']);
    expect(usual).toMatchObject({ median: '12', deviation: '0', low: '10', high: '14.4' });
  });

  it('is not moved by one typing error', () => {
    const [calm, odd] = [usualOf(['12', '12', '12', '12', '12']), usualOf(['12', '12', '12', '12', '1200'])];
    expect([odd?.median, odd?.low, odd?.high]).toEqual([calm?.median, calm?.low, calm?.high]);
  });

  it('does not hang on the order of the lines', () =>
    fc.assert(
      fc.property(
        prices.chain((figures) =>
          fc.tuple(fc.constant(figures), fc.shuffledSubarray(figures, { minLength: figures.length })),
        ),
        ([figures, shuffled]) => expect(usualOf(shuffled)).toEqual(usualOf(figures)),
      ),
    ));

  it('keeps the lower end above zero, the median inside, and each end a factor away', () =>
    fc.assert(
      fc.property(prices, (figures) => {
        const usual = usualOf(figures);
        if (!usual) throw new Error('three are enough');
        expect(compare(usual.low, '0')).toBe(1);
        expect(compare(usual.low, usual.median)).toBe(-1);
        expect(compare(usual.high, usual.median)).toBe(1);
        expect(sideOf(usual.median, usual)).toBe('usual');
      }),
    ));

  it('a figure is unusual among others just where it lies outside what is usual of them', () =>
    fc.assert(
      fc.property(fc.array(price, { maxLength: 8 }), price, (figures, figure) => {
        const usual = usualOf(figures);
        const side = usual && sideOf(figure, usual);
        expect(unusualAmong(figure, figures)).toEqual(
          side === undefined || side === 'usual' ? undefined : { side, usual },
        );
      }),
    ));

  it('a price below one that is too low is too low', () =>
    fc.assert(
      fc.property(prices, price, price, (figures, a, b) => {
        const usual = usualOf(figures);
        if (!usual) throw new Error('three are enough');
        const [lower, higher] = compare(a, b) < 0 ? [a, b] : [b, a];
        if (sideOf(higher, usual) === 'below') expect(sideOf(lower, usual)).toBe('below');
        if (sideOf(lower, usual) === 'above') expect(sideOf(higher, usual)).toBe('above');
      }),
    ));
});

describe('units', () => {
  it.each([
    ['2', '吨', 'kg', '2000'],
    ['500', 'g', '千克', '0.5'],
    ['3', 'dozen', 'pcs', '36'],
    ['36', 'pcs', '打', '3'],
    ['5', '台', '个', '5'],
    ['1', '千米', '米', '1000'],
    ['1', 'm3', 'litre', '1000'],
  ])('%s %s in %s is %s', (quantity, from, to, result) =>
    expect(converted(quantity, from, to, reference)).toBe(result),
  );

  it.each([
    ['套', '个'],
    ['箱', '个'],
    ['双', '个'],
    ['kg', 'm'],
    ['handful', 'kg'],
  ])('%s does not convert to %s', (from, to) => expect(converted('1', from, to, reference)).toBeUndefined());

  it('goes there and back without loss, and keeps larger larger', () => {
    const units = reference.unitFactors.map(({ code }) => code);
    fc.assert(
      fc.property(price, fc.constantFrom(...units), fc.constantFrom(...units), (quantity, from, to) => {
        const there = converted(quantity, from, to, reference);
        if (there === undefined) return;
        const back = converted(there, to, from, reference) ?? '0';
        expect(Math.abs(Number(back) / Number(quantity) - 1)).toBeLessThan(1e-12);
        expect(compare(converted(times(quantity, '2'), from, to, reference) ?? '0', there)).toBe(1);
        expect(inBaseUnit(quantity, from, reference)?.base).toBe(inBaseUnit(there, to, reference)?.base);
      }),
    );
  });
});
