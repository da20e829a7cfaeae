import { type Admitted, admit } from '../../reading/admit.ts';
import { readInWorker } from '../../reading/in-worker.ts';
import type { Instant } from '../../rules/civil-date.ts';
import { isDoubtful, type Reading } from '../../rules/documents/facts.ts';
import {
  allStatements,
  keepReceived,
  otherShipmentsWith,
  type ReceivedDocument,
  receivedFile,
} from '../../store/received-documents.ts';
import { sha256Of, sha256OfJson } from '../../store/sha256.ts';
import { findShipment } from '../../store/shipments.ts';
import type { MessageOf, Verdict } from '../../workflows/messages.ts';
import type { Caller } from '../access.ts';
import { notFound, Problem } from '../problem.ts';
import type { ServicesWithFiles } from '../services.ts';
import { tellShipment } from '../tell-shipment.ts';
import { statusOf } from '../verdict.ts';

/** A file as it was handed in. */
export interface HandedIn {
  name: string;
  bytes: Buffer;
  /** Of the paper; by default made of its kind and the file's hash. */
  documentId?: string;
  kind?: string;
  source: string;
  occurredAt: Instant;
}

/** What became of it. */
export interface Taken {
  document: ReceivedDocument;
  isNew: boolean;
  /** Other shipments that have the same file. */
  alsoIn: string[];
  /** What the shipment said to it. */
  verdict: Verdict;
  notes: string[];
}

/**
 * Takes a file in: admitted by its content, read, kept by its hash, and told to the shipment, which asks a person what it
 * says. Kept before it is told: a person is never asked about a file that is nowhere. Nothing is kept of a file that we refuse.
 * Of one that the shipment refuses, or that is not told because we end here, no row is written; its bytes stay under their
 * hash, named by nothing, and are those that the same file uses when it comes again. The same file again is the same paper,
 * and is told again in case the first telling was lost.
 * @throws Problem `document-refused` or `impossible` with why, `not-found` without such a shipment; FilesAway, FilesRefused
 * with nothing told
 */
export async function takeFile(
  services: ServicesWithFiles,
  caller: Caller,
  reference: string,
  file: HandedIn,
): Promise<Taken> {
  const { database, files } = services;
  const { organisation } = caller;
  const shipment = await database.within(organisation, (transaction) => findShipment(transaction, reference));
  if (!shipment) throw notFound(`shipment ${reference}`);
  const admitted = await admit(file.bytes, file.name);
  if (admitted.refused)
    throw new Problem('document-refused', admitted.message, {
      errors: [{ field: 'file', message: `${admitted.code}: ${admitted.message}` }],
    });
  const before = await database.within(organisation, (transaction) =>
    receivedFile(transaction, reference, sha256Of(file.bytes)),
  );
  const hints = file.kind === undefined ? {} : { kind: file.kind };
  const told = before ?? rowOf(file, admitted, await readInWorker(file.bytes, admitted, hints), caller);
  const { sha256 } = await files.put(organisation, file.bytes);
  const verdict = await tellShipment(services, organisation, reference, 'receiveDocument', messageOf(told));
  // What the shipment refuses gets no row: a file of another time would stand for the paper for ever.
  statusOf(verdict);
  const { document, isNew, alsoIn, confirmed } = await database.within(organisation, async (transaction) => ({
    ...(await keepReceived(transaction, reference, told)),
    alsoIn: await otherShipmentsWith(transaction, reference, sha256),
    confirmed: (await allStatements(transaction, reference)).findLast(({ fileSha256 }) => fileSha256 === sha256),
  }));
  const here = { documentId: document.documentId, kind: confirmed?.kind ?? document.kind };
  return { document, isNew, alsoIn, verdict, notes: [...(isNew ? [] : notTaken(file, here)), ...admitted.notes] };
}

/** What was said of a file that is here already, under which it is not taken a second time. */
export function notTaken(
  said: Pick<HandedIn, 'documentId' | 'kind'>,
  here: Pick<ReceivedDocument, 'documentId' | 'kind'>,
): string[] {
  const isOther = (one: string | undefined, other: string | null) => one !== undefined && one !== other;
  const notes: string[] = [];
  if (isOther(said.kind, here.kind))
    notes.push(
      `it is here ${here.kind === null ? 'without a kind' : `as ${here.kind}`}; the kind ${said.kind} was not taken: say it when you confirm the paper, where it is the right one`,
    );
  if (isOther(said.documentId, here.documentId))
    notes.push(`it is here as the paper ${here.documentId}; the id ${said.documentId} was not taken`);
  return notes;
}

function messageOf(document: ReceivedDocument): MessageOf<'receiveDocument'> {
  const { documentId, kind, fileName, fileSha256, reading, receivedAt, receivedFrom } = document;
  const said = {
    ...{ occurredAt: receivedAt, source: receivedFrom, documentId, fileName, file: fileSha256 },
    ...(kind === null ? {} : { kind }),
    fieldsRead: reading.fields.length,
    fieldsDoubtful: reading.fields.filter(isDoubtful).length,
    ...noteOf(reading),
  };
  // Its words are in its id: sent again after a crash with another time, it is another message about a file that is here.
  return { messageId: `file/${sha256OfJson(said)}`, ...said };
}

function rowOf(
  { name: _, bytes, documentId, kind, source, occurredAt }: HandedIn,
  { mediaType, name }: Admitted,
  reading: Reading,
  { role }: Caller,
): ReceivedDocument {
  const fileSha256 = sha256Of(bytes);
  const seems = kind ?? reading.kind ?? null;
  return {
    documentId: documentId ?? `${seems ?? 'file'}-${fileSha256.slice(0, 10)}`,
    fileSha256,
    fileName: name,
    mediaType,
    sizeBytes: bytes.length,
    kind: seems,
    reading,
    receivedBy: role,
    receivedFrom: source,
    receivedAt: occurredAt,
  };
}

function noteOf({ outcome, notes }: Reading): { note?: string } {
  const why = {
    read: undefined,
    'no-text': 'a scan or a picture: its fields are asked for',
    'no-reader': 'nobody reads files of this kind yet: its fields are asked for',
    unreadable: 'the reader gave it up: its fields are asked for',
  }[outcome];
  const note = [why, ...notes].filter((one) => one !== undefined).join('; ');
  return note === '' ? {} : { note: note.slice(0, 300) };
}
