import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/services.ts';
import { startPending } from '../../api/start-pending.ts';
import example from '../../examples/order.json' with { type: 'json' };
import { loadReference } from '../../reference/load.ts';
import { orderSchema } from '../../rules/order/order.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { rechecksNotStarted } from '../../store/rechecks.ts';
import { insertShipment, markStarted } from '../../store/shipments.ts';
import { insertTask } from '../../store/tasks.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
import { ReviewDesk, sdnFiles } from '../scenarios/review-desk.ts';
import { ask, orderOf, run, stack } from './callers.ts';
import { clientOf, type DeadEnd, refusing, silent } from './dead-ends.ts';
import { everyDoor, send } from './every-door.ts';
import { noFiles } from './stand-ins.ts';

/** What the records alone can say, and say truly while the engine is away. */
const fromRecords: Record<string, number> = {
  ...{ getHealth: 200, getProblem: 200, getMetrics: 200 },
  ...{ listShipments: 200, getShipment: 200, listShipmentEvents: 200, listDocuments: 200, getDocument: 404 },
  ...{ getDocumentFile: 404, exportArchive: 200 },
  ...{ listTasks: 200, getOrganisationSettings: 200, putOrganisationSettings: 200 },
  ...{
    checkOrder: 200,
    compareVariants: 200,
    screenName: 200,
    searchGoods: 200,
    quoteLandedCost: 201,
    getLandedCostQuote: 404,
  },
  // No review rests on the nomenclature: the engine is not asked for a look at open shipments.
  ...{ listReferenceLists: 200, importReferenceList: 200, listRechecks: 200, getRecheck: 404 },
};
const { organisation, key } = stack;
const quiet = pino({ level: 'silent' });
let database: Database;
let temporal: Client;

beforeAll(async () => {
  database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 5);
  const { temporalAddress } = stack as typeof stack & { temporalAddress: string };
  temporal = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
});
afterAll(async () => {
  await temporal.connection.close();
  await database.close();
});

/** A shipment that is known to run, and a task that it waits for. */
async function subject(reference: string) {
  const taskId = `${reference}/question`;
  const at = new Date().toISOString();
  const dates = { startedAt: at, dueAt: at, warnAt: [] };
  await database.within(organisation, async (transaction) => {
    await insertShipment(transaction, orderSchema.parse({ ...example, reference }), 'hash', true);
    await markStarted(transaction, reference);
    await insertTask(transaction, {
      ...{ id: taskId, reference, workflowId: shipmentWorkflowId(organisation, reference), askedAt: at },
      question: {
        ...{ key: 'q', kind: 'customs-silent', question: 'q', evidence: [], ownerRole: 'operator' },
        choices: [{ id: 'keep-waiting', label: 'wait' }],
      },
      deadline: { ...{ id: 'd', basis: 'b', jurisdiction: 'CN', owner: 'operator', provisional: false }, ...dates },
    });
  });
  return { reference, taskId };
}

/** The ways in which an engine is away. They are tried at the same time: each makes its callers wait for a while. */
const ways = { refused: refusing, silent };

describe('the engine away, the database there', () => {
  const apps = new Map<string, Api>();
  const deadEnds: DeadEnd[] = [];
  beforeAll(async () => {
    for (const [way, deadEnd] of Object.entries(ways)) {
      const there = await deadEnd();
      const app = buildApp({
        database,
        temporal: clientOf(there),
        reference: loadReference(),
        files: noFiles(),
        log: quiet,
      });
      await app.ready();
      apps.set(way, app);
      deadEnds.push(there);
    }
  });
  afterAll(async () => {
    for (const app of apps.values()) await app.close();
    for (const there of deadEnds) await there.close();
  });
  const eachWay = <T>(work: (way: string, app: Api) => Promise<T>) =>
    Promise.all([...apps].map(([way, app]) => work(way, app)));

  it('a door that needs it answers 503 with Retry-After; the others what the records say', async () => {
    const answers = await eachWay(async (way, app) => {
      const doors = everyDoor(app, await subject(`${run}-${way}`));
      return Promise.all(
        doors.map(async (door) => {
          const { statusCode, headers } = await send(app, key, door);
          return { way, door: door.operationId, status: statusCode, retryAfter: headers['retry-after'] };
        }),
      );
    });
    expect(answers.flat()).toEqual(
      answers.flat().map(({ way, door }) => ({
        ...{ way, door, status: fromRecords[door] ?? 503 },
        retryAfter: fromRecords[door] === undefined ? expect.stringMatching(/^[1-9]\d*$/) : undefined,
      })),
    );
  }, 90_000);

  it('an order that was answered 503 is stored, and starts as soon as the engine is back; sent again, it is confirmed', async () => {
    await eachWay(async (way, app) => {
      const reference = `${run}-order-${way}`;
      const payload = JSON.stringify(orderOf(reference));
      const idempotency = { 'idempotency-key': reference };
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...idempotency };
      const first = await app.inject({ method: 'POST', url: '/v1/shipments', headers, payload });
      expect(first.statusCode).toBe(503);
      await startPending({ database, temporal }, quiet);
      const { status } = await temporal.workflow.getHandle(shipmentWorkflowId(organisation, reference)).describe();
      expect(status.name).toBe('RUNNING');
      const again = await ask('/v1/shipments', { body: payload, headers: idempotency });
      expect(again).toMatchObject({ status: 201, json: { reference, status: 'started' } });
    });
  }, 90_000);

  it('a sanctions list that was answered 503 is in force, and open shipments are looked at as soon as the engine is back', async () => {
    await eachWay(async (way, app) => {
      const desk = new ReviewDesk(`away-${way}`);
      await desk.open();
      await desk.start('LISTED-1', { buyer: { name: 'Zephyrine Munitions', country: 'US', address: '1 Pier' } });
      await desk.waitsFor('LISTED-1', 'planned-export');
      const form = new FormData();
      const files = sdnFiles([{ number: 72010, name: 'ZEPHYRINE MUNITIONS', country: 'Iran' }]);
      for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content]), name);
      const { headers, body } = new Response(form);
      const refused = await app.inject({
        ...{ method: 'POST', url: '/v1/reference/sdn' },
        headers: { authorization: `Bearer ${desk.key}`, 'content-type': headers.get('content-type') ?? '' },
        payload: Buffer.from(await new Response(body).arrayBuffer()),
      });
      expect(refused.statusCode).toBe(503);
      expect((await desk.ask('/v1/reference')).text).toContain('"sdn"');
      // Called for already; the stack's own API may be the first to find it.
      const called = (await desk.ask('/v1/compliance/rechecks')).json.rechecks?.[0];
      expect(called).toMatchObject({ cause: { kind: 'list' } });
      await startPending({ database, temporal }, quiet);
      expect(await desk.reportOf(String(called?.id))).toMatchObject({ affected: [{ reference: 'LISTED-1' }] });
      await desk.asked('LISTED-1', (task) => task.finding?.kind === 'screening');
      expect(await rechecksNotStarted(database)).not.toContainEqual(
        expect.objectContaining({ organisation: desk.organisation }),
      );
    });
  }, 90_000);
});
