import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  commercialInvoiceSchema,
  declarationDraftSchema,
  packingListSchema,
  salesContractSchema,
} from '../../rules/documents/content.ts';
import { contentHashOf } from '../../rules/documents/content-hash.ts';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import type { Order } from '../../rules/order/order.ts';
import { asOf, orderOf, reference, settings } from './orders.ts';

const prepare = (order: Order, more: Partial<Parameters<typeof prepareDocuments>[0]> = {}) =>
  prepareDocuments({ order, settings, organisation: 'ningbo', revision: 1, asOf, reference, ...more });

describe('the papers of an order', () => {
  const { documents } = prepare(orderOf());
  const contentOf = (kind: string) => documents.find((document) => document.kind === kind)?.content;

  it('are seven, each under its id and number', () => {
    expect(documents.map(({ id, number }) => [id, number])).toEqual([
      ['LAMPS-1/commercial-invoice/1', 'INV-LAMPS-1'],
      ['LAMPS-1/packing-list/1', 'PL-LAMPS-1'],
      ['LAMPS-1/sales-contract/1', 'SC-LAMPS-1'],
      ['LAMPS-1/declaration-draft/1', 'DD-LAMPS-1'],
      ['LAMPS-1/declaration-elements/1', 'DE-LAMPS-1'],
      ['LAMPS-1/origin-application/1', 'CO-LAMPS-1'],
      ['LAMPS-1/letter-of-instruction/1', 'SI-LAMPS-1'],
    ]);
  });

  it('are what their schemas say', () => {
    const stored = (kind: string): unknown => JSON.parse(JSON.stringify(contentOf(kind)));
    expect(commercialInvoiceSchema.parse(stored('commercial-invoice'))).toMatchObject({
      total: '12000.00',
      fob: '12000.00',
      date: '2026-11-24',
      shipment: 'ningbo/LAMPS-1',
    });
    expect(packingListSchema.parse(stored('packing-list'))).toMatchObject({
      packages: 250,
      netWeightKg: '1500',
      grossWeightKg: '1720',
    });
    expect(salesContractSchema.parse(stored('sales-contract'))).toMatchObject({
      date: '2026-11-02',
      payment: [{ no: 1, amount: '12000.00' }],
    });
    expect(declarationDraftSchema.parse(stored('declaration-draft'))).toMatchObject({
      supervisionMode: '0110',
      transactionMode: '3',
      transportMode: '2',
      wrapCode: '22',
      destinationCountry: 'USA',
    });
  });

  it('show the consignee, or the buyer where the order names none', () => {
    const consignee = { name: 'Warehouse 7', country: 'US' };
    expect(prepare(orderOf({ consignee })).documents[0]?.content.consignee.name).toBe('Warehouse 7');
    expect(documents[0]?.content.consignee.name).toBe('Hearth & Lantern Inc.');
  });

  it('are the same when made again, and keep their hash in a revision that says the same', () => {
    expect(prepare(orderOf())).toEqual(prepare(orderOf()));
    const second = prepare(orderOf(), { revision: 2 });
    expect(second.contentHash).toBe(prepare(orderOf()).contentHash);
    expect(second.documents[0]?.id).toBe('LAMPS-1/commercial-invoice/2');
  });

  it('have another hash when any field of the order that they state changes', () => {
    const { contentHash } = prepare(orderOf());
    const changed = [
      orderOf({}, [{ unitPrice: '12.01' }]),
      orderOf({}, [{ quantity: '1001' }]),
      orderOf({}, [{ nameEn: 'LED desk lamp' }]),
      orderOf({}, [{ hsCode: '9405210010' }]),
      orderOf({}, [{ grossWeightKg: '1721' }]),
      orderOf({}, [{ packages: { count: 251, kind: 'carton' } }]),
      orderOf({}, [{ elements: { 用途: '户外照明' } }]),
      orderOf({ marks: 'C/NO. 1' }),
      orderOf({ destination: { country: 'US', port: 'USNYC' } }),
      orderOf({ buyer: { name: 'Hearth & Lantern LLC', country: 'US' } }),
    ];
    expect(new Set([contentHash, ...changed.map((order) => prepare(order).contentHash)]).size).toBe(changed.length + 1);
  });
});

describe('a content hash', () => {
  /** The same value with the keys of every object in reverse order. */
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value;
  const field = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
  const content = fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.oneof(field, fc.dictionary(fc.constantFrom('a', 'b', 'c'), field)),
    { minKeys: 1, maxKeys: 6 },
  );

  it('is sha256 of the sorted JSON', () => {
    expect(contentHashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(content, (value) => expect(contentHashOf(reversed(value))).toBe(contentHashOf(value))));
  });
  it('changes with any single field', () => {
    fc.assert(
      fc.property(content, fc.nat(), (value, pick) => {
        const keys = Object.keys(value);
        const key = keys[pick % keys.length] ?? '';
        expect(contentHashOf({ ...value, [key]: ['changed', value[key]] })).not.toBe(contentHashOf(value));
      }),
    );
  });
  it('depends on the order of a list: lines are numbered', () => {
    expect(contentHashOf(['a', 'b'])).not.toBe(contentHashOf(['b', 'a']));
  });
  it('refuses what JSON cannot write', () => expect(() => contentHashOf(undefined)).toThrow(TypeError));
  it('does not depend on the order in which the elements were stated', () => {
    const line = { hsCode: '7326909000', elements: { 尺寸: '10 cm', 用途: '收纳', 材质: '钢' } };
    const turned = { hsCode: '7326909000', elements: { 材质: '钢', 用途: '收纳', 尺寸: '10 cm' } };
    expect(prepare(orderOf({}, [line])).contentHash).toBe(prepare(orderOf({}, [turned])).contentHash);
  });
});
