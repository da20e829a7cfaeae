import { compare, divide, minus, roundTo, sum, times } from '../money.ts';
import type { VatInvoice, VatInvoiceLine } from './vat-invoice.ts';

/** What another shipment's claim took of an invoice: one purchase line of it. */
export interface ClaimedElsewhere {
  reference: string;
  invoiceNumber: string;
  name: string;
  unit: string;
  quantity: string;
}

/**
 * The invoices with what is left for this shipment: never more than a line's remaining quantity is claimed, whoever
 * claims first. Net amount and VAT shrink in proportion, half-up at 2; a line that is used up is gone. Lines are told
 * apart by name and unit, as they stand on the invoice.
 */
export function leftOf(invoices: readonly VatInvoice[], claimed: readonly ClaimedElsewhere[]): VatInvoice[] {
  return invoices.map((invoice) => ({
    ...invoice,
    lines: invoice.lines.flatMap((line) => {
      const taken = claimed.filter(
        ({ invoiceNumber, name, unit }) => invoiceNumber === invoice.number && name === line.name && unit === line.unit,
      );
      return taken.length === 0 ? [line] : remainder(line, sum(taken.map(({ quantity }) => quantity)));
    }),
  }));
}

function remainder(line: VatInvoiceLine, taken: string): VatInvoiceLine[] {
  const quantity = minus(line.quantity, taken);
  if (compare(quantity, '0') <= 0) return [];
  const share = (amount: string) => roundTo(divide(times(amount, quantity), line.quantity), 2);
  return [{ ...line, quantity, net: share(line.net), vat: share(line.vat) }];
}

/** In words, for the question that a shortage becomes; empty when nothing is claimed elsewhere. */
export function claimedInWords(claimed: readonly ClaimedElsewhere[]): string {
  return claimed
    .map(
      (one) => `${one.quantity} ${one.unit} of invoice ${one.invoiceNumber} are claimed by shipment ${one.reference}`,
    )
    .join('; ');
}
