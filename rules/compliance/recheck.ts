/** The words of a re-check: what changed, and which open shipments it concerns. */
import { z } from 'zod';

/** What changed: a list of parties, a table of codes or declarations, the rule book. `what` names it with its version. */
export const recheckCauseSchema = z.object({
  kind: z.enum(['list', 'table', 'rule']),
  what: z.string().min(1).max(300),
});
export type RecheckCause = z.infer<typeof recheckCauseSchema>;

/** A shipment that the change concerns, and what is new in its review. */
export const affectedSchema = z.object({
  reference: z.string(),
  findings: z.array(z.object({ rule: z.string(), severity: z.string(), title: z.string(), where: z.string() })),
});
export type Affected = z.infer<typeof affectedSchema>;

/** What a re-check found: how many open shipments it looked at, and which the change concerns. */
export const recheckReportSchema = z.object({
  looked: z.number().int(),
  affected: z.array(affectedSchema),
  /** Shipments that could not be looked at, each with why. */
  failed: z.array(z.object({ reference: z.string(), because: z.string() })),
});
export type RecheckReport = z.infer<typeof recheckReportSchema>;

/** How many shipments a re-check told so far, and how many it could not look at or tell. */
export interface RecheckCounts {
  affected: number;
  failed: number;
}
