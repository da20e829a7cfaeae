import { compare } from '../money.ts';
import type { Order, OrderLine } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import { type Difference, differs } from './three-way-difference.ts';
import type { LineTreatment } from './treatment.ts';
import { standingInvoices, type VatInvoice, type VatInvoiceLine } from './vat-invoice.ts';

/** What is told about: the order as amended, the exporter's band, the invoices. */
export interface AdviceInput {
  order: Order;
  settings: Settings;
  invoices: readonly VatInvoice[];
}

/**
 * What the bureau may ask about, though nothing forbids the claim: exchange cost out of its band, a short HS code, an
 * unusual VAT rate, another supplier than the order names. None of it blocks.
 * @param exchangeCost CNY per USD of FOB; null where it has no meaning
 */
export function adviceOn(
  { order, settings, invoices }: AdviceInput,
  lines: readonly LineTreatment[],
  exchangeCost: string | null,
): Difference[] {
  const standing = standingInvoices(invoices);
  const onLines = lines.flatMap((treated) => {
    const line = order.lines[treated.no - 1];
    return line
      ? [...hsCodeAdvice(line, treated.no), ...standing.flatMap((invoice) => invoiceAdvice(line, treated, invoice))]
      : [];
  });
  return [...costAdvice(settings, exchangeCost), ...onLines];
}

function costAdvice({ exchangeCostBand: { least, most } }: Settings, cost: string | null): Difference[] {
  if (cost === null || (compare(cost, least) >= 0 && compare(cost, most) <= 0)) return [];
  return [
    differs({
      id: 'exchange-cost',
      field: 'exchange cost (换汇成本)',
      expected: `${least} to ${most} CNY per USD`,
      found: cost,
      remedy: 'Check purchase and export price: the bureau raises a doubt on it.',
      blocking: false,
    }),
  ];
}

function hsCodeAdvice({ hsCode }: OrderLine, no: number): Difference[] {
  if (hsCode.length === 10) return [];
  return [
    differs({
      id: `hs-code/${no}`,
      line: no,
      field: 'HS code',
      expected: '10 digits, as declared',
      found: hsCode,
      remedy: 'Enter the declared code: the claim goes by all its digits.',
      blocking: false,
    }),
  ];
}

function invoiceAdvice(
  line: OrderLine,
  { no, rate }: LineTreatment,
  { number, seller, lines }: VatInvoice,
): Difference[] {
  const bought = lines.find((one) => one.line === no);
  if (!bought) return [];
  const vatRate =
    rate && compare(bought.vatRatePercent, rate.vatRatePercent) !== 0
      ? [vatRateAdvice(no, rate.vatRatePercent, bought, number)]
      : [];
  if (!line.supplier || line.supplier.taxId === seller.taxId) return vatRate;
  const supplier = differs({
    id: `supplier/${no}/${number}`,
    line: no,
    field: 'supplier',
    expected: line.supplier.taxId,
    found: `${seller.taxId} on invoice ${number}`,
    remedy: 'Check that the invoice is of the goods that were really exported.',
    blocking: false,
  });
  return [...vatRate, supplier];
}

function vatRateAdvice(no: number, expected: string, { vatRatePercent }: VatInvoiceLine, number: string): Difference {
  return differs({
    id: `vat-rate/${no}/${number}`,
    line: no,
    field: 'VAT rate',
    expected: `${expected} %`,
    found: `${vatRatePercent} % on invoice ${number}`,
    remedy: 'A small supplier’s rate caps the refund; any other deviation is an error of the invoice.',
    blocking: false,
  });
}
