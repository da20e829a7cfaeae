/** Random orders and the full set of papers that agrees with each, for properties of the comparison. */
import fc from 'fast-check';
import { factsOfOrder } from '../../../rules/documents/comparing/facts-of-order.ts';
import type { DocumentFacts, StatedDocument } from '../../../rules/documents/facts.ts';
import { sum } from '../../../rules/money.ts';
import type { Order } from '../../../rules/order/order.ts';
import { lamps, orderOf, settings } from '../orders.ts';
import { ownPapers, paper } from './papers.ts';

const goods = [
  { nameZh: 'LED台灯', nameEn: 'LED table lamp', hsCode: '9405210090' },
  { nameZh: '陶瓷杯', nameEn: 'Ceramic mug', hsCode: '6912001000' },
  { nameZh: '木制餐桌', nameEn: 'Wooden dining table', hsCode: '9403609990' },
  { nameZh: '棉制T恤衫', nameEn: 'Cotton T-shirt', hsCode: '6109100021' },
  { nameZh: '不锈钢保温杯', nameEn: 'Vacuum flask', hsCode: '9617009000' },
  { nameZh: '餐具套装', nameEn: 'Cutlery set', hsCode: '8215200000' },
  { nameZh: '木制餐桌椅组合', nameEn: 'Dining table and chairs', hsCode: '9403609990' },
];
const suppliers = [
  { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X', place: '宁波' },
  { name: '义乌百货贸易有限公司', taxId: '91330782MA2GOOD02X', place: '义乌' },
];

const cents = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((amount) => (amount / 100).toFixed(2).replace(/\.?0+$/, ''));

const lines = fc
  .record({
    good: fc.constantFrom(...goods),
    coded: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 5000 }).map(String),
    unit: fc.constantFrom('个', '台', '件', 'dozen', '套', 'kg'),
    unitPrice: cents(1, 90_000),
    net: fc.integer({ min: 1, max: 9000 }),
    packing: fc.integer({ min: 0, max: 300 }),
    cartons: fc.integer({ min: 1, max: 400 }),
    purchaseNet: fc.option(cents(100, 9_000_000), { nil: undefined }),
    supplier: fc.constantFrom(...suppliers),
    model: fc.constantFrom('TL-20', 'M-7', undefined),
    brand: fc.constantFrom('Lumora', undefined),
  })
  .map(({ good, coded, net, packing, cartons, model, brand, ...line }) => ({
    ...line,
    ...good,
    productCode: coded ? good.nameEn.slice(0, 4) + net : undefined,
    brand,
    elements: { ...(model ? { 型号: model } : {}), ...(brand ? { 品牌: brand } : {}) },
    netWeightKg: String(net),
    grossWeightKg: String(net + packing),
    packages: { count: cartons, kind: 'carton' },
    statutory: [],
  }));

/** Orders that agree in themselves, of up to eight lines, some of them alike. */
export const orders: fc.Arbitrary<Order> = fc
  .record({
    lines: fc.array(lines, { minLength: 1, maxLength: 8 }),
    incoterm: fc.constantFrom(
      { rule: 'FOB', place: 'Ningbo' } as const,
      { rule: 'CIF', place: 'Hamburg' } as const,
      { rule: 'DAP', place: 'Berlin' } as const,
    ),
    currency: fc.constantFrom('USD', 'JPY', 'KWD', 'EUR'),
    freight: cents(0, 90_000),
    insurance: cents(0, 9000),
    marks: fc.constantFrom('HL-2026\nHAMBURG\nC/NO. 1-250', undefined),
    vessel: fc.constantFrom('EVER GIVEN', undefined),
  })
  .map(({ lines: some, vessel, ...order }) =>
    orderOf(
      {
        ...order,
        destination: { country: 'DE', port: 'Hamburg' },
        transport: { mode: 'sea', portOfLoading: 'Ningbo', ...(vessel ? { vessel, voyage: '012W' } : {}) },
        notify: { name: 'Spedition Nord GmbH', country: 'DE' },
      },
      some.map((line) => ({ ...lamps, ...line })),
    ),
  );

/** Our own papers, and those of everybody else, all saying what the order says. */
export function fullSet(order: Order): StatedDocument[] {
  const said = factsOfOrder(order, settings.exporter);
  const bare = { ...said, lines: [] };
  const transport: Partial<DocumentFacts> = {
    ...bare,
    date: order.orderedOn && '2026-12-30',
    total: undefined,
  } as never;
  return [
    ...ownPapers(order),
    paper('proforma-invoice', said),
    paper('customs-declaration', { ...said, date: undefined }),
    paper('certificate-of-origin', { ...said, date: undefined }),
    paper('bill-of-lading', transport),
    paper('letter-of-instruction', { ...bare, date: undefined }),
    ...purchases(order),
  ].map((one) => ({ ...one, facts: JSON.parse(JSON.stringify(one.facts)) as DocumentFacts }));
}

function purchases(order: Order): StatedDocument[] {
  return suppliers.flatMap(({ name, taxId, place }, at) => {
    const bought = order.lines.filter(({ supplier }) => supplier?.taxId === taxId);
    if (bought.length === 0) return [];
    const facts = {
      seller: { nameZh: name, taxId },
      buyer: { nameZh: settings.exporter.nameZh, taxId: settings.exporter.taxId },
      currency: 'CNY',
      supplierPlace: place,
      ...(bought.every(({ purchaseNet }) => purchaseNet !== undefined)
        ? { total: sum(bought.map(({ purchaseNet }) => purchaseNet ?? '0')) }
        : {}),
      lines: bought.map(({ nameZh, quantity, unit, purchaseNet }) => ({ nameZh, quantity, unit, total: purchaseNet })),
    };
    return ['purchase-contract', 'vat-invoice'].map((kind) => paper(kind, facts, `${kind}-${at}`));
  });
}
