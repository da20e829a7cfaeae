import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { shipmentDetailSchema, taskSchema } from '../../api/contract.ts';
import example from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';

const finding = {
  ...{ rule: 'us/moon-dust', kind: 'moon', severity: 'warn', title: 't', where: 'lines[0]', expected: 'e', found: 'f' },
  ...{ remedy: 'r', due: 'before-launch', source: 's' },
};

/** After an installation has gone back to this version. */
describe('what a newer version has written', () => {
  it.each([
    ['a field of the order', { ...example, moonPhase: 'full' }],
    ['a field of its transport', { ...example, transport: { ...example.transport, airlock: 'B' } }],
    ['a word in it', { ...example, model: 'by-rocket' }],
  ])('%s that we do not know hides no shipment', (_what, order) => {
    expect(orderSchema.safeParse(order).success).toBe(false);
    expect(z.encode(shipmentDetailSchema.shape.order, order as never)).toEqual(order);
  });

  it('a kind of finding that we do not know hides no task', () => {
    expect(z.encode(taskSchema.shape.finding, finding as never)).toEqual(finding);
  });

  it('what is no order at all is still a defect of ours', () => {
    expect(z.safeEncode(shipmentDetailSchema.shape.order, 'none' as never).success).toBe(false);
  });
});
