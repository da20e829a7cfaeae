import { describe, expect, it } from '@jest/globals';
import { median, quantile, shown, standing } from '../../bench/figures.ts';
import { table } from '../../bench/table.ts';

describe('quantiles by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, nth) => 100 - nth);

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('of 1 to 100 in any order, the share %d is %d', (share, value) => expect(quantile(hundred, share)).toBe(value));

  it('the 99th of two hundred leaves two above it', () =>
    expect(
      quantile(
        Array.from({ length: 200 }, (_, nth) => nth + 1),
        0.99,
      ),
    ).toBe(198));

  it('of one value is that value', () => expect(quantile([7], 0.99)).toBe(7));

  it('of nothing there is none, and no median', () => {
    expect(quantile([], 0.5)).toBeUndefined();
    expect(() => median([])).toThrow('no value was measured');
  });

  it('a median is a value that was measured', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2);
  });

  it('leaves what it was handed as it was', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

it('a count that is the budget is within it', () => {
  expect([standing(60, 60), standing(61, 60)]).toEqual(['within', 'over']);
});

it('a figure that is missing is a dash', () =>
  expect([shown(undefined), shown(0), shown(1.25, 2)]).toEqual(['–', '0.0', '1.25']));

it('columns are as wide as their widest cell, figures to the right, and no line ends in blanks', () => {
  expect(table(['', 'ms'], [['Quayside', '9.5'], ['bare', '12.0'], ['none']])).toBe(
    ['              ms', '  ────────  ────', '  Quayside   9.5', '  bare      12.0', '  none'].join('\n'),
  );
});
