/** The broker's wire: one numbered instruction at a time (a dossier to clear with, a question, an answer to an authority). */
import { z } from 'zod';

/** `POST /instructions`. */
export const brokerInstructionSchema = z.object({
  /** Our outbound key, `<organisation>/<reference>/<dossier | status-… | case-…>/<revision>`. */
  instructionReference: z.string(),
  shipmentReference: z.string(),
  kind: z.enum(['clearance-dossier', 'status-request', 'case-answer']),
  destinationCountry: z.string(),
  subject: z.string(),
  body: z.string(),
  /** The notice that a case answer belongs to. */
  noticeNumber: z.string().optional(),
  documentIds: z.array(z.string()),
  /** ISO 8601 UTC. */
  sentAt: z.string(),
});
export type BrokerInstruction = z.infer<typeof brokerInstructionSchema>;

/** The answer, and that of `GET /instructions/{instructionReference}` (404 when it never came). */
export const instructionReceiptSchema = z.object({
  instructionReference: z.string(),
  status: z.enum(['taken', 'refused']),
  reason: z.string().optional(),
});
export type InstructionReceipt = z.infer<typeof instructionReceiptSchema>;
