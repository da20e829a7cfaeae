import { sum } from '../../rules/money.ts';
import type { Receipt } from '../../rules/receipts/match.ts';
import type { ReceiptRow } from '../../store/receipts.ts';
import { sha256Of } from '../../store/sha256.ts';
import type { Camt053Entry, Camt053Statement } from './wire.ts';

/** A credit, as the matching rule reads it and as the store keeps it. */
export interface Credit {
  receipt: Receipt;
  row: Omit<ReceiptRow, 'status'>;
}

/** Leaves a task's id, which is made from it, below the 200 characters of a message. */
const ID_LENGTH_MOST = 150;

/**
 * The credits that a statement books, and what the bank took back. A pending entry, or one that only informs, is left
 * out: kept under the bank's reference, it would later stand in the place of the booked one, and the money would vanish.
 */
export function creditsOf(statements: readonly Camt053Statement[]): Credit[] {
  const occurrences = new Map<string, number>();
  return statements.flatMap((statement) =>
    statement.entries.filter(isKept).map((entry) => {
      const same = receiptIdOf(statement, entry);
      const count = (occurrences.get(same) ?? 0) + 1;
      occurrences.set(same, count);
      // Two alike bookings on a day can both be genuine: they are counted, not thrown together.
      return creditOf(entry, count === 1 ? same : `${same}/${count}`);
    }),
  );
}

/** A reversal is kept whatever its sign: a buyer's payment taken back is a debit. */
function isKept({ status, credit, reversal }: Camt053Entry): boolean {
  return status === 'booked' && (credit || reversal);
}

/** Account and the bank's own reference; without one, a digest of what the entry says. A reversal often repeats the reference of what it takes back. */
function receiptIdOf({ account }: Camt053Statement, entry: Camt053Entry): string {
  const id = `${account}/${entry.entryReference ?? sha256Of(JSON.stringify(entry)).slice(0, 24)}`;
  return `${id.length > ID_LENGTH_MOST ? sha256Of(id) : id}${entry.reversal ? '/reversal' : ''}`;
}

function creditOf(entry: Camt053Entry, receiptId: string): Credit {
  const charges = entry.charges
    .filter((charge) => charge.included && charge.currency === entry.currency)
    .map((charge) => charge.amount);
  return {
    receipt: { ...entry, receiptId },
    row: {
      id: receiptId,
      bookedAmount: entry.bookedAmount,
      currency: entry.currency,
      charges: sum(charges),
      instructedAmount: entry.instructedAmount?.amount ?? null,
      bookedOn: entry.bookedOn,
      valueDate: entry.valueDate,
      payerName: entry.payerName ?? null,
      remittance: [...entry.remittance, ...entry.references],
    },
  };
}
