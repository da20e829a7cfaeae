import type { Instant } from '../rules/civil-date.ts';
import type { Transaction } from './database.ts';

/** One revision of a paper of ours. */
export interface PaperRevision {
  documentId: string;
  revision: number;
}

/** Hash of the file that a paper was first printed to; undefined where nobody has asked for it yet. */
export async function printedFile(
  { organisation, query }: Transaction,
  reference: string,
  { documentId, revision }: PaperRevision,
): Promise<string | undefined> {
  const [row] = await query<{ sha256: string }>(
    'select file_sha256 as sha256 from printed_document where organisation = $1 and reference = $2 and document_id = $3 and revision = $4',
    [organisation, reference, documentId, revision],
  );
  return row?.sha256;
}

/** Keeps which file a paper was printed to. @returns the one that stands: of two printed at once the first */
export async function keepPrinted(
  transaction: Transaction,
  reference: string,
  paper: PaperRevision & { fileSha256: string; printedAt: Instant },
): Promise<string> {
  const { organisation, query } = transaction;
  await query(
    'insert into printed_document (organisation, reference, document_id, revision, file_sha256, printed_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [organisation, reference, paper.documentId, paper.revision, paper.fileSha256, paper.printedAt],
  );
  return (await printedFile(transaction, reference, paper)) ?? paper.fileSha256;
}
