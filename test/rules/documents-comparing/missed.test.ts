import { describe, expect, it } from '@jest/globals';
import type { StatedLine } from '../../../rules/documents/facts.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { orderOf } from '../orders.ts';
import { differences, paper, told } from './papers.ts';

type LineInput = Partial<OrderInput['lines'][number]>;

const lamp: LineInput = { productCode: undefined, nameZh: 'LED台灯', nameEn: 'LED lamp', unit: '台' };
const line = (quantity: string, more: Partial<StatedLine> = {}): Partial<StatedLine> => ({
  nameZh: 'LED台灯',
  quantity,
  unit: '台',
  ...more,
});
const toldOf = (kind: string, order: LineInput[], lines: Partial<StatedLine>[]) =>
  told(
    differences(
      orderOf(
        {},
        order.map((one) => ({ ...lamp, ...one })),
      ),
      [paper(kind, { lines })],
    ),
  );
const model = (name: string) => ({ elements: { 型号: name } });

describe('lines of one name that are several goods', () => {
  const codes = [
    { quantity: '100', hsCode: '9405210090' },
    { quantity: '200', hsCode: '9405290090' },
  ];

  it('merged under one HS code are told', () =>
    expect(toldOf('customs-declaration', codes, [line('300', { hsCode: '9405210090' })])).toEqual([
      'hs-code-declared @ P-customs-declaration lines[0].hsCode',
    ]));

  it('cut otherwise across HS codes are told', () =>
    expect(
      toldOf('customs-declaration', codes, [
        line('60', { hsCode: '9405210090' }),
        line('50', { hsCode: '9405210090' }),
        line('190', { hsCode: '9405290090' }),
      ]).filter((one) => one.startsWith('quantity')),
    ).toHaveLength(2));

  it('cut otherwise across models are told', () =>
    expect(
      toldOf(
        'packing-list',
        [
          { quantity: '100', ...model('M-1') },
          { quantity: '200', ...model('M-2') },
        ],
        [line('60', { model: 'M-1' }), line('50', { model: 'M-1' }), line('190', { model: 'M-2' })],
      ).filter((one) => one.startsWith('quantity')),
    ).toHaveLength(2));

  it('of which one names a model are no lot of the others', () =>
    expect(
      toldOf(
        'packing-list',
        [
          { quantity: '4700', packages: { count: 127, kind: 'carton' }, ...model('X1') },
          { quantity: '275', packages: { count: 18, kind: 'carton' } },
        ],
        [
          line('4700', { model: 'X1', packages: '8' }),
          line('75', { packages: '5' }),
          line('120', { packages: '127' }),
          line('80', { packages: '5' }),
        ],
      ),
    ).toContain('line-packages @ P-packing-list lines[0].packages'));

  it('of which one is not on the paper are told', () =>
    expect(
      toldOf(
        'commercial-invoice',
        [
          { quantity: '100', ...model('M-1') },
          { quantity: '200', ...model('M-2') },
          { quantity: '300', ...model('M-3') },
        ],
        [line('300', { model: 'M-1' }), line('300', { model: 'M-3' })],
      ),
    ).not.toEqual([]));

  it('whose weights are those of the other are shown', () =>
    expect(
      toldOf(
        'packing-list',
        [
          { quantity: '668', netWeightKg: '1098', grossWeightKg: '1138' },
          { quantity: '436', netWeightKg: '1880', grossWeightKg: '1952' },
        ],
        [
          line('436', { netWeightKg: '1098', grossWeightKg: '1138' }),
          line('668', { netWeightKg: '1880', grossWeightKg: '1952' }),
        ],
      ),
    ).not.toEqual([]));

  it('in equal cartons belong to the model that they name', () =>
    expect(
      toldOf(
        'packing-list',
        [
          { quantity: '72', ...model('M-1') },
          { quantity: '12', ...model('M-2') },
        ],
        [
          line('72', { nameZh: 'LED台灯 黄色', model: 'M-1' }),
          line('6', { model: 'M-2' }),
          line('6', { model: 'M-2' }),
        ],
      ),
    ).toEqual(['name-zh @ P-packing-list lines[0].nameZh']));
});

describe('a line that leaves a figure out', () => {
  it('hides no quantity that is stated', () => {
    expect(
      toldOf('packing-list', [{ quantity: '1000' }], [line('1500'), { nameZh: 'LED台灯', packages: '10' }]),
    ).toEqual(['quantity @ P-packing-list lines[0].quantity']);
    expect(
      toldOf('packing-list', [{ quantity: '1000' }], [line('900'), { nameZh: 'LED台灯', netWeightKg: '3' }]),
    ).toEqual(['quantity @ P-packing-list lines[0].quantity']);
  });

  it('may weigh what is missing, and never what is too much', () => {
    const weighing = (weight: string) =>
      toldOf(
        'packing-list',
        [{ quantity: '1000', netWeightKg: '1500' }],
        [line('500', { netWeightKg: weight }), line('500')],
      );
    expect(weighing('1500')).toEqual([]);
    expect(weighing('700')).toEqual([]);
    expect(weighing('1501')).toEqual(['line-net-weight @ P-packing-list lines[0].netWeightKg']);
  });
});

describe('what was bought', () => {
  const bought = (...papers: [id: string, number: string, lines: Partial<StatedLine>[]][]) =>
    told(
      differences(
        orderOf({}, [{ ...lamp, quantity: '1000', purchaseNet: '66000.00' }]),
        papers.map(([id, number, lines]) => paper('vat-invoice', { number, lines }, id)),
      ),
    );

  it('on one invoice that is here twice counts once', () => {
    const half = [line('500', { total: '33000.00' })];
    expect(bought(['PDF', '1', half], ['XML', '1', half])).toEqual(['quantity-purchased @ PDF lines[0].quantity']);
    expect(bought(['A', '1', half], ['B', '2', half])).toEqual([]);
  });

  it('more than is exported costs more', () => {
    expect(bought(['A', '1', [line('1001', { total: '6600.00' })]])).toEqual([expect.stringMatching(/^purchase-net/)]);
    expect(bought(['A', '1', [line('1100', { total: '72600.00' })]])).toEqual([]);
  });

  it('without a quantity costs what was planned', () =>
    expect(bought(['A', '1', [{ nameZh: 'LED台灯', total: '6600.00' }]])).toEqual([
      expect.stringMatching(/^purchase-net/),
    ]));
});

describe('a total that is wrong in two ways', () => {
  it('is told beside the line that is wrong', () => {
    const order = orderOf({ incoterm: { rule: 'CIF', place: 'Hamburg' }, freight: '300' }, [
      { ...lamp, quantity: '1000' },
    ]);
    const invoice = (total: string) =>
      told(
        differences(order, [
          paper('commercial-invoice', { total, freight: '300.00', lines: [line('1000', { total: '12100.00' })] }),
        ]),
      );
    expect(invoice('12100.00')).toEqual(['line-total @ P-commercial-invoice lines[0].total']);
    // The freight stands in the prices of the order: on top it is another mistake.
    expect(invoice('12400.00')).toContain('total @ P-commercial-invoice total');
  });
});
