import { describe, expect, it } from '@jest/globals';
import type { AskedTask } from '../../workflows/carried.ts';
import { carryOver, newShipment, takeOver } from '../../workflows/carry-over.ts';
import { recordFact } from '../../workflows/facts.ts';

const asOf = '2026-11-24T08:00:00Z';
const sent = { messageId: 'm-1', occurredAt: asOf, source: 'Li Wei' };
const facts = 'f'.repeat(64);
const shipment = ({ filed = 0, locked = 1 } = {}) => {
  const state = newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, asOf);
  state.review.approvedAt = asOf;
  state.papers = { revision: locked } as typeof state.papers;
  state.declaration.filed = filed;
  return state;
};
const file = (changes: object = {}) => ({
  ...sent,
  documentId: 'PC-118',
  kind: 'purchase-contract',
  fileName: 'PC-118.pdf',
  file: 'a'.repeat(64),
  fieldsRead: 3,
  fieldsDoubtful: 1,
  ...changes,
});
const paper = (changes: object = {}) => ({
  ...sent,
  documentId: 'PC-118',
  kind: 'purchase-contract',
  fields: {},
  facts,
  ...changes,
});

/** The question beside the process as the file asked it. */
const asked = (state: ReturnType<typeof shipment>, nth: number): AskedTask => {
  const question = state.review.asides[nth - 1]?.question;
  if (!question) throw new Error(`nothing is asked ${nth} times`);
  const { kind, ownerRole, documentId } = question;
  const task: AskedTask = {
    ...{ id: `LAMPS-1/${question.key}`, kind, ownerRole, documentId, title: question.question },
    ...{ lane: 'logistics', choices: question.choices.map(({ id }) => id), askedAt: asOf, answer: null, moot: false },
  };
  state.tasks[task.id] = task;
  return task;
};

describe('a paper that took the place of a wrong one', () => {
  const told = [
    'document-unit@PC-118 lines[0].unit#unit-purchased',
    'document-party@PC-118 seller.name#supplier-name~warn',
  ];
  const other = 'document-packages@BL-1 packages#packages-carried';
  const comesIn = (filed: number) => {
    const state = shipment({ filed });
    state.review.told = [...told, other];
    recordFact('submitDocument', state, paper(), asOf);
    return state.review.told;
  };

  it('is told of again once declared, where what blocked is still wrong: its task was closed by the paper', () =>
    expect(comesIn(1)).toEqual([told[1], other]));

  it('is asked about by the next round of the review until then', () => expect(comesIn(0)).toEqual([...told, other]));
});

describe('a file that came in', () => {
  it('is put to a person beside the process, and changes nothing else', () => {
    const state = shipment();
    recordFact('receiveDocument', state, file(), asOf);
    expect(state.review.asides).toMatchObject([
      { settled: false, question: { kind: 'document-unconfirmed', documentId: 'PC-118', ownerRole: 'operator' } },
    ]);
    expect(state.review.approvedAt).toBe(asOf);
    expect(state.documents).toEqual([]);
  });

  it('says that nothing was read where nothing was', () => {
    const state = shipment();
    recordFact('receiveDocument', state, file({ fieldsRead: 0, fieldsDoubtful: 0, note: 'a scan' }), asOf);
    const question = state.review.asides[0]?.question;
    expect(question?.question).toContain('could not be read');
    expect(question?.evidence).toContainEqual({ label: 'note', value: 'a scan' });
  });

  it('is answered by the paper that a person confirmed, and by no other', () => {
    const state = shipment();
    recordFact('receiveDocument', state, file(), asOf);
    recordFact('receiveDocument', state, file({ documentId: 'BL-1', file: 'b'.repeat(64) }), asOf);
    const [first, second] = [asked(state, 1), asked(state, 2)];
    recordFact('submitDocument', state, paper({ facts: undefined }), asOf);
    expect([first.answer, second.answer]).toEqual([null, null]);
    recordFact('submitDocument', state, paper(), asOf);
    expect(first.answer).toMatchObject({ choice: 'supplied', evidence: ['PC-118'] });
    expect(second.answer).toBeNull();
  });

  it('re-issued under its id, what was asked about the file before is overtaken', () => {
    const state = shipment();
    recordFact('receiveDocument', state, file(), asOf);
    const first = asked(state, 1);
    recordFact('receiveDocument', state, file({ file: 'b'.repeat(64) }), asOf);
    expect(first.answer).toMatchObject({ choice: 're-issued' });
    expect(state.review.asides.map(({ question }) => question.key)).toEqual([
      'document-unconfirmed/1',
      'document-unconfirmed/2',
    ]);
    expect(state.files).toEqual([{ documentId: 'PC-118', file: 'b'.repeat(64) }]);
  });
});

describe('a paper that was confirmed', () => {
  it.each([
    ['before the declaration the review is open again', 0, null],
    ['after it nothing is held', 1, asOf],
  ])('%s, and it is told of', (_, filed, approvedAt) => {
    const state = shipment({ filed });
    recordFact('submitDocument', state, paper({ number: 'PC-118' }), asOf);
    expect(state.review).toMatchObject({
      approvedAt,
      changes: { items: [{ ...sent, cause: 'paper', what: 'purchase-contract PC-118 came in' }], read: 0 },
    });
    expect(state.documents).toMatchObject([{ documentId: 'PC-118', facts }]);
  });

  it('without what it says is kept, and nothing is compared again', () => {
    const state = shipment();
    recordFact('submitDocument', state, paper({ facts: undefined }), asOf);
    expect(state.review).toMatchObject({ approvedAt: asOf, changes: { items: [] } });
  });
});

describe('locked papers that somebody opens', () => {
  it('are the next revision, reviewed again', () => {
    const state = shipment();
    recordFact('unlockDocuments', state, { ...sent, reason: 'the marks change' }, asOf);
    expect(state.review.approvedAt).toBeNull();
    expect(state.declaration.revision).toBe(2);
    expect(takeOver(carryOver(state), asOf).unlocks).toEqual({
      items: [{ reason: 'the marks change', source: 'Li Wei' }],
      read: 0,
    });
  });

  it('are no further revision where the next one is being made already', () => {
    const state = shipment();
    state.declaration.revision = 2;
    recordFact('unlockDocuments', state, { ...sent, reason: 'the marks change' }, asOf);
    expect(state.declaration.revision).toBe(2);
  });
});

describe('what carriage turned out to cost', () => {
  it('stands with the first line of the amendment, as the transport does', () => {
    const state = shipment();
    recordFact('amendDeclaration', state, { ...sent, reason: 'freight', lines: [], charges: { freight: '900' } }, asOf);
    recordFact(
      'amendDeclaration',
      state,
      {
        ...sent,
        reason: 'both',
        lines: [{ line: 2, unitPrice: '1' }],
        transport: { vessel: 'X' },
        charges: { insurance: '5' },
      },
      asOf,
    );
    expect(state.amendments).toEqual([
      [{ line: 1, charges: { freight: '900' } }],
      [{ line: 2, unitPrice: '1', transport: { vessel: 'X' }, charges: { insurance: '5' } }],
    ]);
  });
});
