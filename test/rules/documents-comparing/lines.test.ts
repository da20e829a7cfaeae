import { describe, expect, it } from '@jest/globals';
import type { StatedLine } from '../../../rules/documents/facts.ts';
import type { Order, OrderInput } from '../../../rules/order/order.ts';
import { orderOf } from '../orders.ts';
import { differences, mug, paper, told } from './papers.ts';

type LineInput = Partial<OrderInput['lines'][number]>;

const plate = {
  productCode: 'PLATE-1',
  nameZh: '陶瓷盘',
  nameEn: 'Ceramic plate',
  hsCode: '6912001000',
  unit: '个',
  quantity: '300',
  unitPrice: '3.00',
} as const;
const ordered = (...lines: LineInput[]): Order => orderOf({}, lines);
const invoice = (...lines: Partial<StatedLine>[]) => paper('commercial-invoice', { lines });
const found = (order: Order, ...lines: Partial<StatedLine>[]) => told(differences(order, [invoice(...lines)]));

describe('lines of a paper are known', () => {
  it('in another order, by names alone', () =>
    expect(
      found(
        ordered({}, mug, plate),
        { nameEn: 'Ceramic plate', quantity: '300', unit: 'PCS' },
        { nameEn: 'LED table lamp', quantity: '1000', unit: 'unit' },
        { nameEn: 'Ceramic mug', quantity: '500', unit: 'PCS' },
      ),
    ).toEqual([]));

  it('under a name that is a little different, by the figures', () =>
    expect(found(ordered(mug, plate), { nameEn: 'Mug, ceramic', quantity: '500', total: '1000' }, plate)).toEqual([
      'name-en @ P-commercial-invoice lines[0].nameEn',
    ]));

  it('where two lines of the order are one on the paper, and what they come to is compared', () => {
    const order = ordered({ ...mug, quantity: '200' }, { ...mug, quantity: '300', unitPrice: '2.00' }, plate);
    expect(found(order, { nameZh: '陶瓷杯', quantity: '500', unit: '个', total: '1000.00' }, plate)).toEqual([]);
    const [short] = differences(order, [invoice({ nameZh: '陶瓷杯', quantity: '450', unit: '个' }, plate)]);
    expect(short).toMatchObject({
      of: 'quantity',
      expected: '200 个 + 300 个 = 500 个 (order lines[0].quantity, lines[1].quantity)',
      found: '450 个 (P-commercial-invoice lines[0].quantity)',
    });
  });

  it('where one line of the order is two on the paper', () =>
    expect(
      found(
        ordered(mug, plate),
        { nameZh: '陶瓷杯', quantity: '200', unit: '个', unitPrice: '2', total: '400' },
        plate,
        { nameZh: '陶瓷杯', quantity: '300', unit: '个', unitPrice: '2', total: '600' },
      ),
    ).toEqual([]));

  it('where a colour of its own name takes up the rest', () =>
    expect(
      found(
        ordered(mug),
        { nameZh: '陶瓷杯', quantity: '200', unit: '个' },
        { nameZh: '陶瓷杯 蓝色', quantity: '300', unit: '个' },
      ),
    ).toEqual(['name-zh @ P-commercial-invoice lines[1].nameZh']));

  it('where lines of one name are cut otherwise', () => {
    const lots = (...quantities: string[]) =>
      quantities.map((quantity) => ({ ...mug, productCode: undefined, quantity }));
    expect(found(ordered(...lots('100', '200', '300')), ...lots('120', '120', '120', '120', '120'))).toEqual([]);
    expect(found(ordered(...lots('150', '150')), ...lots('75', '75', '75', '75'))).toEqual([]);
  });

  it('where the colours of each come to less than was ordered, whatever else comes to it', () => {
    const colours = [
      { nameZh: '陶瓷杯 红', quantity: '200', unit: '个' },
      { nameZh: '陶瓷杯 蓝', quantity: '290', unit: '个' },
      { nameZh: '陶瓷盘 红', quantity: '150', unit: '个' },
      { nameZh: '陶瓷盘 蓝', quantity: '150', unit: '个' },
    ];
    for (const order of [ordered(mug, plate), ordered(plate, mug)])
      expect(found(order, ...colours).filter((one) => !one.startsWith('name-zh'))).toEqual([
        'quantity @ P-commercial-invoice lines[0].quantity',
      ]);
  });

  it('where one comes in a dozen colours', () => {
    const colours = [...'红橙黄绿青蓝紫黑白灰金银'].map((colour) => ({
      nameZh: `陶瓷杯 ${colour}`,
      quantity: '100',
      unit: '个',
    }));
    const told = found(ordered({ ...mug, quantity: '1200' }, plate), ...colours, plate);
    expect(told.filter((one) => !one.startsWith('name-zh'))).toEqual([]);
  });

  it('by the size, model or code in a name, though the quantities say otherwise', () => {
    const sizes = ordered(
      { ...mug, nameEn: 'T-shirt S', quantity: '10' },
      { ...plate, nameEn: 'T-shirt M', quantity: '20' },
    );
    const codes = ordered(
      { ...mug, productCode: 'F-1', nameEn: 'Filter', quantity: '10' },
      { ...plate, productCode: 'F-2', nameEn: 'Filter', quantity: '20' },
    );
    const swapped = (...names: string[]) =>
      names.map((nameEn, at) => ({ nameEn, quantity: at === 0 ? '20' : '10', unit: 'pcs' }));
    for (const [order, names] of [
      [sizes, ['T-shirt size S', 'T-shirt size M']],
      [codes, ['Filter F-1', 'Filter F-2']],
    ] as const)
      expect(found(order, ...swapped(...names)).filter((one) => one.startsWith('quantity'))).toEqual([
        'quantity @ P-commercial-invoice lines[0].quantity',
        'quantity @ P-commercial-invoice lines[1].quantity',
      ]);
  });

  it('where a supplier writes a discount on a line of its own', () => {
    const bought = orderOf({}, [{ ...mug, purchaseNet: '1000.00' }]);
    const invoiced = (net: string) =>
      told(
        differences(bought, [
          paper('vat-invoice', {
            lines: [
              { nameZh: '*陶瓷制品*陶瓷杯', quantity: '500', unit: '个', total: net },
              { nameZh: '*陶瓷制品*陶瓷杯', total: '-100.00' },
            ],
          }),
        ]),
      );
    expect(invoiced('1100.00')).toEqual([]);
    expect(invoiced('1000.00')).toEqual([expect.stringMatching(/^purchase-net/)]);
  });

  it('where the pieces of a set are declared too, a paper may count either', () => {
    const sets = ordered({ ...mug, unit: '套', quantity: '100', statutory: [{ quantity: '300', unit: '个' }] });
    expect(found(sets, { productCode: 'MUG-1', quantity: '300', unit: 'PCS' })).toEqual([]);
    expect(found(sets, { productCode: 'MUG-1', quantity: '290', unit: 'PCS' })).toEqual([
      'quantity @ P-commercial-invoice lines[0].quantity',
    ]);
  });
});

describe('lines of a paper that are not known', () => {
  it('are shown with their candidates where two are equally good', () => {
    const order = ordered(
      { ...mug, productCode: 'A', nameZh: '陶瓷杯 红', nameEn: 'Mug red' },
      { ...mug, productCode: 'B', nameZh: '陶瓷杯 蓝', nameEn: 'Mug blue' },
    );
    const findings = differences(order, [invoice({ nameZh: '陶瓷杯', quantity: '500', unit: '个', total: '1000.00' })]);
    expect(findings).toEqual([
      expect.objectContaining({
        rule: 'document-line-ambiguous',
        where: 'P-commercial-invoice lines[0]',
        expected: expect.stringMatching(/A, 陶瓷杯 红.* or B, 陶瓷杯 蓝/),
      }),
    ]);
  });

  it('are told on both sides', () =>
    expect(found(ordered({}, mug), { productCode: 'TL-20' }, { nameEn: 'Steel rack', quantity: '7' })).toEqual([
      'document-line-unmatched @ P-commercial-invoice lines[1]',
      'order-line-2 @ P-commercial-invoice lines',
    ]));

  it('are one finding where the whole paper is about other goods', () =>
    expect(found(ordered({}, mug), { nameEn: 'Steel rack' }, { nameEn: 'Garden hose' })).toEqual([
      'document-line-unmatched @ P-commercial-invoice lines',
    ]));

  it('are no difference where a carrier describes goods in its own words, or a supplier sells a part', () => {
    const order = ordered({}, mug);
    expect(told(differences(order, [paper('bill-of-lading', { lines: [{ nameEn: 'Household goods' }] })]))).toEqual([]);
    expect(
      told(
        differences(order, [
          paper('purchase-contract', { lines: [{ nameZh: '陶瓷杯', quantity: '500', unit: '个' }] }),
        ]),
      ),
    ).toEqual([]);
  });
});
