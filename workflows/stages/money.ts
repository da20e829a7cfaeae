import type { MoneyEnd } from '../carried.ts';
import { records } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { declarationClosed } from '../waits.ts';
import { claimRefund } from './claim.ts';
import { claimIsMoot, goodsAreBack } from './claim-is-moot.ts';
import { coverByInvoices } from './invoices.ts';
import { collectReceipts } from './receipts.ts';

const lane = 'money';

/**
 * Brings the money home: FX receipts, VAT invoices and the closed declaration are awaited together, checked against each
 * other, and claimed. Logistics at the destination does not hold it; goods that come back end or reverse it.
 */
export async function recoverTax(file: ShipmentFile): Promise<MoneyEnd> {
  const { money } = file.state;
  if (money.end) return money.end;
  const collection = collectReceipts(file);
  const end = (await gatherEvidence(file, collection)) ?? (await claimRefund(file, await checkAgainstEachOther(file)));
  money.end = await closeFxClock(file, end, collection);
  file.leave(lane);
  return money.end;
}

async function gatherEvidence(file: ShipmentFile, collection: Promise<void>): Promise<MoneyEnd | undefined> {
  file.enter(lane, 'receipts-and-invoices');
  const moot = () => (claimIsMoot(file) ? (true as const) : undefined);
  const collected = file.state.order?.claimBeforeReceipt ? Promise.resolve() : collection;
  await Promise.all([collected, coverByInvoices(file), declarationClosed(file, moot)]);
  return claimIsMoot(file);
}

/** Declaration, invoices and receipts must tell one story; each difference is explained or mended before the bureau finds it. */
async function checkAgainstEachOther(file: ShipmentFile) {
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
    if (check.questions.length === 0) return check;
    const round = money.consistencyRound++;
    for (const question of check.questions) {
      const answer = await file.ask(
        { ...question, key: `${question.key}/${round}` },
        lane,
        () => claimIsMoot(file) !== undefined,
      );
      if (answer?.choice === 'explained') money.differencesExplained.push(question.key);
      if (answer?.choice === 'give-up') money.invoicesGivenUp = answer.reason || 'given up at the three-way check';
    }
    if (claimIsMoot(file)) return check;
  }
}

/** A claim made before the money was in leaves the FX clock running: the refund stands only when the money comes. */
async function closeFxClock(file: ShipmentFile, end: MoneyEnd, collection: Promise<void>): Promise<MoneyEnd> {
  if (end.kind !== 'refunded') return end;
  const { money } = file.state;
  if (file.state.order?.claimBeforeReceipt) {
    file.enter(lane, 'fx-clock');
    await collection;
  }
  const why = goodsAreBack(file.state.transport.end) ?? money.writtenOff;
  if (!why) return end;
  const answer = await file.ask(questions.refundToRepay(why), lane);
  return answer?.choice === 'stands' ? end : { kind: 'unclaimed', because: `refund repaid: ${why}` };
}
