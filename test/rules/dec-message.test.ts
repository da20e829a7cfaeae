import { describe, expect, it } from '@jest/globals';
import { decMessageSchema } from '../../activities/customs/wire.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { decMessageOf } from '../../rules/declaration/dec-message.ts';
import { elementsOf } from '../../rules/declaration/elements.ts';
import type { Order } from '../../rules/order/order.ts';
import { asOf, orderOf, reference, settings } from './orders.ts';

const messageOf = (order: Order, more: Partial<Parameters<typeof decMessageOf>[0]> = {}) =>
  decMessageOf({
    order,
    settings,
    key: 'ningbo/LAMPS-1/declaration/1',
    revision: 1,
    plannedExportOn: '2026-11-30' as CivilDate,
    asOf,
    reference,
    ...more,
  });

describe('a declaration as customs reads it', () => {
  it('is what the wire says', () => {
    const message = messageOf(orderOf());
    expect(decMessageSchema.parse(message)).toEqual(message);
  });

  it('carries our key, the dates and the codes of the tables', () => {
    const { DecHead, DecSign } = messageOf(orderOf());
    expect(DecSign).toEqual({ OperType: 'C', ClientSeqNo: 'ningbo/LAMPS-1/declaration/1', SignTime: asOf });
    expect(DecHead).toMatchObject({
      EntryId: '',
      IEDate: '20261130',
      DDate: '20261124',
      TradeMode: '0110',
      CutMode: '101',
      TrafMode: '2',
      TransMode: '3',
      TradeCountry: 'USA',
      WrapType: '22',
      PackNo: '250',
      ContrNo: 'SC-LAMPS-1',
      FeeMark: '',
      InsurMark: '',
    });
  });

  it('declares a line with its elements, brand type first', () => {
    expect(messageOf(orderOf()).DecLists).toEqual([
      {
        GNo: '1',
        CodeTS: '9405210090',
        GName: 'LED台灯',
        GModel: '0|0|家用照明|铝合金|LED|无品牌|TL-20',
        GQty: '1000',
        GUnit: '001',
        DeclPrice: '12.0000',
        DeclTotal: '12000.00',
        TradeCurr: 'USD',
        OriginCountry: 'CHN',
        DestinationCountry: 'USA',
      },
    ]);
  });

  it('names the declaration that it corrects', () => {
    const { DecHead } = messageOf(orderOf({ remarks: 'fragile' }), {
      revision: 2,
      earlierDeclarationNumber: '310120260000000001',
    });
    expect(DecHead).toMatchObject({ EntryId: '310120260000000001', NoteS: 'amendment, revision 2; fragile' });
  });

  it.each([
    ['1500', '1500'],
    ['1500.123456', '1500.12346'],
    ['0.4', '1'],
  ])('writes a weight of %s kg as %s', (netWeightKg, written) => {
    expect(messageOf(orderOf({}, [{ netWeightKg }])).DecHead.NetWt).toBe(written);
  });

  it('states freight and insurance by amount where the price contains them', () => {
    const order = orderOf({ incoterm: { rule: 'CIF', place: 'Long Beach' }, freight: '800', insurance: '60' });
    expect(messageOf(order).DecHead).toMatchObject({
      TransMode: '1',
      FeeMark: '3',
      FeeRate: '800.00',
      FeeCurr: 'USD',
      InsurMark: '3',
      InsurRate: '60.00',
    });
  });

  it('never fills up a short HS code', () => {
    expect(messageOf(orderOf({}, [{ hsCode: '940521' }])).DecLists[0]?.CodeTS).toBe('940521');
  });

  it('declares mixed packing as other packing', () => {
    const order = orderOf({}, [{}, { packages: { count: 1, kind: 'wooden case' } }]);
    expect(messageOf(order).DecHead.WrapType).toBe('99');
  });

  it('leaves a unit that customs does not know as it was written: customs returns it', () => {
    expect(messageOf(orderOf({}, [{ unit: 'handful' }])).DecLists[0]?.GUnit).toBe('handful');
  });

  it('lets no bar inside a value shift the elements', () => {
    expect(
      messageOf(orderOf({}, [{ hsCode: '9999999999', elements: { a: 'x|y' }, brandType: undefined }])).DecLists[0]
        ?.GModel,
    ).toBe('||x/y');
  });
});

describe('declaration elements', () => {
  const line = {
    hsCode: '9405210090',
    elements: { model: 'TL-20', Use: 'home' },
    brand: 'Lantern',
    brandType: 'domestic-own' as const,
  };
  it('stand in the order of their heading, under Chinese or English keys, gaps left empty', () => {
    expect(elementsOf(line, reference).map(({ name, value }) => `${name}=${value}`)).toEqual([
      '品牌类型=1',
      '出口享惠情况=',
      '用途=home',
      '材质=',
      '光源类型=',
      '品牌=Lantern',
      '型号=TL-20',
    ]);
  });
  it('take the brand type of the order before a text among the elements', () => {
    expect(elementsOf({ ...line, elements: { 'brand type': '无品牌' } }, reference)[0]?.value).toBe('1');
    expect(elementsOf({ ...line, brandType: undefined, elements: { 'brand type': '0' } }, reference)[0]?.value).toBe(
      '0',
    );
  });
});
