/** Goods of all kinds, for an order that many rules speak of. Prices and weights are such as they might be. */
import type { OrderInput } from '../rules/order/order.ts';

type LineInput = OrderInput['lines'][number];
type Attributes = NonNullable<LineInput['attributes']>;

/** Goods of one kind; price in USD, weight in kilograms a piece. */
export interface Goods {
  zh: string;
  en: string;
  hsCode: string;
  unit: string;
  price: string;
  netKg: number;
  attributes: Attributes;
  certificates?: LineInput['certificates'];
}

const mains = { electronics: true, mainsVoltage: true } as const;
const lithium = { electronics: true, hasBattery: true, lithiumBattery: true } as const;
const cloth = { textile: true, skinContact: true } as const;
const furniture = { solidWood: true, plantMaterial: true, materials: ['wood' as const] };

const sdoc = [
  { kind: 'certificate-fcc-sdoc', number: 'SDOC-2601', holder: 'Harbor Home Goods LLC', issuedOn: '2026-03-02' },
];
const childrens = [
  { kind: 'certificate-cpc', number: 'CPC-2601', holder: 'Harbor Home Goods LLC', issuedOn: '2026-04-01' },
];

export const goods: readonly Goods[] = [
  {
    zh: 'LED台灯',
    en: 'LED table lamps',
    hsCode: '9405210090',
    unit: '台',
    price: '12.00',
    netKg: 1.5,
    attributes: { ...mains, materials: ['aluminium'] },
    certificates: sdoc,
  },
  {
    zh: '木制拼图玩具',
    en: 'Wooden jigsaw puzzles for children',
    hsCode: '9503006000',
    unit: '个',
    price: '2.40',
    netKg: 0.4,
    attributes: { toy: true, intendedAgeMax: 8, woodComposite: true, plantMaterial: true },
    certificates: childrens,
  },
  {
    zh: '蓝牙音箱',
    en: 'Bluetooth loudspeakers',
    hsCode: '8518220000',
    unit: '个',
    price: '9.80',
    netKg: 0.6,
    attributes: { ...lithium, hasRadio: true, batteryWattHours: 12 },
    certificates: sdoc,
  },
  {
    zh: '不锈钢保温杯',
    en: 'Stainless steel vacuum bottles',
    hsCode: '9617001100',
    unit: '个',
    price: '4.10',
    netKg: 0.3,
    attributes: { foodContact: true, metalWeightPercent: 85, materials: ['steel'] },
  },
  {
    zh: '实木卧室床头柜',
    en: 'Wooden bedroom nightstands',
    hsCode: '9403501000',
    unit: '件',
    price: '48.00',
    netKg: 14,
    attributes: { ...furniture, clothingStorage: true },
  },
  {
    zh: '棉制针织T恤衫',
    en: 'Cotton knitted T-shirts',
    hsCode: '6109100010',
    unit: '件',
    price: '3.20',
    netKg: 0.2,
    attributes: { ...cloth, apparel: true, materials: ['cotton'] },
  },
  {
    zh: '婴儿棉制连身衣',
    en: 'Cotton babies garments',
    hsCode: '6111200050',
    unit: '件',
    price: '2.80',
    netKg: 0.1,
    attributes: { ...cloth, apparel: true, intendedAgeMax: 2, materials: ['cotton'] },
  },
  {
    zh: '锂离子充电宝',
    en: 'Lithium-ion power banks',
    hsCode: '8507600090',
    unit: '个',
    price: '7.50',
    netKg: 0.3,
    attributes: { ...lithium, batteryWattHours: 37, dangerousGoods: true },
  },
  {
    zh: '单晶光伏组件',
    en: 'Monocrystalline photovoltaic modules',
    hsCode: '8541430000',
    unit: '个',
    price: '62.00',
    netKg: 21,
    attributes: { electronics: true, materials: ['polysilicon', 'aluminium', 'glass'] },
  },
  {
    zh: '护肤面霜',
    en: 'Facial skin cream',
    hsCode: '3304990039',
    unit: '千克',
    price: '8.00',
    netKg: 1,
    attributes: { cosmetic: true, skinContact: true },
  },
  {
    zh: '竹制砧板',
    en: 'Bamboo cutting boards',
    hsCode: '4419110000',
    unit: '千克',
    price: '3.90',
    netKg: 1,
    attributes: { foodContact: true, plantMaterial: true, materials: ['bamboo'] },
  },
  {
    zh: '陶瓷餐盘',
    en: 'Ceramic dinner plates',
    hsCode: '6911101900',
    unit: '千克',
    price: '2.10',
    netKg: 1,
    attributes: { foodContact: true, materials: ['ceramic'] },
  },
  {
    zh: '弹簧床垫',
    en: 'Spring mattresses',
    hsCode: '9404210000',
    unit: '个',
    price: '75.00',
    netKg: 24,
    attributes: { mattress: true, upholstered: true, textile: true },
  },
  {
    zh: '自行车头盔',
    en: 'Bicycle helmets',
    hsCode: '6506100090',
    unit: '个',
    price: '8.70',
    netKg: 0.4,
    attributes: { helmet: true, protectiveEquipment: true, materials: ['plastic'] },
  },
  {
    zh: '铝型材',
    en: 'Aluminium extruded profiles',
    hsCode: '7604299090',
    unit: '千克',
    price: '3.60',
    netKg: 1,
    attributes: { metalWeightPercent: 100, materials: ['aluminium'] },
  },
  {
    zh: '不锈钢螺栓',
    en: 'Stainless steel bolts',
    hsCode: '7318159090',
    unit: '千克',
    price: '4.40',
    netKg: 1,
    attributes: { metalWeightPercent: 100, materials: ['steel'] },
  },
  {
    zh: '无线路由器',
    en: 'Wireless routers',
    hsCode: '8517622990',
    unit: '台',
    price: '14.50',
    netKg: 0.5,
    attributes: { ...mains, hasRadio: true, internetConnected: true },
    certificates: sdoc,
  },
  {
    zh: '激光测距仪',
    en: 'Laser rangefinders',
    hsCode: '9015100090',
    unit: '台',
    price: '23.00',
    netKg: 0.3,
    attributes: { ...lithium, laser: true },
  },
  {
    zh: '番茄酱罐头',
    en: 'Canned tomato paste',
    hsCode: '2002901100',
    unit: '千克',
    price: '1.30',
    netKg: 1,
    attributes: { food: true, plantProduct: true, materials: ['tomato'] },
  },
  {
    zh: '真皮女士手提包',
    en: 'Leather handbags for women',
    hsCode: '4202210090',
    unit: '个',
    price: '19.00',
    netKg: 0.8,
    attributes: { materials: ['leather'], animalProduct: true },
  },
  {
    zh: '电动自行车',
    en: 'Electric bicycles',
    hsCode: '8711600010',
    unit: '辆',
    price: '310.00',
    netKg: 26,
    attributes: { ...lithium, engine: true, batteryWattHours: 480 },
  },
  {
    zh: '汽车刹车片',
    en: 'Brake pads for motor cars',
    hsCode: '8708301000',
    unit: '千克',
    price: '5.20',
    netKg: 1,
    attributes: { vehiclePart: true, metalWeightPercent: 60, materials: ['steel'] },
  },
  {
    zh: '医用外科口罩',
    en: 'Surgical face masks',
    hsCode: '6307900010',
    unit: '千克',
    price: '6.00',
    netKg: 1,
    attributes: { ...cloth, medicalClaim: true, protectiveEquipment: true },
  },
  {
    zh: '石英手表',
    en: 'Quartz wrist watches',
    hsCode: '9102110000',
    unit: '只',
    price: '11.00',
    netKg: 0.1,
    attributes: { electronics: true, hasBattery: true, coinCell: true },
  },
  {
    zh: '数控铣床',
    en: 'Numerically controlled milling machines',
    hsCode: '8459610000',
    unit: '台',
    price: '8200.00',
    netKg: 2400,
    attributes: { ...mains, machinery: true },
  },
];

/** What most lines state, one way or the other: what is left out is not looked at by most rules. */
export const stated: Attributes = {
  ...{ hasRadio: false, internetConnected: false, electronics: false, mainsVoltage: false, hasBattery: false },
  ...{ lithiumBattery: false, coinCell: false, toy: false, foodContact: false, skinContact: false, solidWood: false },
  ...{ woodComposite: false, plantMaterial: false, textile: false, apparel: false, cosmetic: false, food: false },
  ...{ medicalClaim: false, laser: false, dangerousGoods: false, consumerProduct: true, originMarked: true },
  intendedAgeMax: 99,
};
