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

export interface MatchedStatement {
  allocations: Allocation[];
  /** Receipts that fit nowhere, or in two places. */
  questions: { receiptId: string; question: Question }[];
}

export interface SettledReceipt {
  status: 'settled' | 'ask-again';
  allocations: Allocation[];
}
