import { loadReference } from '../../reference/load.ts';
import type { Order, OrderInput } from '../../rules/order/order.ts';
import { orderSchema } from '../../rules/order/order.ts';
import type { VatInvoice } from '../../rules/refund/vat-invoice.ts';
import { settingsSchema } from '../../rules/settings.ts';

export const reference = loadReference();
export const settings = settingsSchema.parse({});
export const asOf = '2026-11-24T08:00:00Z';

type LineInput = OrderInput['lines'][number];

/** 1,000 table lamps for a buyer in the United States, FOB 12.00 USD each; nothing about them is odd. */
export const lamps: LineInput = {
  productCode: 'TL-20',
  nameZh: 'LED台灯',
  nameEn: 'LED table lamp',
  hsCode: '9405210090',
  elements: { 出口享惠情况: '0', 用途: '家用照明', 材质: '铝合金', 光源类型: 'LED', 品牌: '无品牌', 型号: 'TL-20' },
  brandType: 'none',
  quantity: '1000',
  unit: '台',
  unitPrice: '12.00',
  netWeightKg: '1500',
  grossWeightKg: '1720',
  packages: { count: 250, kind: 'carton' },
  attributes: {
    hasRadio: false,
    mainsVoltage: true,
    hasBattery: false,
    toy: false,
    intendedAgeMax: 99,
    foodContact: false,
    originMarked: true,
  },
  // Each kind of paper that a lamp with a plug is asked for somewhere.
  certificates: [{ kind: 'certificate-fcc-sdoc', number: 'SDOC-TL-20' }],
  supplier: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X', place: '宁波' },
};

/** An order of lamps, or of other lines; what is not given is as plain as can be. */
export function orderOf(changes: Partial<OrderInput> = {}, lines: Partial<LineInput>[] = [{}]): Order {
  return orderSchema.parse({
    reference: 'LAMPS-1',
    orderedOn: '2026-11-02',
    claimantKind: 'trading',
    buyer: { name: 'Hearth & Lantern Inc.', country: 'US', address: 'Long Beach, CA' },
    destination: { country: 'US', port: 'USLGB' },
    model: 'general-trade',
    supervisionMode: '0110',
    transport: { mode: 'sea', stuffingPlace: 'Ningbo, Beilun', consolidator: 'Ningbo Harbour Stuffing Co.' },
    incoterm: { rule: 'FOB', place: 'Ningbo' },
    currency: 'USD',
    payment: { instalments: [{ share: '1', trigger: 'shipment', days: 30 }] },
    ...changes,
    lines: lines.map((line) => ({ ...lamps, ...line })),
  });
}

/** The supplier's invoice for line 1: 1,000 lamps, 66,000.00 CNY net and 8,580.00 VAT. */
export function invoiceOf(
  changes: Partial<VatInvoice> = {},
  line: Partial<VatInvoice['lines'][number]> = {},
): VatInvoice {
  return {
    number: '26330000000000000001',
    issuedOn: '2026-12-20' as VatInvoice['issuedOn'],
    seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
    confirmedForRefund: true,
    lines: [
      {
        line: 1,
        name: '*照明装置*LED台灯',
        quantity: '1000',
        unit: '台',
        net: '66000.00',
        vatRatePercent: '13',
        vat: '8580.00',
        ...line,
      },
    ],
    ...changes,
  };
}
