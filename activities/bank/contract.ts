import type { CivilDate } from '../../rules/civil-date.ts';
import type { Currency } from '../../rules/money.ts';
import type { Question } from '../../rules/task.ts';

/** A part of a receipt that pays an instalment of a shipment. */
export interface Allocation {
  receiptId: string;
  reference: string;
  instalment: number;
  currency: Currency;
  /** Credited to the account, for this instalment. */
  amount: string;
  /** Deducted on the way, as the bank states it. */
  charges: string;
  /** What of the receipt is left for others. */
  remainder: string;
  valueDate: CivilDate;
  because: string;
}

/** A question about a receipt; its key is made by the statement, which counts how often it asks. */
export interface ReceiptQuestion {
  receiptId: string;
  question: Omit<Question, 'key'>;
}

export interface MatchedStatement {
  allocations: Allocation[];
  /** Receipts that fit nowhere, or in two places, or not wholly. */
  questions: ReceiptQuestion[];
}

export interface SettledReceipt {
  allocations: Allocation[];
  /** Why the question is still open, and must be asked again; null once all of the receipt has its place. */
  openBecause: string | null;
}
