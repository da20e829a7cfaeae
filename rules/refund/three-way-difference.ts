import type { Question } from '../task.ts';

/** A point where declaration, VAT invoices and receipts do not tell one story. */
export interface Difference {
  /** Stable in its shipment; its question's key is `three-way/<id>`. */
  id: string;
  /** Of the order, from 1. */
  line?: number;
  field: string;
  expected: string;
  found: string;
  remedy: string;
  /** Nothing is claimed while it is open. The others are told, because the bureau may ask. */
  blocking: boolean;
  /** What an explanation says; absent where no explanation helps, because a figure is lacking. */
  explanation?: string;
}

/** A blocking difference, unless it says otherwise. */
export function differs(said: Omit<Difference, 'blocking'> & { blocking?: boolean }): Difference {
  return { blocking: true, ...said };
}

/** The question's key of a difference. */
export function questionKeyOf({ id }: Pick<Difference, 'id'>): string {
  return `three-way/${id}`;
}

/** Asks finance about a blocking difference. */
export function questionOf(difference: Difference): Question {
  const { line, field, expected, found, remedy, explanation } = difference;
  return {
    key: questionKeyOf(difference),
    kind: 'three-way-difference',
    question: `Declaration, invoices and receipts do not agree${line ? ` in line ${line}` : ''}: ${field}. ${remedy}`,
    evidence: [
      { label: 'expected', value: expected },
      { label: 'found', value: found },
    ],
    choices: [
      ...(explanation ? [{ id: 'explained', label: explanation }] : []),
      { id: 'amended', label: 'the data was corrected: check again' },
      { id: 'give-up', label: 'no refund is claimed' },
    ],
    ownerRole: 'finance',
  };
}
