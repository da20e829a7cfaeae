import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isSameUnit } from '../classification/codes.ts';
import { compare, divide, minus, sum, times } from '../money.ts';
import type { Order, OrderLine } from '../order/order.ts';
import type { Question } from '../task.ts';

/** A purchase VAT special invoice (增值税专用发票) as registered; amounts in CNY. */
export interface VatInvoice {
  number: string;
  issuedOn: CivilDate;
  seller: { name: string; taxId: string };
  /** Number of the invoice that this one red-letters and replaces. */
  replaces?: string;
  /** 用途确认: confirmed for refund use. */
  confirmedForRefund: boolean;
  documentId?: string;
  lines: VatInvoiceLine[];
}

/** One line of an invoice, for one line of the order. */
export interface VatInvoiceLine {
  /** Line of the order, from 1. */
  line: number;
  name: string;
  quantity: string;
  unit: string;
  /** Tax base 计税金额. */
  net: string;
  vatRatePercent: string;
  vat: string;
}

/** A point where an invoice and the declaration tell two stories. */
export interface InvoiceDifference {
  line: number;
  field: 'unit' | 'quantity' | 'name' | 'vat' | 'confirmed-for-refund' | 'seller' | 'line';
  declared: string;
  invoice: string;
  remedy: string;
}

export interface InvoiceCheckInput {
  /** As amended: what was declared. */
  order: Order;
  invoices: readonly VatInvoice[];
  exporterTaxId: string;
  /** Keys of questions that a person answered with an explanation. */
  explained: readonly string[];
  reference: Reference;
}

export interface InvoiceCheckResult {
  /** `missing`: some goods have no invoice, or too small a one, and nothing contradicts; more may come. */
  status: 'complete' | 'missing' | 'differs';
  /** Open differences; explained ones are left out. */
  differences: InvoiceDifference[];
  /** Order lines, from 1, whose declared quantity is not covered. */
  missingLines: number[];
  /** One for each contradiction; a shortage is waited for and asks nothing. */
  questions: Question[];
}

/** The bureau compares VAT with net × rate; rounding line by line differs by cents. CNY. */
const vatTolerance = '0.06';

/** Differences that an explanation can settle, and what it says. The others lack a figure, which no words replace. */
const explainable: Partial<Record<InvoiceDifference['field'], string>> = {
  unit: 'the unit is right: evidence is on file',
  name: 'the names mean the same goods: evidence is on file',
  vat: 'the invoice states these amounts, and the bureau accepts them',
  'confirmed-for-refund': 'confirmed for refund use by now',
};

/** Invoices that count: those that another one red-lettered drop out; of one number the last registration stands. */
export function standingInvoices(invoices: readonly VatInvoice[]): VatInvoice[] {
  const replaced = new Set(
    invoices.flatMap(({ number, replaces }) => (replaces !== undefined && replaces !== number ? [replaces] : [])),
  );
  return [...new Map(invoices.map((invoice) => [invoice.number, invoice])).values()].filter(
    ({ number }) => !replaced.has(number),
  );
}

/** The declared quantity of a line in that unit: the transaction quantity, or a statutory one; undefined in a unit not declared. */
export function declaredQuantity(line: OrderLine, unit: string, reference: Reference): string | undefined {
  return [{ quantity: line.quantity, unit: line.unit }, ...line.statutory].find((declared) =>
    isSameUnit(declared.unit, unit, reference),
  )?.quantity;
}

/**
 * Holds the purchase invoices against the declared lines: unit, quantity, name, arithmetic, confirmation for refund.
 * It computes no refund, and an invoice has no buyer here: the registry of the tax bureau knows it.
 */
export function checkVatInvoices({
  order,
  invoices,
  exporterTaxId,
  explained,
  reference,
}: InvoiceCheckInput): InvoiceCheckResult {
  const standing = standingInvoices(invoices);
  const found = [
    ...standing.flatMap((invoice) => invoiceDifferences(invoice, order, exporterTaxId, reference)),
    ...nameDifferences(standing, order),
  ];
  const open = found.filter(
    (difference) => !(explainable[difference.field] && explained.includes(questionKey(difference))),
  );
  const short = order.lines.flatMap((line, index) => shortage(line, index + 1, standing, reference));
  const questions = [...new Map(open.map((difference) => [questionKey(difference), questionOf(difference)])).values()];
  return {
    status: open.length > 0 ? 'differs' : short.length > 0 ? 'missing' : 'complete',
    differences: [...open, ...short.filter(({ invoice }) => invoice !== 'none')],
    missingLines: short.map(({ line }) => line),
    questions,
  };
}

type Numbered = InvoiceDifference & { number: string };

function invoiceDifferences(
  invoice: VatInvoice,
  order: Order,
  exporterTaxId: string,
  reference: Reference,
): Numbered[] {
  const { number } = invoice;
  const lines = invoice.lines.flatMap((line) =>
    lineDifferences(line, order, reference).map((difference) => ({ ...difference, number })),
  );
  const first = invoice.lines[0]?.line ?? 1;
  if (!invoice.confirmedForRefund)
    lines.push({
      number,
      line: first,
      field: 'confirmed-for-refund',
      declared: 'confirmed for refund use',
      invoice: `invoice ${number} is not`,
      remedy:
        'Confirm its use for refund (用途确认) in the tax bureau’s system, then say so; ticked for deduction it is lost for the refund.',
    });
  if (invoice.seller.taxId === exporterTaxId)
    lines.push({
      number,
      line: first,
      field: 'seller',
      declared: 'a supplier',
      invoice: `the claimant itself, ${exporterTaxId}`,
      remedy: 'Register the invoice with its seller, not its buyer.',
    });
  return lines;
}

function lineDifferences(bought: VatInvoiceLine, order: Order, reference: Reference): InvoiceDifference[] {
  const declared = order.lines[bought.line - 1];
  if (!declared)
    return [
      {
        line: bought.line,
        field: 'line',
        declared: `${order.lines.length} lines`,
        invoice: `line ${bought.line}`,
        remedy: 'Register the invoice for a line that the order has.',
      },
    ];
  const differences: InvoiceDifference[] = [];
  if (declaredQuantity(declared, bought.unit, reference) === undefined) {
    const units = [declared.unit, ...declared.statutory.map(({ unit }) => unit)].join(', ');
    differences.push({
      line: bought.line,
      field: 'unit',
      declared: units,
      invoice: bought.unit,
      remedy:
        'Have the supplier red-letter the invoice and issue it again in a declared unit, then register the new one as its replacement.',
    });
  }
  const vat = divide(times(bought.net, bought.vatRatePercent), '100');
  if (compare(minus(bought.vat, vat).replace('-', ''), vatTolerance) > 0)
    differences.push({
      line: bought.line,
      field: 'vat',
      declared: `${bought.net} × ${bought.vatRatePercent} % = ${vat}`,
      invoice: bought.vat,
      remedy: 'Register the amounts as the invoice states them; if it states these, have it issued again.',
    });
  return differences;
}

function nameDifferences(standing: readonly VatInvoice[], order: Order): Numbered[] {
  return standing.flatMap(({ number, lines }) =>
    lines.flatMap((bought): Numbered[] => {
      const declared = order.lines[bought.line - 1];
      if (!declared || isSameName(declared.nameZh, bought.name)) return [];
      return [
        {
          number,
          line: bought.line,
          field: 'name',
          declared: declared.nameZh,
          invoice: bought.name,
          remedy:
            'Have the invoice issued again under the declared name, or explain with evidence that it names the same goods.',
        },
      ];
    }),
  );
}

/** Whether two names agree: the tax class between asterisks and spaces do not count, and one may say more than the other. */
export function isSameName(declared: string, invoiced: string): boolean {
  const bare = (name: string) =>
    name
      .normalize('NFKC')
      .replace(/^\s*\*[^*]*\*/, '')
      .replace(/\s+/g, '')
      .toLowerCase();
  const [a, b] = [bare(declared), bare(invoiced)];
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a));
}

function shortage(
  line: OrderLine,
  no: number,
  standing: readonly VatInvoice[],
  reference: Reference,
): InvoiceDifference[] {
  const bought = standing.flatMap((invoice) => invoice.lines.filter((one) => one.line === no));
  const said = { line: no, field: 'quantity', declared: `${line.quantity} ${line.unit}` } as const;
  if (bought.length === 0)
    return [{ ...said, invoice: 'none', remedy: 'Register the supplier’s invoice for this line.' }];
  // In a unit that was not declared nothing can be counted: the difference in unit is asked about, or was explained.
  if (bought.some(({ unit }) => declaredQuantity(line, unit, reference) === undefined)) return [];
  const units = [line.unit, ...line.statutory.map(({ unit }) => unit)];
  const covered = units.some((unit) => {
    const inUnit = sum(bought.filter((one) => isSameUnit(one.unit, unit, reference)).map(({ quantity }) => quantity));
    return compare(inUnit, declaredQuantity(line, unit, reference) ?? line.quantity) >= 0;
  });
  if (covered) return [];
  const invoiced = bought.map(({ quantity, unit }) => `${quantity} ${unit}`).join(' + ');
  return [
    {
      ...said,
      invoice: invoiced,
      remedy: 'Register the invoices for the rest, or have the invoice issued again over the whole quantity.',
    },
  ];
}

function questionKey({
  number,
  line,
  field,
}: {
  number?: string;
  line: number;
  field: InvoiceDifference['field'];
}): string {
  return `vat-invoice/${number ?? 'any'}/${line}/${field}`;
}

function questionOf(difference: Numbered): Question {
  const { number, line, field, declared, invoice, remedy } = difference;
  const explanation = explainable[field];
  return {
    key: questionKey(difference),
    kind: 'vat-invoice-differs',
    question: `VAT invoice ${number} and the declaration differ in line ${line}: ${field}. ${remedy}`,
    evidence: [
      { label: 'declared', value: declared },
      { label: 'invoice', value: invoice },
    ],
    choices: [
      ...(explanation ? [{ id: 'explained', label: explanation }] : []),
      { id: 'give-up', label: 'it cannot be mended: no refund' },
    ],
    ownerRole: 'finance',
  };
}
