import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { stopReader } from '../../reading/in-worker.ts';
import { LARGEST_FILE_BYTES } from '../../reading/limits.ts';
import { standingOf } from '../../rules/documents/known-kinds.ts';
import { fieldErrors } from '../../rules/field-errors.ts';
import { referenceSchema } from '../../rules/order/order.ts';
import { submitDocumentSchema } from '../../workflows/messages.ts';
import { confirmDocumentSchema, documentConfirmedSchema, fileTakenSchema } from '../document-contract.ts';
import { confirmDocument } from '../documents/confirm-document.ts';
import { fileOf } from '../documents/list-documents.ts';
import { takeFile } from '../documents/take-file.ts';
import { answer, problemsOf } from '../openapi.ts';
import { partsOf } from '../parts.ts';
import { Problem } from '../problem.ts';
import type { Api, ServicesWithFiles } from '../services.ts';
import { validatorCompiler } from '../validation.ts';
import { statusOf, verdictAnswers, verdictProblems } from '../verdict.ts';

const params = z.object({ reference: referenceSchema });
/** A reader may take ten seconds, and wait for another one. */
const TAKEN_WITHIN_MS = 60_000;
const FIELDS_AT_MOST = 6;

const aboutFile = z.strictObject({
  documentId: submitDocumentSchema.shape.documentId.optional(),
  kind: submitDocumentSchema.shape.kind.optional(),
  source: submitDocumentSchema.shape.source,
  occurredAt: submitDocumentSchema.shape.occurredAt.optional(),
});

const upload = {
  operationId: 'addDocument',
  tags: ['documents'],
  summary: 'Hand in the file of a paper',
  description:
    'PDF, XLSX, PNG, JPEG, TIFF, WebP, XML or OFD, at most 20 MB, known by its content. It is kept by its hash and read; a task asks a person to confirm what it says. The same file again is the same paper. What runs, is locked or is broken is refused, and nothing of it is kept.',
  consumes: ['multipart/form-data'],
  params,
  body: z
    .object({
      file: z.string().meta({ format: 'binary', description: 'The file itself; one a request.' }),
      documentId: z
        .string()
        .optional()
        .describe('Of the paper; another file under the same id is the paper re-issued.'),
      kind: z.string().optional().describe('For example purchase-contract; absent, its words say it.'),
      source: z.string().describe('Who hands it in.'),
      occurredAt: z.string().optional().describe('When it came; default: now.'),
    })
    .describe('The file, and what is known of it.'),
  response: {
    200: answer(fileTakenSchema, 'The shipment has this very file already.'),
    201: answer(fileTakenSchema, 'It is kept, and a person is asked.'),
    ...problemsOf(...verdictProblems, 'document-refused'),
  },
};

const confirmation = {
  operationId: 'confirmDocument',
  tags: ['documents'],
  summary: 'Confirm what a paper says',
  description:
    'As it was read, with corrections by path, or all its facts. Kept as evidence with who and when; from then on the paper is compared with all the others, where papers of its kind are: `ofKind` says so. Without a file it needs its facts.',
  params,
  body: confirmDocumentSchema,
  response: {
    ...verdictAnswers,
    200: answer(documentConfirmedSchema, 'It is held against the other papers.'),
    202: answer(documentConfirmedSchema, 'It came before its time, and is compared when the shipment gets there.'),
  },
};

/** Our own people and systems: what counts as evidence is not a counterparty's to say. */
export function documentFileRoutes(api: Api, services: ServicesWithFiles): void {
  api.post(
    '/shipments/:reference/documents/confirmation',
    { schema: confirmation },
    async ({ caller, params: { reference }, body }, reply) => {
      const { verdict, kind, ...stated } = await confirmDocument(services, caller, reference, body);
      const ofKind = standingOf(kind, services.reference);
      return reply.code(statusOf(verdict)).send({ ...verdict, kind, ofKind, ...stated });
    },
  );
  // The reader's thread would keep a process alive that has nothing else to do.
  api.addHook('onClose', stopReader);
  api.register(async (app: Api) => {
    await app.register(multipart, {
      limits: { fileSize: LARGEST_FILE_BYTES, files: 1, fields: FIELDS_AT_MOST, fieldSize: 1000 },
    });
    app.post(
      '/shipments/:reference/documents',
      {
        schema: upload,
        bodyLimit: LARGEST_FILE_BYTES + 100_000,
        handlerTimeout: TAKEN_WITHIN_MS,
        // The parts are read as they come, and not before.
        validatorCompiler: (part) =>
          part.httpPart === 'body' ? (value: unknown) => ({ value }) : validatorCompiler(part as never),
      },
      async (request, reply) => {
        const taken = await takeFile(
          services,
          request.caller,
          request.params.reference,
          await partsOf(request, readParts),
        );
        const { document, isNew, alsoIn, verdict, notes } = taken;
        statusOf(verdict);
        const ofKind = document.kind === null ? null : standingOf(document.kind, services.reference);
        return reply.code(isNew ? 201 : 200).send({
          ...{ documentId: document.documentId, isNew, kind: document.kind, ofKind, file: fileOf(document) },
          ...{ reading: document.reading, alsoIn, notes, verdict },
        });
      },
    );
  });
}

async function readParts(request: FastifyRequest) {
  const said: Record<string, unknown> = {};
  let file: { name: string; bytes: Buffer } | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'file') file = { name: part.filename ?? '', bytes: await part.toBuffer() };
    else said[part.fieldname] = part.value;
  }
  if (!file)
    throw new Problem('invalid-content', 'there is no file among the parts', {
      errors: [{ field: 'file', message: 'is missing' }],
    });
  const about = aboutFile.safeParse(said);
  if (!about.success)
    throw new Problem('invalid-content', 'a part is not understood', { errors: fieldErrors(about.error.issues) });
  return { ...file, ...about.data, occurredAt: about.data.occurredAt ?? new Date().toISOString() };
}
