import { z } from 'zod';
import { instantSchema } from '../rules/civil-date.ts';

/** Longest text a message may carry; more belongs in a document. */
export const words = (most = 2000) => z.string().max(most, `at most ${most} characters`);

/** What every message carries. */
export const envelope = {
  /** The sender's own id of this message: the second delivery of one is ignored, the same id with other content is a conflict. */
  messageId: z
    .string()
    .min(1)
    .max(200)
    .refine((id) => id !== '__proto__', 'this word means something else to a computer: use another id'),
  /** When it happened, in the sender's words; the shipment's own clock stamps when it was told. */
  occurredAt: instantSchema,
  source: z.string().min(1).max(100),
};
