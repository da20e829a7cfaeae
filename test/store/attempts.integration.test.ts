import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dependencies } from '../../activities/dependencies.ts';
import { recordProgressActivity } from '../../activities/records/activities.ts';
import type { Progress, RecordEntry, RecordProgressInput } from '../../activities/records/contract.ts';
import example from '../../examples/order.json' with { type: 'json' };
import { loadReference } from '../../reference/load.ts';
import { orderSchema } from '../../rules/order/order.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { documentsOf } from '../../store/papers.ts';
import { eventsOf, insertShipment } from '../../store/shipments.ts';
import { listTasks } from '../../store/tasks.ts';

const organisation = 'tests';
const progress = {
  stage: 'departure',
  waitingOn: [],
  openHolds: [],
  nextDeadline: null,
  outcome: null,
} as unknown as Progress;

describe('a workflow task that is made again', () => {
  let database: Database;
  let record: ReturnType<typeof recordProgressActivity>['recordProgress'];
  beforeAll(() => {
    database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '');
    record = recordProgressActivity({ database, reference: loadReference() } as Dependencies).recordProgress;
  });
  afterAll(() => database.close());

  /** A shipment of its own for each case, and the writes of its workflow. */
  async function shipment() {
    const order = orderSchema.parse({ ...example, reference: `ATTEMPT-${randomUUID().slice(0, 8)}` });
    const { reference } = order;
    await database.within(organisation, (transaction) => insertShipment(transaction, order, randomUUID(), false));
    const write = (
      kept: number,
      what: [kind: RecordEntry['kind'], data: object][],
      attempt: Partial<RecordProgressInput> = {},
    ) => {
      const entries = what.map(([kind, data], n) => ({
        seq: kept + n + 1,
        at: '2026-12-01T08:00:00.000Z',
        kind,
        data: data as Record<string, unknown>,
      }));
      return record({
        organisation,
        reference,
        asOf: '2026-12-01T08:00:00.000Z',
        entries,
        keptSeq: kept,
        lastSeq: kept + entries.length,
        attempt: { runId: 'run-1', historyLength: 10 },
        awaited: [],
        progress,
        ...attempt,
      });
    };
    const within = <T>(read: Parameters<typeof database.within<T>>[1]) => database.within(organisation, read);
    return {
      reference,
      write,
      told: async () =>
        (await within((t) => eventsOf(t, reference))).map(({ seq, data }) => `${seq} ${data.messageId ?? data.taskId}`),
      tasks: async () =>
        (await within((t) => listTasks(t, { reference, limit: 10 }))).map(({ id, status }) => `${id} ${status}`),
      papers: async () =>
        (await within((t) => documentsOf(t, reference))).map(({ id, revision }) => `${id} ${revision}`),
      unkept: async () =>
        (
          await within((t) =>
            t.query<{ seq: string }>('select seq from shipment_event_unkept where reference = $1', [reference]),
          )
        ).length,
    };
  }

  const message = (messageId: string): ['message', object] => [
    'message',
    { name: 'logisticsEvent', messageId, status: 'applied' },
  ];
  const later = { attempt: { runId: 'run-1', historyLength: 14 }, asOf: '2026-12-01T08:00:05.000Z' };
  const question = {
    key: 'carrier-silent/arrival/1',
    kind: 'carrier-silent',
    question: 'Where are the goods?',
    evidence: [],
    choices: [{ id: 'keep-waiting', label: 'asked' }],
    ownerRole: 'operator',
  };

  it('replaces what the attempt before it wrote: each message stands in the log once, in the order that counts', async () => {
    const { write, told, unkept } = await shipment();
    await write(0, [message('first')]);
    await write(1, [message('signal'), message('update')]);
    await write(1, [message('signal'), message('another signal'), message('update')], later);
    expect(await told()).toEqual(['1 first', '2 signal', '3 another signal', '4 update']);
    expect(await unkept()).toBe(2);
  });

  it('written twice by one attempt, whose answer was lost, is written once', async () => {
    const { write, told } = await shipment();
    await write(0, [message('first'), message('second')]);
    await write(0, [message('first'), message('second')]);
    expect(await told()).toEqual(['1 first', '2 second']);
  });

  it('that was overtaken writes nothing more', async () => {
    const { write, told } = await shipment();
    await write(0, [message('kept')], later);
    await expect(write(0, [message('from a worker that had stalled')])).rejects.toThrow('a later attempt');
    await expect(write(1, [message('from the same one, a moment later')])).rejects.toThrow('a later attempt');
    expect(await told()).toEqual(['1 kept']);
  });

  it('of a run that was reset begins behind what the reset kept, whatever the old run had written', async () => {
    const { write, told } = await shipment();
    await write(0, [message('kept'), message('undone by the reset')], later);
    await write(1, [message('of the new run')], {
      attempt: { runId: 'run-2', historyLength: 6 },
      asOf: '2026-12-01T09:00:00.000Z',
    });
    expect(await told()).toEqual(['1 kept', '2 of the new run']);
  });

  it('takes back what its attempt before had asked, answered and registered', async () => {
    const { reference, write, tasks, papers } = await shipment();
    const asked = (n: number): ['task-asked', object] => ['task-asked', { taskId: `${reference}/${n}`, question }];
    const paper: ['message', object] = [
      'message',
      {
        name: 'submitDocument',
        status: 'applied',
        content: {
          messageId: 'p',
          occurredAt: '2026-12-01T08:00:00Z',
          source: 'test',
          documentId: 'PAPER',
          kind: 'freight-invoice',
        },
      },
    ];
    await write(0, [asked(1)]);
    await write(1, [
      ['task-answered', { taskId: `${reference}/1`, choice: 'keep-waiting', reason: '', evidence: [] }],
      asked(2),
      paper,
    ]);
    expect(await tasks()).toEqual([`${reference}/1 answered`, `${reference}/2 open`]);
    expect(await papers()).toEqual(['PAPER 1']);
    await write(1, [message('something else')], later);
    expect(await tasks()).toEqual([`${reference}/1 open`]);
    expect(await papers()).toEqual([]);
    await write(2, [paper], later);
    expect(await papers()).toEqual(['PAPER 1']);
  });

  it('cannot take anything away by the application’s own hand', async () => {
    const { reference, write, told } = await shipment();
    await write(0, [message('kept')]);
    await expect(
      database.within(organisation, ({ query }) =>
        query('delete from shipment_event where reference = $1', [reference]),
      ),
    ).rejects.toThrow('permission denied');
    expect(await told()).toEqual(['1 kept']);
  });
});
