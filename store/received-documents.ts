import type { Instant } from '../rules/civil-date.ts';
import { type DocumentFacts, documentFactsSchema, type Reading, readingSchema } from '../rules/documents/facts.ts';
import type { Transaction } from './database.ts';

/** A file that was handed in for a shipment: where its bytes are, and what a reader made of it. */
export interface ReceivedDocument {
  documentId: string;
  fileSha256: string;
  /** Without a path; only ever shown, and never used to find anything. */
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  /** As its sender or its words say; null, neither does. */
  kind: string | null;
  reading: Reading;
  /** Role of the key, and the sender's own words for who it is. */
  receivedBy: string;
  receivedFrom: string;
  receivedAt: Instant;
}

const RECEIVED = `document_id as "documentId", file_sha256 as "fileSha256", file_name as "fileName", media_type as "mediaType",
  size_bytes as "sizeBytes", kind, reading, received_by as "receivedBy", received_from as "receivedFrom", received_at as "receivedAt"`;

/** Keeps a file's reading. @returns what stands: the same file of a shipment is taken once, as it came first, and said to be here */
export async function keepReceived(
  transaction: Transaction,
  reference: string,
  file: ReceivedDocument,
): Promise<{ document: ReceivedDocument; isNew: boolean }> {
  const { organisation, query } = transaction;
  const [kept] = await query<ReceivedDocument>(
    `insert into received_document (organisation, reference, document_id, file_sha256, file_name, media_type, size_bytes, kind, reading, received_by, received_from, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning ${RECEIVED}`,
    [
      ...[organisation, reference, file.documentId, file.fileSha256, file.fileName, file.mediaType, file.sizeBytes],
      ...[file.kind, JSON.stringify(file.reading), file.receivedBy, file.receivedFrom, file.receivedAt],
    ],
  );
  if (kept) return { document: parsed(kept), isNew: true };
  const before = await receivedFile(transaction, reference, file.fileSha256);
  if (!before) throw new Error(`the file ${file.fileSha256} of ${reference} is neither new nor here`);
  return { document: before, isNew: false };
}

/** The very same file of a shipment, where it was handed in before. */
export async function receivedFile(
  { organisation, query }: Transaction,
  reference: string,
  fileSha256: string,
): Promise<ReceivedDocument | undefined> {
  const [row] = await query<ReceivedDocument>(
    `select ${RECEIVED} from received_document where organisation = $1 and reference = $2 and file_sha256 = $3`,
    [organisation, reference, fileSha256],
  );
  return row && parsed(row);
}

/** The files of a shipment, as they came. */
export async function receivedDocuments(
  { organisation, query }: Transaction,
  reference: string,
): Promise<ReceivedDocument[]> {
  const rows = await query<ReceivedDocument>(
    `select ${RECEIVED} from received_document where organisation = $1 and reference = $2 order by arrival`,
    [organisation, reference],
  );
  return rows.map(parsed);
}

/** The file that a paper came in last. */
export async function latestReceived(
  { organisation, query }: Transaction,
  reference: string,
  documentId: string,
): Promise<ReceivedDocument | undefined> {
  const [row] = await query<ReceivedDocument>(
    `select ${RECEIVED} from received_document where organisation = $1 and reference = $2 and document_id = $3 order by arrival desc limit 1`,
    [organisation, reference, documentId],
  );
  return row && parsed(row);
}

/** Other shipments to which the same file was handed in: one purchase contract may serve several, and one slip of the hand too. */
export async function otherShipmentsWith(
  { organisation, query }: Transaction,
  reference: string,
  fileSha256: string,
): Promise<string[]> {
  const rows = await query<{ reference: string }>(
    'select reference from received_document where organisation = $1 and file_sha256 = $2 and reference <> $3 order by reference limit 20',
    [organisation, fileSha256, reference],
  );
  return rows.map((row) => row.reference);
}

/** What a person confirmed that a paper says. */
export interface DocumentStatement {
  /** Of all that follows but who and when: the shipment is told it. */
  factsSha256: string;
  documentId: string;
  kind: string;
  /** Null: it was stated without a file. */
  fileSha256: string | null;
  facts: DocumentFacts;
  /** Where the person differed from the reader: path and what was read. */
  corrected: { path: string; read: string | null }[];
  statedBy: string;
  statedFrom: string;
  statedAt: Instant;
}

const STATED = `facts_sha256 as "factsSha256", document_id as "documentId", kind, file_sha256 as "fileSha256", facts, corrected,
  stated_by as "statedBy", stated_from as "statedFrom", stated_at as "statedAt"`;

/** Keeps what was confirmed; the same words again change nothing, and stay those of whoever said them first. */
export async function keepStatement(
  { organisation, query }: Transaction,
  reference: string,
  one: DocumentStatement,
): Promise<void> {
  await query(
    `insert into document_statement (organisation, reference, facts_sha256, document_id, kind, file_sha256, facts, corrected, stated_by, stated_from, stated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      ...[organisation, reference, one.factsSha256, one.documentId, one.kind, one.fileSha256],
      ...[JSON.stringify(one.facts), JSON.stringify(one.corrected), one.statedBy, one.statedFrom, one.statedAt],
    ],
  );
}

/** What was confirmed under these hashes, in the order of the papers' ids. */
export async function statementsOf(
  { organisation, query }: Transaction,
  reference: string,
  hashes: readonly string[],
): Promise<DocumentStatement[]> {
  if (hashes.length === 0) return [];
  const rows = await query<DocumentStatement>(
    `select ${STATED} from document_statement where organisation = $1 and reference = $2 and facts_sha256 = any($3) order by document_id, stated_at`,
    [organisation, reference, hashes],
  );
  return rows.map((row) => ({ ...row, facts: documentFactsSchema.parse(row.facts) }));
}

/** All that was ever confirmed of a shipment's papers, oldest first. */
export async function allStatements(
  { organisation, query }: Transaction,
  reference: string,
): Promise<DocumentStatement[]> {
  const rows = await query<DocumentStatement>(
    `select ${STATED} from document_statement where organisation = $1 and reference = $2 order by stated_at, document_id`,
    [organisation, reference],
  );
  return rows.map((row) => ({ ...row, facts: documentFactsSchema.parse(row.facts) }));
}

const parsed = (row: ReceivedDocument): ReceivedDocument => ({ ...row, reading: readingSchema.parse(row.reading) });

/** Papers of which a person said that they do not belong to this shipment. */
export async function papersNotOurs({ organisation, query }: Transaction, reference: string): Promise<string[]> {
  const rows = await query<{ documentId: string }>(
    `select said->>'value' as "documentId" from task, jsonb_array_elements(evidence) said
      where organisation = $1 and reference = $2 and kind = 'document-unconfirmed' and answer->>'choice' = 'not-ours' and said->>'label' = 'paper'`,
    [organisation, reference],
  );
  return rows.map((row) => row.documentId);
}
