import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type DocumentFacts,
  documentFactsSchema,
  type StatedDocument,
  type StatedLine,
} from '../../../rules/documents/facts.ts';
import { sum } from '../../../rules/money.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { orderOf } from '../orders.ts';
import { changed, coveredFields } from './changes.ts';
import { fullSet, orders } from './full-sets.ts';
import { differences, mug, paper, told } from './papers.ts';

type LineInput = Partial<OrderInput['lines'][number]>;

const cutlery = {
  productCode: 'CUT-3',
  nameZh: '餐具套装',
  nameEn: 'Cutlery set',
  hsCode: '8215200000',
  unit: '套',
  quantity: '300',
} as const;
const of = (kind: string, order: LineInput[], ...lines: Partial<StatedLine>[]) =>
  differences(orderOf({}, order), [paper(kind, { lines })]);
const invoice = (order: LineInput[], ...lines: Partial<StatedLine>[]) =>
  told(of('commercial-invoice', order, ...lines));
const at = (row: string, place: string) => `${row} @ P-commercial-invoice ${place}`;

describe('units as papers write them', () => {
  it.each(['PCS.', 'PC(S)', 'EA.', 'NOS', '个/PCS'])('500 %s are 500 个', (unit) => {
    expect(invoice([mug], { productCode: 'MUG-1', quantity: '500', unit })).toEqual([]);
    expect(invoice([mug], { productCode: 'MUG-1', quantity: '50', unit })).toEqual([
      at('quantity', 'lines[0].quantity'),
    ]);
  });

  it.each([
    ['commercial-invoice', 'unit'],
    ['customs-declaration', 'unit-declared'],
    ['purchase-contract', 'unit-purchased'],
  ])('one that no table knows holds no %s back', (kind, row) => {
    const [one, ...more] = of(kind, [mug], { nameZh: '陶瓷杯', quantity: '500', unit: 'Stk' });
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      of: row,
      severity: 'warn',
      title: expect.stringMatching(/not known here/),
      expected: '500 个 (order lines[0].unit)',
      found: `500 Stk (P-${kind} lines[0].unit)`,
      remedy: expect.stringMatching(/^Look which unit is meant/),
    });
    expect(of(kind, [{ ...mug, unit: 'STK' }], { nameZh: '陶瓷杯', quantity: '500', unit: 'Stk' })).toEqual([]);
    expect(of(kind, [mug], { nameZh: '陶瓷杯', quantity: '500', unit: 'rolls' })[0]).toMatchObject({
      of: row,
      severity: 'block',
    });
  });
});

describe('a short part of a set', () => {
  it('is told by the parts, those in several cartons added up', () => {
    const [quantity, set] = of(
      'packing-list',
      [cutlery],
      { nameZh: '餐刀', quantity: '290', unit: '把' },
      { nameZh: '餐叉', quantity: '100', unit: '把' },
      { nameZh: '餐叉', quantity: '200', unit: '把' },
    );
    expect(quantity).toMatchObject({
      of: 'quantity',
      expected: 'as many of each part in every one of 300 套 (order lines[0].quantity)',
      found: '290 把 餐刀 + 300 把 餐叉 (P-packing-list lines[0].quantity, lines[1].quantity, lines[2].quantity)',
    });
    expect(set).toMatchObject({
      of: 'set-packed',
      found: '290 把 餐刀 + 300 把 餐叉 (P-packing-list lines[0], lines[1], lines[2])',
    });
  });

  it('is told where the order lists the parts, and the paper the set', () => {
    const parts = [
      { ...cutlery, productCode: 'K', nameZh: '餐刀', nameEn: 'Table knife', unit: '把', netWeightKg: '300' },
      { ...cutlery, productCode: 'F', nameZh: '餐叉', nameEn: 'Table fork', unit: '把', netWeightKg: '200' },
    ];
    const set = { nameZh: '餐具套装', quantity: '290', unit: '套', netWeightKg: '500' };
    expect(of('packing-list', parts, set).find(({ of: row }) => row === 'quantity')).toMatchObject({
      expected:
        'as many of each part in every one of the sets: 300 把 餐刀 + 300 把 餐叉 (order lines[0].quantity, lines[1].quantity)',
      found: '290 套 (P-packing-list lines[0].quantity)',
    });
  });
});

describe('merged lines of several prices', () => {
  const order = [
    { ...mug, quantity: '200', unitPrice: '2.00' },
    { ...mug, quantity: '300', unitPrice: '3.00' },
  ];
  const merged = { nameZh: '陶瓷杯', quantity: '500', unit: '个' };

  it('may be one at the average price, where the total is right', () => {
    expect(invoice(order, { ...merged, unitPrice: '2.60', total: '1300.00' })).toEqual([]);
    expect(invoice(order, { ...merged, unitPrice: '2.70', total: '1350.00' })).toEqual([
      at('line-total', 'lines[0].total'),
    ]);
    expect(invoice(order, { ...merged, unitPrice: '2.70', total: '1300.00' })).toEqual([
      at('line-arithmetic', 'lines[0].total'),
    ]);
  });

  it('without a total are told by the price', () =>
    expect(invoice(order, { ...merged, unitPrice: '4.00' })).toEqual([at('unit-price', 'lines[0].unitPrice')]));

  it('of one price are told by it', () =>
    expect(
      invoice(
        order.map((line) => ({ ...line, unitPrice: '2.00' })),
        { ...merged, unitPrice: '2.60', total: '1000.00' },
      ),
    ).toEqual([at('unit-price', 'lines[0].unitPrice')]));
});

describe('one thing written in two ways is no difference', () => {
  it.each(['NO BRAND', 'No-brand', '无牌', 'N/A', 'n.a.', 'None', '/', '-', '品牌:无品牌', 'Brand: none'])(
    'no brand: %s',
    (brand) => {
      expect(invoice([{ ...mug, brand: '无品牌' }], { productCode: 'MUG-1', brand })).toEqual([]);
      expect(invoice([{ ...mug, brand: 'Lumora' }], { productCode: 'MUG-1', brand })).toEqual([
        at('brand', 'lines[0].brand'),
      ]);
    },
  );

  it.each(['型号:TL-20', '规格型号：TL-20', '型号 TL-20', 'Model: TL 20', 'MODEL NO.TL-20', 'Item No.: TL-20'])(
    'a model with its label: %s',
    (model) => {
      expect(invoice([{}], { productCode: 'TL-20', model })).toEqual([]);
      expect(invoice([{}], { productCode: 'TL-20', model: `${model}S` })).toEqual([at('model', 'lines[0].model')]);
    },
  );

  it.each([
    ['Ceramic mug', 'Ceramic mugs'],
    ['Ceramic mugs', 'Ceramic mug'],
    ['Glass dishes', 'GLASS DISH'],
    ['Boxes of ceramic tile', 'Box of ceramic tiles'],
  ])('one or several: %s, %s', (nameEn, stated) =>
    expect(invoice([{ ...mug, nameEn }], { productCode: 'MUG-1', nameEn: stated })).toEqual([]),
  );

  it.each([
    ['Ceramic mug', 'Ceramic jugs'],
    ['Ceramic mug', 'Ceramic mugss'],
    ['Table lamp', 'Table lamps stand'],
  ])('but not %s and %s', (nameEn, stated) =>
    expect(invoice([{ ...mug, nameEn }], { productCode: 'MUG-1', nameEn: stated })).toEqual([
      at('name-en', 'lines[0].nameEn'),
    ]),
  );

  const heads = (changes: object, facts: Partial<DocumentFacts>) =>
    told(differences(orderOf(changes), [paper('commercial-invoice', facts)]));

  it.each([
    'HL-2026 HAMBURG C/NO.1-10',
    'C/NO. 1-10, HAMBURG, HL-2026',
    'HL-2026\nHAMBURG\nC/NO. 1 TO 10',
    'HAMBURG HL-2026 C/NO.: 1-10',
  ])('marks on one line or on several: %s', (marks) => {
    expect(heads({ marks: 'HL-2026\nHAMBURG\nC/NO.1-10' }, { marks })).toEqual([]);
    expect(heads({ marks: 'HL-2026\nHAMBURG\nC/NO.11-0' }, { marks })).toEqual([at('marks', 'marks')]);
    expect(heads({ marks: 'HL-2026\nBREMEN\nC/NO.1-10' }, { marks })).toEqual([at('marks', 'marks')]);
  });

  it('an Incoterm with its place in one', () => {
    expect(heads({}, { incoterm: 'FOB NINGBO' })).toEqual([]);
    expect(heads({}, { incoterm: 'fob宁波' })).toEqual([]);
    expect(heads({}, { incoterm: 'FOB XIAMEN' })).toEqual([at('incoterm-place', 'incoterm')]);
    expect(heads({}, { incoterm: 'CIF NINGBO' })).toEqual([at('incoterm', 'incoterm')]);
    expect(heads({}, { incoterm: 'FOB NINGBO', incotermPlace: 'Xiamen' })).toEqual([
      at('incoterm-place', 'incotermPlace'),
    ]);
    const cfr = { incoterm: { rule: 'CFR', place: 'Kobe' }, freight: '100' };
    expect(heads(cfr, { incoterm: 'C&F KOBE' })).toEqual([]);
    expect(heads({}, { incoterm: 'FREE ON' })).toEqual([at('incoterm', 'incoterm')]);
  });
});

describe('a line of the order that is several of the paper', () => {
  const red = { nameZh: '陶瓷杯 红', quantity: '200', unit: '个' };
  const blue = { nameZh: '陶瓷杯 蓝', quantity: '300', unit: '个' };

  it('is one warning about their names', () => {
    const findings = of('commercial-invoice', [mug], red, blue);
    expect(told(findings)).toEqual([at('name-zh', 'lines[0].nameZh')]);
    expect(findings[0]?.found).toBe(
      '陶瓷杯 红 (P-commercial-invoice lines[0].nameZh) + 陶瓷杯 蓝 (P-commercial-invoice lines[1].nameZh)',
    );
  });
});

describe('lines that are no goods', () => {
  const goods = (quantity: string) => ({ nameZh: '陶瓷杯', quantity, unit: '个' });
  const listed = (facts: object, ...lines: Partial<StatedLine>[]) =>
    differences(orderOf({}, [{}, mug]), [paper('commercial-invoice', { ...facts, lines })]);
  const lamp = { productCode: 'TL-20', quantity: '1000', unit: '台', total: '12000.00' };
  const mugs = { ...goods('500'), total: '1000.00' };

  it('empty ones are left out, the others keep their places', () => {
    expect(listed({}, {}, lamp, { no: 3 }, mugs, {})).toEqual([]);
    expect(told(listed({}, {}, lamp, { no: 3 }, { ...mugs, quantity: '400' }))).toEqual([
      at('quantity', 'lines[3].quantity'),
    ]);
    expect(listed({}, {}, {})).toEqual([]);
  });

  it.each(['TOTAL', 'Total:', 'GRAND TOTAL', '合计', '合 计', '总计：'])(
    'the sum under them is left out: %s',
    (word) => {
      const sums = { [/\p{Script=Han}/u.test(word) ? 'nameZh' : 'nameEn']: word };
      expect(listed({ total: '13000.00' }, lamp, mugs, { ...sums, total: '13000.00' })).toEqual([]);
      expect(listed({}, lamp, mugs, { ...sums, quantity: '1500', total: '13000.00', packages: '0' })).not.toEqual([]);
      expect(listed({}, lamp, mugs, { ...sums, quantity: '1500', total: '13000.00' })).toEqual([]);
      expect(listed({}, lamp, mugs, sums)).toEqual([]);
    },
  );

  it('sums of some lines, and what they are the sum of, are left out', () => {
    const sub = (total: string, nameEn = 'Sub-total') => ({ nameEn, total });
    const lines = [lamp, sub('12000.00'), mugs, sub('1000.00'), sub('13000.00', 'TOTAL USD'), { productCode: '合计' }];
    expect(listed({ total: '13000.00' }, ...lines)).toEqual([]);
    expect(told(listed({}, lamp, sub('12000.00'), mugs, sub('1100.00')))).toEqual([
      at('document-line-unmatched', 'lines[3]'),
    ]);
  });

  it('goods with a word like a sum in their name are goods', () =>
    expect(told(listed({}, lamp, mugs, { nameEn: 'Total station', quantity: '2' }))).toEqual([
      at('document-line-unmatched', 'lines[2]'),
    ]));

  it('a sum without a name is left out, a line of goods without one is not', () => {
    expect(listed({ total: '13000.00' }, lamp, mugs, { total: '13000.00' })).toEqual([]);
    expect(listed({}, lamp, mugs, { quantity: '1500', total: '13000.00' })).toEqual([]);
    expect(told(listed({}, lamp, { quantity: '500', unit: '个', total: '1000.00' }))).toEqual([]);
    const nameless = [
      { quantity: '1000', total: '12000.00' },
      { quantity: '500', total: '1000.00' },
      { quantity: '1500', total: '13000.00' },
    ];
    expect(told(listed({}, ...nameless))).toContain(at('document-line-unmatched', 'lines[2]'));
    expect(told(listed({}, lamp, mugs, { total: '700.00' }))).toEqual([at('document-line-unmatched', 'lines[2]')]);
  });

  it('a sum that comes to something else is shown', () => {
    const [wrong, ...more] = listed({}, lamp, mugs, { nameEn: 'TOTAL', total: '13100.00' });
    expect(more).toEqual([]);
    expect(wrong).toMatchObject({
      rule: 'document-line-unmatched',
      found: 'TOTAL, 13100.00 (P-commercial-invoice lines[2])',
    });
  });

  it('are shown with what they say, where nothing but figures is known', () => {
    const found = listed({}, lamp, mugs, { netWeightKg: '5', packages: '2' }, { origin: 'CN' }, { unit: '箱' });
    expect(found.map((one) => one.found)).toEqual([
      '2 packages, 5 kg net (P-commercial-invoice lines[2])',
      'CN (P-commercial-invoice lines[3])',
      '箱 (P-commercial-invoice lines[4])',
    ]);
  });

  it('play no part, whatever else is found', () =>
    fc.assert(
      fc.property(orders, fc.nat(), fc.array(fc.nat(8), { maxLength: 3 }), (order, which, places) => {
        const fields = coveredFields(fullSet(order));
        const field = fields[which % fields.length];
        if (!field) throw new Error('No paper states a field.');
        const papers = changed(fullSet(order), field);
        const padded = papers.map((one) => withFoot(one, places));
        const bare = (one: StatedDocument[]) =>
          differences(order, one)
            .map(({ of: row, rule, where, severity }) => [
              row ?? rule,
              where.replace(/lines\[\d+\]/, 'lines[]'),
              severity,
            ])
            .sort();
        expect(bare(padded)).toEqual(bare(papers));
      }),
      { numRuns: 150 },
    ));
});

/** The paper with empty lines at those places, and a sum at its foot. */
function withFoot(one: StatedDocument, places: readonly number[]): StatedDocument {
  const { lines } = one.facts;
  if (lines.length === 0) return one;
  const padded: Partial<StatedLine>[] = places.reduce<Partial<StatedLine>[]>(
    (now, place) => now.toSpliced(place % (now.length + 1), 0, {}),
    [...lines],
  );
  const totals = lines.flatMap(({ total }) => total ?? []);
  const foot = { nameEn: 'TOTAL', ...(totals.length === lines.length ? { total: sum(totals) } : {}) };
  return { ...one, facts: documentFactsSchema.parse({ ...one.facts, lines: [...padded, foot] }) };
}
