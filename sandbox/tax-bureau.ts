/** The tax bureau (税务局): takes claims for refund and answers to doubts, and moves a claim step by step. */
import {
  type BureauReceipt,
  bureauReceiptSchema,
  type ClaimBatch,
  type ClaimStatus,
  claimBatchSchema,
  claimStepSchema,
  type DoubtAnswer,
  doubtAnswerSchema,
} from '../activities/tax-bureau/wire.ts';
import { type Body, type Courses, courseFor, days, hours, type Step } from './course.ts';
import { inbound, type OutAnswer, type Party, type Reaction, type Reading } from './party.ts';
import type { Received } from './record.ts';

/** A step of the bureau on a claim. */
function step(status: string, when: number, more: Body = {}): Step {
  return { when, door: 'tax-response', body: { claim: '@claim', status, ...more } };
}

const doubts = [
  {
    level: 'W',
    text: 'the unit of the purchase invoice was re-issued and was unlike the declaration before: explain the unit and hand in both invoices',
    line: 1,
  },
  {
    level: 'I',
    text: 'the exchange cost lies near the edge of the band of 5 to 8 CNY for 1 USD: explain how the price was made',
  },
];
const amount = '@refundClaimed';

const courses: Courses<'claim' | 'doubt-answer'> = {
  claim: {
    plain: [
      step('received', hours(1)),
      step('accepted', days(1)),
      step('under-review', days(2)),
      step('approved', days(8), { amount }),
      step('paid', days(11), { amount, on: '@today' }),
    ],
    DOUBT: [
      step('received', hours(1)),
      step('accepted', days(1)),
      step('doubts', days(4), { round: 1, dueOn: '@today+7', doubts }),
    ],
    REFUSED: [
      step('received', hours(1)),
      step('accepted', days(1)),
      step('refused', days(6), {
        reason: 'the supplier was found to have issued invoices without goods: the purchase is no base of a refund',
      }),
    ],
  },
  'doubt-answer': {
    plain: [],
    DOUBT: [
      step('under-review', days(3)),
      step('approved', days(6), { amount }),
      step('paid', days(9), { amount, on: '@today' }),
    ],
  },
};

function onClaim({ key, body }: Reading<ClaimBatch>): Reaction {
  const answer: BureauReceipt = { reference: key.text, status: 'received' };
  return {
    answer,
    later: courseFor(courses, 'claim', key.reference),
    values: { claim: key.text, refundClaimed: body.refundClaimed },
  };
}

function onDoubtAnswer({ key, body, earlier }: Reading<DoubtAnswer>): Reaction {
  const claim = earlier.find((each) => each.kind === 'claim' && each.key === body.batchReference);
  if (!claim)
    return {
      answer: { reference: key.text, status: 'refused', reason: `no claim ${body.batchReference} was filed` },
      later: [],
      values: {},
    };
  const answer: BureauReceipt = { reference: key.text, status: 'received' };
  // The first answer moves the claim on; a second one must not pay the refund twice.
  const answered = earlier.some(
    (each) => each.kind === 'doubt-answer' && doubtAnswerSchema.parse(each.body).batchReference === body.batchReference,
  );
  const { refundClaimed } = claimBatchSchema.parse(claim.body);
  return {
    answer,
    later: answered ? [] : courseFor(courses, 'doubt-answer', key.reference),
    values: { claim: claim.key, refundClaimed },
  };
}

/** The claim's steps, those that an answer to doubts brought included. */
function claimStatus(claim: Received, out: readonly OutAnswer[]): ClaimStatus {
  const steps = out.filter(({ body }) => body.claim === claim.key);
  return {
    receipt: bureauReceiptSchema.parse(claim.answer),
    steps: steps.map(({ answer, at, body }) =>
      claimStepSchema.parse({ doubts: [], ...body, stepId: answer.messageId, at }),
    ),
  };
}

/** 税务局. */
export const taxBureau: Party = {
  name: 'tax-bureau',
  utcOffsetInHours: 8,
  courses,
  inbound: [
    inbound({
      kind: 'claim',
      path: '/claims',
      schema: claimBatchSchema,
      keyOf: (claim) => claim.batchReference,
      sentAtOf: (claim) => claim.submittedAt,
      react: onClaim,
      status: claimStatus,
    }),
    inbound({
      kind: 'doubt-answer',
      path: '/doubt-answers',
      schema: doubtAnswerSchema,
      keyOf: (answer) => answer.answerReference,
      sentAtOf: (answer) => answer.submittedAt,
      react: onDoubtAnswer,
    }),
  ],
};
