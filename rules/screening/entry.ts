import { z } from 'zod';
import type { Instant } from '../civil-date.ts';

/** A line of a list of restricted parties, whatever the list's own format. */
export const screeningEntrySchema = z.object({
  /** The list's own number, unique in the list. */
  entryId: z.string().min(1),
  list: z.enum(['sdn', 'csl']),
  /** The list that a merged list took it from, as it names it; null for a list of its own. */
  source: z.string().nullable(),
  type: z.enum(['person', 'vessel', 'aircraft', 'other']),
  /** Names and aliases, the principal one first. */
  names: z.array(z.string().min(1)).min(1),
  /** ISO 3166 letters of addresses and nationalities; a country that has no letters stands by its name. */
  countries: z.array(z.string()),
  programs: z.array(z.string()),
  remarks: z.string().nullable(),
  /** Hash of all of the above: an entry that says something else is another one. */
  fingerprint: z.string().min(1),
});
export type ScreeningEntry = z.infer<typeof screeningEntrySchema>;

/** A list in force, by what a finding says of it. */
export interface ScreeningList {
  list: string;
  /** Short hash of the files. */
  version: string;
  entries: number;
  importedAt: Instant;
}

/**
 * What a person decided about a party and an entry as it stood. `another-party` silences exactly that entry in exactly that
 * content; `this-party` keeps the party in review.
 */
export interface ScreeningDecision {
  /** From `partyKey`. */
  party: string;
  list: string;
  entryId: string;
  fingerprint: string;
  decision: 'another-party' | 'this-party';
  reason: string;
  decidedBy: string;
  decidedAt: Instant;
}
