import type { ThreeWayCheck } from '../../activities/records/contract.ts';
import type { MoneyEnd } from '../carried.ts';
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
  if (money.end) return money.end;
  const collection = collectReceipts(file);
  const archive = completeArchive(file);
  let end = file.state.claim.end ?? (await gatherEvidence(file, collection));
  while (!end) {
    money.check ??= await checkAgainstEachOther(file);
    end = claimIsMoot(file) ?? (await claimRefund(file, money.check));
    if (!end) money.check = null; // to be corrected and claimed again
  }
  file.state.claim.end = end;
  if (end.kind === 'refunded' && file.state.order?.claimBeforeReceipt) {
    // A claim made before the money was in leaves the FX clock running: the refund stands only when the money comes.
    file.enter(lane, 'fx-clock');
    await collection;
  }
  money.end = end;
  await archive;
  file.leave(lane);
  return end;
}

/** A refund that was paid goes back when the goods did, when the money never came, or when the bureau recovers it. Watched until the goods are through. */
export async function repayIfItDoesNotStand(file: ShipmentFile): Promise<void> {
  const { money, transport } = file.state;
  if (money.end?.kind !== 'refunded') return;
  await file.when(() => whyToRepay(file) !== undefined || transport.end !== null);
  const why = whyToRepay(file);
  if (!why) return;
  const answer = await file.ask(questions.refundToRepay(why), lane);
  if (answer?.choice !== 'stands') money.end = { kind: 'unclaimed', because: `refund repaid: ${why}` };
}

function whyToRepay({ state: { money, transport, claim, order } }: ShipmentFile): string | undefined {
  const notice = claim.steps.items.find((step) => step.status === 'recovery-notice');
  if (notice) return `the bureau recovers it: ${notice.reason ?? 'no reason given'}`;
  if (order?.claimBeforeReceipt && money.rightToClaimEnded)
    return 'the money was not collected while the right to claim ran';
  return goodsAreBack(transport.end) ?? money.writtenOff ?? undefined;
}

async function gatherEvidence(file: ShipmentFile, collection: Promise<void>): Promise<MoneyEnd | undefined> {
  if (file.state.money.check) return undefined;
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
    const check = await file.attempt('checkConsistency', lane, () =>
      records.checkConsistency({
        ...file.name,
        asOf: file.asOf,
        amendments: file.state.amendments,
        declarationNumber: declaration.number,
        exportedOn: declaration.exportedOn,
        receipts: money.receipts,
        requireReceipts: file.state.order?.claimBeforeReceipt !== true && money.deemedCollected === null,
        explained: money.differencesExplained,
        claimRevision: file.state.claim.revision + 1,
      }),
    );
    const round = money.consistencyRound;
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
