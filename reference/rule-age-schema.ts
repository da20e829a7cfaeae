/** What reference/codes/rule-ages.yaml may say: how long reference data of a kind counts as verified. */
import { z } from 'zod';
import { findingKinds } from '../rules/finding.ts';
import { provenanceSchema } from './schema.ts';

/** Of a kind of reference data: days after `verifiedOn` from which somebody reads its source again. */
export const ruleAgeSchema = z.strictObject({
  ...provenanceSchema.shape,
  kind: z.string().regex(/^[a-z0-9-]{2,60}$/),
  /** Calendar days. */
  days: z.number().int().min(1),
  /** Tables of the loaded reference data; none: what is dated by its import, or stands outside of it. */
  tables: z.array(z.string().regex(/^[a-z][A-Za-z]{1,40}$/)),
  /** Of these tables, only the rules whose findings are of these kinds; absent, all. */
  ruleKinds: z.array(z.enum(findingKinds)).min(1).optional(),
});
export type RuleAge = z.infer<typeof ruleAgeSchema>;
