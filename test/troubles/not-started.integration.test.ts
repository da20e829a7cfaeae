import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import example from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { findShipment, insertShipment } from '../../store/shipments.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
import { until } from '../api/running-stack.ts';
import { ask, counted, troubleOf } from './stuck.ts';
import { openSubject, type Subject } from './subject.ts';

let subject: Subject;
beforeAll(async () => {
  subject = await openSubject('stored');
}, 60_000);
afterAll(() => subject.close());

describe('an order that is stored and cannot be started', () => {
  it('shows after a minute in all views; a retry says why, and starts it once that is mended', async () => {
    const reference = 'SPOILED-1';
    const order = orderSchema.parse({ ...example, reference });
    const within = <T>(work: Parameters<Subject['database']['within']>[1]) =>
      subject.database.within(subject.organisation, work) as Promise<T>;
    const store = (body: object, minutesAgo: number) =>
      within(({ organisation, query }) =>
        query(
          `update shipment set order_body = $3, created_at = now() - make_interval(mins => $4) where organisation = $1 and reference = $2`,
          [organisation, reference, body, minutesAgo],
        ),
      );
    await within(async (transaction) => {
      await insertShipment(transaction, order, 'hash', true);
      await transaction.query(`update shipment set order_body = '{}' where organisation = $1 and reference = $2`, [
        transaction.organisation,
        reference,
      ]);
    });
    // Not yet for a minute: the process that stored it is about to start it.
    const { text } = await ask('/v1/troubles', { key: subject.key });
    expect(text).not.toContain(reference);
    await store({}, 2);
    const workflowId = shipmentWorkflowId(subject.organisation, reference);
    const trouble = await troubleOf(subject.key, workflowId);
    expect(trouble).toMatchObject({ kind: 'not-started', reference, actions: ['retry'] });
    expect(await counted('not-started')).toBeGreaterThanOrEqual(1);
    await subject.expectTold(trouble);
    expect((await subject.act(trouble?.id, 'override')).status).toBe(409);
    expect(await subject.act(trouble?.id, 'retry')).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('cannot be started') },
    });
    await store(order, 2);
    // The service's own round may be the first: then there is nothing left to retry.
    expect([200, 404]).toContain((await subject.act(trouble?.id, 'retry')).status);
    expect(await troubleOf(subject.key, workflowId, 'gone')).toBeUndefined();
    const row = () => within<{ startedAt: string | null }>((transaction) => findShipment(transaction, reference));
    await until(
      async () => ({ ...(await ask('/healthz')), status: (await row()).startedAt === null ? 0 : 1 }),
      ({ status }) => status === 1,
    );
    expect((await row()).startedAt).toEqual(expect.any(String));
    await subject.temporal.workflow.getHandle(workflowId).terminate();
  }, 60_000);
});
