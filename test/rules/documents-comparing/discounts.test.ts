import { describe, expect, it } from '@jest/globals';
import type { StatedLine } from '../../../rules/documents/facts.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { orderOf, reference } from '../orders.ts';
import { differences, paper, told } from './papers.ts';

type LineInput = Partial<OrderInput['lines'][number]>;

const lamp: LineInput = {
  productCode: undefined,
  nameZh: 'LED台灯',
  nameEn: 'LED lamp',
  unit: '台',
  quantity: '1000',
  unitPrice: '66.00',
  purchaseNet: '66000.00',
};
const rack: LineInput = {
  ...lamp,
  nameZh: '钢制货架',
  nameEn: 'Steel rack',
  hsCode: '9403200000',
  unit: '个',
  quantity: '100',
  unitPrice: '120.00',
  purchaseNet: '12000.00',
};
const lamps = (more: Partial<StatedLine> = {}) => ({ nameZh: 'LED台灯', quantity: '1000', unit: '台', ...more });
const racks = (more: Partial<StatedLine> = {}) => ({ nameZh: '钢制货架', quantity: '100', unit: '个', ...more });
const off = (total: string, nameZh = '折扣'): Partial<StatedLine> => ({ nameZh, total });

const foundOf = (kind: string, order: LineInput[], lines: Partial<StatedLine>[], more: object = {}) =>
  differences(orderOf({}, order), [paper(kind, { lines, ...more })]);
const toldOf = (...given: Parameters<typeof foundOf>) => told(foundOf(...given));

describe('a discount of its own name on a paper with one line of goods', () => {
  it.each([...reference.spellings.discounts.map(({ word }) => word), 'LESS: DISCOUNT', '折扣（5%）：', 'Discount USD'])(
    'comes off it: %s',
    (word) => {
      const lines = [lamps({ unitPrice: '70.00', total: '70000.00' }), off('-4000.00', word)];
      const whole = { total: '66000.00' };
      expect(toldOf('purchase-contract', [lamp], lines, whole)).toEqual([]);
      expect(toldOf('commercial-invoice', [lamp], lines, whole)).toEqual([]);
    },
  );

  it('that comes to another price is told by what both come to', () => {
    const lines = [lamps({ total: '70000.00' }), off('-3000.00')];
    expect(foundOf('purchase-contract', [lamp], lines, { total: '67000.00' })).toEqual([
      expect.objectContaining({ of: 'purchase-net', severity: 'warn', found: expect.stringContaining('-3000.00') }),
    ]);
    expect(foundOf('commercial-invoice', [lamp], lines, { total: '67000.00' })).toEqual([
      expect.objectContaining({ of: 'line-total', severity: 'block', found: expect.stringContaining('= 67000 ') }),
    ]);
  });

  it('comes off lines that are one line of the order', () => {
    const half = lamps({ quantity: '500', unitPrice: '70.00', total: '35000.00' });
    for (const kind of ['commercial-invoice', 'purchase-contract']) {
      expect(toldOf(kind, [lamp], [half, half, off('-4000.00')], { total: '66000.00' })).toEqual([]);
      expect(toldOf(kind, [lamp], [half, half, off('-3000.00')], { total: '67000.00' })).toHaveLength(1);
    }
  });

  it('hides no other figure of the goods', () => {
    const lines = [off('-4000.00'), lamps({ quantity: '990', total: '70000.00', netWeightKg: '1400' })];
    expect(
      toldOf('commercial-invoice', [{ ...lamp, netWeightKg: '1500', grossWeightKg: '1720' }], lines, {
        netWeightKg: '1450',
      }),
    ).toEqual([
      'line-net-weight @ P-commercial-invoice lines[1].netWeightKg',
      'net-weight @ P-commercial-invoice netWeightKg',
      'quantity @ P-commercial-invoice lines[1].quantity',
    ]);
  });

  it('leaves the weights of the goods to be added up', () => {
    const lines = [lamps({ grossWeightKg: '1700' }), off('-4000.00')];
    expect(toldOf('bill-of-lading', [lamp], lines, { grossWeightKg: '1720' })).toContain(
      'sum-of-gross-weights @ P-bill-of-lading grossWeightKg',
    );
  });

  it('is no part of a set', () => {
    const piece = { ...lamp, unit: '把', quantity: '500', hsCode: '8215990000', purchaseNet: '7500.00' };
    const parts = [
      { ...piece, nameZh: '餐刀', nameEn: 'Knife' },
      { ...piece, nameZh: '餐叉', nameEn: 'Fork' },
    ];
    const sets = { nameZh: '餐具套装', hsCode: '8215990000', quantity: '500', unit: '套', total: '16000.00' };
    const bySet = foundOf('purchase-contract', parts, [sets, off('-1000.00')]);
    expect(bySet.map(({ of }) => of)).toEqual(['set-purchased']);
    expect(bySet.map(({ found }) => found).join()).not.toContain('折扣');
  });

  it('is counted by the sum of the lines', () =>
    expect(
      toldOf('commercial-invoice', [lamp], [lamps({ total: '70000.00' }), off('-4000.00')], { total: '70000.00' }),
    ).toEqual(['total @ P-commercial-invoice total']));
});

describe('a discount of its own name on a paper with several lines of goods', () => {
  const order = [lamp, rack];
  const atFirst = (rate: number) => [
    lamps({ unitPrice: '70.00', total: '70000.00' }),
    racks({ unitPrice: '130.00', total: '13000.00' }),
    off(`${rate}.00`),
  ];

  it('stands for no line, and the lines are not held against prices after it', () => {
    expect(toldOf('purchase-contract', order, atFirst(-5000), { total: '78000.00' })).toEqual([]);
    expect(toldOf('commercial-invoice', order, atFirst(-5000), { total: '78000.00' })).toEqual([]);
  });

  it('is told once where the lines have the prices of the order before it', () => {
    const lines = [lamps({ total: '66000.00' }), racks({ total: '12000.00' }), off('-500.00', 'Discount')];
    const whole = { total: '77500.00' };
    const differing = 'The lines less the discount come to another amount';
    for (const more of [whole, {}]) {
      expect(foundOf('commercial-invoice', order, lines, more)).toEqual([
        expect.objectContaining({ title: expect.stringContaining(differing), severity: 'block' }),
      ]);
      expect(foundOf('purchase-contract', order, lines, more)).toEqual([
        expect.objectContaining({
          title: expect.stringContaining(differing),
          expected: expect.stringMatching(/^78,?000/),
        }),
      ]);
    }
  });

  it('is taken off the contract that an invoice is held against, where the order plans no price', () => {
    const unplanned = orderOf(
      {},
      order.map((one) => ({ ...one, purchaseNet: undefined })),
    );
    const invoiced = (first: string) =>
      told(
        differences(unplanned, [
          paper('purchase-contract', { lines: atFirst(-5000) }),
          paper('vat-invoice', { lines: [lamps({ total: first }), racks({ total: '12000.00' })] }),
        ]),
      );
    expect(invoiced('66000.00')).toEqual([]);
    expect(invoiced('67000.00')).toContain('purchase-net-contracted @ P-vat-invoice lines[0].total');
  });

  it('hides neither a wrong quantity nor a line that nobody ordered', () => {
    const lines = [lamps({ quantity: '900', total: '70000.00' }), racks({ total: '13000.00' }), off('-5000.00')];
    expect(toldOf('commercial-invoice', order, lines)).toEqual(['quantity @ P-commercial-invoice lines[0].quantity']);
    const more = [
      ...atFirst(-5000),
      { nameZh: '玻璃花瓶', hsCode: '7013990000', quantity: '5', unit: '只', total: '50.00' },
    ];
    expect(toldOf('commercial-invoice', order, more)).toContain(
      'document-line-unmatched @ P-commercial-invoice lines[3]',
    );
  });
});

it.each([
  ['goods of that name', { nameZh: '优惠券', total: '-4000.00' }],
  ['an amount that is not taken off', off('4000.00')],
  ['a word that is none', off('-4000.00', '运费')],
])('%s is no discount', (_, line) =>
  expect(toldOf('commercial-invoice', [lamp], [lamps({ total: '66000.00' }), line])).toContain(
    'document-line-unmatched @ P-commercial-invoice lines[1]',
  ),
);
