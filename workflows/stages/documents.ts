import { records } from '../parties.ts';
import type { ShipmentFile } from '../shipment-file.ts';

/** Prepares the papers of the current revision and locks them by their content's hash: what is declared is what was prepared. */
export async function prepareDocuments(file: ShipmentFile): Promise<void> {
  const { revision } = file.state.declaration;
  if (file.state.papers?.revision === revision) return;
  file.enter('trunk', 'document-preparation');
  const amendments = [...file.state.amendments];
  const papers = await file.consult('prepareDocuments', 'trunk', () =>
    records.prepareDocuments.executeWithOptions({ summary: `prepares the papers, revision ${revision}` }, [
      { ...file.name, revision, asOf: file.asOf, amendments },
    ]),
  );
  file.state.papers = papers;
  file.state.declaration.amendmentsPrepared = amendments.length;
  file.note('papers-locked', { revision, contentHash: papers.contentHash });
}
