import { assertNever } from '../../rules/assert-never.ts';
import type { CustomsReceipt, DeclarationEnd } from '../carried.ts';
import { dealWithNext } from '../carried.ts';
import type { InspectionResult } from '../messages.ts';
import { customs, summary } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { customsAnswer, exportInspectionResult, filingWindow } from '../waits.ts';
import { prepareDocuments } from './documents.ts';
import { reviewCompliance } from './intake-and-review.ts';

type Step = DeclarationEnd | 'next-revision' | 'go-on';

/** Files the export declaration and stays until customs lets the goods go, or does not. Each correction is a new revision. */
export async function declare(file: ShipmentFile): Promise<DeclarationEnd> {
  const { declaration } = file.state;
  if (declaration.end) return declaration.end;
  file.enter('trunk', 'export-declaration');
  if (declaration.filed === 0) await filingWindow(file);
  for (;;) {
    await bringPapersUpToDate(file);
    file.enter('trunk', 'export-declaration');
    let step: Step = await fileRevision(file);
    while (step === 'go-on') step = await readAnswer(file);
    if (step !== 'next-revision') {
      declaration.end = step;
      return step;
    }
    declaration.revision += 1;
  }
}

/** Corrections may have come in since the papers were locked: what is declared is what was reviewed and prepared. */
async function bringPapersUpToDate(file: ShipmentFile): Promise<void> {
  const { declaration, review, amendments } = file.state;
  while (declaration.amendmentsPrepared < amendments.length || file.state.papers?.revision !== declaration.revision) {
    if (declaration.amendmentsPrepared < amendments.length) review.approvedAt = null;
    if (file.state.papers?.revision === declaration.revision) declaration.revision += 1;
    await reviewCompliance(file);
    await prepareDocuments(file);
  }
}

async function fileRevision(file: ShipmentFile): Promise<Step> {
  const { declaration, papers } = file.state;
  if (declaration.filed === declaration.revision || papers === null) return 'go-on';
  const key = file.key('declaration', declaration.revision);
  // Set before the step: from this moment the order cannot just be cancelled, and an early answer is not held for ever.
  declaration.filed = declaration.revision;
  file.note('declaration-filed', { key, contentHash: papers.contentHash });
  const answer = await file.attempt('fileDeclaration', 'trunk', () =>
    customs.fileDeclaration.executeWithOptions({ summary: summary(`declaration, revision ${declaration.revision}`) }, [
      {
        ...file.name,
        key,
        revision: declaration.revision,
        asOf: file.asOf,
        contentHash: papers.contentHash,
        amendments: file.state.amendments,
        earlierDeclarationNumber: declaration.number,
      },
    ]),
  );
  return answer.kind === 'refused' ? askAboutReturn(file, key, answer.reason) : 'go-on';
}

async function readAnswer(file: ShipmentFile): Promise<Step> {
  const key = file.key('declaration', file.state.declaration.revision);
  await customsAnswer(file, key);
  return (await dealWithNext(file.state.customs, (receipt, n) => decide(file, key, receipt, n))) ?? 'go-on';
}

async function decide(file: ShipmentFile, key: string, receipt: CustomsReceipt, n: number): Promise<Step> {
  const { declaration } = file.state;
  switch (receipt.meaning) {
    case 'received':
    case 'reviewed':
    case 'manual-review':
      return 'go-on';
    case 'released':
    case 'released-on-security':
    case 'released-for-port':
    case 'closed':
      return {
        kind: 'released',
        at: declaration.releasedAt ?? file.asOf,
        declarationNumber: declaration.number ?? '',
      };
    case 'inspection-ordered':
      return inspect(file, key);
    case 'returned':
    case 'failed':
      return askAboutReturn(file, key, receipt.note ?? `channel ${receipt.channel}`);
    case 'withdrawn':
      return { kind: 'withdrawn', because: receipt.note ?? 'deleted by customs' };
    case 'duty-due':
    case 'unknown':
      return settleWithCustoms(file, key, receipt, n);
    default:
      return assertNever(receipt.meaning);
  }
}

async function settleWithCustoms(file: ShipmentFile, key: string, receipt: CustomsReceipt, n: number): Promise<Step> {
  await file.ask(questions.customsUnclear(key, receipt.channel, receipt.note ?? '', n), 'trunk');
  return 'go-on';
}

async function askAboutReturn(file: ShipmentFile, key: string, note: string): Promise<Step> {
  const answer = await file.ask(questions.customsReturned(key, note), 'trunk');
  return answer?.choice === 'give-up' ? { kind: 'refused', because: note } : 'next-revision';
}

/** The goods are looked at. A discrepancy is corrected by amendment (the next revision) or explained. */
async function inspect(file: ShipmentFile, key: string): Promise<Step> {
  file.enter('trunk', 'export-inspection');
  await exportInspectionResult(file, key);
  const step = await dealWithNext(file.state.exportInspections, (result, n) => decideOnInspection(file, result, n));
  return step ?? 'go-on';
}

async function decideOnInspection(file: ShipmentFile, result: InspectionResult, n: number): Promise<Step> {
  switch (result.outcome) {
    case 'released':
      return 'go-on';
    case 'seized':
      return {
        kind: 'seized',
        because: result.findings.map((finding) => finding.what).join('; ') || 'seized at the export inspection',
      };
    case 'detained': {
      const answer = await file.ask(questions.goodsDetained(result, n), 'trunk');
      return answer?.choice === 'lost'
        ? { kind: 'seized', because: answer.reason || 'given up after detention' }
        : 'go-on';
    }
    case 'discrepancy': {
      const answer = await file.ask(questions.inspectionDiscrepancy(result, n), 'trunk');
      return answer?.choice === 'amended' ? 'next-revision' : 'go-on';
    }
    default:
      return assertNever(result.outcome);
  }
}
