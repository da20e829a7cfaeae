/** The order that the check is measured by: as many lines as a declaration may have, of all kinds of goods. */
import type { Order, OrderInput } from '../rules/order/order.ts';
import { orderSchema } from '../rules/order/order.ts';
import { type Goods, goods, stated } from './check-goods.ts';
import type { ListFile } from './listed-parties.ts';

type LineInput = OrderInput['lines'][number];

const LINES = 50;
const PIECES = 200;
/** Every one of so many lines says nothing of its goods, so that questions are part of what is measured. */
const ONE_UNSTATED_IN = 10;

/** The order with its 50 lines, seven parties and a vessel. @param endUser a name that the lists know nearly, so that one party is a question */
export function orderToCheck({ exportOn, endUser }: { exportOn: string; endUser: string }): Order {
  const address = '1200 Harbor Avenue, Long Beach, CA 90802';
  return orderSchema.parse({
    ...{ reference: 'CHECK-1', plannedExportOn: exportOn, claimantKind: 'trading' },
    buyer: { name: 'Harbor Home Goods LLC', country: 'US', address },
    consignee: { name: 'Long Beach Distribution Center Inc.', country: 'US', address },
    notify: { name: 'Pacific Bridge Customs Brokers Inc.', country: 'US' },
    endUser: { name: endUser, country: 'US' },
    payer: { name: 'Harbour Overseas Payments (Hong Kong) Limited', country: 'HK' },
    bank: { name: 'Meridian Commercial Bank N.A.', country: 'US' },
    destination: { country: 'US', port: 'USLGB', address },
    ...{ model: 'general-trade', supervisionMode: '0110', currency: 'USD' },
    transport: { mode: 'sea', vessel: 'EVER SAMPLE', voyage: '048E', portOfLoading: 'CNNGB' },
    incoterm: { rule: 'FOB', place: 'Ningbo' },
    payment: { instalments: [{ share: '1', trigger: 'shipment', days: 30 }] },
    lines: Array.from({ length: LINES }, (_, nth) => lineOf(nth)),
  } satisfies OrderInput);
}

function lineOf(nth: number): LineInput {
  const one = goods[nth % goods.length] as Goods;
  const model = `BM-${100 + nth}`;
  const weight = PIECES * one.netKg;
  return {
    ...{ productCode: model, nameZh: one.zh, nameEn: `${one.en}, model ${model}`, hsCode: one.hsCode },
    elements: { 出口享惠情况: '0', 用途: '家用', 品牌: '无品牌', 型号: model },
    ...{ brandType: 'none', quantity: String(PIECES), unit: one.unit, unitPrice: one.price },
    ...{ netWeightKg: weight.toFixed(2), grossWeightKg: (weight * 1.15).toFixed(2) },
    packages: { count: 20, kind: 'carton', sizeCm: '60x40x45' },
    attributes: nth % ONE_UNSTATED_IN === 0 ? {} : { ...stated, ...one.attributes },
    certificates: one.certificates ?? [],
    purchaseContract: 'PC-CHECK',
    supplier: { name: '宁波示例贸易有限公司', taxId: '91330200MA0000001X', place: '宁波' },
  };
}

/** What the exporter declared before: the order's goods, so many times over, at prices that vary by some percent. */
export function pastDeclarations(order: Order, times: number): ListFile {
  const head = '报关单号,申报日期,商品编码,货号,商品名称,英文品名,数量,单位,单价,币制,净重,境外收货人,最终目的国';
  const rows = Array.from({ length: times }, (_, time) =>
    order.lines.map((line, nth) => {
      const price = (Number(line.unitPrice) * (0.95 + ((time + nth) % 11) / 100)).toFixed(2);
      const day = `2026-${String(1 + (time % 9)).padStart(2, '0')}-${String(1 + (time % 28)).padStart(2, '0')}`;
      return [
        ...[`31042026${String(time).padStart(10, '0')}`, day, line.hsCode, line.productCode, line.nameZh],
        ...[`"${line.nameEn}"`, line.quantity, line.unit, price, 'USD', line.netWeightKg, order.buyer.name, 'US'],
      ].join(',');
    }),
  );
  return { name: 'declarations.csv', content: `${[head, ...rows.flat()].join('\n')}\n` };
}

/** The ten-digit table's lines for the order's codes. */
export function tariffTable(order: Order): ListFile {
  const codes = new Map(order.lines.map((line) => [line.hsCode, line]));
  const rows = [...codes].map(
    ([code, { nameZh, unit }]) => `${code},${nameZh},${unit},千克,品名;用途;品牌;型号,13,13,`,
  );
  const head = '商品编码,商品名称,第一法定单位,第二法定单位,申报要素,增值税率,退税率,监管条件';
  return { name: 'tariff.csv', content: `${[head, ...rows].join('\n')}\n` };
}
