import type { Instant } from '../rules/civil-date.ts';
import { type Logo, logoSchema } from '../rules/documents/stationery.ts';
import type { Transaction } from './database.ts';

/** One revision of a paper of ours. */
export interface PaperRevision {
  documentId: string;
  revision: number;
}

/** The logo that stood when the paper was made: another one that came since does not belong on it. Undefined where there was none. */
export async function logoOfPaper(
  { organisation, query }: Transaction,
  reference: string,
  { documentId, revision }: PaperRevision,
): Promise<Logo | undefined> {
  const [row] = await query<{ logo: unknown }>(
    `select coalesce(saved.settings, organisation.settings) #> '{exporter,letterhead,logo}' as logo
       from document join organisation on organisation.slug = document.organisation
       left join organisation_settings saved on saved.organisation = document.organisation and saved.revision = document.settings_revision
      where document.organisation = $1 and reference = $2 and id = $3 and document.revision = $4`,
    [organisation, reference, documentId, revision],
  );
  return row?.logo ? logoSchema.parse(row.logo) : undefined;
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
