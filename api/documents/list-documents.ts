import type { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { type ArchiveDocument, type ArchiveInput, archiveOf } from '../../rules/archive-papers.ts';
import { type CivilDate, chinaDate } from '../../rules/civil-date.ts';
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
  const papers = await papersOf(transaction, reference);
  const { documents } = papers;
  const archive = archiveOf({
    papers: law.archivePapers,
    documents: documents.map(inArchive),
    ...(await clocksOf(transaction, shipment)),
  });
  return {
    documents,
    unconfirmed: await unconfirmedOf(transaction, reference, papers),
    archive: {
      papers: archive.papers.map((paper) => ({ ...paper, since: paper.since ?? null })),
      ...{ complete: archive.complete, dueOn: archive.dueOn ?? null, keptUntil: archive.keptUntil ?? null },
    },
  };
}

/** The files of a shipment of which nobody has confirmed what they say, as they came. */
export async function unconfirmedOf(
  transaction: Transaction,
  reference: string,
  { received, statements }: Pick<Awaited<ReturnType<typeof papersOf>>, 'received' | 'statements'>,
): Promise<DocumentList['unconfirmed']> {
  const notOurs = await papersNotOurs(transaction, reference);
  const confirmed = new Set(statements.map(({ fileSha256 }) => fileSha256));
  return received
    .filter(({ fileSha256 }) => !confirmed.has(fileSha256))
    .map((file) => unconfirmed(file, received, notOurs));
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
export function inArchive({ id, kind, revision, number, date, made, file, asOf }: ListedDocument): ArchiveDocument {
  return {
    ...{ id: made ? withoutRevision(id) : id, kind, revision, asOf },
    ...(number && { number }),
    ...(date && { date }),
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

/** What is kept of a paper: of ours its content, of others the message that told of it. */
interface Stated {
  number?: string;
  /** Of ours. */
  date?: CivilDate;
  /** Of others. */
  issuedOn?: CivilDate;
  /** Hash of what was confirmed. */
  facts?: string;
}

/** A customs declaration (报关单) bears the number that customs gave it, which other papers name too. */
function numberGiven({ kind }: DocumentRow, statement: DocumentStatement | undefined): string | undefined {
  return kind === 'customs-declaration' ? statement?.facts.declarationNumber : undefined;
}

function listed(
  row: DocumentRow,
  rows: readonly DocumentRow[],
  statements: readonly DocumentStatement[],
  received: readonly ReceivedDocument[],
): ListedDocument {
  const { content, ...one } = row;
  const { number, facts, ...said } = content as Stated;
  const made = isMade(row);
  const statement = statements.find(({ factsSha256 }) => factsSha256 === facts);
  const file = received.find(({ fileSha256 }) => fileSha256 === statement?.fileSha256);
  const newer = rows.filter((other) => samePaper(other, row, made) && other.revision > row.revision).at(-1);
  return {
    ...one,
    number: number ?? numberGiven(row, statement) ?? null,
    date: (made ? said.date : (said.issuedOn ?? statement?.facts.date)) ?? null,
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
