import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ImportFile } from '../../reference/importing/importer.ts';
import { isStorable } from '../../rules/storable-text.ts';
import { listsInForce, referenceLists } from '../../store/reference-lists.ts';
import { listImportedSchema, referenceListsSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import { partsOf } from '../parts.ts';
import { Problem } from '../problem.ts';
import { importList } from '../reference/import-list.ts';
import type { Mapping } from '../reference/importers.ts';
import type { Api, Services } from '../services.ts';
import { validatorCompiler } from '../validation.ts';

const FILE_AT_MOST_BYTES = 64 * 1024 * 1024;
/** A list comes in four files at most; past declarations come in one a year or a month. */
const FILES_AT_MOST = 24;
const ALL_AT_MOST_BYTES = 4 * FILE_AT_MOST_BYTES;
const IMPORTED_WITHIN_MS = 300_000;
const MAPPED_AT_MOST = 30;
/** Beside the mappings: the confirmation. */
const FIELDS_AT_MOST = MAPPED_AT_MOST + 1;

/** Our own people: an order system's key starts orders and does not say whom they are held against. */
const keepersOfLists = ['operator', 'finance', 'manager', 'engineer'] as const;

const importing = {
  operationId: 'importReferenceList',
  tags: ['compliance'],
  summary: 'Import a list or a table',
  description:
    'Files as their publisher gives them: `sdn` (sdn.csv with alt.csv, add.csv, sdn_comments.csv), `csl` (consolidated.csv), `hs` (nomenclature as CSV), `tariff` (ten-digit table) and `declarations` (past declarations) as CSV or XLSX. Every line is read or nothing is imported; the version before stays in force until all is written. The same files again change nothing. Files of sdn, csl, hs or tariff that hold less than 80 % of what is in force are refused unless `confirm` says `fewer`. Open shipments are then looked at again.',
  consumes: ['multipart/form-data'],
  params: z.object({ list: z.enum(referenceLists) }),
  body: z
    .object({
      file: z.array(z.string().meta({ format: 'binary' })).describe('One part a file, at most 64 MB each.'),
      map: z
        .array(z.string())
        .optional()
        .describe('`field=column` where a table calls a column otherwise, one part each; for tariff and declarations.'),
      confirm: z
        .literal('fewer')
        .optional()
        .describe('The list has become that much shorter: without it a file that was cut would be taken for the list.'),
    })
    .describe('The files.'),
  response: {
    200: answer(listImportedSchema, 'It is in force.'),
    ...problemsOf('bad-request', 'invalid-parameters', 'too-large', 'unsupported-media-type', 'invalid-content'),
  },
};

const listing = {
  operationId: 'listReferenceLists',
  tags: ['compliance'],
  summary: 'List what is imported',
  description: 'The lists and tables in force, each with its version, which says what its files contain.',
  response: { 200: answer(referenceListsSchema, 'The lists in force.'), ...problemsOf() },
};

export function referenceListRoutes(api: Api, services: Services): void {
  api.get('/reference', { schema: listing }, async ({ caller }) => ({
    lists: await services.database.within(caller.organisation, listsInForce),
  }));
  api.register(async (app: Api) => {
    await app.register(multipart, {
      limits: { fileSize: FILE_AT_MOST_BYTES, files: FILES_AT_MOST, fields: FIELDS_AT_MOST, fieldSize: 1000 },
    });
    app.post(
      '/reference/:list',
      {
        schema: importing,
        bodyLimit: ALL_AT_MOST_BYTES,
        handlerTimeout: IMPORTED_WITHIN_MS,
        config: { forRoles: keepersOfLists },
        // The parts are read as they come, and not before.
        validatorCompiler: (part) =>
          part.httpPart === 'body' ? (value: unknown) => ({ value }) : validatorCompiler(part as never),
      },
      async (request) => {
        const parts = await partsOf(request, readParts);
        return importList(services, request.caller.organisation, { list: request.params.list, ...parts });
      },
    );
  });
}

interface Parts {
  files: ImportFile[];
  mapping: Mapping;
  fewer: boolean;
}

async function readParts(request: FastifyRequest): Promise<Parts> {
  const files: ImportFile[] = [];
  const mapping: [string, string][] = [];
  let fewer = false;
  let bytes = 0;
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const content = await part.toBuffer();
      bytes += content.length;
      if (bytes > ALL_AT_MOST_BYTES) throw new Problem('too-large', 'the files have more than 256 MB together');
      files.push({ name: nameOf(part.filename, files.length + 1), content });
    } else if (part.fieldname === 'confirm') fewer = isFewer(part.value);
    else mapping.push(mappingOf(part.fieldname, part.value));
  }
  if (files.length === 0)
    throw new Problem('invalid-content', 'there is no file among the parts', {
      errors: [{ field: 'file', message: 'is missing' }],
    });
  return { files, mapping: Object.fromEntries(mapping), fewer };
}

/** As people call the file; only its name, and only what can be stored. */
function nameOf(name: string | undefined, place: number): string {
  const last = (name ?? '').split(/[/\\]/).at(-1)?.slice(0, 200) ?? '';
  return last !== '' && isStorable(last) ? last : `file ${place}`;
}

function isFewer(value: unknown): true {
  if (value === 'fewer') return true;
  throw new Problem('invalid-content', 'a part is not understood', {
    errors: [{ field: 'confirm', message: 'write fewer where the list has become that much shorter, or leave it out' }],
  });
}

function mappingOf(name: string, value: unknown): [string, string] {
  const [, field, column] = /^([A-Za-z]{1,40})=(.{1,200})$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (name !== 'map' || field === undefined || column === undefined)
    throw new Problem('invalid-content', 'a part is not understood', {
      errors: [{ field: name.slice(0, 80), message: 'write map as field=column, for example code=商品编码' }],
    });
  return [field, column];
}
