/** The answer to a question about one name, outside of any order. */
import { z } from 'zod';
import { instantSchema } from '../civil-date.ts';
import type { ScreeningThresholds } from '../settings.ts';
import { whyUnreadable } from './latin-forms.ts';
import type { NameIndex } from './name-index.ts';
import { type NamedParty, screenName } from './screen.ts';

/** Matches told of one name; who needs more needs a better name. */
const MOST_MATCHES = 50;

export const screenedNameSchema = z.object({
  name: z.string(),
  country: z.string().nullable(),
  outcome: z
    .enum(['clear', 'review', 'not-screened'])
    .describe(
      '`clear`: the lists below have no such name. `review`: a person compares, or looks up a name that cannot be read; never a refusal. `not-screened`: no list is imported, so nobody was looked up.',
    ),
  unreadable: z
    .string()
    .nullable()
    .describe('Why the name could not be compared with Latin letters; it is then never `clear`.'),
  matches: z.array(
    z.object({
      list: z.string(),
      listVersion: z.string(),
      source: z.string().nullable(),
      entryId: z.string(),
      fingerprint: z.string(),
      name: z.string(),
      programs: z.array(z.string()),
      countries: z.array(z.string()),
      score: z.number(),
      countryAgrees: z.boolean().nullable(),
    }),
  ),
  more: z.number().int().describe('Matches beyond those listed.'),
  lists: z.array(
    z.object({ list: z.string(), version: z.string(), entries: z.number().int(), importedAt: instantSchema }),
  ),
});
export type ScreenedName = z.infer<typeof screenedNameSchema>;

/** Holds a name against the lists. What was decided about it before does not count: the question is new. */
export function screenedName(
  party: NamedParty,
  indexes: readonly NameIndex[],
  thresholds: ScreeningThresholds,
): ScreenedName {
  const found = screenName(party, indexes, thresholds);
  const unreadable = whyUnreadable(party.name, party.country);
  return {
    name: party.name,
    country: party.country,
    outcome: outcomeOf(indexes.length, found.length, unreadable),
    unreadable,
    matches: found.slice(0, MOST_MATCHES),
    more: Math.max(0, found.length - MOST_MATCHES),
    lists: indexes.map(({ list }) => list),
  };
}

/** Who was not looked up is not clear: nobody may take silence for an answer. */
function outcomeOf(lists: number, found: number, unreadable: string | null): ScreenedName['outcome'] {
  if (lists === 0) return 'not-screened';
  return found > 0 || unreadable !== null ? 'review' : 'clear';
}
