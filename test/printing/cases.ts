/** The orders whose papers are kept as golden documents: short and long, plain and awkward, in currencies of 0, 2 and 3 decimals. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadReference } from '../../reference/load.ts';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import type { PreparedDocument } from '../../rules/documents/prepared.ts';
import { type Logo, logoSchema } from '../../rules/documents/stationery.ts';
import { type OrderInput, orderSchema } from '../../rules/order/order.ts';
import { settingsSchema } from '../../rules/settings.ts';

/** An order and what its exporter has decided about its papers. */
export interface GoldenCase {
  name: string;
  order: OrderInput;
  settings: object;
  logo?: Logo;
}

type LineInput = OrderInput['lines'][number];
type Good = Pick<LineInput, 'nameZh' | 'nameEn' | 'hsCode' | 'unit' | 'elements' | 'brandType'>;

const reference = loadReference();
const logo = logoSchema.parse({
  mediaType: 'image/png',
  base64: readFileSync(fileURLToPath(new URL('./logo.png', import.meta.url))).toString('base64'),
});

// biome-ignore format: a table, read by eye
const goods: Good[] = [
  { nameZh: 'LED台灯', nameEn: 'LED table lamp, aluminium, dimmable', hsCode: '9405210090', unit: '台', brandType: 'none', elements: { 出口享惠情况: '0', 用途: '家用照明', 材质: '铝合金', 光源类型: 'LED', 品牌: '无品牌', 型号: 'TL-20' } },
  { nameZh: '塑料收纳盒', nameEn: 'Plastic storage box with lid, 12 l', hsCode: '3924900000', unit: '个', brandType: 'none', elements: { 出口享惠情况: '0', 材质: '聚丙烯', 种类: '收纳盒', 品牌: '无品牌', 型号: 'SB-12' } },
  { nameZh: '针织全棉男式T恤衫', nameEn: 'Men’s knitted cotton T-shirt', hsCode: '6109100021', unit: '件', brandType: 'domestic-own', elements: { 出口享惠情况: '0', 织造方法: '针织', 种类: 'T恤衫', 类别: '男式', 成分含量: '棉100%', 品牌: 'HAVEN', 货号: 'TS-7' } },
  { nameZh: '木制书架', nameEn: 'Wooden bookcase, five shelves', hsCode: '9403609990', unit: '套', brandType: 'none', elements: { 出口享惠情况: '0', 用途: '家用', 材质: '松木' } },
  { nameZh: '蓝牙耳机', nameEn: 'Wireless headphones', hsCode: '8518300000', unit: '个', brandType: 'foreign-oem', elements: { 出口享惠情况: '0', 用途: '收听音频', 型号: 'HP-3', 品牌: 'AURAL', 是否无线: '是' } },
  { nameZh: '钢制置物架', nameEn: 'Steel kitchen rack', hsCode: '7326909000', unit: '个', brandType: 'none', elements: { 材质: '钢', 用途: '收纳' } },
  { nameZh: '毛绒玩具熊', nameEn: 'Plush toy bear, 40 cm', hsCode: '9503002100', unit: '个', brandType: 'none', elements: { 出口享惠情况: '0', 种类: '填充玩具', 材质: '涤纶', 品牌: '无品牌', 型号: 'B-40' } },
  { nameZh: '落地风扇', nameEn: 'Pedestal fan, 230 V', hsCode: '8414519200', unit: '台', brandType: 'none', elements: { 出口享惠情况: '0' } },
];

/** Lines that differ in goods, quantity, price and weight; each can be told from the others by its figures. */
function linesOf(count: number, priceOf: (index: number) => string, sized = true): LineInput[] {
  return Array.from({ length: count }, (_, index) => {
    const good = goods[index % goods.length] as Good;
    const cartons = 20 + 3 * index;
    return {
      ...good,
      productCode: `${good.hsCode.slice(0, 4)}-${101 + index}`,
      quantity: String(cartons * 12),
      statutory: [{ quantity: String(cartons * 9 + 0.5), unit: '千克' }],
      unitPrice: priceOf(index),
      netWeightKg: String(cartons * 9 + 0.5),
      grossWeightKg: String(cartons * 10 + 0.75),
      packages: { count: cartons, kind: 'carton', ...(sized ? { sizeCm: '58x42x36.5' } : {}) },
      supplier: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X', place: '宁波' },
    };
  });
}

const base = {
  orderedOn: '2026-11-02',
  plannedExportOn: '2026-12-08',
  claimantKind: 'trading',
  model: 'general-trade',
  supervisionMode: '0110',
} as const;

const letterhead = {
  lines: ['Home goods and lighting'],
  addressEn: 'No. 1 Harbour Road, Yinzhou District, Ningbo 315000, China',
  phone: '+86 574 5550 0100',
  email: 'export@example.com',
  website: 'www.example.com',
  logo,
};
const bank = {
  beneficiary: 'Example Import & Export Co., Ltd.',
  bank: 'Bank of Example, Ningbo Branch',
  bankAddress: '139 Example Street, Ningbo, China',
  swift: 'EXMPCNBJ92A',
  account: '3901 2345 6789 0123',
};
const signatory = { name: 'Li Wei', title: 'Export manager', place: 'Ningbo' };

const oneLine: GoldenCase = {
  name: 'one-line-kwd',
  settings: {},
  order: {
    ...base,
    reference: 'KUWAIT-1',
    buyer: { name: 'Gulf Home Trading W.L.L.', country: 'KW', address: 'Block 3, Shuwaikh Industrial' },
    notify: { name: 'Zakłady Świetlne Łódź Sp. z o.o.', country: 'PL', address: 'ul. Żeromskiego 5, Łódź' },
    destination: { country: 'KW', port: 'KWSWK' },
    transport: { mode: 'sea', portOfLoading: 'Ningbo' },
    incoterm: { rule: 'FOB', place: 'Ningbo' },
    currency: 'KWD',
    payment: { instalments: [{ share: '1', trigger: 'shipment', days: 30 }] },
    lines: linesOf(1, () => '3.125', false),
  },
};

const twelveLines: GoldenCase = {
  name: 'twelve-lines-jpy',
  settings: { exporter: { letterhead: { ...letterhead, logo: undefined }, bank } },
  order: {
    ...base,
    reference: 'OSAKA-12',
    buyer: {
      name: 'Naniwa Living Co., Ltd. 浪速リビング株式会社',
      country: 'JP',
      address: '2-4-1 Umeda, Kita-ku, Osaka',
      taxId: 'T1234567890123',
    },
    notify: { name: 'Kansai Forwarding K.K.', country: 'JP', address: 'Nanko-kita, Suminoe-ku, Osaka' },
    destination: { country: 'JP', port: 'JPOSA' },
    transport: {
      mode: 'sea',
      vessel: 'EVER CALM',
      voyage: '0412E',
      portOfLoading: 'Ningbo',
      stuffingPlace: 'Beilun, Ningbo',
    },
    incoterm: { rule: 'CIF', place: 'Osaka' },
    currency: 'JPY',
    freight: '185000',
    insurance: '9200',
    payment: {
      instalments: [
        { share: '0.3', trigger: 'order' },
        { share: '0.7', trigger: 'shipment', days: 15 },
      ],
      lastContractualDate: '2027-02-28',
    },
    marks: 'NANIWA\nOSAKA\nC/NO. 1-438\nMADE IN CHINA',
    lines: linesOf(12, (index) => String(480 + 35 * index)),
  },
};

const fiftyLines: GoldenCase = {
  name: 'fifty-lines-usd',
  logo,
  settings: {
    exporter: { letterhead, bank, signatory },
    numbering: { 'commercial-invoice': 'EX-CI/{reference}', 'sales-contract': 'EX-SC/{reference}' },
  },
  order: {
    ...base,
    reference: 'LA-2650',
    buyer: {
      name: 'Hearth & Lantern Inc.',
      country: 'US',
      address: '2100 Pier Avenue, Long Beach, CA 90802',
      taxId: '95-1234567',
    },
    consignee: {
      name: 'Hearth & Lantern Distribution Center 7',
      country: 'US',
      address: '88 Inland Way, Ontario, CA 91761',
    },
    destination: { country: 'US', port: 'USLGB', address: '88 Inland Way, Ontario, CA 91761' },
    transport: {
      mode: 'sea',
      vessel: 'COSCO PACIFIC',
      voyage: '081E',
      portOfLoading: 'CNNGB',
      stuffingPlace: 'Beilun, Ningbo',
      consolidator: 'Ningbo Harbour Stuffing Co.',
    },
    incoterm: { rule: 'DAP', place: 'Ontario, CA' },
    currency: 'USD',
    freight: '8450.00',
    insurance: '312.75',
    payment: {
      instalments: [
        { share: '0.3', trigger: 'order' },
        { share: '0.5', trigger: 'arrival', days: 10 },
        { share: '0.2', trigger: 'date', on: '2027-03-31' },
      ],
      lastContractualDate: '2027-03-31',
    },
    marks: 'H&L\nONTARIO CA\nC/NO. 1-4675',
    remarks: 'Telex release. Do not tranship at Busan.',
    lines: linesOf(50, (index) => `${2 + index}.${String(10 + index)}`),
  },
};

const word = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

const longNames: GoldenCase = {
  name: 'long-names-eur',
  settings: {
    exporter: {
      nameEn: 'Ningbo Far Eastern Household Articles, Lighting and Furniture Import & Export Corporation Limited',
      nameZh: '宁波远东家居用品照明器具及家具进出口股份有限公司',
      letterhead: { ...letterhead, logo: undefined, lines: [word('Long line of a letterhead ', 118)] },
      signatory: { name: word('Bartholomew', 60), title: word('Vice President ', 70), place: 'Ningbo' },
    },
  },
  order: {
    ...base,
    reference: word('LONG-REFERENCE-', 40),
    buyer: {
      name: word('Donaudampfschifffahrtsgesellschaft', 160),
      country: 'DE',
      address: word('Rindfleischetikettierungsstrasse 1, ', 300),
      taxId: word('DE', 40),
    },
    destination: { country: 'DE', port: word('HAMBURG', 60) },
    transport: {
      mode: 'rail',
      vessel: word('CHINA-EUROPE-EXPRESS', 60),
      voyage: word('X8020-', 40),
      portOfLoading: word('YIWUXI', 60),
    },
    incoterm: { rule: 'DAP', place: word('Duisburg-Ruhrort', 100) },
    currency: 'EUR',
    freight: '99999999.99',
    insurance: '1234567.89',
    payment: { instalments: [{ share: '1', trigger: 'arrival', days: 90 }] },
    marks: `${word('MARKSWITHOUTANYBLANK', 300)}\n${word('第一行唛头', 100)}`,
    remarks: word('请勿倒置。Keep upright. ', 700),
    lines: [
      {
        ...linesOf(1, () => '1')[0],
        nameEn: word('Supercalifragilisticexpialidocious', 200),
        nameZh: word('超长商品名称不含空格', 200),
        productCode: word('CODE', 60),
        quantity: '99999999.99999',
        unitPrice: '987.65432109',
        unit: '千克',
        elements: { 用途: word('家用照明及装饰', 200), 型号: word('MODELNUMBER', 200) },
      } as LineInput,
      {
        ...linesOf(1, () => '1')[0],
        nameEn: word('Lamp with many words in its name ', 200),
        nameZh: word('台灯、', 200),
        packages: { count: 999_999, kind: word('plywood case ', 40), sizeCm: '1200.5x230.25x239.75' },
        netWeightKg: '12345678.12345',
        grossWeightKg: '12345678.12345678',
        supplier: { name: word('供应商名称', 200), taxId: '1', place: word('地点', 100) },
      } as LineInput,
    ],
  },
};

/** All cases, by the names of their folders. */
export const goldenCases: readonly GoldenCase[] = [oneLine, twelveLines, fiftyLines, longNames];

/** The seven papers of a case, made on the day of the golden documents. */
export function papersOf({ order, settings }: GoldenCase): PreparedDocument[] {
  return prepareDocuments({
    order: orderSchema.parse(order),
    settings: settingsSchema.parse(settings),
    organisation: 'golden',
    revision: 1,
    asOf: '2026-11-24T08:00:00Z',
    reference,
  }).documents;
}
