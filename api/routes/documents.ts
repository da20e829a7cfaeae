import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { referenceSchema } from '../../rules/order/order.ts';
import type { Transaction } from '../../store/database.ts';
import { documentsOf } from '../../store/papers.ts';
import { allStatements } from '../../store/received-documents.ts';
import { findShipment, type ShipmentRow } from '../../store/shipments.ts';
import { documentContentSchema, documentListSchema } from '../document-contract.ts';
import { archiveOfShipment } from '../documents/archive-of-shipment.ts';
import { bytesOfDocument, type HandedOut, received } from '../documents/bytes-of-document.ts';
import { listDocuments, papersOf, withoutRevision } from '../documents/list-documents.ts';
import { answer, fileAnswer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, ServicesWithFiles } from '../services.ts';

const params = z.object({ reference: referenceSchema });
const ofOne = z.object({
  id: z.string().min(1).max(200).describe('Id of the paper.'),
  revision: z.coerce.number().int().min(1).optional().describe('Default: the latest.'),
});

const list = {
  operationId: 'listDocuments',
  tags: ['documents'],
  summary: 'List the papers of a shipment',
  description:
    'Made by us or handed in; a changed paper is a new revision, and none is lost. Files that wait to be confirmed. And the document archive (备案单证): what is here, what is missing, who owes it and since when.',
  params,
  response: {
    200: answer(documentListSchema, 'The papers, by kind and revision.'),
    ...problemsOf('invalid-parameters', 'not-found'),
  },
};

const content = {
  operationId: 'getDocument',
  tags: ['documents'],
  summary: 'Read a paper as data',
  description: 'By its id and revision; without a revision, the latest. `facts`: what a person confirmed that it says.',
  params,
  querystring: ofOne,
  response: { 200: answer(documentContentSchema, 'The paper.'), ...problemsOf('invalid-parameters', 'not-found') },
};

const file = {
  operationId: 'getDocumentFile',
  tags: ['documents'],
  summary: 'Fetch the file of a paper',
  description:
    'Our own as PDF, printed when it is first asked for and kept from then on; what was handed in as it was. By `id`, or by the `sha256` of a file that waits to be confirmed.',
  params,
  querystring: z
    .object({
      id: ofOne.shape.id.optional(),
      revision: ofOne.shape.revision,
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits')
        .optional(),
    })
    .refine(({ id, sha256 }) => (id === undefined) !== (sha256 === undefined), 'give either id or sha256'),
  response: {
    200: fileAnswer('*/*', 'The file, by its own media type.'),
    ...problemsOf('invalid-parameters', 'not-found', 'file-missing', 'file-damaged'),
  },
};

const archive = {
  operationId: 'exportArchive',
  tags: ['documents'],
  summary: 'Export the document archive',
  description: 'A zip of all papers with their catalogue, in the order of the archive that the tax bureau asks for.',
  params,
  response: {
    200: fileAnswer('application/zip', 'The zip.'),
    ...problemsOf('invalid-parameters', 'not-found', 'file-missing', 'file-damaged'),
  },
};

export function documentRoutes(app: Api, services: ServicesWithFiles): void {
  const { database, reference: law } = services;
  const within = <T>(
    organisation: string,
    reference: string,
    work: (transaction: Transaction, shipment: ShipmentRow) => Promise<T>,
  ) =>
    database.within(organisation, async (transaction) => {
      const shipment = await findShipment(transaction, reference);
      if (!shipment) throw notFound(`shipment ${reference}`);
      return work(transaction, shipment);
    });

  app.get('/shipments/:reference/documents', { schema: list }, ({ caller, params: { reference } }) =>
    within(caller.organisation, reference, (transaction, shipment) => listDocuments(transaction, shipment, law)),
  );

  app.get(
    '/shipments/:reference/documents/content',
    { schema: content },
    ({ caller, params: { reference }, query: { id, revision } }) =>
      within(caller.organisation, reference, async (transaction) => {
        const paper = latest(await documentsOf(transaction, reference), id, revision, reference);
        const { facts: hash } = paper.content as { facts?: string };
        const statement = (await allStatements(transaction, reference)).find(({ factsSha256 }) => factsSha256 === hash);
        return { ...paper, facts: statement?.facts ?? null };
      }),
  );

  app.get('/shipments/:reference/documents/file', { schema: file }, async (request, reply) => {
    const { organisation } = request.caller;
    const { reference } = request.params;
    const { id, revision, sha256 } = request.query;
    if (sha256 !== undefined) return send(reply, await received(services, organisation, reference, sha256));
    const { documents } = await within(organisation, reference, (transaction) => papersOf(transaction, reference));
    const paper = latest(documents, id ?? '', revision, reference);
    return send(reply, await bytesOfDocument(services, organisation, reference, paper));
  });

  app.get('/shipments/:reference/documents/archive', { schema: archive }, async (request, reply) => {
    const { reference } = request.params;
    return send(reply, await archiveOfShipment(services, request.caller.organisation, reference));
  });
}

function latest<Paper extends { id: string; revision: number }>(
  papers: readonly Paper[],
  id: string,
  revision: number | undefined,
  reference: string,
): Paper {
  const isIt = (one: Paper) => one.id === id || withoutRevision(one.id) === id;
  const paper = papers.findLast((one) => isIt(one) && (revision === undefined || one.revision === revision));
  if (paper) return paper;
  throw notFound(`paper ${id}${revision === undefined ? '' : ` of revision ${revision}`} in shipment ${reference}`);
}

/** Always to be saved and never to be shown in place: a file that others made runs nothing here. */
function send(reply: FastifyReply, { name, mediaType, bytes }: HandedOut): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .type(mediaType)
    .serializer((payload: unknown) => payload as string)
    .send(Readable.from([bytes]));
}
