import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Outward, sendOnce } from '../../activities/send-once.ts';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { insertShipment } from '../../store/shipments.ts';

const organisation = 'tests';
type Sent = Outward<{ text: string }, { status: string }>;

describe('an outward effect', () => {
  let database: Database;
  beforeAll(() => {
    database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
  });
  afterAll(() => database.close());

  /** A counterparty that keeps what reaches it, and the effect as an activity would have it sent. */
  async function counterparty() {
    const order = orderSchema.parse({ ...exampleOrder, reference: `ONCE-${randomUUID().slice(0, 8)}` });
    await database.within(organisation, (transaction) => insertShipment(transaction, order, randomUUID(), false));
    const received: string[] = [];
    const asked: string[] = [];
    const key = `${organisation}/${order.reference}/declaration/1`;
    const effect = (how: Partial<Sent> = {}) =>
      sendOnce<{ text: string }, { status: string }>(database, {
        ...{ organisation, reference: order.reference, key, party: 'customs', kind: 'declaration' },
        asOf: '2026-12-01T08:00:00.000Z',
        body: async () => ({ text: 'a declaration' }),
        send: async ({ text }) => {
          received.push(text);
          return { status: 'taken' };
        },
        find: async () => {
          asked.push(key);
          return received.length > 0 ? { status: 'taken' } : undefined;
        },
        isRefusal: ({ status }) => status === 'refused',
        ...how,
      });
    return { received, asked, effect };
  }

  it('that arrived although its answer was lost on the way is asked about, and not sent again', async () => {
    const { received, asked, effect } = await counterparty();
    const lost = effect({
      send: async ({ text }) => {
        received.push(text);
        throw new Error('the connection broke');
      },
    });
    await expect(lost).rejects.toThrow('the connection broke');
    expect(await effect()).toEqual({ status: 'taken' });
    expect(received).toEqual(['a declaration']);
    expect(asked).toHaveLength(1);
  });

  it('that never arrived is asked about, and sent', async () => {
    const { received, asked, effect } = await counterparty();
    const never = effect({
      send: async () => {
        throw new Error('nobody is there');
      },
    });
    await expect(never).rejects.toThrow('nobody is there');
    expect(await effect()).toEqual({ status: 'taken' });
    expect(received).toEqual(['a declaration']);
    expect(asked).toHaveLength(1);
  });

  it('that was answered is neither sent nor asked about again; a repetition sends what the first try wrote', async () => {
    const { received, asked, effect } = await counterparty();
    await effect();
    expect(await effect({ body: async () => ({ text: 'something else' }) })).toEqual({ status: 'taken' });
    expect(received).toEqual(['a declaration']);
    expect(asked).toEqual([]);
  });

  it('is not sent while it cannot be found out whether it arrived', async () => {
    const { received, effect } = await counterparty();
    const broken = { send: async () => Promise.reject(new Error('the connection broke')) };
    await expect(effect(broken)).rejects.toThrow('the connection broke');
    const find = async () => Promise.reject(new Error('nobody answers'));
    await expect(effect({ find })).rejects.toThrow('nobody answers');
    expect(received).toEqual([]);
  });
});
