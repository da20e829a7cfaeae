import type { Reading } from '../rules/documents/facts.ts';

/** A reading that found nothing, with the reason for a person. */
export function emptyReading(outcome: Exclude<Reading['outcome'], 'read'>, note: string): Reading {
  return { outcome, facts: { lines: [] }, fields: [], notes: [note.slice(0, 300)] };
}
