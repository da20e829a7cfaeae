import type { ClaimBatch } from '../../activities/tax-bureau/wire.ts';
import type { Reference } from '../../reference/load.ts';
import type { Treatment } from '../../reference/schema.ts';
import type { CivilDate, Instant } from '../civil-date.ts';
import { type Currency, compare, type Money, roundTo, sum } from '../money.ts';
import { fobOfLines, orderTotal } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import type { Question } from '../task.ts';
import { adviceOn } from './advice.ts';
import { costNotRefundedOf, effectiveRate, exchangeCostOf, refundOf } from './amounts.ts';
import { type ClaimedElsewhere, claimedInWords, leftOf } from './claimed-elsewhere.ts';
import { type Purchase, purchasesOf } from './purchases.ts';
import { type Difference, differs, questionKeyOf, questionOf } from './three-way-difference.ts';
import { type LineTreatment, treatmentOf, treatmentsOf } from './treatment.ts';
import { checkVatInvoices, standingInvoices, type VatInvoice } from './vat-invoice.ts';

/** Foreign currency credited for an instalment, with what was deducted on the way. */
export interface ReceiptOfInstalment {
  instalment: number;
  amount: string;
  charges: string;
  currency: Currency;
}

export interface ThreeWayInput {
  /** As amended: what was declared. */
  order: Order;
  settings: Settings;
  /** 18 digits; null while customs has not told it. */
  declarationNumber: string | null;
  /** Export date on the declaration, which the rates go by. */
  exportedOn: CivilDate | null;
  invoices: readonly VatInvoice[];
  receipts: readonly ReceiptOfInstalment[];
  /** False where the exporter claims before the money is in, or it is deemed collected. */
  requireReceipts: boolean;
  /** What other shipments' claims took of these invoices. */
  claimedElsewhere: readonly ClaimedElsewhere[];
  /** Keys of questions that a person answered with an explanation. */
  explained: readonly string[];
  reference: Reference;
  asOf: Instant;
}

/** What of a claim the check makes; key, claimant and period are added when it is sent. */
export type ClaimLines = Pick<ClaimBatch, 'exportLines' | 'purchaseLines' | 'refundClaimed'>;

export interface ThreeWayResult {
  /** Says nothing while questions are open. */
  treatment: Treatment;
  /** CNY that the claim asks for; null where there is no claim. */
  refund: Money | null;
  /** Input VAT in CNY that stays a cost of the export. */
  costNotRefunded: Money;
  /** All of them, the explained left out; those that do not block are what the bureau may ask about. */
  differences: Difference[];
  questions: Question[];
  /** Never null when the treatment is REFUND and no question is open. */
  claim: ClaimLines | null;
  /** CNY per USD of FOB, 4 decimals; null in another currency. */
  exchangeCost: string | null;
}

/**
 * Holds declaration, VAT invoices and receipts against each other as the bureau's system will, and puts the claim of a
 * trading company (免退税) together when they agree. A manufacturer's refund needs its tax return and is asked for, not
 * computed. It does not know the clocks of the claim.
 */
export function checkThreeWay(given: ThreeWayInput): ThreeWayResult {
  const input = { ...given, invoices: leftOf(given.invoices, given.claimedElsewhere) };
  const { declarationNumber, exportedOn } = input;
  if (declarationNumber === null || exportedOn === null)
    return result(input, 'REFUND', [declarationIncomplete(input)], null);
  const { lines, differences } = treatmentsOf(input.order, exportedOn, input.reference);
  const treatment = treatmentOf(lines);
  if (treatment !== 'REFUND') return result(input, treatment, differences, null, lines);
  const blocking = [...differences, ...manufacturerDifferences(input), ...receiptDifferences(input)];
  const claimed = claimedLines(input, lines);
  const figures = claimed && claimOf(input, declarationNumber, exportedOn, claimed);
  return result(
    input,
    treatment,
    [...blocking, ...adviceOn(input, lines, figures?.exchangeCost ?? null)],
    figures,
    lines,
  );
}

type Figures = { claim: ClaimLines; cost: string; exchangeCost: string | null };

function result(
  input: ThreeWayInput,
  treatment: Treatment,
  found: readonly Difference[],
  figures: Figures | null,
  lines: readonly LineTreatment[] = [],
): ThreeWayResult {
  const open = found.filter(
    (difference) => !(difference.explanation && input.explained.includes(questionKeyOf(difference))),
  );
  const questions = open.filter(({ blocking }) => blocking).map(questionOf);
  const invoices = treatment === 'REFUND' ? invoiceQuestions(input) : [];
  const claim = questions.length + invoices.length === 0 ? (figures?.claim ?? null) : null;
  return {
    treatment,
    refund: claim && { amount: claim.refundClaimed, currency: 'CNY' },
    costNotRefunded: { amount: sum2([figures?.cost ?? '0', exemptVat(input, lines)]), currency: 'CNY' },
    differences: open,
    questions: [...questions, ...invoices],
    claim,
    exchangeCost: figures?.exchangeCost ?? null,
  };
}

/** Input VAT of exempt lines is neither refunded nor creditable; that of taxed lines is creditable and no cost. */
function exemptVat({ invoices }: ThreeWayInput, lines: readonly LineTreatment[]): string {
  const exempt = lines.filter(({ treatment }) => treatment === 'EXEMPT').map(({ no }) => no);
  const bought = standingInvoices(invoices).flatMap((invoice) => invoice.lines);
  return sum2(bought.filter(({ line }) => exempt.includes(line)).map(({ vat }) => vat));
}

const sum2 = (amounts: readonly string[]) => roundTo(sum(amounts), 2);

function declarationIncomplete({ declarationNumber, exportedOn }: ThreeWayInput): Difference {
  return differs({
    id: 'declaration',
    field: 'declaration',
    expected: 'declaration number and export date',
    found: `${declarationNumber ?? 'no number'}, ${exportedOn ?? 'no export date'}`,
    remedy: 'Get the closed declaration (channel R) from customs: number and date stand on it.',
  });
}

function manufacturerDifferences({ order }: ThreeWayInput): Difference[] {
  if (order.claimantKind !== 'manufacturer') return [];
  return [
    differs({
      id: 'manufacturer',
      field: 'exempt-credit-refund (免抵退税)',
      expected:
        'from the VAT return of the period: credit carried forward, input VAT, domestic output VAT, duty-free inputs, and the FOB value in CNY at the configured parity',
      found: 'none of them is recorded',
      remedy:
        'File this claim from the tax return: the refund is the lesser of the credit left and the credit-and-refund amount, and is not computed here.',
    }),
  ];
}

function receiptDifferences({ order, receipts, requireReceipts }: ThreeWayInput): Difference[] {
  if (!requireReceipts) return [];
  const total = orderTotal(order);
  const foreign = receipts.filter(({ currency }) => currency !== order.currency);
  const own = receipts.filter(({ currency }) => currency === order.currency);
  const received = sum(own.flatMap(({ amount, charges }) => [amount, charges]));
  if (foreign.length === 0 && compare(received, total.amount) === 0) return [];
  const others = foreign.map(({ amount, currency }) => `, and ${amount} ${currency}`).join('');
  return [
    differs({
      id: 'receipts',
      field: 'received',
      expected: `${total.amount} ${total.currency}, stated charges included`,
      found: `${received} ${order.currency}${others}`,
      remedy:
        'Find the missing receipt or charge, or explain the difference with proof (the bank’s advice, the buyer’s letter).',
      explanation: 'the difference is explained, with proof on file',
    }),
  ];
}

/** What the check of the invoices still asks, under the same keys, so that an explanation given there counts here. */
function invoiceQuestions(input: ThreeWayInput): Question[] {
  const { order, invoices, settings, explained, reference } = input;
  const check = checkVatInvoices({ order, invoices, exporterTaxId: settings.exporter.taxId, explained, reference });
  const missing = check.missingLines.map((line) =>
    questionOf(
      differs({
        id: `vat-invoice/${line}`,
        line,
        field: 'vat-invoice',
        expected: 'invoices over the declared quantity',
        found: ['none, or too small', claimedInWords(input.claimedElsewhere)].filter(Boolean).join(': '),
        remedy: 'Register the missing invoice: nothing partial is claimed.',
      }),
    ),
  );
  return [...check.questions.map((question): Question => ({ ...question, kind: 'three-way-difference' })), ...missing];
}

interface ClaimedLine {
  no: number;
  rebateRatePercent: string;
  quantity: string;
  unit: string;
  purchases: Purchase[];
}

/** The lines with refund and their purchases; null when one of them is not covered. */
function claimedLines(
  { order, invoices, reference }: ThreeWayInput,
  lines: readonly LineTreatment[],
): ClaimedLine[] | null {
  const standing = standingInvoices(invoices);
  const claimed: ClaimedLine[] = [];
  for (const { no, treatment, rate } of lines) {
    const line = order.lines[no - 1];
    if (treatment !== 'REFUND' || !rate || !line) continue;
    const bought = purchasesOf(line, no, standing, reference);
    if (!bought) return null;
    claimed.push({ no, rebateRatePercent: rate.rebateRatePercent, ...bought });
  }
  return claimed.length > 0 ? claimed : null;
}

function claimOf(
  { order }: ThreeWayInput,
  declarationNumber: string,
  exportedOn: CivilDate,
  claimed: readonly ClaimedLine[],
): Figures {
  const fob = fobOfLines(order);
  /** 21 digits: declaration number and line. */
  const claimNumber = (no: number) => `${declarationNumber}${String(no).padStart(3, '0')}`;
  const exportLines = claimed.map(({ no, quantity, unit }) => ({
    claimNumber: claimNumber(no),
    exportedOn,
    hsCode: order.lines[no - 1]?.hsCode ?? '',
    name: order.lines[no - 1]?.nameZh ?? '',
    unit,
    quantity,
    fob: fob[no - 1] ?? '0',
    fobCurrency: order.currency,
  }));
  const purchaseLines = claimed.flatMap((line) =>
    line.purchases.map((purchase) => purchaseLineOf(claimNumber(line.no), line.rebateRatePercent, purchase)),
  );
  const cost = sum2(
    purchaseLines.map((line) => costNotRefundedOf(line.taxBase, line.vatRatePercent, line.rebateRatePercent)),
  );
  const claim = {
    exportLines,
    purchaseLines,
    refundClaimed: sum2(purchaseLines.map(({ refundableTax }) => refundableTax)),
  };
  return { claim, cost, exchangeCost: exchangeCost(order, claim, cost) };
}

function purchaseLineOf(
  claimNumber: string,
  rebateRatePercent: string,
  { invoice, bought, quantity, net }: Purchase,
): ClaimLines['purchaseLines'][number] {
  const rate = effectiveRate(rebateRatePercent, bought.vatRatePercent);
  return {
    claimNumber,
    invoiceNumber: invoice.number,
    supplierTaxId: invoice.seller.taxId,
    issuedOn: invoice.issuedOn,
    name: bought.name,
    unit: bought.unit,
    quantity,
    taxBase: net,
    vatRatePercent: bought.vatRatePercent,
    rebateRatePercent: rate,
    refundableTax: refundOf(net, rate),
  };
}

function exchangeCost({ currency }: Order, { exportLines, purchaseLines }: ClaimLines, cost: string): string | null {
  const fob = sum(exportLines.map((line) => line.fob));
  if (currency !== 'USD' || compare(fob, '0') <= 0) return null;
  return exchangeCostOf(sum(purchaseLines.map(({ taxBase }) => taxBase)), cost, fob);
}
