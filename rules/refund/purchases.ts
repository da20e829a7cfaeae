import type { Reference } from '../../reference/load.ts';
import { isSameUnit, unitOf } from '../classification/codes.ts';
import { compare, divide, minus, roundTo, times } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import { declaredQuantity, type VatInvoice, type VatInvoiceLine } from './vat-invoice.ts';

/** What one invoice line gives to an export line: quantity in `unit`, net amount in CNY. */
export interface Purchase {
  invoice: VatInvoice;
  bought: VatInvoiceLine;
  quantity: string;
  net: string;
}

/** The purchases of one order line, in the unit in which declaration and invoices are compared. */
export interface LinePurchases {
  /** Declared quantity in that unit. */
  quantity: string;
  /** Customs name of the unit. */
  unit: string;
  purchases: Purchase[];
}

/**
 * Takes the exported quantity from the invoices of a line, first in first out by date, number and place; each at its own
 * price, and never more than an invoice line holds: what is left over is for another export. Of a line taken in part the
 * net amount is in proportion, half-up at 2. Invoices in a unit that was not declared (explained by a person) are taken whole.
 * @param no of the order line, from 1
 * @param standing invoices that count, see `standingInvoices`
 * @returns null when no unit of the line is covered: nothing partial is claimed
 */
export function purchasesOf(
  line: OrderLine,
  no: number,
  standing: readonly VatInvoice[],
  reference: Reference,
): LinePurchases | null {
  const stock = [...standing]
    .sort((a, b) => (a.issuedOn === b.issuedOn ? (a.number < b.number ? -1 : 1) : a.issuedOn < b.issuedOn ? -1 : 1))
    .flatMap((invoice) => invoice.lines.filter((bought) => bought.line === no).map((bought) => ({ invoice, bought })));
  if (stock.length === 0) return null;
  if (stock.some(({ bought }) => declaredQuantity(line, bought.unit, reference) === undefined))
    return {
      quantity: line.quantity,
      unit: nameOf(line.unit, reference),
      purchases: stock.map(({ invoice, bought }) => ({ invoice, bought, quantity: bought.quantity, net: bought.net })),
    };
  for (const unit of [line.unit, ...line.statutory.map((statutory) => statutory.unit)]) {
    const quantity = declaredQuantity(line, unit, reference) ?? line.quantity;
    const purchases = take(
      quantity,
      stock.filter(({ bought }) => isSameUnit(bought.unit, unit, reference)),
    );
    if (purchases) return { quantity, unit: nameOf(unit, reference), purchases };
  }
  return null;
}

function take(wanted: string, stock: readonly Pick<Purchase, 'invoice' | 'bought'>[]): Purchase[] | null {
  let open = wanted;
  const purchases: Purchase[] = [];
  for (const { invoice, bought } of stock) {
    if (compare(open, '0') === 0) break;
    const whole = compare(bought.quantity, open) <= 0;
    const quantity = whole ? bought.quantity : open;
    const net = whole ? bought.net : roundTo(divide(times(bought.net, quantity), bought.quantity), 2);
    purchases.push({ invoice, bought, quantity, net });
    open = minus(open, quantity);
  }
  return compare(open, '0') === 0 ? purchases : null;
}

function nameOf(unit: string, reference: Reference): string {
  return unitOf(unit, reference)?.nameZh ?? unit;
}
