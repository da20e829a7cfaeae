/** Re-checks that meet shipments which cannot be looked at, engines that are away, and looks that broke off. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { pino } from 'pino';
import { complianceActivities } from '../../activities/compliance/activities.ts';
import { isPassing } from '../../activities/errors.ts';
import { startShipment } from '../../api/engine.ts';
import { loadReference } from '../../reference/load.ts';
import { orderSchema } from '../../rules/order/order.ts';
import { WorkflowClock } from '../../simulation/clock.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { beginRecheck } from '../../store/rechecks.ts';
import { sha256OfJson } from '../../store/sha256.ts';
import { insertShipment, markStarted } from '../../store/shipments.ts';
import { recheckAfterLawChange } from '../../worker/law-changes.ts';
import { recheckWorkflowId, SHIPMENTS_TASK_QUEUE, shipmentWorkflowId } from '../../workflows/messages.ts';
import { clientOf, refusing, silent } from '../api/dead-ends.ts';
import { engine, running } from './playing.ts';
import { type Listed, orderOf, ReviewDesk, sdnFiles } from './review-desk.ts';

const NOBODYS_QUEUE = 'nobody-works-here';
const reference = loadReference();
const quiet = pino({ level: 'silent' });
const buyer = (name: string) => ({ buyer: { name, country: 'US', address: '1 Pier' } });
const listed = (number: number, name: string): Listed => ({ number, name: name.toUpperCase(), country: 'Iran' });

let client: Client;
let database: Database;
beforeAll(async () => {
  client = await engine();
  database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
});
afterAll(async () => {
  await client.connection.close();
  await database.close();
});

/** A shipment that is on record as running. */
async function onRecord({ organisation }: ReviewDesk, shipment: string, changes: object) {
  const order = orderSchema.parse(orderOf(shipment, changes));
  await database.within(organisation, async (transaction) => {
    await insertShipment(transaction, order, 'hash', false);
    await markStarted(transaction, shipment);
  });
  return order;
}

/** Past the doors, as a hand at the database would. */
async function breakOrder({ organisation }: ReviewDesk, shipment: string): Promise<void> {
  const owner = new pg.Client({ connectionString: process.env.QUAYSIDE_TEST_DATABASE_URL });
  await owner.connect();
  try {
    await owner.query(`update shipment set order_body = '{"lines": 7}' where organisation = $1 and reference = $2`, [
      organisation,
      shipment,
    ]);
  } finally {
    await owner.end();
  }
}

describe('shipments that cannot be looked at or told', () => {
  const desk = new ReviewDesk('silent');
  const name = 'Quillon Ordnance';
  beforeAll(() => desk.open());

  it('keep no other from being told, and are named with why; they are looked at again until they are reached', async () => {
    await desk.start('A-BROKEN', buyer(name));
    await desk.start('Z-TOLD', buyer(name));
    await desk.waitsFor('A-BROKEN', 'planned-export');
    await desk.waitsFor('Z-TOLD', 'planned-export');
    await breakOrder(desk, 'A-BROKEN');
    const unknown = await onRecord(desk, 'B-UNKNOWN', buyer(name));
    await onRecord(desk, 'C-SILENT', buyer(name));
    await client.workflow.start('shipment', {
      workflowId: shipmentWorkflowId(desk.organisation, 'C-SILENT'),
      taskQueue: NOBODYS_QUEUE,
      args: [{ organisation: desk.organisation, reference: 'C-SILENT', simulated: false }],
    });
    const { recheck, report } = await desk.imports('sdn', sdnFiles([listed(71010, name)]));
    expect(report).toMatchObject({
      looked: 4,
      affected: [{ reference: 'Z-TOLD', findings: [{ severity: 'block' }] }],
      failed: [
        { reference: 'A-BROKEN', because: expect.any(String) },
        { reference: 'B-UNKNOWN', because: expect.stringContaining('the engine does not know it') },
        { reference: 'C-SILENT', because: expect.stringContaining('it gave no answer in 4 s') },
      ],
    });
    await desk.asked('Z-TOLD', (task) => task.finding?.kind === 'screening');

    await startShipment(client, desk.organisation, unknown, false);
    await desk.asked('B-UNKNOWN', (task) => task.finding?.kind === 'screening');
    const clock = new WorkflowClock(client, running.temporalNamespace, recheckWorkflowId(desk.organisation, recheck));
    await clock.settled();
    await clock.forwardTo(new Date(Date.now() + 120_000).toISOString());
    await clock.settled();
    const { json } = await desk.ask(`/v1/compliance/rechecks/${recheck}`);
    expect(json.report).toMatchObject({
      looked: 4,
      affected: [{ reference: 'B-UNKNOWN' }, { reference: 'Z-TOLD' }],
      failed: [{ reference: 'A-BROKEN' }, { reference: 'C-SILENT' }],
    });
    const told = (await desk.log('Z-TOLD', 'message')).filter(({ data }) => data.name === 'reviewAgain');
    expect(told).toHaveLength(1);
  }, 60_000);

  it.each(Object.entries({ refused: refusing, silent }))(
    'an engine that is away (%s) fails none of them: the step is taken again',
    async (_, deadEnd) => {
      const there = await deadEnd();
      const recheck = { organisation: desk.organisation, id: 'away', cause: { kind: 'list' as const, what: 'sdn' } };
      const step = { ...recheck, asOf: new Date().toISOString(), after: null };
      const activities = (temporal: Client) =>
        complianceActivities({ database, reference, temporal, counterparties: {} });
      await activities(client).beginRecheck(step);
      await onRecord(desk, 'Y-FOUND', buyer(name));
      const tried = await activities(clientOf(there))
        .recheckShipments(step)
        .catch((error: unknown) => error)
        .finally(() => there.close());
      expect(tried).toMatchObject({ message: 'the workflow engine does not answer' });
      expect(isPassing(tried)).toBe(true);
      const rows = await database.within(desk.organisation, ({ query }) =>
        query(
          `select reference from rechecked_shipment where recheck = 'away' and reference = 'Y-FOUND' and failed is not null`,
        ),
      );
      expect(rows).toEqual([]);
    },
    30_000,
  );
});

describe('a look after a change of the rules that broke off', () => {
  it('is started again by the next worker, and one that came to its end is not', async () => {
    const desk = new ReviewDesk('broke-off');
    await desk.open();
    await desk.start('BROKE-1');
    await desk.waitsFor('BROKE-1', 'planned-export');
    const { organisation } = desk;
    const id = `rules-${sha256OfJson(reference).slice(0, 12)}-1`;
    const cause = { kind: 'rule' as const, what: 'the rule book' };
    await database.within(organisation, (transaction) =>
      beginRecheck(transaction, { id, cause, startedAt: new Date().toISOString() }),
    );
    const handle = client.workflow.getHandle(recheckWorkflowId(organisation, id));
    await client.workflow.start('recheck', {
      ...{ workflowId: handle.workflowId, taskQueue: NOBODYS_QUEUE, args: [{ organisation, id, cause }] },
    });
    await handle.terminate('ended by hand');
    const own = {
      // The other tests' organisations are looked at by their own.
      database: { ...database, query: async <Row>() => [{ organisation }] as Row[] },
      ...{ temporal: client, reference },
    };
    await recheckAfterLawChange(own, quiet);
    expect(await desk.reportOf(id)).toEqual({ looked: 1, affected: [], failed: [] });
    const { runId, taskQueue } = await handle.describe();
    expect(taskQueue).toBe(SHIPMENTS_TASK_QUEUE);
    await recheckAfterLawChange(own, quiet);
    expect((await handle.describe()).runId).toBe(runId);
    expect((await desk.ask('/v1/compliance/rechecks')).json.rechecks).toHaveLength(1);
  }, 30_000);
});
