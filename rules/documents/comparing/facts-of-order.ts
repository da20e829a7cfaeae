/** The order in the shape of a paper, so that papers are held against it as against each other. */
import { chargesInPrice, fobTotal, lineTotalOf, orderTotal, weightsOf } from '../../order/figures.ts';
import type { Order, OrderLine, Party } from '../../order/order.ts';
import type { Settings } from '../../settings.ts';
import { type DocumentFacts, documentFactsSchema, type StatedLine, type StatedParty } from '../facts.ts';

/** Us; of a check without a server nothing is known. */
export type Exporter = Pick<Settings['exporter'], 'nameZh' | 'nameEn'> & Partial<Settings['exporter']>;

/**
 * What the order says to its buyer, as papers say it: sales prices in the order's currency, weights in kg.
 * @param exporter null where nobody is known to export: the seller is left out
 */
export function factsOfOrder(order: Order, exporter: Exporter | null): DocumentFacts {
  return documentFactsSchema.parse({
    orderNumber: order.reference,
    date: order.orderedOn,
    seller: exporter === null ? undefined : sellerOf(exporter),
    buyer: partyOf(order.buyer),
    consignee: partyOf(order.consignee ?? order.buyer),
    notify: order.notify && partyOf(order.notify),
    currency: order.currency,
    incoterm: order.incoterm.rule,
    incotermPlace: order.incoterm.place,
    portOfLoading: order.transport.portOfLoading,
    portOfDischarge: order.destination.port,
    destination: order.destination.country,
    vessel: order.transport.vessel,
    voyage: order.transport.voyage,
    marks: order.marks,
    total: orderTotal(order).amount,
    ...chargesInPrice(order),
    fob: fobTotal(order).amount,
    packages: String(order.lines.reduce((all, { packages }) => all + packages.count, 0)),
    ...weightsOf(order),
    lines: order.lines.map((line, index) => lineOf(line, index, order.currency)),
  });
}

/**
 * What the order says of its own purchases: we buy, the suppliers sell, prices are CNY without VAT and stand as the line's
 * total. The suppliers themselves are several, and are looked up in the order.
 */
export function factsOfPurchases(order: Order, exporter: Exporter | null): DocumentFacts {
  return documentFactsSchema.parse({
    orderNumber: order.reference,
    buyer: exporter === null ? undefined : sellerOf(exporter),
    currency: 'CNY',
    lines: order.lines.map((line, index) => {
      const { unitPrice: _, total: __, ...goods } = lineOf(line, index, order.currency);
      return { ...goods, total: line.purchaseNet };
    }),
  });
}

/** Value of a declaration element by any of its names; brand and model stand there more often than on the line itself. */
export function elementOf(
  elements: readonly { name: string; value: string }[],
  which: 'brand' | 'model',
): string | undefined {
  const names = which === 'brand' ? /^(品牌(?!类型)|brand$)/i : /^(型号|规格型号|款号|model\b)/i;
  return elements.find(({ name, value }) => names.test(name) && value.trim() !== '')?.value;
}

/** Us in the shape of a paper's party; what the settings leave empty is not said. */
export function sellerOf({ nameZh, nameEn, taxId, address }: Exporter): StatedParty {
  return {
    name: nameEn || undefined,
    nameZh: nameZh || undefined,
    taxId: taxId || undefined,
    address: address || undefined,
  };
}

/** A party of the order; a name in Chinese characters is its Chinese name. */
export function partyOf({ name, taxId, address }: Party): StatedParty {
  return { ...namesOf(name), taxId, address };
}

/** One name under the language it is written in. */
export function namesOf(name: string): Pick<StatedParty, 'name' | 'nameZh'> {
  return /\p{Script=Han}/u.test(name) ? { nameZh: name } : { name };
}

function lineOf(line: OrderLine, index: number, currency: Order['currency']): StatedLine {
  const elements = Object.entries(line.elements).map(([name, value]) => ({ name, value }));
  return {
    no: index + 1,
    productCode: line.productCode,
    nameZh: line.nameZh,
    nameEn: line.nameEn,
    hsCode: line.hsCode,
    brand: (line.brand ?? elementOf(elements, 'brand'))?.slice(0, 80),
    model: elementOf(elements, 'model')?.slice(0, 120),
    origin: line.origin,
    quantity: line.quantity,
    unit: line.unit,
    unitPrice: line.unitPrice,
    total: lineTotalOf(line, currency),
    packages: String(line.packages.count),
    netWeightKg: line.netWeightKg,
    grossWeightKg: line.grossWeightKg,
  };
}
