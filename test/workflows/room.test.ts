import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Question } from '../../rules/task.ts';
import { askedTask } from '../../workflows/asked-task.ts';
import { carryOver, newShipment, takeOver } from '../../workflows/carry-over.ts';
import type { MessageName, Verdict } from '../../workflows/messages.ts';
import { questions } from '../../workflows/questions.ts';
import { UNCONFIRMED_FILES_MOST } from '../../workflows/room.ts';
import { ShipmentFile } from '../../workflows/shipment-file.ts';

const at = '2026-11-24T08:00:00.000Z';
/** The engine's own end is at 2,097,152. */
const CARRIED_MOST = 1_900_000;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** A shipment whose people are asked at once, without an engine; it may answer and move. */
class Flooded {
  file: ShipmentFile;
  private sent = 0;
  readonly verdicts: Verdict[] = [];

  constructor() {
    const state = newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, at);
    state.order = { lines: 50, channels: { P: 'released', J: 'reviewed' }, instalments: [] } as never;
    state.declaration.filed = 1;
    this.file = new ShipmentFile(state);
  }

  send(name: MessageName, content: object): Verdict {
    this.sent += 1;
    const verdict = this.file.receive(name, {
      messageId: `m-${this.sent}`,
      occurredAt: at,
      source: 'a loop',
      ...content,
    });
    this.verdicts.push(verdict);
    this.rest();
    return verdict;
  }

  /** What comes of a message when all lanes have gone on: a file is asked about, what was answered is settled and noted. */
  rest(): void {
    const { state } = this.file;
    for (const aside of state.review.asides.filter(({ settled }) => !settled)) {
      const { question } = aside;
      const id = `LAMPS-1/${question.key}`;
      const wait = { what: question.kind, key: question.key, lane: 'logistics', fromWhom: 'operator' } as const;
      state.tasks[id] ??= askedTask(id, question, 'logistics', at);
      if (!state.tasks[id].answer) this.file.foresee(wait).deadline = deadline;
      else {
        aside.settled = true;
        this.file.forgo(wait);
      }
    }
    for (const inbox of [state.customs, state.review.changes, state.destination.news]) inbox.read = inbox.items.length;
    state.records.pending = [];
  }

  ask(question: Question): void {
    const id = `LAMPS-1/${question.key}`;
    this.file.state.tasks[id] = askedTask(id, question, 'trunk', at);
  }

  get carried(): number {
    return bytesOf(carryOver(this.file.state));
  }

  move(): void {
    this.file = new ShipmentFile(takeOver(JSON.parse(JSON.stringify(carryOver(this.file.state))), at));
  }

  get open(): string[] {
    return Object.values(this.file.state.tasks).flatMap(({ id, answer }) => (answer === null ? [id] : []));
  }
}

const deadline = {
  id: 'document-unconfirmed',
  basis: 'three working days, after which what came in is still no evidence',
  jurisdiction: 'CN',
  startedAt: at,
  dueAt: '2026-11-27T10:00:00.000Z',
  warnAt: ['2026-11-25T10:00:00.000Z', '2026-11-26T10:00:00.000Z'],
  owner: 'operator' as const,
  provisional: false,
};

const received = (n: number, documentId = `attachment-of-the-freight-agent-${n}`) => ({
  documentId,
  fileName: `${'Scan of the bill of lading and its annexes '.repeat(2)}-${n}.pdf`,
  note: 'No words could be read in this file: it holds pictures only. '.repeat(4),
  file: n.toString(16).padStart(64, '0'),
  fieldsRead: 0,
  fieldsDoubtful: 0,
});
const release = {
  side: 'export',
  clientSequenceNumber: 'acme/LAMPS-1/declaration/1',
  channel: 'P',
  declarationNumber: '310120260000000001',
};

describe('files in a loop', () => {
  let shipment: Flooded;
  beforeEach(() => {
    shipment = new Flooded();
  });

  it('are taken as long as people can be asked about them; then the verdict says what to do', () => {
    for (let n = 0; n < 1000; n++) shipment.send('receiveDocument', received(n));
    expect(shipment.verdicts.filter(({ status }) => status === 'applied')).toHaveLength(UNCONFIRMED_FILES_MOST);
    expect(shipment.verdicts.at(-1)).toEqual({
      status: 'impossible',
      reason: expect.stringMatching(/^100 files of this shipment wait to be confirmed: confirm them, or answer/),
    });
    expect(shipment.carried).toBeLessThan(500_000);
    shipment.move();
    expect(shipment.send('customsResponse', release)).toEqual({ status: 'applied' });
    expect(shipment.file.state.declaration.releasedAt).not.toBeNull();
  });

  it('are taken again once some are settled, and a paper that is among them may come anew', () => {
    for (let n = 0; n < UNCONFIRMED_FILES_MOST; n++) shipment.send('receiveDocument', received(n));
    expect(shipment.send('receiveDocument', received(500)).status).toBe('impossible');
    const [, { documentId }] = [0, received(7)];
    expect(shipment.send('receiveDocument', received(501, documentId)).status).toBe('applied');
    expect(shipment.send('receiveDocument', received(500)).status).toBe('impossible');
    const [taskId] = shipment.open;
    shipment.send('answerTask', { taskId, choice: 'not-ours', reason: 'of another buyer' });
    expect(shipment.send('receiveDocument', received(500)).status).toBe('applied');
  });

  it('of one paper, each in the place of the one before, fill the file no further than papers may', () => {
    for (let n = 0; n < 2600; n++) {
      shipment.send('receiveDocument', received(n, 'the-same'));
      if (n % 600 === 0) shipment.move();
    }
    expect(shipment.verdicts.at(-1)).toMatchObject({
      status: 'impossible',
      reason: expect.stringContaining('nearly full of papers and files'),
    });
    expect(shipment.carried).toBeLessThan(1_350_000);
    expect(shipment.send('customsResponse', release)).toEqual({ status: 'applied' });
    const [taskId] = shipment.open;
    expect(shipment.send('answerTask', { taskId, choice: 'not-ours', reason: '不是'.repeat(900) }).status).toBe(
      'applied',
    );
  }, 60_000);
});

const text = (most: number) =>
  fc.integer({ min: 1, max: most }).map((length) => '提单 scan '.repeat(most).slice(0, length));
type Sender = (n: number) => [MessageName, object];
/** Who sends papers in a loop, each time a little other. */
const papers: fc.Arbitrary<Sender> = fc.oneof(
  fc.tuple(text(300), fc.boolean()).map(
    ([note, same]): Sender =>
      (n) => ['receiveDocument', { ...received(n, same ? 'same' : undefined), note }],
  ),
  fc.array(text(500), { maxLength: 50 }).map((values): Sender => {
    const fields = Object.fromEntries(values.map((one, index) => [`field-${index}`, one]));
    return (n) => ['submitDocument', { documentId: `d-${n}`, kind: 'packing-list', facts: 'a'.repeat(64), fields }];
  }),
);
/** Always more than the file takes, whatever else is drawn. */
const heavy: Sender = (n) => {
  const fields = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field-${index}`, 'x'.repeat(400)]));
  return ['submitDocument', { documentId: `heavy-${n}`, kind: 'packing-list', fields }];
};
const light: Sender = (n) => ['submitDocument', { documentId: `light-${n}`, kind: 'packing-list', fields: {} }];
const tooMuch: [[Sender, number][]] = [
  [
    [heavy, 150],
    [light, 300],
  ],
];
/** Who says something else in a loop. */
const parties: fc.Arbitrary<Sender> = fc.oneof(
  text(2000).map(
    (note): Sender =>
      (n) => [
        'customsResponse',
        { ...release, channel: 'J', note, noticeTime: new Date(1.8e12 + n * 60_000).toISOString() },
      ],
  ),
  text(1000).map((word): Sender => {
    const notice = { form: 'CBP 28', datedOn: '2026-11-24', questions: Array(20).fill(word) };
    const news = { side: 'destination', effect: 'note', note: word };
    return (n) => ['customsResponse', { ...news, notice: { ...notice, number: `n-${n}` } }];
  }),
  fc.constant<Sender>((n) => ['logisticsEvent', { classifier: 'PLN', event: 'LOAD', eventAt: at, voyage: String(n) }]),
  text(300).map(
    (what): Sender =>
      () => ['reviewAgain', { cause: 'list', what }],
  ),
  text(2000).map(
    (reason): Sender =>
      (n) => ['amendDeclaration', { reason, lines: [{ line: (n % 50) + 1, nameEn: reason.slice(0, 200) }] }],
  ),
);
const floodsOf = (sender: fc.Arbitrary<Sender>) =>
  fc.array(fc.tuple(sender, fc.integer({ min: 50, max: 700 })), { minLength: 1, maxLength: 4 });

/** A shipment with forty questions that a correction answers, after so many floods, each carried over. */
function floodedBy(floods: readonly (readonly [Sender, number])[]): Flooded {
  const shipment = new Flooded();
  for (let n = 0; n < 40; n++) shipment.ask(questions.customsReturned(`acme/LAMPS-1/declaration/${n}`, ''));
  let nth = 0;
  for (const [one, times] of floods) {
    for (let n = 0; n < times; n++) shipment.send(...one(nth++));
    expect(shipment.carried).toBeLessThan(CARRIED_MOST);
    shipment.move();
  }
  return shipment;
}

it('whatever floods a shipment, what it carries stays below what the engine takes, and our people are heard', () => {
  fc.assert(
    fc.property(floodsOf(fc.oneof(papers, parties)), (floods) => {
      const shipment = floodedBy(floods);
      shipment.ask(questions.customsReturned('acme/LAMPS-1/declaration/last', ''));
      const taskId = shipment.open.at(-1);
      const answer = { taskId, choice: 'give-up', reason: '不再出口'.repeat(400) };
      expect(shipment.send('answerTask', answer)).toEqual({ status: 'applied' });
    }),
    { numRuns: 5, examples: [tooMuch] },
  );
}, 240_000);

it('however many papers flood a shipment, customs is heard', () => {
  fc.assert(
    fc.property(floodsOf(papers), (floods) => {
      const shipment = floodedBy(floods);
      expect(shipment.send('customsResponse', { ...release, note: '放行'.repeat(900) })).toEqual({ status: 'applied' });
      expect(shipment.file.state.declaration.releasedAt).not.toBeNull();
    }),
    { numRuns: 5, examples: [tooMuch] },
  );
}, 240_000);
