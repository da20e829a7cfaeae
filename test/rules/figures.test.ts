import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import { compare, minus, sum } from '../../rules/money.ts';
import { amendOrder } from '../../rules/order/amend.ts';
import {
  fobOfLines,
  fobTotal,
  instalmentsOf,
  lineTotalOf,
  orderTotal,
  split,
  weightsOf,
} from '../../rules/order/figures.ts';
import { orderOf } from './orders.ts';

const cents = (most: number) =>
  fc
    .integer({ min: 1, max: most })
    .map((amount) => `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`);
const orderedOn = '2026-11-02' as CivilDate;

describe('totals', () => {
  it('are rounded line by line in the currency', () => {
    const order = orderOf({ currency: 'JPY' }, [
      { quantity: '3', unitPrice: '33.5' },
      { quantity: '1', unitPrice: '10' },
    ]);
    expect(orderTotal(order)).toEqual({ amount: '111', currency: 'JPY' });
  });
  it('take a stated line total as it is', () => {
    expect(lineTotalOf({ quantity: '3', unitPrice: '3.333', lineTotal: '10.00' }, 'USD')).toBe('10.00');
  });
  it('weigh all lines', () => {
    expect(weightsOf(orderOf({}, [{}, { netWeightKg: '0.125', grossWeightKg: '0.5' }]))).toEqual({
      netWeightKg: '1500.125',
      grossWeightKg: '1720.5',
    });
  });
});

describe('FOB', () => {
  const place = 'Long Beach';
  it.each([
    { rule: 'FOB', fob: '12000.00' },
    { rule: 'FCA', fob: '12000.00' },
    { rule: 'EXW', fob: '12000.00' },
    { rule: 'CFR', fob: '11200.00' },
    { rule: 'CPT', fob: '11200.00' },
    { rule: 'CIF', fob: '11140.00' },
    { rule: 'CIP', fob: '11140.00' },
    { rule: 'DAP', fob: '11140.00' },
    { rule: 'DPU', fob: '11140.00' },
    { rule: 'DDP', fob: '11140.00' },
  ] as const)('of 12,000.00 $rule with 800.00 freight and 60.00 insurance is $fob', ({ rule, fob }) => {
    expect(fobTotal(orderOf({ incoterm: { rule, place }, freight: '800', insurance: '60' })).amount).toBe(fob);
  });
  it('of lines adds up to the cent, the odd cent going to the line that lost most', () => {
    const order = orderOf({ incoterm: { rule: 'CIF', place }, freight: '0.90', insurance: '0.10' }, [
      { lineTotal: '100' },
      { lineTotal: '100' },
      { lineTotal: '100' },
    ]);
    expect(fobOfLines(order)).toEqual(['99.66', '99.67', '99.67']);
  });
  it.each([
    ['FOB', ['0', '0']],
    ['CIF', ['-5', '-5']],
  ] as const)('of lines that are worth less than the smallest coin adds up too: %s', (rule, fob) => {
    const order = orderOf({ currency: 'JPY', incoterm: { rule, place }, freight: '9', insurance: '1' }, [
      { quantity: '1', unitPrice: '0.1' },
      { quantity: '2', unitPrice: '0.1' },
    ]);
    expect(fobOfLines(order)).toEqual(fob);
    expect(compare(sum(fobOfLines(order)), fobTotal(order).amount)).toBe(0);
  });
  it('of lines always adds up to the FOB total', () => {
    fc.assert(
      fc.property(
        fc.array(cents(10_000_000), { minLength: 1, maxLength: 50 }),
        cents(100_000),
        cents(10_000),
        (lineTotals, freight, insurance) => {
          const order = orderOf(
            { incoterm: { rule: 'CIF', place }, freight, insurance },
            lineTotals.map((lineTotal) => ({ lineTotal })),
          );
          expect(compare(sum(fobOfLines(order)), fobTotal(order).amount)).toBe(0);
        },
      ),
    );
  });
});

describe('a split', () => {
  it('adds up, and gives each its share within one unit', () => {
    fc.assert(
      fc.property(
        cents(1_000_000_000),
        fc.array(cents(1_000_000), { minLength: 1, maxLength: 20 }),
        (amount, weights) => {
          const parts = split(amount, weights, 2);
          expect(compare(sum(parts), amount)).toBe(0);
          const total = Number(sum(weights));
          for (const [index, part] of parts.entries())
            expect(Math.abs(Number(part) - (Number(amount) * Number(weights[index])) / total)).toBeLessThan(0.0101);
        },
      ),
    );
  });
  it('refuses to split by nothing', () => expect(() => split('1.00', ['0', '0'], 2)).toThrow(RangeError));
  it('refuses an amount finer than its unit', () => expect(() => split('1.005', ['1'], 2)).toThrow(RangeError));
});

describe('instalments', () => {
  it('of 30 and 70 per cent of 20,000.00', () => {
    const payment = {
      instalments: [
        { share: '0.3', trigger: 'order' as const, days: 7 },
        { share: '0.7', trigger: 'shipment' as const, days: 30 },
      ],
    };
    expect(instalmentsOf(orderOf({ payment }, [{ quantity: '800', unitPrice: '25' }]), orderedOn)).toEqual([
      { no: 1, amount: '6000.00', currency: 'USD', trigger: 'order', days: 7, on: '2026-11-09' },
      { no: 2, amount: '14000.00', currency: 'USD', trigger: 'shipment', days: 30 },
    ]);
  });
  it('in thirds leave the odd cent to the last', () => {
    const payment = {
      instalments: ['0.33333333', '0.33333333', '0.33333334'].map((share) => ({ share, trigger: 'shipment' as const })),
    };
    expect(instalmentsOf(orderOf({ payment }, [{ lineTotal: '100' }]), orderedOn).map(({ amount }) => amount)).toEqual([
      '33.33',
      '33.33',
      '33.34',
    ]);
  });
  it('on a date are due on it', () => {
    const payment = { instalments: [{ share: '1', trigger: 'date' as const, on: '2027-01-31', days: 1 }] };
    expect(instalmentsOf(orderOf({ payment }), orderedOn)[0]?.on).toBe('2027-02-01');
  });
  it('by amount stay as stated', () => {
    const payment = {
      instalments: [
        { amount: '5000', trigger: 'order' as const },
        { share: '0.5', trigger: 'shipment' as const },
      ],
    };
    expect(instalmentsOf(orderOf({ payment }), orderedOn).map(({ amount }) => amount)).toEqual(['5000.00', '6000.00']);
  });
  it('by share add up to the total, whatever the shares', () => {
    fc.assert(
      fc.property(cents(100_000_000), fc.integer({ min: 1, max: 99 }), (lineTotal, first) => {
        const share = (percent: number) => `0.${String(percent).padStart(2, '0')}`;
        const payment = {
          instalments: [
            { share: share(first), trigger: 'order' as const },
            { share: share(100 - first), trigger: 'shipment' as const },
          ],
        };
        const order = orderOf({ payment }, [{ lineTotal }]);
        expect(
          compare(sum(instalmentsOf(order, orderedOn).map(({ amount }) => amount)), orderTotal(order).amount),
        ).toBe(0);
      }),
    );
  });
});

describe('an amended order', () => {
  it('has the new total: 5,000 bottles at 1.90 instead of 0.90', () => {
    const order = orderOf({}, [{ quantity: '5000', unitPrice: '0.90', lineTotal: '4500.00' }]);
    const amended = amendOrder(order, [[{ line: 1, unitPrice: '1.90' }]]);
    expect(orderTotal(amended)).toEqual({ amount: '9500.00', currency: 'USD' });
    expect(orderTotal(order).amount).toBe('4500.00');
  });
  it('follows its amendments in their order, and keeps what they leave out', () => {
    const amended = amendOrder(orderOf({}, [{}, {}]), [
      [{ line: 2, hsCode: '9405190000' }],
      [{ line: 2, hsCode: '9405290000', nameZh: undefined }],
    ]);
    expect(amended.lines.map(({ hsCode }) => hsCode)).toEqual(['9405210090', '9405290000']);
    expect(amended.lines[1]?.nameZh).toBe('LED台灯');
  });
  it('drops statutory quantities with the quantity that they belong to', () => {
    const order = orderOf({}, [{ statutory: [{ quantity: '1500', unit: 'kg' }], lineTotal: '12000' }]);
    expect(amendOrder(order, [[{ line: 1, quantity: '900' }]]).lines[0]).toMatchObject({
      statutory: [],
      quantity: '900',
    });
    expect(amendOrder(order, [[{ line: 1, unit: '个' }]]).lines[0]).toMatchObject({
      statutory: [{ unit: 'kg' }],
      lineTotal: '12000',
    });
  });
  it('refuses a correction of a line that is not there', () => {
    expect(() => amendOrder(orderOf(), [[{ line: 2, unitPrice: '1' }]])).toThrow('has no line 2');
  });
  it('is worth the sum of its lines after any change of prices', () => {
    const changes = fc.array(
      fc.record({
        line: fc.integer({ min: 1, max: 3 }),
        unitPrice: cents(100_000),
        quantity: fc.integer({ min: 1, max: 9999 }).map(String),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 3 }), (amendments) => {
        const amended = amendOrder(orderOf({}, [{ lineTotal: '12000' }, {}, {}]), amendments);
        expect(compare(orderTotal(amended).amount, sum(amended.lines.map((line) => lineTotalOf(line, 'USD'))))).toBe(0);
        for (const { line } of amendments.flat()) expect(amended.lines[line - 1]?.lineTotal).toBeUndefined();
        expect(minus(orderTotal(amendOrder(amended, [])).amount, orderTotal(amended).amount)).toBe('0');
      }),
    );
  });
});
