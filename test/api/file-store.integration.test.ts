import { mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/services.ts';
import { stopReader } from '../../reading/in-worker.ts';
import { loadReference } from '../../reference/load.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { filesOnDisk } from '../../store/files/disk.ts';
import { sha256Of } from '../../store/sha256.ts';
import { ask, orderOf, run, stack, start, waits } from './callers.ts';

/** An API beside the stack's own, on the same database and engine, with a file store that these tests take away. */
const folder = mkdtempSync(join(tmpdir(), 'quayside-door-'));
const home = join(folder, 'files');
let database: Database;
let temporal: Client;
let app: Api;

beforeAll(async () => {
  database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 3);
  const { temporalAddress } = stack as typeof stack & { temporalAddress: string };
  temporal = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
  const files = filesOnDisk(home);
  await files.mark();
  app = buildApp({ database, temporal, reference: loadReference(), files, log: pino({ level: 'silent' }) });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await stopReader();
  await temporal.connection.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const authorization = `Bearer ${stack.key}`;
const invoice = Buffer.from(`<?xml version="1.0"?><EInvoice><Number>${run}</Number></EInvoice>`);

async function upload(reference: string, parts: Record<string, string> = {}) {
  const form = new FormData();
  for (const [field, value] of Object.entries({ source: 'Li Wei', ...parts })) form.append(field, value);
  form.append('file', new Blob([new Uint8Array(invoice)]), 'invoice.xml');
  const whole = new Response(form);
  return app.inject({
    method: 'POST',
    url: `/v1/shipments/${reference}/documents`,
    headers: { authorization, 'content-type': whole.headers.get('content-type') ?? '' },
    payload: Buffer.from(await whole.arrayBuffer()),
  });
}
const get = (url: string) => app.inject({ url, headers: { authorization } });
const fileOf = (reference: string) => get(`/v1/shipments/${reference}/documents/file?sha256=${sha256Of(invoice)}`);
const tasksOf = async (reference: string) =>
  (await ask(`/v1/tasks?reference=${reference}&status=open`)).json.tasks as unknown as { kind: string }[];

describe('the file store away', () => {
  const reference = `${run}-FILES`;
  beforeAll(async () => {
    await start(orderOf(reference));
    await waits(reference);
  });

  it('a file is not told of, the door says 503, and readiness and metrics say so; sent again afterwards, it is taken', async () => {
    renameSync(home, `${home}-kept`);
    writeFileSync(home, 'no folder any more');
    for (const parts of [{}, {}, { kind: 'purchase-contract' }] as Record<string, string>[]) {
      const away = await upload(reference, parts);
      expect([away.statusCode, away.headers['retry-after'], away.json().type]).toEqual([
        ...[503, '5', '/problems/unavailable'],
      ]);
    }
    const log = await ask(`/v1/shipments/${reference}/events?limit=500`);
    expect(log.text).not.toContain('receiveDocument');
    expect((await tasksOf(reference)).filter(({ kind }) => kind === 'document-unconfirmed')).toEqual([]);
    expect((await get('/readyz')).json()).toMatchObject({
      status: 'ready',
      checks: { database: 'ok', files: 'not reached, or without room' },
    });
    expect((await get('/metrics')).body).toMatch(/^quayside_file_store_usable 0$/m);

    unlinkSync(home);
    renameSync(`${home}-kept`, home);
    expect((await upload(reference)).statusCode).toBe(201);
    expect((await fileOf(reference)).rawPayload).toEqual(invoice);
    expect((await tasksOf(reference)).filter(({ kind }) => kind === 'document-unconfirmed')).toHaveLength(1);
  }, 40_000);

  it('a volume that is not mounted is not an empty store: a kept file is not there for the moment', async () => {
    renameSync(home, `${home}-kept`);
    const answers = [await fileOf(reference), await upload(reference)];
    renameSync(`${home}-kept`, home);
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers['retry-after']])).toEqual([
      ...[
        [503, '5'],
        [503, '5'],
      ],
    ]);
    expect((await fileOf(reference)).statusCode).toBe(200);
  });

  it('a kept file that is lost says so, and is whole again when it is handed in once more', async () => {
    const sha256 = sha256Of(invoice);
    unlinkSync(join(home, stack.organisation, sha256.slice(0, 2), sha256));
    const lost = await fileOf(reference);
    expect([lost.statusCode, lost.json().type]).toEqual([500, '/problems/file-missing']);
    expect((await upload(reference)).json()).toMatchObject({ isNew: false });
    expect((await fileOf(reference)).rawPayload).toEqual(invoice);
  }, 20_000);
});
