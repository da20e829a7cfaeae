import { printDocument } from '../../printing/print-document.ts';
import type { PreparedDocument } from '../../rules/documents/prepare.ts';
import { FilesMissing } from '../../store/files/file-store.ts';
import { type DocumentRow, documentRevision } from '../../store/papers.ts';
import { keepPrinted, logoOfPaper, printedFile } from '../../store/printed-documents.ts';
import { receivedDocuments } from '../../store/received-documents.ts';
import { notFound } from '../problem.ts';
import type { ServicesWithFiles } from '../services.ts';
import { isMade, type ListedDocument } from './list-documents.ts';

/** A file to hand out. */
export interface HandedOut {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

/**
 * The file of a paper: as it was handed in, or our own as printed. Ours is printed when it is first asked for and kept from
 * then on (docs/decisions/0020); a revision that was superseded is printed with the word that says so.
 * @throws Problem `not-found` where there is no such paper, or none was handed in
 */
export async function bytesOfDocument(
  services: ServicesWithFiles,
  organisation: string,
  reference: string,
  paper: Pick<ListedDocument, 'id' | 'revision' | 'file' | 'supersededBy' | 'kind'>,
): Promise<HandedOut> {
  if (paper.file) return received(services, organisation, reference, paper.file.sha256);
  const row = await services.database.within(organisation, (transaction) =>
    documentRevision(transaction, reference, paper),
  );
  if (!row || !isMade(row))
    throw notFound(`file of the paper ${paper.id} in shipment ${reference}: it was stated without one`);
  const name = `${preparedOf(row).number}-${row.revision}.pdf`.replace(/[^\w.-]+/g, '-');
  return { name, mediaType: 'application/pdf', bytes: await printed(services, organisation, reference, row, paper) };
}

/** A file that was handed in, by its hash. @throws Problem `not-found` where the shipment has none; FilesMissing, FileDamaged, FilesAway */
export async function received(
  { database, files }: ServicesWithFiles,
  organisation: string,
  reference: string,
  sha256: string,
): Promise<HandedOut> {
  const file = (await database.within(organisation, (transaction) => receivedDocuments(transaction, reference))).find(
    ({ fileSha256 }) => fileSha256 === sha256,
  );
  if (!file) throw notFound(`file ${sha256} in shipment ${reference}`);
  const bytes = await files.get(organisation, sha256);
  if (!bytes) throw new FilesMissing([`${file.fileName} of ${reference}`]);
  return { name: file.fileName, mediaType: file.mediaType, bytes };
}

async function printed(
  { database, files }: ServicesWithFiles,
  organisation: string,
  reference: string,
  row: DocumentRow,
  { supersededBy }: Pick<ListedDocument, 'supersededBy'>,
): Promise<Buffer> {
  const document = preparedOf(row);
  const paper = { documentId: row.id, revision: row.revision };
  const { before, logo } = await database.within(organisation, async (transaction) => ({
    before: await printedFile(transaction, reference, paper),
    logo: await logoOfPaper(transaction, reference, paper),
  }));
  if (supersededBy !== null) return printDocument(document, { logo, mark: { kind: 'superseded', by: supersededBy } });
  const kept = before === undefined ? undefined : await files.get(organisation, before);
  if (kept) return kept;
  const bytes = await printDocument(document, { logo });
  const { sha256 } = await files.put(organisation, bytes);
  const stands = await database.within(organisation, (transaction) =>
    keepPrinted(transaction, reference, { ...paper, fileSha256: sha256, printedAt: row.asOf }),
  );
  return stands === sha256 ? bytes : ((await files.get(organisation, stands)) ?? bytes);
}

/** Our own papers were checked when they were made, and are kept as they were. */
function preparedOf({ id, kind, revision, content, contentSha256 }: DocumentRow): PreparedDocument {
  const { number } = content as { number: string };
  return { id, kind, number, revision, content, contentHash: contentSha256 } as PreparedDocument;
}
