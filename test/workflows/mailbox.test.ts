import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ShipmentState } from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import { digestOf } from '../../workflows/digest.ts';
import { type MessageName, messageNames, shipmentMessages, verdictSchema } from '../../workflows/messages.ts';
import { ShipmentFile } from '../../workflows/shipment-file.ts';
import { bytesOf } from '../../workflows/text.ts';

const openedAt = '2026-11-24T08:00:00Z';
const envelope = { messageId: 'm-1', occurredAt: openedAt, source: 'test' };

/** One plain message of each name. */
const examples: Record<MessageName, Record<string, unknown>> = {
  customsResponse: {
    ...envelope,
    side: 'export',
    clientSequenceNumber: 'acme/LAMPS-1/declaration/1',
    channel: 'J',
    note: 'reviewed',
  },
  inspectionResult: { ...envelope, side: 'export', kind: 'x-ray', outcome: 'released' },
  logisticsEvent: { ...envelope, classifier: 'EST', event: 'ARRI', eventAt: '2026-12-20T08:00:00Z', place: 'USLGB' },
  fxReceipt: {
    ...envelope,
    receiptId: 'bank-1',
    instalment: 1,
    currency: 'USD',
    amount: '12000.00',
    charges: '0',
    valueDate: '2026-12-01',
  },
  taxResponse: { ...envelope, claim: 'acme/LAMPS-1/claim/1', status: 'received' },
  submitDocument: {
    ...envelope,
    documentId: 'doc-1',
    kind: 'certificate-cpc',
    fields: { laboratory: 'Ningbo 7', report: 'A-1' },
  },
  submitDocuments: {
    ...envelope,
    documents: [
      { documentId: 'doc-1', kind: 'purchase-contract' },
      { documentId: 'doc-2', kind: 'transport-document' },
    ],
  },
  receiveDocument: {
    ...envelope,
    documentId: 'PC-118',
    fileName: 'PC-118.pdf',
    file: 'a'.repeat(64),
    fieldsRead: 3,
    fieldsDoubtful: 1,
  },
  unlockDocuments: { ...envelope, reason: 'the marks change' },
  answerTask: { ...envelope, taskId: 'LAMPS-1/question', choice: 'file-again', reason: 'telephoned' },
  amendDeclaration: { ...envelope, reason: 'a price was wrong', lines: [{ line: 1, unitPrice: '12.50' }] },
  registerVatInvoice: {
    ...envelope,
    number: '26330000000000000001',
    issuedOn: '2026-12-20',
    seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
    confirmedForRefund: true,
    lines: [
      { line: 1, name: 'lamps', quantity: '1000', unit: '台', net: '66000.00', vatRatePercent: '13', vat: '8580.00' },
    ],
  },
  reviewAgain: { ...envelope, cause: 'rule', what: 'the rule us-fcc-certification' },
  cancelShipment: { ...envelope, reason: 'sold out' },
};

const newFile = () =>
  new ShipmentFile(newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, openedAt));

/** Everything but the traces that every message leaves: journal and event log. */
function besidesTraces({ journal, records, ...rest }: ShipmentState) {
  return structuredClone(rest);
}

const lastLine = (file: ShipmentFile) => file.state.journal.at(-1);

/** The same message with its keys the other way round, inside and out. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reordered(item)]),
  );
}

/** Those that a shipment takes or keeps as they stand; an answer to what was never asked, or a key to what was never locked, is impossible. */
const taken = messageNames.filter((name) => name !== 'answerTask' && name !== 'unlockDocuments');

describe.each(taken)('the second delivery of %s', (name) => {
  const twice = (second: unknown) => {
    const file = newFile();
    file.receive(name, examples[name]);
    const before = besidesTraces(file.state);
    const verdict = file.receive(name, second);
    expect(besidesTraces(file.state)).toEqual(before);
    expect(lastLine(file)).toMatchObject({ name, messageId: 'm-1', ...verdict });
    return verdict;
  };

  it.each<[string, unknown]>([
    ['word for word', structuredClone(examples[name])],
    ['with its fields in another order', reordered(examples[name])],
    ['with what it left out spelled out', shipmentMessages[name].schema.parse(examples[name])],
  ])('%s, by signal or by update, changes nothing', (_, second) => {
    expect(twice(second)).toEqual({ status: 'duplicate', reason: 'received before' });
  });
  it('with other content is a conflict that changes nothing', () => {
    expect(twice({ ...examples[name], source: 'somebody else' })).toEqual({
      status: 'conflict',
      reason: expect.stringContaining('m-1 was used before with other content'),
    });
  });
  it('as junk is unreadable and changes nothing', () => {
    expect(twice({ ...examples[name], occurredAt: 'yesterday' }).status).toBe('impossible');
  });
});

it('a message id used under another name is a conflict', () => {
  for (const first of taken)
    for (const second of messageNames.filter((name) => name !== first)) {
      const file = newFile();
      file.receive(first, examples[first]);
      const before = besidesTraces(file.state);
      expect(file.receive(second, examples[second]).status).toBe('conflict');
      expect(besidesTraces(file.state)).toEqual(before);
    }
});

it('an impossible message is answered the same again', () => {
  const file = newFile();
  const verdicts = [1, 2].map(() => file.receive('answerTask', examples.answerTask));
  expect(verdicts[0]?.status).toBe('impossible');
  expect(verdicts[1]).toEqual(verdicts[0]);
});

it('a message from far ahead of the shipment’s clock changes nothing', () => {
  const file = newFile();
  const before = besidesTraces(file.state);
  const occurredAt = new Date(Date.now() + 500 * 86_400_000).toISOString();
  expect(file.receive('cancelShipment', { ...examples.cancelShipment, occurredAt }).reason).toContain('ahead of');
  expect(besidesTraces(file.state)).toEqual(before);
});

it('a message that was unreadable may be sent again, mended, under its id', () => {
  const file = newFile();
  expect(file.receive('cancelShipment', { ...examples.cancelShipment, reason: '' }).status).toBe('impossible');
  expect(file.receive('cancelShipment', examples.cancelShipment)).toEqual({ status: 'applied' });
});

/** Every text in a value, names of fields included. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}

const megabyte = 'x'.repeat(1 << 20);
const junk: [string, (example: Record<string, unknown>) => unknown][] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a text', () => 'released'],
  ['an empty text', () => ''],
  ['a text of one megabyte', () => megabyte],
  ['a number', () => 7],
  ['not a number', () => Number.NaN],
  ['true', () => true],
  ['an empty list', () => []],
  ['a list of messages', (example) => [example]],
  ['an empty object', () => ({})],
  ['a message in a message', (example) => ({ message: example })],
  ['a thousand lists in each other', () => JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`)],
  ['a message without its id', ({ messageId, ...rest }) => rest],
  ['a message whose id is empty', (example) => ({ ...example, messageId: '' })],
  ['a message whose id is a number', (example) => ({ ...example, messageId: 7 })],
  ['a message whose id is half a character', (example) => ({ ...example, messageId: '\ud83d' })],
  ['a message whose id is one megabyte long', (example) => ({ ...example, messageId: megabyte })],
  ['a message that says no time', ({ occurredAt, ...rest }) => rest],
  ['a message with a local time', (example) => ({ ...example, occurredAt: '2026-11-24 16:00' })],
  ['a message with a field that nobody knows', (example) => ({ ...example, colour: 'red' })],
  ['a message with a NUL in a text', (example) => ({ ...example, source: 'cus\u0000toms' })],
  ['a message with the first half of a character', (example) => ({ ...example, source: 'customs \ud83d' })],
  ['a message with the second half of a character', (example) => ({ ...example, source: '\ude00 customs' })],
  ['a message with a source of one megabyte', (example) => ({ ...example, source: megabyte })],
  ['a message whose source is a list', (example) => ({ ...example, source: ['customs'] })],
];

describe.each(messageNames)('junk typed as %s', (name) => {
  it.each(junk)('%s is impossible, stands in the journal and changes nothing', (_, make) => {
    const file = newFile();
    const before = besidesTraces(file.state);
    const raw = make(examples[name]);
    const verdict = file.receive(name, raw);
    expect(verdict).toEqual({ status: 'impossible', reason: expect.stringMatching(/^unreadable: /) });
    expect(besidesTraces(file.state)).toEqual(before);
    expect(file.state.journal).toEqual([expect.objectContaining({ name, ...verdict })]);
    expect(file.state.records.pending).toEqual([
      expect.objectContaining({ seq: 1, kind: 'message', data: expect.objectContaining({ name, ...verdict }) }),
    ]);
    // What is kept of it is short, and PostgreSQL can keep it.
    const kept = textsIn([file.state.journal, file.state.records.pending]);
    expect(kept.join().length).toBeLessThan(2000);
    expect(kept.filter((text) => text.includes('\u0000') || /\p{Surrogate}/u.test(text))).toEqual([]);
  });

  it('whatever it is, is never thrown back', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withMap: true, withSet: true }), (raw) => {
        const file = newFile();
        const before = besidesTraces(file.state);
        const verdict = file.receive(name, raw);
        expect(verdict.status).toBe('impossible');
        expect(besidesTraces(file.state)).toEqual(before);
        expect(lastLine(file)).toMatchObject({ name, ...verdict });
      }),
      { numRuns: 300 },
    );
  });

  it('a message with anything in one of its fields is never thrown back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(examples[name])), fc.anything(), (field, value) => {
        const file = newFile();
        const verdict = file.receive(name, { ...examples[name], [field]: value });
        expect(verdictSchema.safeParse(verdict).success).toBe(true);
        expect(file.state.journal).toEqual([expect.objectContaining({ name, ...verdict })]);
      }),
      { numRuns: 300 },
    );
  });
});

it.each<[string, unknown]>([
  ['a NUL', 'A\u00001'],
  ['half a character', '\ud83d'],
])('%s deep inside a readable message makes it unreadable: PostgreSQL would refuse it for ever', (_, text) => {
  const file = newFile();
  const unstorable = { status: 'impossible', reason: 'unreadable: the text holds a NUL or half a character' };
  expect(file.receive('submitDocument', { ...examples.submitDocument, fields: { report: text } })).toEqual(unstorable);
  expect(
    file.receive('submitDocument', { ...examples.submitDocument, fields: { [String(text)]: 'as a name' } }),
  ).toEqual(unstorable);
  expect(file.state.messages).toEqual({ seen: {}, held: [], bytes: 0 });
});

it.each(['constructor', 'toString', 'valueOf'])('the word %s means nothing special in an id', (word) => {
  const file = newFile();
  const message = { ...examples.cancelShipment, messageId: word };
  expect(file.receive('cancelShipment', message)).toEqual({ status: 'applied' });
  expect(file.receive('cancelShipment', message).status).toBe('duplicate');
  expect(file.receive('answerTask', { ...examples.answerTask, taskId: word })).toEqual({
    status: 'impossible',
    reason: `there is no task ${word} in this shipment`,
  });
});

it('__proto__ is no id of a message, and no task has it', () => {
  const file = newFile();
  expect(file.receive('cancelShipment', { ...examples.cancelShipment, messageId: '__proto__' }).status).toBe(
    'impossible',
  );
  expect(file.receive('answerTask', { ...examples.answerTask, taskId: '__proto__' }).reason).toContain(
    'there is no task',
  );
  expect(file.state.cancelled).toBeNull();
});

it('whole characters outside the basic plane are plain text', () => {
  const file = newFile();
  expect(file.receive('cancelShipment', { ...examples.cancelShipment, reason: '𠮷野家 🚢' }).status).toBe('applied');
});

describe('the journal', () => {
  it('keeps the last fifty messages, oldest first, whatever their verdicts', () => {
    const file = newFile();
    for (let n = 1; n <= 60; n++)
      file.receive('logisticsEvent', n % 3 === 0 ? null : { ...examples.logisticsEvent, messageId: `m-${n}` });
    const ids = Array.from({ length: 50 }, (_, index) => index + 11).map((n) => (n % 3 === 0 ? undefined : `m-${n}`));
    expect(file.state.journal.map(({ messageId }) => messageId)).toEqual(ids);
    expect(file.state.records.pending).toHaveLength(60);
    expect(file.receive('logisticsEvent', { ...examples.logisticsEvent, messageId: 'm-1' }).status).toBe('duplicate');
  });
  it('counts every event of the log once, without a gap', () => {
    const file = newFile();
    for (const name of messageNames) file.receive(name, examples[name]);
    file.enter('trunk', 'intake');
    expect(file.state.records.pending.map(({ seq }) => seq)).toEqual(
      file.state.records.pending.map((_, index) => index + 1),
    );
    expect(file.state.records.nextSeq).toBe(file.state.records.pending.length + 1);
  });
  it('the event log has the content of a message that was understood, and the beginning of one that was not', () => {
    const file = newFile();
    file.receive('cancelShipment', examples.cancelShipment);
    file.receive('cancelShipment', examples.cancelShipment);
    file.receive('cancelShipment', { reason: 7, more: megabyte });
    const [understood, again, junk] = file.state.records.pending.map(({ data }) => data.content);
    expect(understood).toEqual(examples.cancelShipment);
    expect(again).toBeUndefined();
    expect(junk).toMatch(/^\{"reason":7,"more":"x{100,300}…$/);
  });
});

describe('the digest of a message', () => {
  it('is the same whatever the order of its fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digestOf(reordered(value))).toBe(digestOf(value));
      }),
    );
  });
  it('is another for other content', () => {
    const contents = [null, '', '0', 0, [], {}, [0], { a: 0 }, { a: '0' }, { b: 0 }, { a: 0, b: 0 }, [0, 1], [1, 0]];
    expect(new Set(contents.map(digestOf)).size).toBe(contents.length);
  });
  it('is short', () => {
    expect(digestOf({ text: megabyte })).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('a message that makes no sense, from a sender who does not hear the verdict', () => {
  const junk = (n: number) => ({ messageId: `junk-${n}` });

  it('waits for a person; one whose sender hears it does not', () => {
    const file = newFile();
    file.receive('taxResponse', junk(1), false);
    file.receive('taxResponse', junk(2));
    file.receive('answerTask', { ...examples.answerTask, messageId: 'unasked' }, false);
    expect(file.state.misfits.waiting).toMatchObject([
      { name: 'taxResponse', messageId: 'junk-1', reason: expect.stringContaining('unreadable') },
      { name: 'answerTask', messageId: 'unasked' },
    ]);
  });

  it('does not fill the state, however many there are', () => {
    const file = newFile();
    for (let n = 0; n < 500; n++) file.receive('taxResponse', junk(n), false);
    expect(file.state.misfits.waiting).toHaveLength(20);
    expect(file.state.journal).toHaveLength(50);
  });
});

describe('a sender in a loop', () => {
  const paper = (n: number) => ({
    ...examples.submitDocument,
    messageId: `loop-${n}`,
    documentId: `doc-${n}`,
    fields: { text: 'x'.repeat(480), more: 'y'.repeat(480) },
  });
  const full = () => {
    const file = newFile();
    file.state.order = { lines: 1 } as never;
    let taken = 0;
    for (let n = 0; n < 3000; n++) if (file.receive('submitDocument', paper(n)).status === 'applied') taken += 1;
    return { file, taken };
  };

  it('cannot fill the file beyond what the engine carries, and leaves room for the small messages that count', () => {
    const { file, taken } = full();
    expect(taken).toBeGreaterThan(500);
    expect(taken).toBeLessThan(3000);
    expect(bytesOf(JSON.stringify({ ...file.state, records: null }))).toBeLessThan(2_000_000);
    expect(file.receive('logisticsEvent', { ...examples.logisticsEvent, messageId: 'small' })).toEqual({
      status: 'applied',
    });
  });

  it('says what is wrong', () => {
    const { file } = full();
    expect(file.receive('submitDocument', paper(9999))).toMatchObject({
      status: 'impossible',
      reason: expect.stringContaining('is a sender in a loop?'),
    });
  });
});
