/**
 * docker-compose.yml without a container engine: each start command of our image runs as a plain process, with the
 * environment written there, against a PostgreSQL and a Temporal server of this test's own.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { readCompose } from '../../ops/compose-file.ts';
import { exitOf } from '../../stack/child.ts';
import type { EnginesInfo, EnginesOptions } from '../../stack/engines.ts';
import { freePorts } from '../../stack/free-ports.ts';
import { SHIPMENTS_TASK_QUEUE, shipmentWorkflowId } from '../../workflows/messages.ts';
import { searchAttributeTypes } from '../../workflows/search-attributes.ts';
import { askerOf, type Json } from '../api/running-stack.ts';
import { root } from '../house/source-files.ts';
import { type Container, layOutImage, mapped, startContainer } from './containers.ts';
import { eventually } from './eventually.ts';

const NAMESPACE = 'quayside';
const ORGANISATION = 'acme';
const newKey = () => `qk_${randomBytes(32).toString('hex')}`;
const [key, counterpartyKey] = [newKey(), newKey()];
const compose = readCompose({
  POSTGRES_PASSWORD: 'replaced below',
  QUAYSIDE_KEY: key,
  QUAYSIDE_COUNTERPARTY_KEY: counterpartyKey,
});

const folder = mkdtempSync(join(tmpdir(), 'quayside-shape-'));
const dataDir = join(folder, 'engines');
const where = { image: join(folder, 'image'), logs: join(folder, 'logs') };
const running = new Map<string, Container>();
let engines: ChildProcess | undefined;
let info: EnginesInfo;
let temporal: Client;
let ports: Map<string, number>;
let apis: ReturnType<typeof askerOf>[];

/** PostgreSQL and the Temporal server, kept by the program that keeps them for `npm start`; it stops them when it is told to, or when this process is gone. */
async function startEngines(): Promise<void> {
  const wanted: EnginesOptions = { dataDir, postgres: {}, temporal: { namespace: 'default', synchronous: 'NORMAL' } };
  const child = fork(join(root, 'stack/engines.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, QUAYSIDE_ENGINES: JSON.stringify(wanted) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  engines = child;
  info = await new Promise<EnginesInfo>((resolve, reject) => {
    child.on('message', (message: { kind: string; message?: string } & EnginesInfo) => {
      if (message.kind === 'ready') resolve(message);
      if (message.kind === 'failed') reject(new Error(message.message));
    });
    child.once('exit', (code) => reject(new Error(`the engines ended with ${code} before they were ready`)));
  });
}

/** One container of a service; a replica's variables replace those of the file. */
function start(service: string, replica = 1, own: Record<string, string> = {}): Container {
  const described = compose.services[service];
  if (!described) throw new Error(`docker-compose.yml has no service ${service}`);
  const environment = {
    ...mapped(service, described.environment, ports),
    DATABASE_URL: info.databaseUrl ?? '',
    // The volume that they share.
    ...(described.volumes.includes('files:/files') ? { QUAYSIDE_FILES_DIR: join(folder, 'files') } : {}),
    ...own,
  };
  const container = startContainer(`${service}-${replica}`, described, environment, where);
  running.set(container.name, container);
  return container;
}

async function stop(name: string): Promise<number | string> {
  const container = running.get(name);
  running.delete(name);
  return container ? container.stop() : 'not running';
}

/** The processes that ask the engine for work now. */
async function pollers(): Promise<string[]> {
  const described = await temporal.workflowService.describeTaskQueue({
    namespace: NAMESPACE,
    taskQueue: { name: SHIPMENTS_TASK_QUEUE },
    taskQueueType: 1,
  });
  return described.pollers?.map(({ identity }) => identity ?? '') ?? [];
}

/** Who has worked for a shipment: `pid@host` of the workers, in the order of what they did. */
async function workersOf(reference: string): Promise<string[]> {
  const { events } = await temporal.workflow.getHandle(shipmentWorkflowId(ORGANISATION, reference)).fetchHistory();
  return (events ?? []).flatMap((event) => {
    const did = event.workflowTaskCompletedEventAttributes ?? event.activityTaskStartedEventAttributes;
    return did?.identity ? [did.identity] : [];
  });
}

const released = (view: Json) => ['departure', 'arrival', 'destination-clearance'].includes(String(view.stage));
const processOf = (identity: string) => [...running.values()].find(({ pid }) => identity.startsWith(`${pid}@`));
const orderOf = (reference: string) => {
  const { plannedExportOn: _, ...atOnce } = exampleOrder;
  return { ...atOnce, orderedOn: new Date().toISOString().slice(0, 10), reference };
};
const startShipment = async (through: number, reference: string) => {
  const answer = await apis[through]?.('/v1/shipments', { body: orderOf(reference) });
  expect(answer).toMatchObject({ status: 201 });
};
const shipment = async (through: number, reference: string): Promise<Json> =>
  ((await apis[through]?.(`/v1/shipments/${reference}`)) ?? { json: {} as Json }).json;

beforeAll(async () => {
  mkdirSync(where.logs);
  mkdirSync(dataDir);
  // PostgreSQL's own user has to get in.
  for (const each of [folder, dataDir]) chmodSync(each, 0o711);
  layOutImage(where.image);
  await startEngines();
  const [api = 0, secondApi = 0, metrics = 0, secondMetrics = 0, ...parties] = await freePorts(9);
  ports = new Map([
    ['temporal:7233', Number(info.temporalAddress?.split(':')[1])],
    ['api:8080', api],
    ...parties.map((port, at): [string, number] => [`sandbox:${9001 + at}`, port]),
  ]);
  temporal = new Client({
    connection: await Connection.connect({ address: info.temporalAddress }),
    namespace: NAMESPACE,
  });
  // Twice at once, and once more: a deployment may run it beside itself, and every next one runs it again.
  expect(await Promise.all([start('set-up', 1), start('set-up', 2)].map((each) => each.ended()))).toEqual([0, 0]);
  expect(await start('set-up', 3).ended()).toBe(0);
  for (const replica of [1, 2, 3]) running.delete(`set-up-${replica}`);

  start('sandbox', 1, { SANDBOX_DATA_DIR: join(folder, 'sandbox') });
  // A container has its own port 9464.
  for (const [at, port] of [metrics, secondMetrics].entries())
    start('worker', at + 1, {
      QUAYSIDE_WORKER_METRICS: `127.0.0.1:${port}`,
      WORKFLOW_BUNDLES_DIR: join(folder, 'workflow-bundles'),
    });
  for (const [at, port] of [api, secondApi].entries()) start('api', at + 1, { QUAYSIDE_API_PORT: String(port) });
  apis = [api, secondApi].map((port) =>
    askerOf({ api: `http://127.0.0.1:${port}`, key, counterpartyKey, organisation: ORGANISATION }),
  );
  await eventually(pollers, (asking) => new Set(asking).size === 2, 60_000);
}, 120_000);

afterAll(async () => {
  await Promise.all([...running.keys()].map(stop));
  await temporal?.connection.close();
  if (engines?.connected) engines.send('stop');
  if (engines) await exitOf(engines);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('set-up, run three times', () => {
  it('has made the namespace, with the search attributes and the retention of the file', async () => {
    const { config } = await temporal.workflowService.describeNamespace({ namespace: NAMESPACE });
    const days = Number(compose.services['set-up']?.environment.TEMPORAL_RETENTION_DAYS);
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(days * 86_400);
    const { customAttributes } = await temporal.connection.operatorService.listSearchAttributes({
      namespace: NAMESPACE,
    });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(searchAttributeTypes)));
  });

  it('has made one organisation with its two keys', async () => {
    const client = new pg.Client({ connectionString: info.databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query('select organisation, role from api_key order by role');
      expect(rows).toEqual(['counterparty', 'manager'].map((role) => ({ organisation: ORGANISATION, role })));
    } finally {
      await client.end();
    }
  });
});

describe('two workers and two APIs', () => {
  const mine = Array.from({ length: 6 }, (_, at) => `SHAPE-${at + 1}`);

  it('both APIs can serve', async () => {
    for (const ask of apis)
      await eventually(
        () => ask('/readyz'),
        ({ status }) => status === 200,
      );
  });

  it('what is started through one is told and read through the other, and both workers take their share', async () => {
    for (const [at, reference] of mine.entries()) await startShipment(at % 2, reference);
    for (const [at, reference] of mine.entries())
      await eventually(
        () => shipment((at + 1) % 2, reference),
        ({ declarationNumber }) => String(declarationNumber).length === 18,
      );
    const told = await apis[1]?.(`/v1/shipments/${mine[0]}/events/fx-receipt`, {
      body: {
        ...{ messageId: 'receipt-1', occurredAt: new Date().toISOString(), source: 'test' },
        ...{ receiptId: 'receipt-1', instalment: 1, amount: '12000.00', charges: '0', currency: 'USD' },
        valueDate: new Date().toISOString().slice(0, 10),
      },
    });
    expect(told).toMatchObject({ status: 200, json: { status: 'applied' } });
    const log = await apis[0]?.(`/v1/shipments/${mine[0]}/events?limit=500`);
    expect(log?.text).toContain('fxReceipt');
    const identities = (await Promise.all(mine.map(workersOf))).flat();
    expect(new Set(identities.map((identity) => processOf(identity)?.name))).toEqual(new Set(['worker-1', 'worker-2']));
  }, 60_000);

  it('a file handed to one is fetched from the other, and readiness names its store', async () => {
    const bytes = Buffer.from('<?xml version="1.0"?><EInvoice><Number>26332000000012345678</Number></EInvoice>');
    const form = new FormData();
    form.append('source', 'test');
    form.append('file', new Blob([new Uint8Array(bytes)]), 'invoice.xml');
    const whole = new Response(form);
    const taken = await apis[0]?.(`/v1/shipments/${mine[0]}/documents`, {
      body: new Uint8Array(await whole.arrayBuffer()),
      headers: { 'content-type': whole.headers.get('content-type') ?? '' },
    });
    expect(taken).toMatchObject({ status: 201, json: { isNew: true } });
    const sha256 = String(taken?.json.file?.sha256);
    const fetched = await apis[1]?.(`/v1/shipments/${mine[0]}/documents/file?sha256=${sha256}`);
    expect(fetched).toMatchObject({ status: 200, text: bytes.toString() });
    for (const ask of apis) expect((await ask('/readyz')).json.checks).toMatchObject({ files: 'ok' });
    expect(readdirSync(join(folder, 'files'))).toContain('.quayside-files');
  }, 60_000);

  it('one worker that is stopped in the midst takes nothing with it: its shipments go on with the other', async () => {
    await startShipment(0, 'SHAPE-STOP');
    const worked = await eventually(
      () => workersOf('SHAPE-STOP'),
      (workers) => workers.length > 0,
    );
    const first = processOf(worked.at(-1) ?? '');
    expect(first).toBeDefined();
    expect(await stop(first?.name ?? '')).toBe(0);
    await eventually(() => shipment(1, 'SHAPE-STOP'), released);
    const last = (await workersOf('SHAPE-STOP')).at(-1) ?? '';
    expect(processOf(last)?.name).toMatch(/^worker/);
    for (const reference of mine) await eventually(() => shipment(0, reference), released);
  }, 60_000);

  it('every other one ends by itself within its grace period', async () => {
    const names = [...running.keys()].sort();
    expect(names).toEqual(['api-1', 'api-2', 'sandbox-1', expect.stringMatching(/^worker-[12]$/)]);
    const statuses = await Promise.all(names.map(async (name) => [name, await stop(name)]));
    expect(statuses).toEqual(names.map((name) => [name, 0]));
  }, 60_000);
});
