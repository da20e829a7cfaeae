import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '../../rules/civil-date.ts';
import type { Question } from '../../rules/task.ts';
import { askedTask } from '../../workflows/asked-task.ts';
import type { AskedTask, ShipmentState } from '../../workflows/carried.ts';
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

describe('an invoice or a correction', () => {
  const sent = { messageId: 'm-1', occurredAt: asOf, source: 'Li Wei' };
  const invoice = (number: string, replaces?: string) => ({
    ...{ ...sent, number, replaces, issuedOn: '2026-11-20' as CivilDate, confirmedForRefund: true, lines: [] },
    seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
  });
  const came = {
    'an invoice': (state: ShipmentState) =>
      recordFact('registerVatInvoice', state, invoice('26330000000000000001'), asOf),
    'corrected lines': (state: ShipmentState) =>
      recordFact('amendDeclaration', state, { ...sent, reason: 'r', lines: [{ line: 1, grossWeightKg: '9' }] }, asOf),
    'a vessel': (state: ShipmentState) =>
      recordFact('amendDeclaration', state, { ...sent, reason: 'r', lines: [], transport: { vessel: 'X' } }, asOf),
  };

  it.each(Object.entries(came))(
    '%s before the declaration opens the review, and after it holds nothing',
    (_, comes) => {
      const [before, after] = [shipment(), shipment(1)];
      comes(before);
      comes(after);
      expect(before.review).toMatchObject({ approvedAt: null, asItComes: true });
      expect(after.review).toEqual(shipment(1).review);
    },
  );

  it('an invoice is told as a paper; a correction is none of what came from outside', () => {
    const state = shipment();
    for (const comes of Object.values(came)) comes(state);
    expect(state.review.changes).toEqual({
      items: [{ ...sent, cause: 'paper', what: 'VAT invoice 26330000000000000001 came in' }],
      read: 0,
    });
  });

  it.each([
    ['before the declaration what was asked about it', 0, { choice: 'supplied', evidence: ['26330000000000000002'] }],
    ['after it nothing of the review', 1, null],
  ])('an invoice that replaces another answers %s', (_, filed, answer) => {
    const state = shipment(filed);
    const about = (documentId: string): AskedTask => ({
      ...{ id: `L/${documentId}`, kind: 'review-finding', lane: 'trunk', title: '', ownerRole: 'operator', documentId },
      ...{ choices: ['supplied'], askedAt: asOf, answer: null, moot: false },
    });
    state.tasks = { one: about('26330000000000000001'), other: about('26330000000000000009') };
    recordFact('registerVatInvoice', state, invoice('26330000000000000002', '26330000000000000001'), asOf);
    expect(state.tasks).toMatchObject({ one: { answer }, other: { answer: null } });
  });

  it('once reviewed as they come, they are in the runs that follow', () => {
    const state = shipment();
    expect(takeOver(carryOver(state), asOf).review.asItComes).toBe(false);
    came['a vessel'](state);
    expect(takeOver(carryOver(state), asOf).review.asItComes).toBe(true);
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

  it('one that nobody was asked yet goes whole, an asked one without its words, a settled one as its bare name', () => {
    const state = shipment();
    const aside = (nth: number, settled = false) => ({
      question: { ...question, key: `review-warnings/${nth}` },
      settled,
    });
    state.review.asides = [aside(1, true), aside(2), { ...aside(3), moot: true }];
    for (const nth of [1, 3]) {
      const id = `LAMPS-1/review-warnings/${nth}`;
      state.tasks[id] = askedTask(id, question, 'logistics', asOf);
    }
    const [settled, unasked, asked] = takeOver(carryOver(state), asOf).review.asides;
    const bare = { ...question, question: '', evidence: [], choices: [] };
    expect(settled).toEqual({ question: { ...bare, key: 'review-warnings/1', covers: [] }, settled: true });
    expect(unasked).toEqual(aside(2));
    expect(asked).toEqual({ question: { ...bare, key: 'review-warnings/3' }, settled: false, moot: true });
    expect(state.review.asides[0]?.question.question).toBe('One warning');
  });

  it('an asked one keeps the findings that its answer settles, though it named them by one finding', () => {
    const state = shipment();
    const finding = { rule: 'party-screening', where: 'buyer', severity: 'warn' } as never;
    const { covers: _covers, ...single } = { ...question, finding };
    state.review.asides = [{ question: single, settled: false }];
    const id = `LAMPS-1/${question.key}`;
    state.tasks[id] = askedTask(id, question, 'logistics', asOf);
    const [asked] = takeOver(carryOver(state), asOf).review.asides;
    expect(asked?.question.covers).toEqual(['party-screening@buyer~warn']);
  });

  it('the task and the clock of a settled one lose their words, and a late answer is still told what was answered', () => {
    const state = shipment();
    const id = `LAMPS-1/${question.key}`;
    state.review.asides = [{ question, settled: true }];
    const answer = { choice: 'accepted', reason: 'seen', evidence: ['mail.pdf'], at: asOf };
    state.tasks[id] = { ...askedTask(id, question, 'logistics', asOf), answer };
    state.waitRounds = { [`review-warnings/${question.key}`]: 1, 'customs-answer/1': 2 };
    const { tasks, waitRounds } = takeOver(carryOver(state), asOf);
    expect(tasks[id]).toMatchObject({ title: '', choices: [], answer: { ...answer, reason: '', evidence: [] } });
    expect(waitRounds).toEqual({ 'customs-answer/1': 2 });
  });

  it('a shipment of an earlier version, which knew none, begins with none', () => {
    const { asides: _asides, ...review } = shipment().review;
    const earlier = { ...carryOver(shipment()), review } as unknown as ReturnType<typeof shipment>;
    expect(takeOver(earlier, asOf).review).toMatchObject({ asides: [], approvedAt: asOf });
  });
});
