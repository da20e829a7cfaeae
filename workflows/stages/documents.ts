import { dealWithNext, unread } from '../carried.ts';
import { records } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';

/** Prepares the papers of the current revision and locks them by their content's hash: what is declared is what was prepared. */
export async function prepareDocuments(file: ShipmentFile): Promise<void> {
  const { revision } = file.state.declaration;
  if (file.state.papers?.revision === revision) return;
  file.enter('trunk', 'document-preparation');
  const amendments = [...file.state.amendments];
  const preparedAsOf = file.asOf;
  const papers = await file.consult('prepareDocuments', 'trunk', () =>
    records.prepareDocuments.executeWithOptions({ summary: `prepares the papers, revision ${revision}` }, [
      { ...file.name, revision, asOf: preparedAsOf, amendments },
    ]),
  );
  file.state.papers = papers;
  file.state.declaration.amendmentsPrepared = amendments.length;
  // What the recorder keeps them from: the same input gives the same papers.
  file.note('papers-locked', { revision, contentHash: papers.contentHash, preparedAsOf, amendments });
}

/** Locked papers that somebody opened stay open until a person locks them again; what hangs on them comes after. */
export async function waitUntilLockedAgain(file: ShipmentFile): Promise<void> {
  const { unlocks } = file.state;
  while (unread(unlocks)) {
    file.enter('trunk', 'document-preparation');
    await dealWithNext(unlocks, async ({ reason, source }, n) => {
      await file.ask(questions.papersOpen(reason, source, n), 'trunk');
    });
  }
}
