/** A paper laid out for the comparison: its kind in the table, its fields by name, its lines with their places. */
import type { ComparedKind } from '../../../reference/comparison-schema.ts';
import type { Reference } from '../../../reference/load.ts';
import type { Order, OrderLine } from '../../order/order.ts';
import type { StatedDocument, StatedLine, StatedParty } from '../facts.ts';
import { type Exporter, factsOfOrder, factsOfPurchases } from './facts-of-order.ts';
import { isDiscountByName, linesOfGoods, termsOf } from './lay-out.ts';
import type { Words } from './words.ts';

/** One value as a paper states it, and the path of it there. */
export interface Value {
  text: string;
  at: string;
}

/** A paper of the comparison; the order is one, and what it says of its purchases another. */
export interface Paper {
  id: string;
  kind: ComparedKind;
  made: boolean;
  /** Lines of goods, and discounts on them: empty ones and the sum under them are left out. */
  lines: readonly StatedLine[];
  /** Places of those that are discounts under a name of their own. */
  discounts: readonly number[];
  /** Path of a line in the paper as it was read. @example 1 //=> lines[2] */
  lineAt: (line: number) => string;
  /** Places of the lines that another paper's lines may be: of purchases, those of the supplier that it names. */
  linesFor: readonly number[];
  currency: string | undefined;
  /** Values of a field of the paper as a whole: none, one, or several of which any may agree. */
  valuesOf: (field: string) => readonly Value[];
  /** A line's further statements of its quantity: statutory units. */
  alsoIn: (line: number) => readonly { quantity: string; unit: string }[];
  /** The field's name in a path: purchase prices stand in the order as `purchaseNet`. */
  pathOf: (field: string) => string;
}

/** Papers whose own number others name under this field. */
const ownNumbers: Readonly<Record<string, string>> = {
  'sales-contract': 'contractNumber',
  'purchase-contract': 'contractNumber',
  'commercial-invoice': 'invoiceNumber',
};

/** @returns undefined where the table has no such kind: a certificate is none of the papers that are compared */
export function paperOf(document: StatedDocument, reference: Reference): Paper | undefined {
  const kind = kindOf(document.kind, reference);
  if (!kind) return undefined;
  const { facts } = document;
  const ownNumber = ownNumbers[document.kind];
  const goods = linesOfGoods(facts, reference);
  const terms = termsOf(facts, reference);
  return {
    id: document.id,
    kind,
    made: document.made,
    lines: goods.map(({ line }) => line),
    discounts: goods.flatMap(({ line }, index) => (isDiscountByName(line, reference) ? [index] : [])),
    lineAt: (line) => `lines[${goods[line]?.index ?? line}]`,
    linesFor: goods.map((_, index) => index),
    currency: facts.currency,
    valuesOf: (field) => {
      const term = terms?.[field];
      if (term !== undefined) return [{ text: term, at: 'incoterm' }];
      const text = fieldOf(facts, field);
      if (text !== undefined) return [{ text, at: field }];
      return field === ownNumber && facts.number !== undefined ? [{ text: facts.number, at: 'number' }] : [];
    },
    alsoIn: () => [],
    pathOf: (field) => field,
  };
}

/** The order as papers to the buyer are held against it. */
export function orderAsPaper(order: Order, exporter: Exporter | null, reference: Reference): Paper {
  const facts = factsOfOrder(order, exporter);
  const paper = paperOf({ id: 'order', kind: 'order', made: true, facts }, reference);
  if (!paper) throw new Error('The reference data is wrong: document-comparisons/kinds.yaml has no kind order.');
  return {
    ...paper,
    valuesOf: (field) => paper.valuesOf(field).map(({ text, at }) => ({ text, at: placesInOrder[at] ?? at })),
    alsoIn: (line) => order.lines[line]?.statutory ?? [],
    pathOf: (field) => placesInOrderLine[field] ?? field,
  };
}

/** Where the order itself has a field of a paper: a correction is made under that path. */
const placesInOrder: Readonly<Record<string, string>> = {
  orderNumber: 'reference',
  date: 'orderedOn',
  incoterm: 'incoterm.rule',
  incotermPlace: 'incoterm.place',
  portOfLoading: 'transport.portOfLoading',
  portOfDischarge: 'destination.port',
  destination: 'destination.country',
  vessel: 'transport.vessel',
  voyage: 'transport.voyage',
};

const placesInOrderLine: Readonly<Record<string, string>> = { packages: 'packages.count', total: 'lineTotal' };

/**
 * The order as papers of suppliers are held against it, one after the other. Where a paper names a supplier of the order, by tax
 * number or name, only that one's name, number, place, contracts and lines count; else those of all.
 */
export function purchasesAsPaper(
  order: Order,
  exporter: Exporter | null,
  words: Words,
  reference: Reference,
): (against: StatedParty | undefined) => Paper {
  const facts = factsOfPurchases(order, exporter);
  const paper = paperOf({ id: 'order', kind: 'order-purchases', made: true, facts }, reference);
  if (!paper)
    throw new Error('The reference data is wrong: document-comparisons/kinds.yaml has no kind order-purchases.');
  const bought = order.lines.map((line, index) => ({ ...line, index }));
  return (against) => {
    const named = bought.filter(({ supplier }) => supplier && isNamed(supplier, against, words));
    const meant = named.length > 0 ? named : bought;
    const several = suppliersOf(meant);
    return {
      ...paper,
      linesFor: meant.map(({ index }) => index),
      valuesOf: (field) => several[field] ?? paper.valuesOf(field),
      alsoIn: (line) => order.lines[line]?.statutory ?? [],
      pathOf: (field) => (field === 'total' ? 'purchaseNet' : field),
    };
  };
}

type BoughtLine = OrderLine & { index: number };

function suppliersOf(lines: readonly BoughtLine[]): Record<string, readonly Value[]> {
  const of = (path: string, pick: (line: BoughtLine) => string | undefined) =>
    lines.flatMap((line) => {
      const text = pick(line);
      return text === undefined ? [] : [{ text, at: `lines[${line.index}].${path}` }];
    });
  return {
    'seller.nameZh': of('supplier.name', ({ supplier }) => supplier && hanOnly(supplier.name)),
    'seller.taxId': of('supplier.taxId', ({ supplier }) => supplier?.taxId),
    supplierPlace: of('supplier.place', ({ supplier }) => supplier?.place),
    contractNumber: of('purchaseContract', ({ purchaseContract }) => purchaseContract),
  };
}

const hanOnly = (name: string) => (/\p{Script=Han}/u.test(name) ? name : undefined);

function isNamed(supplier: { name: string; taxId: string }, seller: StatedParty | undefined, words: Words): boolean {
  const names = [seller?.nameZh, seller?.name].flatMap((name) => (name === undefined ? [] : [words.company(name)]));
  return (
    (seller?.taxId !== undefined && words.plain(seller.taxId) === words.plain(supplier.taxId)) ||
    names.includes(words.company(supplier.name))
  );
}

/** A field by its name, `seller.nameZh` among them; undefined where the paper does not say. */
function fieldOf(facts: StatedDocument['facts'], field: string): string | undefined {
  const [first = '', second] = field.split('.');
  const value: unknown = facts[first as keyof StatedDocument['facts']];
  if (second === undefined) return typeof value === 'string' ? value : undefined;
  return typeof value === 'object' && value !== null ? (value as StatedParty)[second as keyof StatedParty] : undefined;
}

function kindOf(name: string, reference: Reference): ComparedKind | undefined {
  return reference.comparedKinds.find(({ kind }) => kind === name);
}
