import { compare, minus, sum, times, written } from '../money.ts';
import type { Settings } from '../settings.ts';
import { type KnownNumbers, type NamedShipment, numbersOf, shipmentsNamedIn } from './references.ts';

/** A charge as the bank states it. `included`: the booked amount is already net of it. */
export interface StatedCharge {
  amount: string;
  currency: string;
  included: boolean;
}

/** A credit on the exporter's account, as read from a bank statement; amounts are decimal texts in `currency`. */
export interface Receipt {
  receiptId: string;
  /** Credited to the account, after included charges. */
  bookedAmount: string;
  currency: string;
  charges: readonly StatedCharge[];
  payerName?: string;
  /** What the payer wrote, line by line. */
  remittance: readonly string[];
  /** Reference fields of the payment: end-to-end id, creditor reference and their like. */
  references: readonly string[];
  status: 'booked' | 'pending' | 'information';
  reversal: boolean;
}

/** An instalment that a buyer still owes on a shipment. */
export interface Receivable {
  reference: string;
  /** Numbers of contract and invoices under which the buyer may pay. */
  paymentReference: readonly string[];
  buyerName: string;
  /** Counted from 1, in the order in which they fall due. */
  instalment: number;
  currency: string;
  /** Still open, never negative. */
  open: string;
}

/** The part of a receipt that pays one instalment. `amount` + `charges` is what the instalment is settled by. */
export interface ReceiptAllocation {
  receiptId: string;
  reference: string;
  instalment: number;
  amount: string;
  charges: string;
  /** What of the receipt is left for others: stated with its last allocation, zero with the ones before. */
  remainder: string;
  because: string;
}

/** A receipt that a person must place, and the shipments that come into question. */
export interface UnmatchedReceipt {
  receiptId: string;
  because: string;
  candidates: string[];
}

export interface Matching {
  allocations: ReceiptAllocation[];
  unmatched: UnmatchedReceipt[];
}

/**
 * Places receipts on instalments by the numbers that the payer wrote, and by nothing else: never on the amount alone,
 * since two buyers who pay the same sum on one day would get each other's receipts. The earliest open instalment of
 * the shipment is paid first, the rest goes to its next one, what then is left is stated as the remainder.
 *
 * Charges count only where the bank states them as taken off the booked amount, in its currency. Without such a
 * statement a shortfall stays open: `chargesBand` only says in words whether it looks like bank charges.
 *
 * Receipts are taken in the order given, each sees what the ones before have paid. Pending entries, reversals, debits,
 * receipts that name no shipment or more than one go to a person. For each placed receipt, amounts and remainder add
 * up to the booked amount, charges to the stated charges.
 */
export function matchReceipts(
  receipts: readonly Receipt[],
  receivables: readonly Receivable[],
  chargesBand: Settings['chargesBand'],
): Matching {
  const matching: Matching = { allocations: [], unmatched: [] };
  const ledger = receivables.map((receivable) => ({ ...receivable })).sort((a, b) => a.instalment - b.instalment);
  const numbers = numbersOf(ledger);
  for (const receipt of receipts) {
    const answer = placed(receipt, ledger, numbers, chargesBand);
    if (Array.isArray(answer)) matching.allocations.push(...answer);
    else matching.unmatched.push({ receiptId: receipt.receiptId, ...answer });
  }
  return matching;
}

type Refusal = Omit<UnmatchedReceipt, 'receiptId'>;

/** Allocates one receipt and lowers the ledger by it, or says why a person must. */
function placed(
  receipt: Receipt,
  ledger: Receivable[],
  numbers: KnownNumbers,
  band: Settings['chargesBand'],
): ReceiptAllocation[] | Refusal {
  const barred = reasonNotToBook(receipt);
  if (barred) return { because: barred, candidates: [] };
  const named = shipmentsNamedIn([...receipt.remittance, ...receipt.references], numbers);
  const [shipment, ...others] = named;
  if (!shipment)
    return {
      because: 'the payment names no open shipment, contract or invoice; the amount alone decides nothing',
      candidates: [],
    };
  if (others.length > 0)
    return {
      because: `the payment names more than one shipment: ${named.map((each) => `${each.reference} (by ${each.by.join(', ')})`).join(' and ')}`,
      candidates: named.map((each) => each.reference),
    };
  const due = ledger.filter((receivable) => receivable.reference === shipment.reference);
  const open = due.filter((each) => each.currency === receipt.currency && compare(each.open, '0') > 0);
  if (open.length === 0) return { because: nothingOpen(receipt, shipment, due), candidates: [shipment.reference] };
  return paid(receipt, shipment, open, band);
}

function reasonNotToBook(receipt: Receipt): string | undefined {
  if (receipt.reversal)
    return 'the bank took this payment back (reversal): it pays nothing, and what it reverses must be looked at';
  if (receipt.status === 'pending') return 'the bank has not booked it yet (pending): wait for the booked entry';
  if (receipt.status === 'information') return 'the bank only informs about it and has booked nothing';
  if (compare(receipt.bookedAmount, '0') <= 0) return 'not a credit';
  return undefined;
}

function nothingOpen(receipt: Receipt, shipment: NamedShipment, due: readonly Receivable[]): string {
  const currencies = [...new Set(due.map((each) => each.currency))];
  if (!currencies.includes(receipt.currency))
    return `it names ${shipment.reference}, which is owed in ${currencies.join(' and ')}, and comes in ${receipt.currency}`;
  return `it names ${shipment.reference}, where nothing is open any more: paid twice, or meant for another shipment`;
}

function paid(
  receipt: Receipt,
  shipment: NamedShipment,
  open: Receivable[],
  band: Settings['chargesBand'],
): ReceiptAllocation[] | Refusal {
  const charges = chargesTakenOff(receipt);
  let left = sum([receipt.bookedAmount, charges]);
  const parts: { receivable: Receivable; part: string }[] = [];
  for (const receivable of open) {
    if (compare(left, '0') === 0) break;
    const part = compare(left, receivable.open) < 0 ? left : receivable.open;
    parts.push({ receivable, part });
    left = minus(left, part);
  }
  // One allocation carries all charges, the largest: so each amount stays above zero, as a receipt's amount must be.
  const bearer = parts.reduce((largest, each) => (compare(each.part, largest.part) > 0 ? each : largest));
  if (compare(charges, bearer.part) >= 0)
    return {
      because: `the stated charges of ${written(charges, receipt.currency)} ${receipt.currency} are as large as what is owed`,
      candidates: [shipment.reference],
    };
  return parts.map(({ receivable, part }, index) => {
    const ownCharges = parts[index] === bearer ? charges : '0';
    const remainder = index === parts.length - 1 ? left : '0';
    const stillOpen = minus(receivable.open, part);
    const because = reasons(receipt, shipment, receivable, { part, stillOpen, charges: ownCharges, remainder }, band);
    receivable.open = stillOpen;
    return {
      receiptId: receipt.receiptId,
      reference: shipment.reference,
      instalment: receivable.instalment,
      amount: written(minus(part, ownCharges), receipt.currency),
      charges: written(ownCharges, receipt.currency),
      remainder: written(remainder, receipt.currency),
      because,
    };
  });
}

/** What the bank says it took off before booking; charges in another currency or booked apart explain no shortfall. */
function chargesTakenOff(receipt: Receipt): string {
  const own = receipt.charges.filter((charge) => charge.included && charge.currency === receipt.currency);
  const total = sum(own.map((charge) => charge.amount));
  return compare(total, '0') > 0 ? total : '0';
}

function reasons(
  receipt: Receipt,
  shipment: NamedShipment,
  receivable: Receivable,
  paid: { part: string; stillOpen: string; charges: string; remainder: string },
  band: Settings['chargesBand'],
): string {
  const money = (amount: string) => `${written(amount, receipt.currency)} ${receipt.currency}`;
  const said = [`names ${shipment.by.join(', ')}`];
  if (compare(paid.charges, '0') > 0) said.push(`the bank states charges of ${money(paid.charges)}`);
  if (compare(paid.stillOpen, '0') === 0) said.push(`settles instalment ${receivable.instalment}`);
  else
    said.push(
      `${money(paid.stillOpen)} of instalment ${receivable.instalment} stay open, ${bandWords(paid.stillOpen, receivable, band)}`,
    );
  if (compare(paid.remainder, '0') > 0) said.push(`${money(paid.remainder)} are left over`);
  if (receipt.payerName && plain(receipt.payerName) !== plain(receivable.buyerName))
    said.push(
      `paid by ${receipt.payerName}, not by the buyer ${receivable.buyerName}: a third party's payment needs an explanation`,
    );
  return said.join('; ');
}

/** The band's amount is in USD and says nothing about other currencies; its share does. */
function bandWords(shortfall: string, receivable: Receivable, band: Settings['chargesBand']): string {
  const share = times(receivable.open, band.share);
  const bound = receivable.currency === 'USD' && compare(band.amount, share) > 0 ? band.amount : share;
  if (compare(shortfall, bound) > 0) return 'more than bank charges explain';
  return 'within what bank charges explain, but no bank states any';
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
