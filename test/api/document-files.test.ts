import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/services.ts';
import { stopReader } from '../../reading/in-worker.ts';
import { LARGEST_FILE_BYTES } from '../../reading/limits.ts';
import type { Database, Transaction } from '../../store/database.ts';
import type { FileStore } from '../../store/files/file-store.ts';
import { reference } from '../rules/orders.ts';
import { keys } from './stand-ins.ts';

/** A file that shipment A-1 was sent before. */
const paper = Buffer.from('%PDF-1.7 as it came');
const sha256 = createHash('sha256').update(paper).digest('hex');
const name = '合同 "118".pdf';

const reading = { outcome: 'unreadable', facts: {}, fields: [] };

const wholeFiles = new Map<string, Buffer>([[sha256, paper]]);
let puts: string[] = [];
let written: string[] = [];

const files: FileStore = {
  put: async (_organisation, bytes) => {
    const kept = createHash('sha256').update(bytes).digest('hex');
    puts.push(kept);
    return { sha256: kept, size: bytes.byteLength };
  },
  get: async (_organisation, wanted) => wholeFiles.get(wanted),
  has: async (_organisation, wanted) => wholeFiles.has(wanted),
  check: async () => {},
  mark: async () => {},
};

/** Knows the keys, the shipment A-1 and its one file; notes what is written. */
const database: Database = {
  within: (organisation, work) =>
    work({
      organisation,
      query: async (sql: string, values: unknown[] = []) => {
        if (!sql.trimStart().startsWith('select')) written.push(sql);
        if (values[1] !== 'A-1') return [];
        if (sql.includes('from shipment')) return [{ reference: 'A-1', progress: {} }];
        if (sql.includes('from received_document'))
          return [{ documentId: 'PC-118', fileSha256: sha256, fileName: name, mediaType: 'application/pdf', reading }];
        return [];
      },
    } as unknown as Transaction),
  query: async () => [{ organisation: 'acme', role: 'operator', keyId: '1' }] as never,
  close: async () => {},
};

let app: Api;
beforeAll(async () => {
  const temporal = { options: { namespace: 'default' } } as unknown as Client;
  app = buildApp({ database, temporal, reference, files, log: pino({ level: 'silent' }) });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await stopReader();
});
beforeEach(() => {
  puts = [];
  written = [];
});

const authorization = `Bearer ${keys.operator}`;
const get = (path: string) => app.inject({ url: `/v1/shipments/A-1/documents/${path}`, headers: { authorization } });

async function upload(form: FormData, shipment = 'A-1') {
  const whole = new Response(form);
  const response = await app.inject({
    method: 'POST',
    url: `/v1/shipments/${shipment}/documents`,
    headers: { authorization, 'content-type': whole.headers.get('content-type') ?? '' },
    payload: Buffer.from(await whole.arrayBuffer()),
  });
  return { status: response.statusCode, problem: response.json() as Record<string, unknown> };
}

function formOf(parts: Record<string, string>, file?: { name: string; bytes: Uint8Array }): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(parts)) form.append(field, value);
  if (file) form.append('file', new Blob([file.bytes as Uint8Array<ArrayBuffer>]), file.name);
  return form;
}

const whole = { name: 'invoice.xml', bytes: Buffer.from('<?xml version="1.0"?><EInvoice/>') };
const source = 'Li Wei';

it.each([
  ['purchase_contract', 'for example purchase-contract'],
  ['Purchase Contract', 'for example purchase-contract'],
  ['PurchaseContract', 'for example purchase-contract'],
  ['../up', 'for example certificate-cpc'],
])('a kind written as %s is refused with how kinds are written', async (kind, message) => {
  const { status, problem } = await upload(formOf({ source, kind }, whole));
  expect(status).toBe(422);
  expect(problem.errors).toEqual([{ field: 'kind', message: expect.stringContaining(message) }]);
});

describe('a file that is not taken, of which nothing is kept', () => {
  const refused: [string, FormData, number, string, string][] = [
    [
      'a program by the name of a paper',
      formOf({ source }, { name: 'contract.pdf', bytes: Buffer.from(`MZ${'\0'.repeat(200)}`) }),
      ...([422, 'document-refused', 'file'] as const),
    ],
    [
      'an empty file',
      formOf({ source }, { name: 'a.pdf', bytes: Buffer.alloc(0) }),
      ...([422, 'document-refused', 'file'] as const),
    ],
    ['no file', formOf({ source }), 422, 'invalid-content', 'file'],
    ['nobody who hands it in', formOf({}, whole), 422, 'invalid-content', 'source'],
    ['a part that nobody knows', formOf({ source, colour: 'red' }, whole), 422, 'invalid-content', 'colour'],
    ['a kind that is none', formOf({ source, kind: '../up' }, whole), 422, 'invalid-content', 'kind'],
  ];
  it.each(refused)('%s', async (_what, form, status, type, field) => {
    const answer = await upload(form);
    expect(answer).toMatchObject({ status, problem: { type: `/problems/${type}`, errors: [{ field }] } });
    expect([puts, written]).toEqual([[], []]);
  });

  it('one that is larger than papers are: 413', async () => {
    const bytes = Buffer.alloc(LARGEST_FILE_BYTES + 1, '%PDF-1.7 ');
    expect(await upload(formOf({ source }, { name: 'a.pdf', bytes }))).toMatchObject({
      ...{ status: 413, problem: { type: '/problems/too-large' } },
    });
    expect([puts, written]).toEqual([[], []]);
  });

  it('one for a shipment that is not there: 404, before it is looked at', async () => {
    expect(await upload(formOf({ source }, whole), 'A-2')).toMatchObject({ status: 404 });
    expect([puts, written]).toEqual([[], []]);
  });

  it('two in one request', async () => {
    const form = formOf({ source }, whole);
    form.append('file', new Blob(['%PDF-1.7']), 'b.pdf');
    expect(await upload(form)).toMatchObject({
      status: 422,
      problem: { errors: [{ message: 'send fewer files a request' }] },
    });
    expect([puts, written]).toEqual([[], []]);
  });

  it('one that is sent as JSON: 415, and how to send it', async () => {
    const response = await app.inject({
      ...{ method: 'POST', url: '/v1/shipments/A-1/documents', payload: '{}' },
      headers: { authorization, 'content-type': 'application/json' },
    });
    expect([response.statusCode, response.json().detail]).toEqual([415, expect.stringContaining('multipart')]);
  });
});

describe('a confirmation with figures that cannot be, of which nothing is kept', () => {
  const said = { messageId: 'm-1', occurredAt: '2026-11-27T08:00:00Z', source, documentId: 'PC-118' };
  const lines = [{ nameZh: '台灯', quantity: '-10' }];
  it.each<[string, object, string]>([
    ['stated', { facts: { lines } }, 'facts.lines[0].quantity'],
    ['stated of the whole', { facts: { total: '-100.00' } }, 'facts.total'],
    ['corrected', { facts: {}, corrections: { grossWeightKg: '-1.5' } }, 'corrections.grossWeightKg'],
  ])('%s', async (_what, body, field) => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/shipments/A-1/documents/confirmation',
      headers: { authorization },
      payload: { ...said, kind: 'purchase-contract', ...body },
    });
    expect([response.statusCode, response.json()]).toMatchObject([
      422,
      {
        type: '/problems/invalid-content',
        errors: [{ field, message: expect.stringMatching(/below zero \(-1.*credit note is another paper/) }],
      },
    ]);
    expect(written).toEqual([]);
  });
});

describe('a file that is fetched', () => {
  it('comes as it was handed in, to be saved and never shown in place', async () => {
    const response = await get(`file?sha256=${sha256}`);
    expect(response.statusCode).toBe(200);
    expect(response.rawPayload.equals(paper)).toBe(true);
    expect(response.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it.each([
    ['neither id nor hash', 'file', 400],
    ['both of them', `file?id=PC-118&sha256=${sha256}`, 400],
    ['a hash that is none', 'file?sha256=abc', 400],
    ['a revision before the first', 'file?id=PC-118&revision=0', 400],
    ["another shipment's file", `file?sha256=${'0'.repeat(64)}`, 404],
  ])('%s is refused', async (_what, path, status) => expect((await get(path)).statusCode).toBe(status));
});
