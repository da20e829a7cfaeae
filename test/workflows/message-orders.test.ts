import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { OrderFacts } from '../../activities/records/contract.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { instalmentsOf, orderTotal } from '../../rules/order/figures.ts';
import type { ShipmentState } from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import type { MessageName, Verdict } from '../../workflows/messages.ts';
import { ShipmentFile } from '../../workflows/shipment-file.ts';
import { orderOf, reference } from '../rules/orders.ts';

const openedAt = '2026-11-24T08:00:00.000Z';
const NUMBER = '310120260000123456';
const lamps = orderOf({
  payment: {
    instalments: [
      { share: '0.3', trigger: 'order', days: 0 },
      { share: '0.7', trigger: 'shipment', days: 30 },
    ],
  },
});
const orderFacts: OrderFacts = {
  orderedOn: '2026-11-02' as CivilDate,
  destination: 'US',
  transportMode: 'sea',
  total: orderTotal(lamps),
  lines: 1,
  instalments: instalmentsOf(lamps, '2026-11-02' as CivilDate),
  goods: '1000 LED table lamp',
  claimBeforeReceipt: false,
  channels: reference.customsChannels,
  archivePapers: [],
};

interface Message {
  name: MessageName;
  content: { messageId: string } & Record<string, unknown>;
}

const message = (name: MessageName, messageId: string, fields: object): Message => ({
  name,
  content: { occurredAt: openedAt, source: 'test', ...fields, messageId },
});
const receipt = (channel: string, day: string) =>
  message('customsResponse', `receipt-${channel}`, {
    side: 'export',
    clientSequenceNumber: 'acme/LAMPS-1/declaration/1',
    declarationNumber: NUMBER,
    channel,
    noticeTime: `${day}T02:00:00Z`,
    ...(channel === 'J' ? {} : { exportedOn: '2026-11-29' }),
  });
const actual = (event: string, day: string) =>
  message('logisticsEvent', `actual-${event}`, { classifier: 'ACT', event, eventAt: `${day}T20:00:00Z` });

const reviewed = receipt('J', '2026-11-25');
const released = receipt('P', '2026-11-26');
const closed = receipt('R', '2026-12-03');
const departure = actual('DEPA', '2026-11-28');
const arrival = actual('ARRI', '2026-12-20');
const destinationRelease = message('customsResponse', 'destination-release', {
  side: 'destination',
  effect: 'released',
});
const gateOut = actual('GTOT', '2026-12-22');
const fx = (n: number) =>
  message('fxReceipt', `fx-${n}`, {
    receiptId: `bank-${n}`,
    instalment: 1 + (n % 2),
    currency: 'USD',
    amount: `${1000 + n}.00`,
    charges: '0',
    valueDate: '2026-12-01',
  });
const paper = (n: number) =>
  message('submitDocument', `paper-${n}`, { documentId: `doc-${n}`, kind: `certificate-${n}` });
const invoice = (n: number) =>
  message('registerVatInvoice', `invoice-${n}`, {
    number: `2633000000000000000${n}`,
    issuedOn: '2026-12-20',
    seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
    confirmedForRefund: true,
    lines: [{ line: 1, name: 'lamps', quantity: '1', unit: '台', net: '66.00', vatRatePercent: '13', vat: '8.58' }],
  });

const customsReceipts = [reviewed, released, closed];
const goodsOnTheirWay = [departure, arrival, destinationRelease, gateOut];

/** What one shipment is told in its life, as far as the goods have come, in the order in which it happened. */
const lives = fc
  .record({ came: fc.nat(4), money: fc.nat(4), papers: fc.nat(4), invoices: fc.nat(3) })
  .map(({ came, money, papers, invoices }) => [
    ...Array.from({ length: papers }, (_, n) => paper(n)),
    ...customsReceipts,
    ...goodsOnTheirWay.slice(0, came),
    ...Array.from({ length: money }, (_, n) => fx(n)),
    ...Array.from({ length: invoices }, (_, n) => invoice(n)),
  ]);

/** The steps of the process itself, between which messages come in. */
type Move = 'take in' | 'file';

/** The messages of a life in any order, each up to three times, and the moves of the process anywhere between them. */
const deliveries = lives.chain((life) =>
  fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: life.length, maxLength: life.length })
    .chain((times) => {
      const all = life.flatMap((one, index) => Array.from({ length: times[index] ?? 1 }, () => one));
      return fc.record({
        shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
        before: fc.nat(all.length),
        between: fc.nat(all.length),
      });
    })
    .map(({ shuffled, before, between }) => {
      const course: (Message | Move)[] = [
        ...shuffled.slice(0, before),
        'take in',
        ...shuffled.slice(before, before + between),
        'file',
        ...shuffled.slice(before + between),
      ];
      return { happened: life, course };
    }),
);

const newFile = () =>
  new ShipmentFile(newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, openedAt));

function follow(file: ShipmentFile, course: readonly (Message | Move)[]): ShipmentFile {
  for (const one of course)
    if (one === 'take in') {
      file.enter('trunk', 'intake');
      file.state.order = orderFacts;
      file.enter('trunk', 'compliance-review');
    } else if (one === 'file') {
      file.enter('trunk', 'export-declaration');
      file.state.declaration.filed = 1;
      file.note('declaration-filed', {});
    } else file.receive(one.name, one.content);
  return file;
}

/** What is known in the end, without the moments at which it was learned. */
function factsOf({ declaration, transport, destination, money, documents, customs, messages }: ShipmentState) {
  const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  return {
    declarationNumber: declaration.number,
    exportedOn: declaration.exportedOn,
    released: declaration.releasedAt !== null,
    closed: declaration.closedAt !== null,
    channels: sorted(customs.items.map(({ channel }) => channel)),
    departedAt: transport.departedAt,
    arrivedAt: transport.arrivedAt,
    deliveredAt: transport.deliveredAt,
    releasedAtDestination: destination.releasedAt !== null,
    receipts: sorted(money.receipts),
    documents: sorted(documents),
    invoices: sorted(money.invoices),
    held: messages.held.length,
    remembered: Object.keys(messages.seen).sort(),
  };
}

/** Ids of the messages that were applied, at once or after being held, in that order. */
const appliedIn = ({ records }: ShipmentState) =>
  records.pending
    .filter(({ kind, data }) => (kind === 'message' || kind === 'message-applied') && data.status === 'applied')
    .map(({ data }) => String(data.messageId));

beforeAll(() => {
  jest.useFakeTimers({ now: new Date(openedAt) });
});
afterAll(() => {
  jest.useRealTimers();
});

describe('whatever the order of delivery, and however often', () => {
  it('the shipment knows the same in the end, and nothing stays held', () => {
    fc.assert(
      fc.property(deliveries, ({ happened, course }) => {
        const inOrder = follow(newFile(), ['take in', 'file', ...happened]);
        const anyOrder = follow(newFile(), course);
        expect(factsOf(inOrder.state).held).toBe(0);
        expect(factsOf(anyOrder.state)).toEqual(factsOf(inOrder.state));
      }),
      { numRuns: 500 },
    );
  });
  it('each message is applied exactly once', () => {
    fc.assert(
      fc.property(deliveries, ({ happened, course }) => {
        const { state } = follow(newFile(), course);
        expect(appliedIn(state).sort()).toEqual(happened.map(({ content }) => content.messageId).sort());
      }),
      { numRuns: 300 },
    );
  });
  it('the first delivery is applied or held, every other is a duplicate', () => {
    fc.assert(
      fc.property(deliveries, ({ course }) => {
        const file = newFile();
        const met = new Set<string>();
        for (const one of course)
          if (typeof one === 'string') follow(file, [one]);
          else {
            const { status } = file.receive(one.name, one.content);
            if (met.has(one.content.messageId)) expect(status).toBe('duplicate');
            else expect(['applied', 'held']).toContain(status);
            met.add(one.content.messageId);
          }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a held message', () => {
  it('is applied when its turn has come: departure, arrival, the destination’s release, gate out', () => {
    const file = follow(newFile(), ['take in', 'file', gateOut, destinationRelease, arrival, departure, closed]);
    expect(file.state.messages.held).toHaveLength(5);
    follow(file, [released]);
    const order = appliedIn(file.state);
    expect(file.state.messages.held).toEqual([]);
    expect(order[0]).toBe('receipt-P');
    for (const [earlier, later] of [
      ['actual-DEPA', 'actual-ARRI'],
      ['actual-ARRI', 'actual-GTOT'],
      ['destination-release', 'actual-GTOT'],
    ] as const)
      expect(order.indexOf(earlier)).toBeLessThan(order.indexOf(later));
    expect(file.state.journal.slice(-6).map(({ status }) => status)).toEqual(Array(6).fill('applied'));
  });
  it('is applied when the shipment enters its next stage, without another message', () => {
    const file = follow(newFile(), [fx(0), paper(0), invoice(0)]);
    expect(file.state.messages.held).toHaveLength(3);
    follow(file, ['take in']);
    expect(appliedIn(file.state)).toEqual(['fx-0', 'paper-0', 'invoice-0']);
    expect(file.state.messages.held).toEqual([]);
  });
  it('is applied when the declaration is filed, without another message', () => {
    const file = follow(newFile(), ['take in', closed, released, reviewed]);
    expect(file.state.messages.held).toHaveLength(3);
    follow(file, ['file']);
    expect(appliedIn(file.state)).toEqual(['receipt-P', 'receipt-J', 'receipt-R']);
    expect(file.state.messages.held).toEqual([]);
  });
  it('stays held while one of those before it is missing', () => {
    const file = follow(newFile(), ['take in', 'file', released, gateOut, arrival, destinationRelease]);
    expect(file.state.messages.held.map((one) => one.message)).toEqual([gateOut.content, arrival.content]);
    expect(file.state.transport).toMatchObject({ arrivedAt: null, deliveredAt: null });
  });
  it('that turns out to be impossible is let go with its reason', () => {
    const file = follow(newFile(), [message('fxReceipt', 'fx-euro', { ...fx(0).content, currency: 'EUR' })]);
    expect(file.state.messages.held).toHaveLength(1);
    follow(file, ['take in']);
    expect(file.state.messages.held).toEqual([]);
    expect(file.state.money.receipts).toEqual([]);
    expect(file.state.journal.at(-1)).toMatchObject({
      name: 'fxReceipt',
      status: 'impossible',
      reason: 'the contract is in USD, the receipt in EUR',
    });
  });
  it('that another one has made superfluous is a duplicate: one receipt sent under two ids', () => {
    const again = message('customsResponse', 'receipt-R-asked', closed.content);
    const file = follow(newFile(), ['take in', 'file', closed, again, released]);
    expect(file.state.messages.held).toEqual([]);
    expect(file.state.customs.items.map(({ channel }) => channel)).toEqual(['P', 'R']);
    expect(file.state.journal.at(-1)).toMatchObject({ messageId: 'receipt-R-asked', status: 'duplicate' });
  });
  it('is let go when the shipment has closed without it', () => {
    const file = follow(newFile(), ['take in', 'file', departure]);
    file.state.closing = {
      outcome: 'refused',
      reasons: [],
      refund: null,
      closedAt: openedAt,
      ends: { declaration: null, logistics: null, money: null },
    };
    file.enter('money', 'fx-clock');
    expect(file.state.messages.held).toEqual([]);
    expect(file.state.journal.at(-1)).toMatchObject({
      messageId: 'actual-DEPA',
      status: 'impossible',
      reason: 'the shipment is closed (refused)',
    });
  });
});

/** What a shipment is after it was written down and read again, as continue-as-new does. */
const carriedOver = (file: ShipmentFile) => new ShipmentFile(JSON.parse(JSON.stringify(file.state)) as ShipmentState);

describe('a shipment that is carried over', () => {
  it('goes on as if nothing had been, wherever it was cut', () => {
    fc.assert(
      fc.property(deliveries, fc.nat(60), ({ course }, at) => {
        const cut = Math.min(at, course.length);
        const whole = follow(newFile(), course);
        const carried = follow(carriedOver(follow(newFile(), course.slice(0, cut))), course.slice(cut));
        expect(carried.state).toEqual(whole.state);
      }),
      { numRuns: 300 },
    );
  });

  const busy = () => {
    const file = follow(newFile(), ['take in', 'file', paper(0), fx(0), gateOut, arrival, departure, reviewed]);
    file.receive('cancelShipment', 'junk');
    file.state.tasks['LAMPS-1/customs-returned/1'] = {
      id: 'LAMPS-1/customs-returned/1',
      kind: 'customs-returned',
      lane: 'trunk',
      title: 'Customs returned the declaration.',
      ownerRole: 'operator',
      choices: ['file-again', 'give-up'],
      askedAt: openedAt,
      answer: null,
      moot: false,
    };
    return file;
  };
  const correction = message('amendDeclaration', 'correction-1', {
    reason: 'a price was wrong',
    lines: [{ line: 1, unitPrice: '12.50' }],
  });
  const answer = message('answerTask', 'answer-1', { taskId: 'LAMPS-1/customs-returned/1', choice: 'file-again' });

  it.each<[string, Message, Verdict['status']]>([
    ['a message that it had applied is a duplicate', paper(0), 'duplicate'],
    ['a message that it holds is a duplicate', arrival, 'duplicate'],
    ['an old id with other content is a conflict', message('fxReceipt', 'fx-0', fx(1).content), 'conflict'],
    ['an answer to a task that it asked counts', answer, 'applied'],
    ['a correction answers a task that it asked', correction, 'applied'],
    ['the release lets everything through that it held', released, 'applied'],
    [
      'a receipt that is recorded under another id is recognised',
      message('customsResponse', 'receipt-J-asked', reviewed.content),
      'duplicate',
    ],
    ['junk is junk', { name: 'taxResponse', content: { messageId: 'junk' } }, 'impossible'],
  ])('%s', (_, next, status) => {
    const stayed = busy();
    const carried = carriedOver(busy());
    expect(stayed.receive(next.name, next.content).status).toBe(status);
    expect(carried.receive(next.name, next.content).status).toBe(status);
    expect(carried.state).toEqual(stayed.state);
  });
});
