import type { ThreeWayCheck } from '../../activities/records/contract.ts';
import { taskIdOf } from '../asked-task.ts';
import { entryOf, type MoneyEnd, type OpenWait } from '../carried.ts';
import { records } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { declarationClosed } from '../waits.ts';
import { completeArchive } from './archive.ts';
import { claimRefund } from './claim.ts';
import { claimIsMoot, goodsAreBack } from './claim-is-moot.ts';
import { coverByInvoices } from './invoices.ts';
import { collectReceipts } from './receipts.ts';

const lane = 'money';

/**
 * Brings the money home: FX receipts, VAT invoices and the closed declaration are awaited together, checked against each
 * other, and claimed. Logistics at the destination does not hold it; goods that come back end it.
 */
export async function recoverTax(file: ShipmentFile): Promise<MoneyEnd> {
  const { money } = file.state;
  if (money.end) {
    await completeArchive(file);
    return money.end;
  }
  const collection = collectReceipts(file);
  const archive = completeArchive(file);
  let end = file.state.claim.end ?? (await gatherEvidence(file, collection));
  while (!end) {
    money.check ??= await checkAgainstEachOther(file);
    // Carried over while the bureau has the claim, its answer is waited for, as it would have been.
    end = (isWithBureau(file) ? undefined : claimIsMoot(file)) ?? (await claimRefund(file, money.check));
    if (!end) money.check = null; // to be corrected and claimed again
  }
  file.state.claim.end = end;
  if (end.kind === 'refunded' && file.state.order?.claimBeforeReceipt) {
    // A claim made before the money was in leaves the FX clock running: the refund stands only when the money comes.
    file.enter(lane, 'fx-clock');
    await collection;
  }
  money.end = end;
  file.layAside(({ lane: of, what }) => of === lane && !goesOn.includes(what));
  await archive;
  file.leave(lane);
  return end;
}

/** What the money side still waits for after its end. */
const goesOn: readonly OpenWait['what'][] = ['archive', 'archive-incomplete', 'refund-to-repay', 'defect'];

function isWithBureau({ state: { stages } }: ShipmentFile): boolean {
  return stages.money === 'refund-claim' || stages.money === 'tax-bureau-review';
}

/**
 * A refund that was paid goes back when the goods did, when the money never came, or when the bureau recovers it. Watched
 * until both lanes have ended; each reason is asked about by itself.
 */
export async function watchRefund(file: ShipmentFile): Promise<void> {
  const { money, transport } = file.state;
  const isAsked = (id: string) => entryOf(file.state.tasks, taskIdOf(file.state, `refund-to-repay/${id}`));
  const next = () => {
    const reasons = reasonsToRepay(file).filter(({ id }) => !money.repayAsked.includes(id));
    // The one that an earlier run asked about comes first, or nobody would hear its answer.
    return reasons.find(({ id }) => isAsked(id)) ?? reasons[0];
  };
  while (!money.repaid) {
    await file.when(() => next() !== undefined || (money.end !== null && transport.end !== null));
    const reason = next();
    if (!reason) return;
    const answer = await file.ask(questions.refundToRepay(reason.id, reason.why), lane);
    money.repayAsked.push(reason.id);
    if (answer?.choice !== 'stands') money.repaid = reason.why;
  }
}

function reasonsToRepay({
  state: { money, transport, claim, order, declaration },
}: ShipmentFile): { id: string; why: string }[] {
  if (claim.paid === null) return [];
  const notices = claim.steps.items.filter((step) => step.status === 'recovery-notice');
  const back = goodsAreBack(transport.end) ?? (declaration.withdrawnAt && 'the declaration was withdrawn');
  return [
    ...notices.map(({ reason }, n) => ({
      id: `recovery-${n + 1}`,
      why: `the bureau recovers it: ${reason ?? 'no reason given'}`,
    })),
    ...(back ? [{ id: 'goods', why: back }] : []),
    ...(money.writtenOff ? [{ id: 'written-off', why: money.writtenOff }] : []),
    ...(order?.claimBeforeReceipt && money.rightToClaimEnded
      ? [{ id: 'not-collected', why: 'the money was not collected while the right to claim ran' }]
      : []),
  ];
}

/** What a person took as bank charges counts as the bank's own statement of them would. */
function acceptedAsCharges({ state: { money, order } }: ShipmentFile) {
  if (order === null) return [];
  const { currency } = order.total;
  return money.shortfallsAccepted.map(({ instalment, amount }) => ({
    instalment,
    amount: '0',
    charges: amount,
    currency,
  }));
}

async function gatherEvidence(file: ShipmentFile, collection: Promise<void>): Promise<MoneyEnd | undefined> {
  const { money, stages } = file.state;
  // Carried over within the check, or behind it: all of it was gathered.
  if (money.check || stages.money === 'three-way-check') return claimIsMoot(file);
  file.enter(lane, 'receipts-and-invoices');
  const moot = () => (claimIsMoot(file) ? (true as const) : undefined);
  const collected = file.state.order?.claimBeforeReceipt ? Promise.resolve() : collection;
  await Promise.all([collected, coverByInvoices(file), declarationClosed(file, moot)]);
  return claimIsMoot(file);
}

/** Declaration, invoices and receipts must tell one story; each difference is explained or mended before the bureau finds it. */
async function checkAgainstEachOther(file: ShipmentFile): Promise<ThreeWayCheck> {
  const { money, declaration } = file.state;
  file.enter(lane, 'three-way-check');
  for (;;) {
    await file.recorded();
    const check = await file.consult('checkConsistency', lane, () =>
      records.checkConsistency.executeWithOptions(
        { summary: 'declaration, invoices and receipts against each other' },
        [
          {
            ...file.name,
            asOf: file.asOf,
            amendments: file.state.amendments,
            declarationNumber: declaration.number,
            exportedOn: declaration.exportedOn,
            receipts: [...money.receipts, ...acceptedAsCharges(file)],
            requireReceipts: file.state.order?.claimBeforeReceipt !== true && money.deemedCollected === null,
            explained: money.differencesExplained,
            claimRevision: file.state.claim.revision + 1,
          },
        ],
      ),
    );
    const round = money.consistencyRound;
    const keys = new Set(check.questions.map(({ key }) => `${key}/${round}`));
    file.layAside(({ what, key }) => what === 'three-way-difference' && !keys.has(key));
    for (const question of check.questions) {
      const asked = { ...question, key: `${question.key}/${round}` };
      const answer = await file.ask(asked, lane, () => claimIsMoot(file) !== undefined);
      if (answer?.choice === 'explained') money.differencesExplained.push(question.key);
      if (answer?.choice === 'give-up') money.invoicesGivenUp = answer.reason || 'given up at the three-way check';
    }
    if (check.questions.length === 0 || claimIsMoot(file)) return check;
    money.consistencyRound = round + 1;
  }
}
