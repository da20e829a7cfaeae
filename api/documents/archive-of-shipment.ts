import { buffer } from 'node:stream/consumers';
import { catalogueOf } from '../../rules/archive-catalogue.ts';
import { type ArchiveDocument, archiveOf } from '../../rules/archive-papers.ts';
import { archiveZip } from '../../store/files/archive-zip.ts';
import { settingsOf } from '../../store/organisations.ts';
import { sha256Of } from '../../store/sha256.ts';
import { findShipment } from '../../store/shipments.ts';
import { notFound } from '../problem.ts';
import type { ServicesWithFiles } from '../services.ts';
import { bytesOfDocument, type HandedOut } from './bytes-of-document.ts';
import { clocksOf, inArchive, type ListedDocument, papersOf, unconfirmedOf } from './list-documents.ts';

/** The document archive of a shipment as a zip: its catalogue, and every paper that has a file. @throws Problem `not-found` */
export async function archiveOfShipment(
  services: ServicesWithFiles,
  organisation: string,
  reference: string,
): Promise<HandedOut> {
  const { database, files, reference: law } = services;
  const records = await database.within(organisation, async (transaction) => {
    const shipment = await findShipment(transaction, reference);
    if (!shipment) throw notFound(`shipment ${reference}`);
    const papers = await papersOf(transaction, reference);
    const { exporter } = await settingsOf(transaction);
    return {
      ...{ documents: papers.documents, unconfirmed: await unconfirmedOf(transaction, reference, papers), exporter },
      ...{ clocks: await clocksOf(transaction, shipment), progress: shipment.progress },
    };
  });
  const printed = new Map<string, Buffer>();
  const documents: ArchiveDocument[] = [];
  for (const document of records.documents) {
    const file = document.file ?? (await printedOf(services, organisation, reference, document, printed));
    documents.push({ ...inArchive(document), ...(file && { file: { sha256: file.sha256, name: file.name } }) });
  }
  const catalogue = catalogueOf({
    shipment: reference,
    exporter: records.exporter.nameZh,
    ...(records.progress.declarationNumber ? { declarationNumber: records.progress.declarationNumber } : {}),
    archive: archiveOf({ papers: law.archivePapers, documents, ...records.clocks }),
    unconfirmed: records.unconfirmed
      // What a person said is none of this shipment's is no paper of its archive.
      .filter(({ state }) => state !== 'not-ours')
      .map(({ documentId, kind, file: { name, sha256 }, state, receivedAt }) => ({
        ...{ id: documentId, kind, name, sha256, replaced: state === 'replaced', receivedAt },
      })),
    keptIn: `Quayside, organisation ${organisation}`,
  });
  const zip = await archiveZip(catalogue, {
    get: async (sha256) => printed.get(sha256) ?? (await files.get(organisation, sha256)),
    has: async (sha256) => printed.has(sha256) || files.has(organisation, sha256),
  });
  return { name: `archive-${reference}.zip`, mediaType: 'application/zip', bytes: await buffer(zip) };
}

/** A paper of ours, printed; nothing where the paper was stated without a file. */
async function printedOf(
  services: ServicesWithFiles,
  organisation: string,
  reference: string,
  document: ListedDocument,
  printed: Map<string, Buffer>,
): Promise<{ sha256: string; name: string } | undefined> {
  if (!document.made) return undefined;
  const { bytes, name } = await bytesOfDocument(services, organisation, reference, document);
  const sha256 = sha256Of(bytes);
  printed.set(sha256, bytes);
  return { sha256, name };
}
