/** The tax bureau's wire. No public format was found; these words are our sandbox's, kept behind this port. */
import { z } from 'zod';

/** `POST /claims`: export and purchase lines of one claim batch (外贸企业出口退税申报). Amounts in CNY unless said. */
export const claimBatchSchema = z.object({
  /** Our outbound key, `<organisation>/<reference>/claim/<revision>`. */
  batchReference: z.string(),
  claimantTaxId: z.string(),
  /** YYYYMM. */
  period: z.string(),
  exportLines: z.array(
    z.object({
      /** Declaration number + three-digit line, 21 digits. */
      claimNumber: z.string(),
      exportedOn: z.string(),
      hsCode: z.string(),
      name: z.string(),
      unit: z.string(),
      quantity: z.string(),
      fob: z.string(),
      fobCurrency: z.string(),
    }),
  ),
  purchaseLines: z.array(
    z.object({
      claimNumber: z.string(),
      invoiceNumber: z.string(),
      supplierTaxId: z.string(),
      issuedOn: z.string(),
      name: z.string(),
      unit: z.string(),
      quantity: z.string(),
      taxBase: z.string(),
      vatRatePercent: z.string(),
      rebateRatePercent: z.string(),
      refundableTax: z.string(),
    }),
  ),
  refundClaimed: z.string(),
  /** ISO 8601 UTC. */
  submittedAt: z.string(),
});
export type ClaimBatch = z.infer<typeof claimBatchSchema>;

/** `POST /doubt-answers`. */
export const doubtAnswerSchema = z.object({
  /** Our outbound key, `<organisation>/<reference>/doubts-<claim revision>-<round>/<revision>`. */
  answerReference: z.string(),
  batchReference: z.string(),
  round: z.number().int(),
  explanation: z.string(),
  evidence: z.array(z.string()),
  /** ISO 8601 UTC. */
  submittedAt: z.string(),
});
export type DoubtAnswer = z.infer<typeof doubtAnswerSchema>;

/** Answer to both, at once. */
export const bureauReceiptSchema = z.object({
  reference: z.string(),
  status: z.enum(['received', 'refused']),
  reason: z.string().optional(),
});
export type BureauReceipt = z.infer<typeof bureauReceiptSchema>;

/** One later step of the bureau on a claim. */
export const claimStepSchema = z.object({
  stepId: z.string(),
  status: z.enum([
    'received',
    'self-check-failed',
    'accepted',
    'under-review',
    'doubts',
    'inquiry-letter',
    'approved',
    'paid',
    'refused',
    'withdrawn',
    'recovery-notice',
  ]),
  at: z.string(),
  doubts: z.array(z.object({ level: z.enum(['E', 'W', 'I']), text: z.string(), line: z.number().int().optional() })),
  round: z.number().int().optional(),
  dueOn: z.string().optional(),
  amount: z.string().optional(),
  on: z.string().optional(),
  reason: z.string().optional(),
});
export type ClaimStep = z.infer<typeof claimStepSchema>;

/** `GET /claims/{batchReference}`: its receipt and the steps that are out by now, oldest first; 404 when it never came. */
export const claimStatusSchema = z.object({ receipt: bureauReceiptSchema, steps: z.array(claimStepSchema) });
export type ClaimStatus = z.infer<typeof claimStatusSchema>;

/** `GET /doubt-answers/{answerReference}`: its receipt; 404 when it never came. */
export const doubtAnswerStatusSchema = bureauReceiptSchema;
