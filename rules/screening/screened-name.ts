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
    .enum(['clear', 'review'])
    .describe('Never a refusal: whether it is the party that is listed, a person says.'),
  unreadable: z
    .string()
    .nullable()
    .describe('Why the name could not be compared with Latin letters; `clear` then says little.'),
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
  return {
    name: party.name,
    country: party.country,
    outcome: found.length > 0 ? 'review' : 'clear',
    unreadable: whyUnreadable(party.name, party.country),
    matches: found.slice(0, MOST_MATCHES),
    more: Math.max(0, found.length - MOST_MATCHES),
    lists: indexes.map(({ list }) => list),
  };
}
