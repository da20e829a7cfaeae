import type { Reading } from '../rules/documents/facts.ts';

/** A reading that found nothing, with the reason for a person. */
export function emptyReading(outcome: Exclude<Reading['outcome'], 'read'>, note: string): Reading {
  return { outcome, facts: { lines: [] }, fields: [], notes: [note.slice(0, 300)] };
}

/** A file that broke its reader. @param why in the library's words */
export function unreadable(why: string): Reading {
  const reason = why
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, 140);
  return emptyReading(
    'unreadable',
    `The file could not be read: ${reason}. Save or print it again and hand that in, or give the fields by hand.`,
  );
}
