import { describe, expect, it } from '@jest/globals';
import type { Question } from '../../rules/task.ts';
import { carryOver, newShipment, takeOver } from '../../workflows/carry-over.ts';
import { recordFact } from '../../workflows/facts.ts';

const asOf = '2026-11-24T08:00:00Z';
const change = {
  messageId: 'recheck/sdn-1',
  occurredAt: asOf,
  source: 'compliance',
  cause: 'list' as const,
  what: 'sdn, version 1',
  recheck: 'sdn-1',
};
const shipment = (filed = 0) => {
  const state = newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, asOf);
  state.review.approvedAt = asOf;
  state.declaration.filed = filed;
  return state;
};

describe('what a change outside changes', () => {
  it.each([
    ['before the declaration the review is open again', 0, null],
    ['after it nothing is held', 1, asOf],
  ])('%s', (_, filed, approvedAt) => {
    const state = shipment(filed);
    recordFact('reviewAgain', state, change, asOf);
    expect(state.review).toMatchObject({ approvedAt, changes: { items: [change], read: 0 } });
  });

  it('a second change waits beside the first, and answers stay', () => {
    const state = shipment();
    state.review.waived = ['line-total@lines[0].lineTotal'];
    recordFact('reviewAgain', state, change, asOf);
    recordFact('reviewAgain', state, { ...change, messageId: 'recheck/csl-1' }, asOf);
    expect(state.review.changes.items.map(({ messageId }) => messageId)).toEqual(['recheck/sdn-1', 'recheck/csl-1']);
    expect(state.review.waived).toEqual(['line-total@lines[0].lineTotal']);
  });
});

describe('questions beside the process, carried into the next run', () => {
  const question: Question = {
    key: 'review-warnings/1',
    kind: 'review-warnings',
    question: 'One warning',
    evidence: [{ label: 'where', value: 'lines[0]' }],
    choices: [{ id: 'accepted', label: 'accepted' }],
    ownerRole: 'operator',
    covers: ['ex-works@incoterm.rule'],
  };

  it('an open one goes whole, a settled one without its words', () => {
    const state = shipment();
    state.review.asides = [
      { question, settled: true },
      { question: { ...question, key: 'review-warnings/2' }, settled: false },
    ];
    const [settled, open] = takeOver(carryOver(state), asOf).review.asides;
    expect(settled).toEqual({ question: { ...question, question: '', evidence: [], covers: [] }, settled: true });
    expect(open).toEqual({ question: { ...question, key: 'review-warnings/2' }, settled: false });
    expect(state.review.asides[0]?.question).toEqual(question);
  });

  it('a shipment of an earlier version, which knew none, begins with none', () => {
    const { asides: _asides, ...review } = shipment().review;
    const earlier = { ...carryOver(shipment()), review } as unknown as ReturnType<typeof shipment>;
    expect(takeOver(earlier, asOf).review).toMatchObject({ asides: [], approvedAt: asOf });
  });
});
