/** What is told of a check that is built in, beside the rules of the book: reference/rules/checks.yaml. */
import { z } from 'zod';
import { findingKinds } from '../rules/finding.ts';
import { rulePageSchema } from './rule-schema.ts';
import { provenanceSchema } from './schema.ts';

const words = z.string().trim().min(1);

/** A check by the id that its findings bear: what it wants, why, how to mend it, in how many days and at what cost. */
export const checkSchema = z.strictObject({
  ...provenanceSchema.shape,
  id: z.string().regex(/^[a-z0-9-]{2,60}$/, 'an id is small letters, digits and hyphens'),
  kind: z.enum(findingKinds),
  title: words,
  ...rulePageSchema.shape,
  law: words,
});
export type Check = z.infer<typeof checkSchema>;
