import { describe, expect, it } from '@jest/globals';
import { amendOrder } from '../../rules/order/amend.ts';
import { amendDeclarationSchema } from '../../workflows/messages.ts';
import { orderOf } from './orders.ts';

const sent = { messageId: 'm', occurredAt: '2026-11-24T04:00:00Z', source: 'test', reason: 'stated late' };

describe('a correction of an order', () => {
  it('adds what the goods are to what the order says of them', () => {
    const order = orderOf({}, [{ attributes: { toy: false, hasRadio: false } }]);
    const [line] = amendOrder(order, [[{ line: 1, attributes: { toy: true, intendedAgeMax: 8 } }]]).lines;
    expect(line?.attributes).toEqual({ toy: true, hasRadio: false, intendedAgeMax: 8 });
  });

  it('adds answers to scope questions', () => {
    const order = orderOf({}, [{ scopeAnswers: { 'A-570-868/folding': true } }]);
    const [line] = amendOrder(order, [[{ line: 1, scopeAnswers: { 'A-570-868/metal-frame': false } }]]).lines;
    expect(line?.scopeAnswers).toEqual({ 'A-570-868/folding': true, 'A-570-868/metal-frame': false });
  });

  it('states what the importer’s filing names, of the order as a whole', () => {
    const order = orderOf({ transport: { mode: 'sea' } });
    const amended = amendOrder(order, [
      [{ line: 1, transport: { stuffingPlace: 'Ningbo', consolidator: 'Stuffers' } }],
    ]);
    expect(amended.transport).toEqual({ mode: 'sea', stuffingPlace: 'Ningbo', consolidator: 'Stuffers' });
    expect(amended.lines).toEqual(order.lines);
  });

  it('corrects a line or the transport, and not nothing', () => {
    expect(amendDeclarationSchema.safeParse({ ...sent, lines: [] }).success).toBe(false);
    expect(amendDeclarationSchema.safeParse(sent).success).toBe(false);
    expect(amendDeclarationSchema.safeParse({ ...sent, transport: { stuffingPlace: 'Ningbo' } }).success).toBe(true);
    expect(amendDeclarationSchema.safeParse({ ...sent, lines: [{ line: 1, attributes: { tou: true } }] }).success).toBe(
      false,
    );
  });
});
