import { z } from 'zod';
import { type CivilDate, chinaDate, type Instant } from '../../rules/civil-date.ts';
import { settingsOf } from '../../store/organisations.ts';
import { latestClaim } from '../../store/papers.ts';
import type { TaxResponse } from '../../workflows/messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { httpDoor } from '../http.ts';
import type { ShipmentName } from '../records/contract.ts';
import { sendOnce } from '../send-once.ts';
import {
  bureauReceiptSchema,
  type ClaimBatch,
  type ClaimStep,
  claimBatchSchema,
  claimStatusSchema,
  type DoubtAnswer,
  doubtAnswerStatusSchema,
} from './wire.ts';

const claimLinesSchema = z.object({
  exportLines: claimBatchSchema.shape.exportLines,
  purchaseLines: claimBatchSchema.shape.purchaseLines,
  refundClaimed: z.string(),
});

/** The bureau has it and answers by steps, or refuses it. */
export type BureauAnswer = { kind: 'received' } | { kind: 'refused'; reason: string };

export interface AnswerDoubtsInput extends ShipmentName {
  key: string;
  asOf: Instant;
  /** Our key of the claim. */
  claim: string;
  round: number;
  explanation: string;
  evidence: string[];
}

export function taxBureauActivities({ database, counterparties }: Dependencies) {
  const door = httpDoor('the tax bureau', counterparties.taxBureau);
  const answered = ({ status, reason }: z.infer<typeof bureauReceiptSchema>): BureauAnswer =>
    status === 'refused' ? { kind: 'refused', reason: reason ?? 'no reason given' } : { kind: 'received' };
  return {
    /** Submits the claim that the three-way check put together. */
    async submitClaim({
      organisation,
      reference,
      key,
      asOf,
    }: ShipmentName & { key: string; asOf: Instant }): Promise<BureauAnswer> {
      const body = (): Promise<ClaimBatch> =>
        database.within(organisation, async (transaction) => {
          const claim = await latestClaim(transaction, reference);
          if (!claim) throw new Error(`no claim of ${reference} was put together`);
          const { exporter } = await settingsOf(transaction);
          return {
            ...claimLinesSchema.parse(claim.content),
            batchReference: key,
            claimantTaxId: exporter.taxId,
            period: chinaDate(asOf).slice(0, 7).replace('-', ''),
            submittedAt: asOf,
          };
        });
      return answered(
        await sendOnce(database, {
          organisation,
          reference,
          key,
          party: 'tax-bureau',
          kind: 'claim',
          asOf,
          body,
          send: (batch) => door.post('/claims', batch, bureauReceiptSchema),
          find: async () => (await door.find(`/claims/${encodeURIComponent(key)}`, claimStatusSchema))?.receipt,
          isRefusal: ({ status }) => status === 'refused',
        }),
      );
    },

    /** Answers the bureau's doubts of one round. */
    async answerDoubts({
      organisation,
      reference,
      key,
      asOf,
      claim,
      round,
      explanation,
      evidence,
    }: AnswerDoubtsInput): Promise<BureauAnswer> {
      return answered(
        await sendOnce(database, {
          organisation,
          reference,
          key,
          party: 'tax-bureau',
          kind: 'doubt-answer',
          asOf,
          body: async (): Promise<DoubtAnswer> => ({
            answerReference: key,
            batchReference: claim,
            round,
            explanation,
            evidence,
            submittedAt: asOf,
          }),
          send: (answer) => door.post('/doubt-answers', answer, bureauReceiptSchema),
          find: () => door.find(`/doubt-answers/${encodeURIComponent(key)}`, doubtAnswerStatusSchema),
          isRefusal: ({ status }) => status === 'refused',
        }),
      );
    },

    /** Asks the bureau how the claim stands. */
    async findClaimSteps({
      key,
      asOf,
    }: ShipmentName & { key: string; asOf: Instant }): Promise<{ messages: TaxResponse[] }> {
      const status = await door.find(`/claims/${encodeURIComponent(key)}?asOf=${asOf}`, claimStatusSchema);
      return { messages: (status?.steps ?? []).map((step) => messageOf(step, key)) };
    },
  };
}
export type TaxBureauActivities = ReturnType<typeof taxBureauActivities>;

function messageOf(step: ClaimStep, claim: string): TaxResponse {
  const { stepId, status, at, doubts, round, dueOn, amount, on, reason } = step;
  return {
    messageId: stepId,
    occurredAt: at,
    source: 'tax bureau, when asked',
    claim,
    status,
    doubts,
    round,
    dueOn: dueOn as CivilDate | undefined,
    amount,
    on: on as CivilDate | undefined,
    reason,
  };
}
