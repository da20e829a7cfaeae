import type { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { type ArchiveDocument, type ArchiveInput, archiveOf } from '../../rules/archive-papers.ts';
import { chinaDate } from '../../rules/civil-date.ts';
import type { Transaction } from '../../store/database.ts';
import { type DocumentRow, documentsOf } from '../../store/papers.ts';
import {
  allStatements,
  type DocumentStatement,
  papersNotOurs,
  type ReceivedDocument,
  receivedDocuments,
} from '../../store/received-documents.ts';
import { shipmentMoments } from '../../store/shipment-moments.ts';
import type { ShipmentRow } from '../../store/shipments.ts';
import type { documentListSchema, documentSchema } from '../document-contract.ts';

export type ListedDocument = z.infer<typeof documentSchema>;
export type DocumentList = z.infer<typeof documentListSchema>;

/** All papers of a shipment, and what they are listed from. */
export async function papersOf(transaction: Transaction, reference: string) {
  const rows = await documentsOf(transaction, reference);
  const received = await receivedDocuments(transaction, reference);
  const statements = await allStatements(transaction, reference);
  return { documents: rows.map((row) => listed(row, rows, statements, received)), received, statements };
}

/** All papers of a shipment: made, handed in, waiting to be confirmed; and what the archive still wants, from whom and since when. */
export async function listDocuments(
  transaction: Transaction,
  shipment: ShipmentRow,
  law: Pick<Reference, 'archivePapers'>,
): Promise<DocumentList> {
  const { reference } = shipment;
  const { documents, received, statements } = await papersOf(transaction, reference);
  const notOurs = await papersNotOurs(transaction, reference);
  const confirmed = new Set(statements.map(({ fileSha256 }) => fileSha256));
  const archive = archiveOf({
    papers: law.archivePapers,
    documents: documents.map(inArchive),
    ...(await clocksOf(transaction, shipment)),
  });
  return {
    documents,
    unconfirmed: received
      .filter(({ fileSha256 }) => !confirmed.has(fileSha256))
      .map((file) => unconfirmed(file, received, notOurs)),
    archive: {
      papers: archive.papers.map((paper) => ({ ...paper, since: paper.since ?? null })),
      ...{ complete: archive.complete, dueOn: archive.dueOn ?? null, keptUntil: archive.keptUntil ?? null },
    },
  };
}

/** The moments from which papers are owed, and the shipment's own now. */
export async function clocksOf(
  transaction: Transaction,
  { reference, order, createdAt, asOf }: ShipmentRow,
): Promise<Pick<ArchiveInput, 'moments' | 'asOf'>> {
  const { filedAt, releasedAt, departedAt, claimSubmittedAt } = await shipmentMoments(transaction, reference);
  return {
    moments: {
      orderedOn: order.orderedOn ?? chinaDate(createdAt),
      ...(filedAt && { filedAt }),
      ...(releasedAt && { releasedAt }),
      ...(departedAt && { departedAt }),
      ...(claimSubmittedAt && { claimSubmittedAt }),
    },
    asOf: asOf ?? createdAt,
  };
}

/** A document as the archive sees it. Each revision of a paper of ours has an id of its own: there it is one paper. */
export function inArchive({ id, kind, revision, number, made, file, asOf }: ListedDocument): ArchiveDocument {
  return {
    ...{ id: made ? withoutRevision(id) : id, kind, revision, asOf },
    ...(number && { number }),
    ...(file && { file: { sha256: file.sha256, name: file.name } }),
  };
}

/** The id of a paper of ours without its revision: `LAMPS-1/packing-list` of `LAMPS-1/packing-list/2`. */
export function withoutRevision(id: string): string {
  return id.replace(/\/\d+$/, '');
}

/** Whether a row is a paper that we made: its content says what it is, where a message says who handed it in. */
export function isMade({ content }: Pick<DocumentRow, 'content'>): boolean {
  return typeof content === 'object' && content !== null && !('messageId' in content);
}

function listed(
  row: DocumentRow,
  rows: readonly DocumentRow[],
  statements: readonly DocumentStatement[],
  received: readonly ReceivedDocument[],
): ListedDocument {
  const { content, ...one } = row;
  const { number, facts } = content as { number?: string; facts?: string };
  const made = isMade(row);
  const statement = statements.find(({ factsSha256 }) => factsSha256 === facts);
  const file = received.find(({ fileSha256 }) => fileSha256 === statement?.fileSha256);
  const newer = rows.filter((other) => samePaper(other, row, made) && other.revision > row.revision).at(-1);
  return {
    ...one,
    number: number ?? null,
    made,
    supersededBy: newer?.revision ?? null,
    file: file ? fileOf(file) : null,
    statement: statement
      ? { by: statement.statedBy, from: statement.statedFrom, at: statement.statedAt, corrected: statement.corrected }
      : null,
  };
}

/** Each revision of a paper of ours has an id of its own; what was handed in keeps its id. */
function samePaper(other: DocumentRow, row: DocumentRow, made: boolean): boolean {
  return made ? isMade(other) && other.kind === row.kind : other.id === row.id;
}

function unconfirmed(
  file: ReceivedDocument,
  received: readonly ReceivedDocument[],
  notOurs: readonly string[],
): DocumentList['unconfirmed'][number] {
  const { documentId, kind, reading, receivedFrom, receivedAt } = file;
  const isReplaced = received.findLast((other) => other.documentId === documentId) !== file;
  const open = notOurs.includes(documentId) ? 'not-ours' : 'to-confirm';
  return {
    ...{ documentId, kind, reading, receivedFrom, receivedAt, file: fileOf(file) },
    state: isReplaced ? 'replaced' : open,
  };
}

/** A file as the API shows it. */
export function fileOf({ fileSha256, fileName, mediaType, sizeBytes }: ReceivedDocument) {
  return { sha256: fileSha256, name: fileName, mediaType, sizeBytes };
}
