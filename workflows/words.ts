import type { WaitKind } from '../rules/deadline.ts';
import type { OpenWait } from './carried.ts';

/** What is waited for, as a person would say it in the Temporal UI: after 'Waits for'. */
const waitWords: Record<WaitKind, string> = {
  'planned-export': 'the days before the planned export: then the declaration is filed',
  'customs-answer': 'the customs office’s answer to the declaration',
  'export-inspection': 'the result of the export inspection',
  departure: 'the departure of the goods',
  arrival: 'the arrival of the goods',
  'destination-release': 'the release of the goods at the destination',
  delivery: 'the delivery of the goods',
  'fx-instalment': 'an instalment',
  'fx-collection': 'all of the foreign currency, within the term of the law',
  'right-to-claim': 'late money, until the right to claim the refund ends',
  'vat-invoice': 'the VAT special invoices of the suppliers',
  'declaration-closed': 'the declaration to be closed (channel R)',
  'tax-bureau-answer': 'the tax bureau’s decision on the claim',
  archive: 'the papers of the archive',
};

/** A wait in words; a task of our people by its kind. */
export function wordsOf({ what, key }: Pick<OpenWait, 'what' | 'key'>): string {
  const words = (waitWords as Record<string, string>)[what] ?? `the answer to ${what}`;
  return what === 'fx-instalment' ? `instalment ${key}` : words;
}
