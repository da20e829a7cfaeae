import { z } from 'zod';
import { type Finding, findingSchema } from './finding.ts';

/** Our people, by role; a task has exactly one as its owner. */
export const ownerRoles = ['operator', 'finance', 'manager', 'engineer'] as const;
export type OwnerRole = (typeof ownerRoles)[number];

/** Everyone that a shipment can wait on: our people, and the counterparties. */
export const waitedOnParties = [
  ...ownerRoles,
  'exporter-client',
  'supplier',
  'buyer',
  'customs',
  'broker',
  'carrier',
  'bank',
  'tax-bureau',
] as const;
export type WaitedOn = (typeof waitedOnParties)[number];

/** What a person may be asked. One kind, one recipe in docs/recipes. */
export const taskKinds = [
  'review-finding',
  'review-warnings',
  'rule-change',
  'document-unconfirmed',
  'papers-open',
  'paper-wanted',
  'reference-aged',
  'customs-returned',
  'customs-silent',
  'customs-unclear',
  'inspection-silent',
  'inspection-discrepancy',
  'goods-detained',
  'carrier-silent',
  'broker-silent',
  'authority-case',
  'instalment-overdue',
  'fx-deadline-near',
  'fx-not-collected',
  'vat-invoice-missing',
  'vat-invoice-differs',
  'three-way-difference',
  'tax-bureau-silent',
  'tax-doubts',
  'claim-not-accepted',
  'refund-to-repay',
  'archive-incomplete',
  'receipt-unmatched',
  'late-message',
  'message-misfit',
  'counterparty-refused',
  'defect',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** One way to answer. `needs`: it is taken with a reason only, or with a reason and by a manager. */
export const choiceSchema = z.object({
  id: z.string(),
  label: z.string(),
  needs: z.enum(['reason', 'managers-reason']).optional(),
});

/** A question put to a person. `key` is unique in its workflow: asking the same key twice asks once. */
export const questionSchema = z.object({
  key: z.string(),
  kind: z.enum(taskKinds),
  question: z.string(),
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  choices: z.array(choiceSchema),
  ownerRole: z.enum(ownerRoles),
  /** The day by which an authority wants it; absent, the kind's own clock runs. */
  dueOn: z.string().optional(),
  /** Kind of the paper that answers it, when one does. */
  wantsDocument: z.string().optional(),
  /** The paper that it asks about, where it is about one. */
  documentId: z.string().optional(),
  /** The finding behind it, when a review asked. */
  finding: findingSchema.optional(),
  /** Ids of all findings that one answer settles; absent, that of {@link finding} alone. */
  covers: z.array(z.string()).optional(),
  /** Pairs of a party and a list entry that an answer decides upon, where a screening asks. */
  screened: z
    .array(z.object({ party: z.string(), list: z.string(), entryId: z.string(), fingerprint: z.string() }))
    .optional(),
});
export type Question = z.infer<typeof questionSchema>;
export type { Finding };
