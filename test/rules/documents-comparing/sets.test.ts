import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StatedLine } from '../../../rules/documents/facts.ts';
import { sum } from '../../../rules/money.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { orderOf } from '../orders.ts';
import { differences, paper, told } from './papers.ts';

type LineInput = Partial<OrderInput['lines'][number]>;

const cutlery = {
  productCode: 'CUT-3',
  nameZh: '餐具套装',
  nameEn: 'Cutlery set',
  hsCode: '8215200000',
  unit: '套',
  quantity: '500',
  unitPrice: '6.00',
  netWeightKg: '600',
  grossWeightKg: '650',
  purchaseNet: '15000.00',
} as const;
const tea = {
  ...cutlery,
  productCode: 'TEA-7',
  nameZh: '茶具套装',
  nameEn: 'Tea set',
  hsCode: '6912001000',
  quantity: '100',
  purchaseNet: '9000.00',
} as const;
const plate = { ...tea, productCode: 'PLATE-1', nameZh: '陶瓷盘', nameEn: 'Ceramic plate', unit: '个' } as const;
const asStated = ({ productCode, nameZh, quantity, unit }: LineInput): Partial<StatedLine> => ({
  productCode,
  nameZh,
  quantity,
  unit,
});

const pieces = (nameZh: string, quantity: string, more: Partial<StatedLine> = {}): Partial<StatedLine> => ({
  nameZh,
  quantity,
  unit: '把',
  ...more,
});
const [knives, forks, spoons] = [pieces('餐刀', '500'), pieces('餐叉', '500'), pieces('餐勺', '500')] as const;
const weighing = (...weights: string[]) =>
  [knives, forks, spoons].map((line, at) => ({ ...line, netWeightKg: weights[at] }));

const found = (kind: string, order: LineInput[], lines: Partial<StatedLine>[]) =>
  differences(orderOf({}, order), [paper(kind, { lines })]);
const toldOf = (...given: Parameters<typeof found>) => told(found(...given));
const setOn = (row: string, kind: string, line = 0) => `${row} @ P-${kind} lines[${line}]`;
const packed = setOn('set-packed', 'packing-list');

describe('a set that a paper lists by its parts', () => {
  it('is one note on a packing list whose weights add up, with what was taken for what', () =>
    expect(found('packing-list', [cutlery, plate], [...weighing('200', '200', '200'), asStated(plate)])).toEqual([
      expect.objectContaining({
        rule: 'document-set',
        severity: 'info',
        expected: '500 套 餐具套装 (order lines[0])',
        found: '500 把 餐刀 + 500 把 餐叉 + 500 把 餐勺 (P-packing-list lines[0], lines[1], lines[2])',
      }),
    ]));

  it('is one warning on an invoice, by what the parts cost together', () =>
    expect(
      toldOf(
        'commercial-invoice',
        [{ ...cutlery, nameZh: '餐桌椅套装', nameEn: 'Garden furniture', quantity: '10', unitPrice: '300' }, plate],
        [
          { nameEn: 'Table', quantity: '10', unit: '张', total: '1000.00' },
          { nameEn: 'Chair', quantity: '40', unit: '个', total: '2000.00' },
          asStated(plate),
        ],
      ),
    ).toEqual([setOn('set-sold', 'commercial-invoice')]));

  it('may state no figures but counts, and boxes that are called otherwise, where it is the only line left', () =>
    expect(
      toldOf('packing-list', [cutlery, plate], [knives, asStated(plate), forks, spoons, pieces('包装盒', '500')]),
    ).toEqual([packed]));

  it('may list a part in several lines', () =>
    expect(
      toldOf('packing-list', [cutlery, plate], [knives, pieces('餐叉', '250'), pieces('餐叉', '250'), asStated(plate)]),
    ).toEqual([packed]));

  it('is known among several sets by what names have in common', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery, { ...tea, nameZh: '功夫茶套装', quantity: '500' }],
        [pieces('茶杯', '3000'), knives, pieces('茶壶', '500'), forks],
      ),
    ).toEqual([setOn('set-packed', 'packing-list', 0), setOn('set-packed', 'packing-list', 1)]));

  it('may be counted in pieces, where its name says that it is one', () =>
    expect(
      toldOf(
        'commercial-invoice',
        [
          { ...tea, unit: '个' },
          { ...plate, quantity: '30' },
        ],
        [
          { nameZh: '茶壶', quantity: '100', unit: '个', total: '240.00' },
          { nameZh: '茶杯', quantity: '600', unit: '个', total: '360.00' },
          { ...asStated(plate), quantity: '30' },
        ],
      ),
    ).toEqual([setOn('set-sold', 'commercial-invoice')]));

  it('may be what the paper states, and its parts what the order does', () =>
    expect(
      toldOf(
        'packing-list',
        [
          { ...cutlery, productCode: 'K', nameZh: '餐刀', nameEn: 'Table knife', unit: '把', netWeightKg: '300' },
          { ...cutlery, productCode: 'F', nameZh: '餐叉', nameEn: 'Table fork', unit: '把', netWeightKg: '200' },
          plate,
        ],
        [{ nameZh: '餐具套装', quantity: '500', unit: '套', netWeightKg: '500' }, asStated(plate)],
      ),
    ).toEqual([packed]));

  it('is spelled out below its own line without another word', () =>
    expect(toldOf('packing-list', [cutlery, plate], [asStated(cutlery), knives, forks, asStated(plate)])).toEqual([]));

  it.each<[string, Partial<StatedLine>, Partial<StatedLine>[]]>([
    ['weighed by themselves', {}, [{ netWeightKg: '400' }, { netWeightKg: '200' }]],
    ['weighed beside the set', { grossWeightKg: '650' }, [{ netWeightKg: '400' }, { netWeightKg: '200' }]],
    ['as many as are in one set', {}, [{ quantity: '1' }, { quantity: '2' }]],
    ['without a quantity', {}, [{ quantity: undefined }, { quantity: undefined }]],
    ['at no price', { total: '3000.00' }, [{ total: '0.00' }, { total: '0.00' }]],
    ['at the price of the set', {}, [{ total: '2000.00' }, { total: '1000.00' }]],
  ])('is spelled out below its own line, its parts %s', (_, set, parts) =>
    expect(
      toldOf(
        'commercial-invoice',
        [cutlery, plate],
        [
          { ...asStated(cutlery), ...set },
          ...[knives, forks].map((line, at) => ({ ...line, ...parts[at] })),
          asStated(plate),
        ],
      ),
    ).toEqual([]),
  );

  it('is spelled out below its own line one piece short, which is told', () =>
    expect(toldOf('packing-list', [cutlery], [asStated(cutlery), pieces('餐刀', '499'), forks])).toEqual([
      'quantity @ P-packing-list lines[1].quantity',
      setOn('set-packed', 'packing-list', 1),
    ]));

  it('comes in two models with the same parts', () =>
    expect(
      toldOf(
        'packing-list',
        [
          { ...cutlery, nameZh: '餐具套装A' },
          { ...cutlery, productCode: 'B', nameZh: '餐具套装B', quantity: '300' },
        ],
        [knives, pieces('餐刀', '300'), forks, pieces('餐叉', '300')],
      ),
    ).toEqual([setOn('set-packed', 'packing-list', 0), setOn('set-packed', 'packing-list', 1)]));

  it('keeps its parts where parts of another happen to come to its weight', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery, { ...tea, quantity: '500', netWeightKg: '900' }],
        [
          { ...knives, netWeightKg: '300' },
          { ...forks, netWeightKg: '200' },
          pieces('茶壶', '500', { netWeightKg: '400' }),
          pieces('茶杯', '2000', { netWeightKg: '500' }),
        ],
      ),
    ).toEqual([
      'line-net-weight @ P-packing-list lines[0].netWeightKg',
      setOn('set-packed', 'packing-list', 0),
      setOn('set-packed', 'packing-list', 2),
    ]));

  it('keeps its parts where another set shares a sign of its name', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery, { ...cutlery, productCode: 'T', nameZh: '餐桌椅组合', quantity: '1000' }],
        [pieces('餐椅', '4000'), pieces('餐桌', '1000'), forks, knives],
      ),
    ).toEqual([setOn('set-packed', 'packing-list', 0), setOn('set-packed', 'packing-list', 2)]));

  it('is one finding of the declaration, and holds it back', () =>
    expect(found('customs-declaration', [cutlery], [knives, forks, spoons])).toEqual([
      expect.objectContaining({ of: 'set-declared', severity: 'block' }),
    ]));
});

describe('the parts of a set', () => {
  it('that are not equally many in every set are a difference of quantity', () => {
    const lines = [...weighing('200', '200'), pieces('餐勺', '499', { netWeightKg: '200' })];
    expect(toldOf('packing-list', [cutlery], lines)).toEqual(['quantity @ P-packing-list lines[0].quantity', packed]);
  });

  it('that weigh otherwise than the set are a difference of weight', () =>
    expect(toldOf('packing-list', [cutlery], weighing('200', '200', '100'))).toEqual([
      'line-net-weight @ P-packing-list lines[0].netWeightKg',
      packed,
    ]));

  it('bear the brand and the origin of the set', () =>
    expect(
      toldOf(
        'commercial-invoice',
        [{ ...cutlery, brand: 'Lumora' }],
        [
          { ...knives, brand: 'LUMORA', origin: 'CN' },
          { ...forks, brand: 'Sheffield' },
          { ...spoons, origin: 'VN' },
        ],
      ),
    ).toEqual([
      'brand @ P-commercial-invoice lines[1].brand',
      'origin @ P-commercial-invoice lines[2].origin',
      setOn('set-sold', 'commercial-invoice'),
    ]));

  it('are shown with their candidates where they could be in two sets', () => {
    const order = [
      cutlery,
      { ...cutlery, productCode: 'CUT-4', nameZh: '儿童餐具套装', nameEn: 'Cutlery for children' },
    ];
    expect(found('packing-list', order, [knives, forks])).toEqual([
      expect.objectContaining({ rule: 'document-line-ambiguous', where: 'P-packing-list lines[0]' }),
      expect.objectContaining({
        rule: 'document-line-ambiguous',
        where: 'P-packing-list lines[1]',
        expected: expect.stringMatching(/CUT-3, 餐具套装.* or CUT-4, 儿童餐具套装/),
      }),
    ]);
  });
});

describe('what could be parts of a set', () => {
  const english = (...names: string[]) => names.map((nameEn) => ({ nameEn, quantity: '500', unit: 'pcs' }));

  it('is shown where nothing in the names says so, and is no other goods', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery, { ...plate, quantity: '500' }],
        [...english('Knife', 'Fork'), { ...asStated(plate), quantity: '500' }],
      ),
    ).toEqual([
      'document-line-ambiguous @ P-packing-list lines[0]',
      'document-line-ambiguous @ P-packing-list lines[1]',
    ]));

  it('is known by the beginning of a word', () =>
    expect(
      toldOf('packing-list', [cutlery, { ...tea, quantity: '500' }], english('Knife', 'Fork', 'Teapot', 'Teacup')),
    ).toEqual([
      'document-line-ambiguous @ P-packing-list lines[0]',
      'document-line-ambiguous @ P-packing-list lines[1]',
      setOn('set-packed', 'packing-list', 2),
    ]));

  it('is shown where all lines of a paper fit the one set', () =>
    expect(
      toldOf(
        'packing-list',
        [{ ...cutlery, nameZh: '工具套装', nameEn: 'Tool kit', quantity: '530' }],
        [pieces('锤子', '1590'), pieces('扳手', '3180'), pieces('螺丝刀', '2650')],
      ),
    ).toEqual([0, 1, 2].map((line) => `document-line-ambiguous @ P-packing-list lines[${line}]`)));

  it('is told short of the set, not taken for other goods', () =>
    expect(
      toldOf(
        'packing-list',
        [{ ...tea, quantity: '1000' }],
        [
          { nameEn: 'Teapot', quantity: '990', unit: 'pcs' },
          { nameEn: 'Teacup', quantity: '4000', unit: 'pcs' },
        ],
      ),
    ).toEqual(['quantity @ P-packing-list lines[0].quantity', packed]));

  it('is shown where it could be one more part of two sets', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery, { ...cutlery, productCode: 'T', nameZh: '餐桌椅组合', quantity: '1000' }],
        [pieces('餐椅', '4000'), pieces('餐桌', '1000'), forks, knives, pieces('餐勺', '1000')],
      ),
    ).toEqual([
      'document-line-ambiguous @ P-packing-list lines[4]',
      setOn('set-packed', 'packing-list', 0),
      setOn('set-packed', 'packing-list', 2),
    ]));
});

describe('what is no set by its parts', () => {
  it('the set in another unit', () =>
    expect(toldOf('packing-list', [cutlery], [{ nameZh: '餐具套装', quantity: '500', unit: '个' }])).toEqual([
      'unit @ P-packing-list lines[0].unit',
    ]));

  it('the set in two colours', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery],
        [pieces('餐具套装 红', '200', { unit: '套' }), pieces('餐具套装 蓝', '300', { unit: '套' })],
      ),
    ).toEqual(['name-zh @ P-packing-list lines[0].nameZh']));

  it('other goods', () =>
    expect(toldOf('packing-list', [cutlery], [pieces('雨伞', '500'), pieces('手套', '1100')])).toEqual([
      'document-line-unmatched @ P-packing-list lines',
    ]));

  it('the set in colours, one of them in a wrong unit', () =>
    expect(
      toldOf(
        'packing-list',
        [cutlery],
        [pieces('餐具套装 红', '200', { unit: '套' }), pieces('餐具套装 蓝', '300', { unit: '千克' })],
      ),
    ).toEqual(['name-zh @ P-packing-list lines[0].nameZh', 'unit @ P-packing-list lines[1].unit']));

  it('a single part', () =>
    expect(toldOf('packing-list', [cutlery, plate], [knives, asStated(plate)])).toEqual([
      'document-line-unmatched @ P-packing-list lines[0]',
      'order-line-1 @ P-packing-list lines',
    ]));
});

describe('a set that was bought by its parts', () => {
  const contract = (...lines: Partial<StatedLine>[]) => toldOf('purchase-contract', [cutlery, plate], lines);
  const costing = (...totals: string[]) => [knives, forks, spoons].map((line, at) => ({ ...line, total: totals[at] }));
  const bought = setOn('set-purchased', 'purchase-contract');

  it('is one warning, with or without VAT in the price', () => {
    expect(contract(knives, forks, spoons)).toEqual([bought]);
    expect(contract(...costing('5000', '5000', '5000'))).toEqual([bought]);
    expect(contract(...costing('5650', '5650', '5650'))).toEqual([bought]);
    expect(contract(...costing('5650', '5650', '6650'))).toEqual([
      'purchase-net @ P-purchase-contract lines[0].total',
      bought,
    ]);
  });

  it('says before the filing what costs least', () =>
    expect(found('purchase-contract', [cutlery], [knives, forks])).toEqual([
      expect.objectContaining({ severity: 'warn', remedy: expect.stringMatching(/as they will be declared/) }),
    ]));

  it('lacks something where there are fewer of one part than sets', () =>
    expect(found('purchase-contract', [cutlery], [knives, pieces('餐叉', '400')])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          of: 'quantity-purchased',
          expected: expect.stringMatching(/^at least 500 套 of each/),
        }),
      ]),
    ));

  it('may have a discount on a line of its own', () => {
    const lines = [...costing('5000', '5000', '6000'), { nameZh: '餐刀', total: '-1000.00' }];
    expect(contract(...lines)).toEqual([bought]);
  });

  it('may come from several suppliers, and costs what all of them ask', () => {
    const papers = [
      paper('vat-invoice', { lines: [{ ...knives, total: '9000.00' }] }, 'VAT-1'),
      paper('vat-invoice', { lines: [{ ...forks, total: '6000.00' }] }, 'VAT-2'),
    ];
    const order = orderOf({}, [cutlery, plate]);
    const warnings = ['set-purchased @ VAT-1 lines[0]', 'set-purchased @ VAT-2 lines[0]'];
    expect(told(differences(order, papers))).toEqual(warnings);
    // The other supplier's paper is still to come: nothing is said of the price.
    expect(told(differences(order, papers.slice(0, 1)))).toEqual(warnings.slice(0, 1));
  });
});

describe('sets, whatever is in them', () => {
  const partNames = ['餐刀', '餐叉', '餐勺', '餐盘', '餐巾'];
  const sets = fc.record({
    quantity: fc.integer({ min: 1, max: 2000 }),
    parts: fc.uniqueArray(
      fc.record({
        nameZh: fc.constantFrom(...partNames),
        each: fc.integer({ min: 1, max: 12 }),
        cents: fc.integer({ min: 1, max: 900_000 }),
        grams: fc.integer({ min: 1, max: 900_000 }),
      }),
      { minLength: 2, maxLength: 5, selector: ({ nameZh }) => nameZh },
    ),
  });
  const cents = (amount: number) => (amount / 100).toFixed(2);

  it('nothing holds the papers back but what the parts do not come to', () =>
    fc.assert(
      fc.property(sets, fc.boolean(), fc.boolean(), ({ quantity, parts }, isWeighed, isPriced) => {
        const lines = parts.map(({ nameZh, each, cents: price, grams }) =>
          pieces(nameZh, String(each * quantity), {
            ...(isWeighed ? { netWeightKg: (grams / 1000).toFixed(3) } : {}),
            ...(isPriced ? { total: cents(price) } : {}),
          }),
        );
        const whole = {
          ...cutlery,
          quantity: String(quantity),
          netWeightKg: sum(parts.map(({ grams }) => (grams / 1000).toFixed(3))),
          grossWeightKg: '9000',
          purchaseNet: sum(parts.map(({ cents: price }) => cents(price))),
        };
        const order = orderOf({}, [whole, plate]);
        const others = { ...asStated(plate) };
        const all = [
          paper('packing-list', { lines: [...lines.map(({ total: _, ...line }) => line), others] }),
          paper('purchase-contract', { lines: [...lines, others] }),
        ];
        expect(told(differences(order, all))).toEqual([packed, setOn('set-purchased', 'purchase-contract')]);
        // One piece less of one part, and it does not come to whole sets.
        const [first, ...rest] = lines;
        const less = String(Number(first?.quantity) - 1);
        const short = paper('packing-list', {
          lines: [{ ...first, total: undefined, quantity: less }, ...rest.map(({ total: _, ...line }) => line), others],
        });
        const findings = differences(order, [short]);
        expect(findings.some(({ severity }) => severity === 'block')).toBe(quantity > 1 || less === '0');
      }),
    ));
});
