import { compare, minus, sum, written } from '../../rules/money.ts';
import type { UnmatchedReceipt } from '../../rules/receipts/match.ts';
import type { Allocation, ReceiptQuestion } from './contract.ts';
import type { Credit } from './credits.ts';

/** Choice by which finance names the shipment that a receipt pays, as the first item of evidence. */
export const ALLOCATE = 'allocate';

/** What finance is asked about a receipt that has no place by itself, or not wholly. */
export function questionOf(
  { because, candidates }: Omit<UnmatchedReceipt, 'receiptId'>,
  credit: Credit,
): ReceiptQuestion {
  const { receiptId, bookedAmount, currency, payerName, remittance, reversal } = credit.receipt;
  return {
    receiptId,
    question: {
      kind: 'receipt-unmatched',
      question: reversal
        ? 'The bank took a payment back. See what it takes back, and settle that by hand.'
        : 'A receipt fits no shipment by itself. Say where it belongs.',
      evidence: [
        { label: 'why', value: because },
        { label: 'amount', value: `${bookedAmount} ${currency}` },
        { label: 'payer', value: payerName ?? 'not stated' },
        { label: 'text', value: remittance.join(' ') },
        ...candidates.map((value) => ({ label: 'candidate', value })),
      ],
      choices: reversal
        ? [{ id: 'settled-by-hand', label: 'it pays no shipment; what it takes back is settled' }]
        : [
            { id: ALLOCATE, label: 'it pays the shipment named as evidence' },
            { id: 'not-export', label: 'it is no export receipt' },
          ],
      ownerRole: 'finance',
    },
  };
}

/** What is left of a receipt after its allocations, in words; null when nothing is. */
export function leftOver(
  { bookedAmount, currency }: { bookedAmount: string; currency: string },
  allocations: readonly Pick<Allocation, 'amount' | 'reference'>[],
): string | null {
  const left = minus(bookedAmount, sum(allocations.map((each) => each.amount)));
  if (compare(left, '0') <= 0) return null;
  const paid = [...new Set(allocations.map((each) => each.reference))];
  return `${written(left, currency)} ${currency} is more than ${paid.join(' and ')} still owed`;
}
