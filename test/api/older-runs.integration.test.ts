import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { orderSchema } from '../../rules/order/order.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { insertShipment, markStarted } from '../../store/shipments.ts';
import { keptBundles, RELEASES_FOLDER } from '../../worker/workflow-bundle.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
import { ask, orderOf, run, said, stack } from './callers.ts';

const reference = `${run}-OLD`;
const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const { temporalAddress } = stack as typeof stack & { temporalAddress: string };
/** The release that knows neither files handed in nor papers opened again. */
const [release = ''] = keptBundles(RELEASES_FOLDER).filter((each) => each === 'db8e133cfa5ea1fc');
let database: Database;
let temporal: Client;
let worker: ChildProcess;

/** A shipment whose run began on that release, as the records and the engine have it after a deployment. */
beforeAll(async () => {
  database = openDatabase(databaseUrl, 2);
  temporal = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
  const environment = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, QUAYSIDE_TEST_RELEASE: release };
  worker = fork(join(__dirname, 'worker-of-release.ts'), {
    ...{ execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    env: { ...process.env, ...environment, QUAYSIDE_TEST_QUEUE: run },
  });
  expect(await once(worker, 'message')).toMatchObject([{ kind: 'ready' }]);
  const { organisation } = stack;
  await database.within(organisation, async (transaction) => {
    await insertShipment(transaction, orderSchema.parse(orderOf(reference)), 'hash', true);
    await markStarted(transaction, reference);
  });
  await temporal.workflow.start('shipment', {
    ...{ workflowId: shipmentWorkflowId(organisation, reference), taskQueue: run },
    args: [{ organisation, reference, simulated: true }],
  });
}, 60_000);
afterAll(async () => {
  // Called off by the last test; one that failed before leaves it running.
  await temporal.workflow
    .getHandle(shipmentWorkflowId(stack.organisation, reference))
    .terminate('the test is over')
    .catch(() => undefined);
  const ended = once(worker, 'exit');
  worker.send('stop');
  await ended;
  await temporal.connection.close();
  await database.close();
}, 20_000);

it.each<[string, string, object]>([
  ['a message that it does not know', 'unlock', { reason: 'a wrong unit' }],
  [
    'a field that it does not know',
    'declaration-amendment',
    { reason: 'freight was left out', charges: { freight: '120.00' } },
  ],
])(
  'a run of an older version gets %s: 503 to be sent again, and never a refusal',
  async (_what, door, content) => {
    const answer = await ask(`/v1/shipments/${reference}/events/${door}`, { body: { ...said(), ...content } });
    expect(answer).toMatchObject({ status: 503, json: { type: '/problems/unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.json.detail).toMatch(/older version.*moves to the new version soon/);
  },
  30_000,
);

it('what it does know is taken by it', async () => {
  const body = { ...said(), reason: 'the buyer has called it off' };
  expect(await ask(`/v1/shipments/${reference}/events/cancellation`, { body })).toMatchObject({ status: 200 });
}, 30_000);
