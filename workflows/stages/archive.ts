import { archiveGaps } from '../../rules/archive.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';

const lane = 'money';

/** 备案单证: complete within 15 days after the claim, or the refund can be recovered. Warned five days before; then the manager's. */
export async function completeArchive(file: ShipmentFile): Promise<void> {
  const { claim, money } = file.state;
  // An end without a claim needs no archive; one given up after a claim still does.
  await file.when(() => claim.firstSubmittedAt !== null || money.end !== null);
  if (claim.archiveComplete || claim.firstSubmittedAt === null) return;
  const missing = () => missingPapers(file);
  await file.expect(
    { what: 'archive', key: 'papers', lane, fromWhom: 'operator' },
    () => (missing().length === 0 ? true : undefined),
    { question: () => questions.archiveIncomplete(missing()), ends: ({ choice }) => choice === 'kept-elsewhere' },
  );
  claim.archiveComplete = true;
}

function missingPapers({ state }: ShipmentFile): string[] {
  const here = [...state.documents, ...(state.papers?.documents ?? [])].map((document) => document.kind);
  return archiveGaps({ papers: state.order?.archivePapers ?? [], documentKinds: here });
}
