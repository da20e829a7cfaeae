import type { ThreeWayCheck } from '../../activities/records/contract.ts';
import { assertNever } from '../../rules/assert-never.ts';
import { type CivilDate, chinaDate } from '../../rules/civil-date.ts';
import { dealWithNext, type MoneyEnd } from '../carried.ts';
import type { TaxResponse } from '../messages.ts';
import { summary, taxBureau } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { isDecisive, taxBureauStep } from '../waits.ts';
import { sendUntilTaken } from './send-until-taken.ts';

const lane = 'money';

/** Claims the refund and answers the bureau until it is paid or given up. Undefined: it is corrected and claimed again. */
export async function claimRefund(file: ShipmentFile, check: ThreeWayCheck): Promise<MoneyEnd | undefined> {
  if (check.treatment === 'EXEMPT')
    return { kind: 'exempt', because: 'the goods are exempt without refund on their export date' };
  if (check.treatment === 'TAXED')
    return { kind: 'taxed', because: 'the goods are taxed as a domestic sale on their export date' };
  const { claim } = file.state;
  if (claim.submittedAt === null) await submit(file, check);
  file.enter(lane, 'tax-bureau-review');
  const key = file.key('claim', claim.revision);
  for (;;) {
    await taxBureauStep(file, key);
    const end = await dealWithNext(claim.steps, (step, n) => readStep(file, step, key, n));
    if (end) return end === 'claim-again' ? undefined : end;
  }
}

async function submit(file: ShipmentFile, check: ThreeWayCheck): Promise<void> {
  const { claim } = file.state;
  file.enter(lane, 'refund-claim');
  const { revision } = await sendUntilTaken(
    file,
    lane,
    'tax bureau',
    'claim',
    (key) => {
      const heading = summary(`${key}: ${check.refund?.amount} CNY`);
      return taxBureau.submitClaim.executeWithOptions({ summary: heading }, [{ ...file.name, key, asOf: file.asOf }]);
    },
    { first: claim.revision + 1 },
  );
  claim.revision = revision;
  claim.submittedAt = file.asOf;
  claim.firstSubmittedAt ??= claim.submittedAt;
  claim.refundClaimed = check.refund;
  file.note('claim-submitted', { key: file.key('claim', revision), refundClaimed: check.refund });
}

async function readStep(
  file: ShipmentFile,
  step: TaxResponse,
  key: string,
  n: number,
): Promise<MoneyEnd | 'claim-again' | undefined> {
  const { claim } = file.state;
  switch (step.status) {
    case 'received':
    case 'accepted':
    case 'under-review':
    case 'inquiry-letter':
    case 'approved':
    case 'recovery-notice':
      return undefined;
    case 'doubts':
      await answerDoubts(file, step, key, n);
      return undefined;
    case 'paid': {
      const amount = { amount: step.amount ?? claim.refundClaimed?.amount ?? '0', currency: 'CNY' } as const;
      const on: CivilDate = step.on ?? chinaDate(step.occurredAt);
      claim.paid = { amount, on };
      return { kind: 'refunded', amount, on };
    }
    case 'self-check-failed':
    case 'refused':
    case 'withdrawn': {
      claim.correcting = true;
      const answer = await file.ask(questions.claimNotAccepted(step, key), lane);
      if (answer?.choice === 'taxed' || answer?.choice === 'unclaimed')
        return { kind: answer.choice, because: answer.reason || step.reason || `the claim ended as ${step.status}` };
      claim.submittedAt = null;
      claim.correcting = false;
      return 'claim-again';
    }
    default:
      return assertNever(step.status);
  }
}

/** Rounds are counted by us: the bureau may leave its number out, or use one twice. */
async function answerDoubts(file: ShipmentFile, step: TaxResponse, key: string, n: number): Promise<void> {
  const { revision, steps } = file.state.claim;
  const round = steps.items
    .slice(0, n)
    .filter(({ claim, status }) => claim === step.claim && status === 'doubts').length;
  // A newer decision of the bureau answers what these doubts asked.
  const overtaken = () => steps.items.slice(n).some(({ status }) => isDecisive(status));
  const answer = await file.ask(questions.taxDoubts(step, key, round), lane, overtaken);
  if (answer === null) return;
  await sendUntilTaken(file, lane, 'tax bureau', `doubts-${revision}-${round}`, (answerKey) =>
    taxBureau.answerDoubts.executeWithOptions({ summary: summary(`answer to the doubts of round ${round}`) }, [
      {
        ...file.name,
        key: answerKey,
        asOf: file.asOf,
        claim: key,
        round: step.round ?? round,
        explanation: answer.reason || 'See the papers.',
        evidence: answer.evidence,
      },
    ]),
  );
}
