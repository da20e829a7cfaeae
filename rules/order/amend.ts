import type { Order, OrderLine } from './order.ts';

/** A correction of one declared line, numbered from 1. What it leaves out stays as it was. */
export interface LineCorrection {
  line: number;
  unitPrice?: string;
  quantity?: string;
  unit?: string;
  hsCode?: string;
  nameZh?: string;
  nameEn?: string;
  netWeightKg?: string;
  grossWeightKg?: string;
  importCode?: string;
  purchaseNet?: string;
  /** Added to what the line says, or in its place. */
  attributes?: OrderLine['attributes'];
  scopeAnswers?: OrderLine['scopeAnswers'];
  /** Of the order as a whole. */
  transport?: Partial<Pick<Order['transport'], 'vessel' | 'voyage' | 'stuffingPlace' | 'consolidator'>>;
  /** Of the order as a whole, in its currency: what carriage and insurance turned out to cost changes the FOB of every line. */
  charges?: Partial<Pick<Order, 'freight' | 'insurance'>>;
}

/**
 * The order as its amendments left it, applied in their order; the order itself is not touched, so every revision can be
 * made again. A new price or quantity drops the stated line total, which would otherwise contradict them;
 * a new quantity also drops the statutory quantities.
 * Shares of the payment follow the new total by themselves, stated amounts do not: the review compares them.
 * @throws RangeError when a correction names a line that the order does not have: it would be lost without a word
 */
export function amendOrder(order: Order, amendments: readonly (readonly LineCorrection[])[]): Order {
  const lines = [...order.lines];
  let { transport } = order;
  let charges: LineCorrection['charges'] = {};
  for (const correction of amendments.flat()) {
    const line = lines[correction.line - 1];
    if (!line) throw new RangeError(`order ${order.reference} has no line ${correction.line}: it has ${lines.length}`);
    lines[correction.line - 1] = amendLine(line, correction);
    transport = { ...transport, ...correction.transport };
    charges = { ...charges, ...correction.charges };
  }
  return { ...order, ...charges, transport, lines };
}

function amendLine(
  line: OrderLine,
  { line: _number, transport: _transport, charges: _charges, attributes, scopeAnswers, ...changes }: LineCorrection,
): OrderLine {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const repriced = changes.unitPrice !== undefined || changes.quantity !== undefined;
  const { lineTotal, ...rest } = line;
  // Statutory quantities belong to the old quantity: kept, they would let an invoice cover goods that are not there.
  const statutory = changes.quantity === undefined ? line.statutory : [];
  return {
    ...rest,
    ...(repriced || lineTotal === undefined ? {} : { lineTotal }),
    statutory,
    ...given,
    ...(attributes ? { attributes: { ...line.attributes, ...attributes } } : {}),
    ...(scopeAnswers ? { scopeAnswers: { ...line.scopeAnswers, ...scopeAnswers } } : {}),
  };
}
