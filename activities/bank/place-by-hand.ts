import { compare, minus, sum } from '../../rules/money.ts';
import { matchReceipts, type Receipt, type ReceiptAllocation } from '../../rules/receipts/match.ts';
import type { Transaction } from '../../store/database.ts';
import { settingsOf } from '../../store/organisations.ts';
import type { BookedAllocation, ReceiptRow } from '../../store/receipts.ts';
import { findShipment } from '../../store/shipments.ts';
import { receivables } from './receivables.ts';

/**
 * Places what is left of a receipt on the shipment that a person named: by the same rule as if the payer had written its
 * reference. Where that places nothing, says why.
 */
export async function placeByHand(
  transaction: Transaction,
  row: ReceiptRow,
  earlier: readonly BookedAllocation[],
  reference: string,
): Promise<ReceiptAllocation[] | string> {
  const { chargesBand } = await settingsOf(transaction);
  // A receipt pays an instalment once: a second part, on one that has grown since, would be the same row and be lost.
  const open = (await receivables(transaction)).filter(
    (each) => !earlier.some((one) => one.reference === each.reference && one.instalment === each.instalment),
  );
  const { allocations, unmatched } = matchReceipts([restOf(row, earlier, reference)], open, chargesBand);
  const [refusal] = unmatched;
  if (!refusal) return allocations;
  return refusal.candidates.length > 0 ? refusal.because : whyNothingIsOwed(transaction, reference);
}

/** The charges went with the first part. */
function restOf(row: ReceiptRow, earlier: readonly BookedAllocation[], reference: string): Receipt {
  const hasCharges = earlier.length === 0 && compare(row.charges, '0') > 0;
  return {
    receiptId: row.id,
    bookedAmount: minus(row.bookedAmount, sum(earlier.map((each) => each.amount))),
    currency: row.currency,
    charges: hasCharges ? [{ amount: row.charges, currency: row.currency, included: true }] : [],
    remittance: [reference],
    references: [],
    status: 'booked',
    reversal: false,
  };
}

async function whyNothingIsOwed(transaction: Transaction, reference: string): Promise<string> {
  const shipment = await findShipment(transaction, reference);
  if (!shipment) return `there is no shipment ${reference}`;
  if (shipment.outcome !== null) return `shipment ${reference} has ended (${shipment.outcome}): it expects no money`;
  return `shipment ${reference} owes nothing that this receipt could pay`;
}
