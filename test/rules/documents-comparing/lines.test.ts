import { describe, expect, it } from '@jest/globals';
import type { StatedLine } from '../../../rules/documents/facts.ts';
import type { Order, OrderInput } from '../../../rules/order/order.ts';
import { orderOf } from '../orders.ts';
import { differences, paper, told } from './papers.ts';

type LineInput = Partial<OrderInput['lines'][number]>;

const mug = {
  productCode: 'MUG-1',
  nameZh: '陶瓷杯',
  nameEn: 'Ceramic mug',
  hsCode: '6912001000',
  unit: '个',
  quantity: '500',
  unitPrice: '2.00',
} as const;
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
