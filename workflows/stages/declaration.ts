import { assertNever } from '../../rules/assert-never.ts';
import type { Instant } from '../../rules/civil-date.ts';
import type { CustomsReceipt, DeclarationEnd, ShipmentState } from '../carried.ts';
import { dealWithNext } from '../carried.ts';
import type { InspectionResult } from '../messages.ts';
import { customs, summary } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { revisionOf } from '../verdicts.ts';
import { customsAnswer, exportInspectionResult, filingWindow, waitForCustoms } from '../waits.ts';
import { prepareDocuments } from './documents.ts';
import { rescreen, reviewCompliance } from './intake-and-review.ts';

type Step = DeclarationEnd | 'next-revision' | 'go-on';

/** Files the export declaration and stays until customs lets the goods go, or does not. Each correction is a new revision. */
export async function declare(file: ShipmentFile): Promise<DeclarationEnd> {
  const { declaration } = file.state;
  declaration.end ??= await declareUntilEnd(file);
  // What an earlier run asked is answered by the end itself.
  file.layAside(({ lane }) => lane === 'trunk');
  return declaration.end;
}

async function declareUntilEnd(file: ShipmentFile): Promise<DeclarationEnd> {
  const { declaration } = file.state;
  if (declaration.filed === 0) {
    if (hasNewCorrections(file)) await bringPapersUpToDate(file);
    file.enter('trunk', 'export-declaration');
    await filingWindow(file);
    await reviewOnceMore(file);
  }
  for (;;) {
    await bringPapersUpToDate(file);
    // Carried over within an inspection it is still there.
    if (file.state.stages.trunk !== 'export-inspection') file.enter('trunk', 'export-declaration');
    // While a correction was reviewed customs may have spoken on what it has: goods that are released are not declared again.
    let step: Step = endByCustoms(file) ?? (await fileRevision(file));
    while (step === 'go-on') step = await readAnswer(file);
    if (step !== 'next-revision') return step;
    declaration.revision += 1;
  }
}

/** Something changed while the goods waited, or the parties are on a list of this day: the review comes before the filing. */
async function reviewOnceMore(file: ShipmentFile): Promise<void> {
  const { review } = file.state;
  for (;;) {
    if (review.approvedAt !== null && review.rescreen) await rescreen(file);
    if (review.approvedAt !== null) return;
    // A correction makes the next revision of the papers, and is reviewed on the way.
    if (!hasNewCorrections(file)) await reviewCompliance(file);
    // Opened or corrected by a person, the papers are locked again at once: whoever did wants to see them before the day of filing.
    if (file.state.unlocks.items.length > 0 || hasNewCharges(file) || hasNewCorrections(file))
      await bringPapersUpToDate(file);
    file.enter('trunk', 'export-declaration');
    await filingWindow(file);
  }
}

/** The FOB changed since the papers were locked. */
function hasNewCharges({ state: { amendments, declaration } }: ShipmentFile): boolean {
  return amendments.slice(declaration.amendmentsPrepared).some((lines) => lines.some(({ charges }) => charges));
}

/** Something else of the order was corrected since then, and is not left to the day of filing. */
function hasNewCorrections({ state: { amendments, declaration, review } }: ShipmentFile): boolean {
  return review.asItComes && declaration.amendmentsPrepared < amendments.length;
}

function endByCustoms({ state: { declaration } }: ShipmentFile): DeclarationEnd | undefined {
  if (declaration.withdrawnAt !== null && declaration.releasedAt === null)
    return { kind: 'withdrawn', because: 'deleted by customs' };
  return declaration.releasedAt === null ? undefined : released(declaration, declaration.releasedAt);
}

function released({ number }: ShipmentState['declaration'], at: Instant): DeclarationEnd {
  return { kind: 'released', at, declarationNumber: number ?? '' };
}

/**
 * Corrections may have come in since the papers were locked, or a change that opened the review again: what is declared is
 * what was reviewed and prepared.
 */
async function bringPapersUpToDate(file: ShipmentFile): Promise<void> {
  const { declaration, review, amendments } = file.state;
  const reviewIsOpen = () => declaration.filed === 0 && review.approvedAt === null;
  while (
    declaration.amendmentsPrepared < amendments.length ||
    file.state.papers?.revision !== declaration.revision ||
    reviewIsOpen()
  ) {
    if (declaration.amendmentsPrepared < amendments.length) {
      review.approvedAt = null;
      if (file.state.papers?.revision === declaration.revision) declaration.revision += 1;
    }
    await reviewCompliance(file);
    await prepareDocuments(file);
  }
}

async function fileRevision(file: ShipmentFile): Promise<Step> {
  const { declaration, papers } = file.state;
  if (papers === null) return 'go-on';
  const key = file.key('declaration', declaration.revision);
  if (declaration.filed !== declaration.revision) {
    // Set before the step: from this moment the order cannot just be cancelled, and an early answer is not held for ever.
    declaration.filed = declaration.revision;
    declaration.refusedBecause = null;
    file.note('declaration-filed', { key, contentHash: papers.contentHash });
  }
  if (declaration.answered !== declaration.revision) {
    const heading = summary(`declaration, revision ${declaration.revision}`);
    file.foresee(waitForCustoms(file));
    const answer = await file.attempt('fileDeclaration', 'trunk', () =>
      customs.fileDeclaration.executeWithOptions({ summary: heading }, [
        {
          ...file.name,
          key,
          revision: declaration.revision,
          asOf: file.asOf,
          // What the locked papers contain, and nothing that came in since.
          amendments: file.state.amendments.slice(0, declaration.amendmentsPrepared),
          earlierDeclarationNumber: declaration.number,
        },
      ]),
    );
    declaration.answered = declaration.revision;
    if (answer.kind === 'refused') {
      declaration.refusedBecause = answer.reason;
      file.forgo(waitForCustoms(file));
    }
  }
  return declaration.refusedBecause === null
    ? 'go-on'
    : askAboutReturn(file, key, declaration.refusedBecause, file.state.customs.items.length);
}

async function readAnswer(file: ShipmentFile): Promise<Step> {
  const key = file.key('declaration', file.state.declaration.revision);
  await customsAnswer(file, key);
  const step = await dealWithNext(file.state.customs, (receipt, n) => decide(file, key, receipt, n));
  // A result may come when customs had moved on, or after the goods were detained.
  return step ?? (await dealWithInspection(file, file.state.customs.read)) ?? 'go-on';
}

/** Customs has spoken again since that many receipts: what was asked then is overtaken. */
function isOvertaken({ state: { customs, declaration } }: ShipmentFile, heard: number): boolean {
  return customs.items.length > heard || declaration.releasedAt !== null || declaration.withdrawnAt !== null;
}

/** A receipt of a revision that was replaced meanwhile is no answer to the present one. */
function isOfEarlierRevision(receipt: CustomsReceipt, revision: number): boolean {
  return (revisionOf(receipt.clientSequenceNumber) ?? revision) < revision;
}

async function decide(file: ShipmentFile, key: string, receipt: CustomsReceipt, n: number): Promise<Step> {
  const { declaration } = file.state;
  if (isOfEarlierRevision(receipt, declaration.revision)) return 'go-on';
  switch (receipt.meaning) {
    case 'received':
    case 'reviewed':
    case 'manual-review':
      return 'go-on';
    case 'released':
    case 'released-on-security':
    case 'released-for-port':
    case 'closed':
      return released(declaration, declaration.releasedAt ?? file.asOf);
    case 'inspection-ordered':
      return inspect(file, key, n);
    case 'returned':
    case 'failed':
      return askAboutReturn(file, `${key}/${n}`, receipt.note ?? `channel ${receipt.channel}`, n);
    case 'withdrawn':
      return { kind: 'withdrawn', because: receipt.note ?? 'deleted by customs' };
    case 'duty-due':
    case 'unknown':
      await file.ask(questions.customsUnclear(key, receipt.channel, receipt.note ?? '', n), 'trunk', () =>
        isOvertaken(file, n),
      );
      return 'go-on';
    default:
      return assertNever(receipt.meaning);
  }
}

async function askAboutReturn(file: ShipmentFile, key: string, note: string, heard: number): Promise<Step> {
  const answer = await file.ask(questions.customsReturned(key, note), 'trunk', () => isOvertaken(file, heard));
  if (answer === null) return 'go-on';
  return answer.choice === 'give-up' ? { kind: 'refused', because: note } : nextRevision(file);
}

/** What an inspection found on the earlier revision is settled with it. */
function nextRevision(file: ShipmentFile): Step {
  file.state.exportInspections.read = file.state.exportInspections.items.length;
  return 'next-revision';
}

/** The goods are looked at. A discrepancy is corrected by amendment (the next revision) or explained. */
async function inspect(file: ShipmentFile, key: string, heard: number): Promise<Step> {
  file.enter('trunk', 'export-inspection');
  await exportInspectionResult(file, key);
  return (await dealWithInspection(file, heard)) ?? 'go-on';
}

function dealWithInspection(file: ShipmentFile, heard: number): Promise<Step | undefined> {
  return dealWithNext(file.state.exportInspections, (result, n) => decideOnInspection(file, result, n, heard));
}

async function decideOnInspection(
  file: ShipmentFile,
  result: InspectionResult,
  n: number,
  heard: number,
): Promise<Step> {
  const { exportInspections } = file.state;
  // A newer result, or customs' own word, answers what this one asked.
  const overtaken = () => exportInspections.items.length > n || isOvertaken(file, heard);
  switch (result.outcome) {
    case 'released':
      return 'go-on';
    case 'seized':
      return {
        kind: 'seized',
        because: result.findings.map((finding) => finding.what).join('; ') || 'seized at the export inspection',
      };
    case 'detained': {
      const answer = await file.ask(questions.goodsDetained(result, n), 'trunk', overtaken);
      return answer?.choice === 'lost'
        ? { kind: 'seized', because: answer.reason || 'given up after detention' }
        : 'go-on';
    }
    case 'discrepancy': {
      const answer = await file.ask(questions.inspectionDiscrepancy(result, n), 'trunk', overtaken);
      return answer?.choice === 'amended' ? 'next-revision' : 'go-on';
    }
    default:
      return assertNever(result.outcome);
  }
}

/** After release: what customs says then changes no papers any more, but a person must know. */
export async function readReceiptsAfterRelease(file: ShipmentFile): Promise<never> {
  const { customs } = file.state;
  for (;;) {
    await file.when(() => customs.items.length > customs.read);
    await dealWithNext(customs, async (receipt, n) => {
      if (!['returned', 'failed', 'duty-due', 'inspection-ordered', 'unknown'].includes(receipt.meaning)) return;
      const key = file.key('declaration', file.state.declaration.revision);
      await file.ask(questions.customsUnclear(key, receipt.channel, receipt.note ?? '', n), 'logistics');
    });
  }
}
