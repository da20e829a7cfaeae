import type { ThreeWayCheck } from '../../activities/records/contract.ts';
import { assertNever } from '../../rules/assert-never.ts';
import { type CivilDate, chinaDate } from '../../rules/civil-date.ts';
import type { MoneyEnd } from '../carried.ts';
import type { TaxResponse } from '../messages.ts';
import { summary, taxBureau } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { taxBureauStep } from '../waits.ts';
import { claimIsMoot } from './claim-is-moot.ts';
import { sendUntilTaken } from './send-until-taken.ts';

const lane = 'money';

/** Claims the refund and answers the bureau until it is paid or given up; the archive is completed beside it. */
export async function claimRefund(file: ShipmentFile, check: ThreeWayCheck): Promise<MoneyEnd> {
  const moot = claimIsMoot(file);
  if (moot) return moot;
  if (check.treatment === 'EXEMPT')
    return { kind: 'exempt', because: 'the goods are exempt without refund on their export date' };
  if (check.treatment === 'TAXED')
    return { kind: 'taxed', because: 'the goods are taxed as a domestic sale on their export date' };
  const archive = completeArchive(file);
  let end: MoneyEnd | 'claim-again' = 'claim-again';
  while (end === 'claim-again') {
    await submit(file, check);
    end = await answerBureau(file);
  }
  await archive;
  return end;
}

async function submit(file: ShipmentFile, check: ThreeWayCheck): Promise<void> {
  const { claim } = file.state;
  file.enter(lane, 'refund-claim');
  claim.revision += 1;
  claim.submittedAt = null;
  await sendUntilTaken(
    file,
    lane,
    'tax bureau',
    'claim',
    async (key) => {
      claim.revision = Number(key.split('/').at(-1));
      return taxBureau.submitClaim.executeWithOptions(
        { summary: summary(`claim, revision ${claim.revision}: ${check.refund?.amount} CNY`) },
        [{ ...file.name, key, asOf: file.asOf }],
      );
    },
    claim.revision,
  );
  claim.submittedAt = file.asOf;
  claim.refundClaimed = check.refund;
  file.enter(lane, 'tax-bureau-review');
}

async function answerBureau(file: ShipmentFile): Promise<MoneyEnd | 'claim-again'> {
  const { claim } = file.state;
  const key = file.key('claim', claim.revision);
  for (;;) {
    const step = await taxBureauStep(file, key);
    const end = step && (await readStep(file, step, key));
    if (end) return end;
  }
}

async function readStep(
  file: ShipmentFile,
  step: TaxResponse,
  key: string,
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
      await answerDoubts(file, step, key);
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
      const answer = await file.ask(questions.claimNotAccepted(step, key), lane);
      if (answer?.choice === 'taxed' || answer?.choice === 'unclaimed')
        return { kind: answer.choice, because: answer.reason || step.reason || `the claim ended as ${step.status}` };
      return 'claim-again';
    }
    default:
      return assertNever(step.status);
  }
}

async function answerDoubts(file: ShipmentFile, step: TaxResponse, key: string): Promise<void> {
  const { revision } = file.state.claim;
  const round = step.round ?? 1;
  const answer = await file.ask(questions.taxDoubts(step, key, round), lane);
  await sendUntilTaken(file, lane, 'tax bureau', `doubts-${revision}-${round}`, (answerKey) =>
    taxBureau.answerDoubts.executeWithOptions({ summary: summary(`answer to the doubts of round ${round}`) }, [
      {
        ...file.name,
        key: answerKey,
        asOf: file.asOf,
        claim: key,
        round,
        explanation: answer?.reason || 'See the papers.',
        evidence: answer?.evidence ?? [],
      },
    ]),
  );
}

/** 备案单证: complete within 15 days after the claim, or the refund can be recovered. Warned five days before; then the manager's. */
async function completeArchive(file: ShipmentFile): Promise<void> {
  const { claim } = file.state;
  await file.when(() => claim.submittedAt !== null);
  const missing = () =>
    (file.state.order?.archivePapers ?? [])
      .filter(({ satisfiedBy }) => !papersHere(file).some((kind) => satisfiedBy.includes(kind)))
      .map(({ paper }) => paper);
  await file.expect(
    { what: 'archive', key: 'papers', lane, fromWhom: 'operator' },
    () => (missing().length === 0 ? true : undefined),
    {
      question: () => questions.archiveIncomplete(missing()),
      ends: ({ choice }) => choice === 'kept-elsewhere',
    },
  );
  claim.archiveComplete = true;
}

function papersHere(file: ShipmentFile): string[] {
  return [...file.state.documents, ...(file.state.papers?.documents ?? [])].map((document) => document.kind);
}
