import { z } from 'zod';
import { civilDateSchema, instantSchema } from './civil-date.ts';
import { taskKinds, waitedOnParties } from './task.ts';

/** Everything a shipment waits for, people's tasks apart. What each means, its bounds and their sources: workflows/waits.ts. */
export const waitKinds = [
  'planned-export',
  'customs-answer',
  'export-inspection',
  'departure',
  'arrival',
  'destination-release',
  'delivery',
  'fx-instalment',
  'fx-collection',
  'right-to-claim',
  'vat-invoice',
  'declaration-closed',
  'tax-bureau-answer',
  'archive',
] as const;
export type WaitKind = (typeof waitKinds)[number];

/** From what a deadline is reckoned: the moment it started, and the date it hangs on (planned, due, exported), where it does. */
export const deadlineBasisSchema = z.object({
  what: z.enum([...waitKinds, ...taskKinds]),
  startedAt: instantSchema,
  /** The planned, due or export date that the law or the contract counts from. */
  on: civilDateSchema.optional(),
  /** Fixed last date of a contract, where it overrides. */
  lastContractualDate: civilDateSchema.optional(),
});
export type DeadlineBasis = z.infer<typeof deadlineBasisSchema>;

/** When a wait ends by itself, when it warns, and why then. `provisional`: the calendar of that year is not published yet. */
export const deadlineSchema = z.object({
  /** Id of the rule that gave it, for example `customs-answer`. */
  id: z.string(),
  basis: z.string(),
  jurisdiction: z.string(),
  startedAt: instantSchema,
  dueAt: instantSchema,
  warnAt: z.array(instantSchema),
  owner: z.enum(waitedOnParties),
  provisional: z.boolean(),
});
export type Deadline = z.infer<typeof deadlineSchema>;
