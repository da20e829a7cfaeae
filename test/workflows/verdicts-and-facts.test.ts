import { describe, expect, it } from '@jest/globals';
import type { OrderFacts, Papers } from '../../activities/records/contract.ts';
import { addDays, type CivilDate, chinaDate } from '../../rules/civil-date.ts';
import { instalmentsOf, orderTotal } from '../../rules/order/figures.ts';
import type { AskedTask, Closing, ShipmentState } from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import { recordFact } from '../../workflows/facts.ts';
import { type MessageName, messageNames, shipmentMessages, type Verdict } from '../../workflows/messages.ts';
import { aheadOfItsTime, judge, meaningOf } from '../../workflows/verdicts.ts';
import { asOf, orderOf, reference } from '../rules/orders.ts';

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

const NUMBER = '310120260000123456';
const INVOICE = '26330000000000000001';
const REPLACEMENT = '26330000000000000002';

/** How far a shipment has come: each step is a change of the state before it. */
type Step = (state: ShipmentState) => void;

const takenIn: Step = (state) => {
  state.order = orderFacts;
};
const filed: Step = (state) => {
  takenIn(state);
  state.declaration.filed = 1;
};
const numbered: Step = (state) => {
  filed(state);
  state.declaration.number = NUMBER;
};
const released: Step = (state) => {
  numbered(state);
  state.declaration.releasedAt = asOf;
};
const departed: Step = (state) => {
  released(state);
  state.transport.departedAt = asOf;
};
const arrived: Step = (state) => {
  departed(state);
  state.transport.arrivedAt = asOf;
};
const cleared: Step = (state) => {
  arrived(state);
  state.destination.releasedAt = asOf;
};
const delivered: Step = (state) => {
  cleared(state);
  state.transport.end = { kind: 'delivered', at: asOf };
};
const claimed: Step = (state) => {
  released(state);
  state.claim.revision = 1;
  state.claim.submittedAt = asOf;
};
const refundPaid: Step = (state) => {
  claimed(state);
  state.claim.paid = { amount: { amount: '8580.00', currency: 'CNY' }, on: '2027-01-20' as CivilDate };
};
const secondRevision: Step = (state) => {
  filed(state);
  state.declaration.revision = 2;
  state.declaration.filed = 2;
};
const asked =
  (changes: Partial<AskedTask>): Step =>
  (state) => {
    const task: AskedTask = {
      id: 'LAMPS-1/question',
      kind: 'customs-returned',
      lane: 'trunk',
      title: 'Customs returned the declaration.',
      ownerRole: 'operator',
      choices: ['file-again', 'give-up'],
      askedAt: asOf,
      answer: null,
      moot: false,
      ...changes,
    };
    state.tasks[task.id] = task;
  };
const answered = { choice: 'file-again', reason: '', evidence: [], at: asOf };

function shipmentAfter(...steps: Step[]): ShipmentState {
  const state = newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, asOf);
  for (const step of steps) step(state);
  return state;
}

const envelope = { messageId: 'm-1', occurredAt: asOf, source: 'test' };
const own = (revision: number | string) => `acme/LAMPS-1/declaration/${revision}`;

const receipt = (fields: object) => ({ side: 'export', channel: 'J', clientSequenceNumber: own(1), ...fields });
const news = (fields: object = {}) => ({ side: 'destination', effect: 'note', ...fields });
const inspection = (fields: object) => ({ side: 'export', kind: 'unpacking', outcome: 'released', ...fields });
const event = (classifier: string, code: string, fields: object = {}) => ({
  classifier,
  event: code,
  eventAt: asOf,
  ...fields,
});
const fx = (fields: object = {}) => ({
  receiptId: 'bank-1',
  instalment: 1,
  currency: 'USD',
  amount: '3600.00',
  charges: '0',
  valueDate: '2026-11-20',
  ...fields,
});
const step = (fields: object = {}) => ({ claim: 'acme/LAMPS-1/claim/1', status: 'received', ...fields });
const paper = (fields: object = {}) => ({ documentId: 'doc-1', kind: 'certificate-cpc', ...fields });
const answer = (fields: object = {}) => ({ taskId: 'LAMPS-1/question', choice: 'file-again', ...fields });
const amendment = { reason: 'a price was wrong', lines: [{ line: 1, unitPrice: '12.50' }] };
const invoice = (fields: object = {}) => ({
  number: INVOICE,
  issuedOn: '2026-12-20',
  seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
  confirmedForRefund: true,
  lines: [
    { line: 1, name: 'lamps', quantity: '1000', unit: '台', net: '66000.00', vatRatePercent: '13', vat: '8580.00' },
  ],
  ...fields,
});

/** A message, the shipment it comes to, and what becomes of it: a status, with words of the reason where there is one. */
interface Case {
  it: string;
  after: Step[];
  says: object;
  verdict: Verdict['status'];
  because?: string;
}

const NOT_TAKEN_IN = 'the order is not taken in yet';
const NOT_RELEASED = 'the goods are not released for export yet';
const NOT_FILED = 'no such declaration is filed yet';
const NOT_UNDER_WAY = 'the goods are not on their way any more';

const customsResponses: Case[] = [
  { it: 'a receipt on the filed declaration counts', after: [filed], says: receipt({}), verdict: 'applied' },
  {
    it: 'a receipt that names only the known declaration number counts',
    after: [numbered],
    says: receipt({ clientSequenceNumber: undefined, declarationNumber: NUMBER }),
    verdict: 'applied',
  },
  {
    it: 'a receipt before anything is filed is kept for later',
    after: [takenIn],
    says: receipt({}),
    verdict: 'held',
    because: NOT_FILED,
  },
  {
    it: 'a receipt by number before anything is filed is kept for later',
    after: [takenIn],
    says: receipt({ clientSequenceNumber: undefined, declarationNumber: NUMBER }),
    verdict: 'held',
    because: NOT_FILED,
  },
  {
    it: 'a receipt on a revision that is not filed yet is kept for later',
    after: [filed],
    says: receipt({ clientSequenceNumber: own(2) }),
    verdict: 'held',
    because: NOT_FILED,
  },
  {
    it: 'a receipt by a number that no receipt told before waits for the one that does',
    after: [filed],
    says: receipt({ clientSequenceNumber: undefined, declarationNumber: NUMBER }),
    verdict: 'held',
    because: 'its number is not known here yet',
  },
  {
    it: 'a receipt on a revision that was replaced comes too late',
    after: [secondRevision],
    says: receipt({}),
    verdict: 'impossible',
    because: 'revision 1 was replaced by revision 2',
  },
  {
    it: 'a receipt on another shipment is refused',
    after: [filed],
    says: receipt({ clientSequenceNumber: 'acme/LAMPS-2/declaration/1' }),
    verdict: 'impossible',
    because: 'acme/LAMPS-2/declaration/1 is not of this shipment',
  },
  {
    it: 'a receipt on a shipment whose reference only begins like ours is refused',
    after: [filed],
    says: receipt({ clientSequenceNumber: 'acme/LAMPS-11/declaration/1' }),
    verdict: 'impossible',
    because: 'is not of this shipment',
  },
  {
    it: 'a receipt on the same reference of another organisation is refused',
    after: [filed],
    says: receipt({ clientSequenceNumber: 'other/LAMPS-1/declaration/1' }),
    verdict: 'impossible',
    because: 'is not of this shipment',
  },
  ...['first', '1.5', '-1', '1/x'].map(
    (end): Case => ({
      it: `a client sequence number that ends in "${end}" names no revision`,
      after: [filed],
      says: receipt({ clientSequenceNumber: own(end) }),
      verdict: 'impossible',
      because: 'has no revision at its end',
    }),
  ),
  {
    it: 'a notice that was due before the shipment began is a typing error',
    after: [released],
    says: news({
      notice: {
        form: 'CBP 28',
        number: '1',
        datedOn: '2026-12-10',
        dueOn: '1996-01-10',
        questions: ['Who made them?'],
      },
    }),
    verdict: 'impossible',
    because: 'notice.dueOn 1996-01-10 lies long before',
  },
  {
    it: 'a receipt of another year is a typing error',
    after: [filed],
    says: receipt({ noticeTime: '2062-11-28T00:00:00Z' }),
    verdict: 'impossible',
    because: 'noticeTime 2062-11-28T00:00:00Z is more than 400 days from',
  },
  {
    it: 'an export date in another year is a typing error, not the start of a clock of the law',
    after: [filed],
    says: receipt({ exportedOn: '2062-11-28' }),
    verdict: 'impossible',
    because: 'exportedOn 2062-11-28 is more than 400 days from',
  },
  {
    it: 'another number for a revision that has one is not this shipment’s',
    after: [numbered, (state) => (state.declaration.numberOf = 1)],
    says: receipt({ declarationNumber: '310120260000999999' }),
    verdict: 'impossible',
    because: 'revision 1 has the number',
  },
  {
    it: 'another number for a revision that has one counts when it is said to correct the first',
    after: [numbered, (state) => (state.declaration.numberOf = 1)],
    says: receipt({ declarationNumber: '310120260000999999', correctsNumber: true }),
    verdict: 'applied',
  },
  {
    it: 'a recorded receipt is sent again to correct its number',
    after: [
      filed,
      (state) => recordFact('customsResponse', state, customs(receipt({ noticeTime: asOf, messageId: 'm-0' })), asOf),
    ],
    says: receipt({ noticeTime: asOf, declarationNumber: '310120260000999999', correctsNumber: true }),
    verdict: 'applied',
  },
  {
    it: 'a number is corrected under our own sequence number only',
    after: [filed],
    says: receipt({ clientSequenceNumber: undefined, declarationNumber: NUMBER, correctsNumber: true }),
    verdict: 'impossible',
    because: 'correctsNumber needs clientSequenceNumber',
  },
  {
    it: 'a receipt under our own sequence number may bring a new declaration number: it was declared anew',
    after: [numbered],
    says: receipt({ declarationNumber: '310120260000999999' }),
    verdict: 'applied',
  },
  {
    it: 'a receipt with another declaration number alone is refused, and told the right one',
    after: [numbered],
    says: receipt({ clientSequenceNumber: undefined, declarationNumber: '310120260000999999' }),
    verdict: 'impossible',
    because: `its number is ${NUMBER}`,
  },
  {
    it: 'a receipt that names no declaration is refused',
    after: [filed],
    says: receipt({ clientSequenceNumber: undefined }),
    verdict: 'impossible',
    because: 'name the declaration',
  },
  {
    it: 'the same receipt under another message id is one receipt',
    after: [
      filed,
      (state) => recordFact('customsResponse', state, customs(receipt({ noticeTime: asOf, messageId: 'm-0' })), asOf),
    ],
    says: receipt({ noticeTime: asOf }),
    verdict: 'duplicate',
    because: 'under another messageId',
  },
  {
    it: 'the same channel at another time is another receipt',
    after: [filed, (state) => recordFact('customsResponse', state, customs(receipt({ noticeTime: asOf })), asOf)],
    says: receipt({ noticeTime: '2026-11-24T09:00:00Z' }),
    verdict: 'applied',
  },
  {
    it: 'without a notice time two receipts of one channel are two',
    after: [filed, (state) => recordFact('customsResponse', state, customs(receipt({})), asOf)],
    says: receipt({}),
    verdict: 'applied',
  },
  {
    it: 'closed (channel R) before the release is kept until the release is here',
    after: [filed],
    says: receipt({ channel: 'R' }),
    verdict: 'held',
    because: 'closed before release',
  },
  {
    it: 'closed (channel R) after the release counts',
    after: [released],
    says: receipt({ channel: 'R' }),
    verdict: 'applied',
  },
  {
    it: 'a channel that nobody knows is kept and shown',
    after: [filed],
    says: receipt({ channel: '?' }),
    verdict: 'applied',
  },
  {
    it: 'news from the destination before the export release is kept for later',
    after: [filed],
    says: news(),
    verdict: 'held',
    because: NOT_RELEASED,
  },
  {
    it: 'news from the destination after the export release counts',
    after: [released],
    says: news(),
    verdict: 'applied',
  },
  {
    it: 'a twenty-first hold is refused',
    after: [
      released,
      (state) => {
        state.destination.holds = Array.from({ length: 20 }, (_, n) => `hold ${n}`);
      },
    ],
    says: news({ effect: 'hold-placed', hold: 'one more' }),
    verdict: 'impossible',
    because: '20 holds are open already',
  },
  {
    it: 'a notice of the destination still counts when the goods are delivered',
    after: [delivered],
    says: news({ notice: { form: 'CBP 28', number: '1', datedOn: '2027-01-10', questions: ['Who made them?'] } }),
    verdict: 'applied',
  },
];

const inspectionOrdered: Step = (state) =>
  recordFact('customsResponse', state, customs(receipt({ channel: 'C' })), asOf);

const inspectionResults: Case[] = [
  {
    it: 'a result before customs ordered an inspection is kept for later',
    after: [filed],
    says: inspection({}),
    verdict: 'held',
    because: 'has not ordered an inspection',
  },
  {
    it: 'a result of an ordered inspection counts',
    after: [filed, inspectionOrdered],
    says: inspection({}),
    verdict: 'applied',
  },
  {
    it: 'a result after the release has no inspection to belong to',
    after: [released, inspectionOrdered],
    says: inspection({ outcome: 'seized' }),
    verdict: 'impossible',
    because: 'no inspection is open',
  },
  {
    it: 'a result at the destination before the export release is kept for later',
    after: [filed],
    says: inspection({ side: 'destination' }),
    verdict: 'held',
    because: NOT_RELEASED,
  },
  {
    it: 'a result at the destination counts while the goods are under way',
    after: [arrived],
    says: inspection({ side: 'destination' }),
    verdict: 'applied',
  },
  {
    it: 'a result at the destination comes too late when the goods are delivered',
    after: [delivered],
    says: inspection({ side: 'destination' }),
    verdict: 'impossible',
    because: NOT_UNDER_WAY,
  },
];

const logisticsEvents: Case[] = [
  ...['PLN', 'EST'].flatMap((classifier) =>
    ['DEPA', 'ARRI', 'GTOT'].map(
      (code): Case => ({
        it: `a forecast counts at any time: ${classifier} ${code}`,
        after: [],
        says: event(classifier, code),
        verdict: 'applied',
      }),
    ),
  ),
  {
    it: 'loading, which the process does not wait for, counts at any time',
    after: [],
    says: event('ACT', 'LOAD'),
    verdict: 'applied',
  },
  ...['PLN', 'ACT'].map(
    (classifier): Case => ({
      it: `an event in another year is a typing error: ${classifier} DEPA`,
      after: [released],
      says: event(classifier, 'DEPA', { eventAt: '2062-11-28T00:00:00Z' }),
      verdict: 'impossible',
      because: 'eventAt 2062-11-28T00:00:00Z is more than 400 days from',
    }),
  ),
  {
    it: 'a departure before the export release is kept for later',
    after: [filed],
    says: event('ACT', 'DEPA'),
    verdict: 'held',
    because: NOT_RELEASED,
  },
  {
    it: 'a departure after the export release counts',
    after: [released],
    says: event('ACT', 'DEPA'),
    verdict: 'applied',
  },
  {
    it: 'an arrival before the departure is kept for later',
    after: [released],
    says: event('ACT', 'ARRI'),
    verdict: 'held',
    because: 'no departure is reported yet',
  },
  { it: 'an arrival after the departure counts', after: [departed], says: event('ACT', 'ARRI'), verdict: 'applied' },
  ...['GTOT', 'DROP'].flatMap((code): Case[] => [
    {
      it: `${code} before the arrival is kept for later`,
      after: [departed],
      says: event('ACT', code),
      verdict: 'held',
      because: 'no arrival is reported yet',
    },
    {
      it: `${code} before the destination's release is kept for later`,
      after: [arrived],
      says: event('ACT', code),
      verdict: 'held',
      because: 'the destination has not released the goods yet',
    },
    {
      it: `${code} after the destination's release counts`,
      after: [cleared],
      says: event('ACT', code),
      verdict: 'applied',
    },
  ]),
  ...['PLN', 'ACT'].map(
    (classifier): Case => ({
      it: `when the goods are delivered, the carrier has no more to say: ${classifier} ARRI`,
      after: [delivered],
      says: event(classifier, 'ARRI'),
      verdict: 'impossible',
      because: NOT_UNDER_WAY,
    }),
  ),
];

const papersOfOneInstalment: Step = (state) => {
  const instalments = orderFacts.instalments.slice(0, 1);
  state.papers = { revision: 1, contentHash: '', documents: [], total: orderFacts.total, instalments } satisfies Papers;
};

const fxOutOfTime: Case = {
  it: 'money of another decade is a typing error',
  after: [takenIn],
  says: fx({ valueDate: '1996-12-01' }),
  verdict: 'impossible',
  because: 'lies long before the shipment began',
};

const fxReceipts: Case[] = [
  fxOutOfTime,
  {
    it: 'money before the order is taken in is kept for later',
    after: [],
    says: fx(),
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  {
    it: 'money for an instalment of the order counts',
    after: [takenIn],
    says: fx({ instalment: 2 }),
    verdict: 'applied',
  },
  {
    it: 'money for an instalment that the contract does not have is refused',
    after: [takenIn],
    says: fx({ instalment: 3 }),
    verdict: 'impossible',
    because: 'there is no instalment 3: the contract has 2',
  },
  {
    it: 'the instalments are those of the papers, once these are made',
    after: [takenIn, papersOfOneInstalment],
    says: fx({ instalment: 2 }),
    verdict: 'impossible',
    because: 'there is no instalment 2: the contract has 1',
  },
  {
    it: 'money in another currency is refused',
    after: [takenIn],
    says: fx({ currency: 'EUR' }),
    verdict: 'impossible',
    because: 'the contract is in USD, the receipt in EUR',
  },
  {
    it: 'a receipt is booked on an instalment once',
    after: [takenIn, (state) => recordFact('fxReceipt', state, parsed('fxReceipt', fx()), asOf)],
    says: fx({ amount: '1.00' }),
    verdict: 'impossible',
    because: 'receipt bank-1 is already booked on instalment 1',
  },
  {
    it: 'one receipt may pay two instalments',
    after: [takenIn, (state) => recordFact('fxReceipt', state, parsed('fxReceipt', fx()), asOf)],
    says: fx({ instalment: 2 }),
    verdict: 'applied',
  },
  {
    it: 'money after the money side is closed is for finance to decide',
    after: [
      takenIn,
      (state) => {
        state.money.end = { kind: 'unclaimed', because: 'written off' };
      },
    ],
    says: fx(),
    verdict: 'impossible',
    because: 'the money side is closed (unclaimed)',
  },
];

const taxResponses: Case[] = [
  { it: 'a step on the submitted claim counts', after: [claimed], says: step(), verdict: 'applied' },
  {
    it: 'a refund is not paid in another century',
    after: [claimed],
    says: step({ status: 'paid', amount: '1.00', on: '1996-02-01' }),
    verdict: 'impossible',
    because: 'on 1996-02-01 lies long before the shipment began',
  },
  {
    it: 'a refund is not paid before it was claimed',
    after: [claimed],
    says: step({ status: 'paid', amount: '1.00', on: addDays(chinaDate(asOf), -1) }),
    verdict: 'impossible',
    because: 'lies before the claim was submitted',
  },
  {
    it: 'a refund may be paid on the day of its claim',
    after: [claimed],
    says: step({ status: 'paid', amount: '1.00', on: chinaDate(asOf) }),
    verdict: 'applied',
  },
  {
    it: 'an inquiry is not due years later',
    after: [claimed],
    says: step({ status: 'inquiry-letter', dueOn: '2036-02-01' }),
    verdict: 'impossible',
    because: 'dueOn 2036-02-01 is more than 400 days from',
  },
  {
    it: 'a step before any claim is kept for later',
    after: [released],
    says: step(),
    verdict: 'held',
    because: 'no such claim is submitted yet',
  },
  {
    it: 'a step on a claim that is just being sent is kept until it is taken',
    after: [
      claimed,
      (state) => {
        state.claim.submittedAt = null;
      },
    ],
    says: step(),
    verdict: 'held',
    because: 'no such claim is submitted yet',
  },
  {
    it: 'a step on the next revision is kept for later',
    after: [claimed],
    says: step({ claim: 'acme/LAMPS-1/claim/2' }),
    verdict: 'held',
    because: 'no such claim is submitted yet',
  },
  {
    it: 'a step on a claim that was replaced comes too late',
    after: [
      claimed,
      (state) => {
        state.claim.revision = 2;
      },
    ],
    says: step(),
    verdict: 'impossible',
    because: 'claim revision 1 was replaced by revision 2',
  },
  {
    it: 'a step on the claim of another shipment is refused',
    after: [claimed],
    says: step({ claim: 'acme/LAMPS-2/claim/1' }),
    verdict: 'impossible',
    because: 'claim acme/LAMPS-2/claim/1 is not of this shipment',
  },
  ...['', '0', '-1', '1.5', 'first', '1/2'].map(
    (end): Case => ({
      it: `a claim that ends in "${end}" has no revision`,
      after: [claimed],
      says: step({ claim: `acme/LAMPS-1/claim/${end}` }),
      verdict: 'impossible',
      because: 'has no revision at its end',
    }),
  ),
  {
    it: 'when the refund is paid, the claim moves no more',
    after: [refundPaid],
    says: step({ status: 'doubts' }),
    verdict: 'impossible',
    because: 'already paid',
  },
  {
    it: 'a recovery notice may come after the refund',
    after: [refundPaid],
    says: step({ status: 'recovery-notice', amount: '8580.00' }),
    verdict: 'applied',
  },
];

const submittedDocuments: Case[] = [
  {
    it: 'a paper before the order is taken in is kept for later',
    after: [],
    says: paper(),
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  { it: 'a paper for all lines counts', after: [takenIn], says: paper(), verdict: 'applied' },
  { it: 'a paper for one line counts', after: [takenIn], says: paper({ lines: [1] }), verdict: 'applied' },
  {
    it: 'a paper for no line at all is refused',
    after: [takenIn],
    says: paper({ lines: [] }),
    verdict: 'impossible',
    because: 'lines is empty',
  },
  {
    it: 'a paper for a line that the order does not have is refused',
    after: [takenIn],
    says: paper({ lines: [1, 2] }),
    verdict: 'impossible',
    because: 'there is no line 2: the order has 1',
  },
];

/** A folder is judged as its papers are, and taken whole or not at all. */
const submittedFolders: Case[] = [
  ...submittedDocuments.map(
    (one) => ({ ...one, it: `in a folder, ${one.it}`, says: { documents: [one.says] } }) as Case,
  ),
  {
    it: 'a folder in which one paper names a line that the order does not have is refused whole',
    after: [takenIn],
    says: { documents: [paper(), paper({ documentId: 'doc-2', lines: [7] })] },
    verdict: 'impossible',
    because: 'there is no line 7',
  },
];

const answeredTasks: Case[] = [
  { it: 'an answer by one of the choices counts', after: [takenIn, asked({})], says: answer(), verdict: 'applied' },
  {
    it: 'an answer to a task that nobody asked is refused',
    after: [takenIn],
    says: answer(),
    verdict: 'impossible',
    because: 'there is no task LAMPS-1/question',
  },
  {
    it: 'a task is answered once',
    after: [takenIn, asked({ answer: answered })],
    says: answer({ choice: 'give-up' }),
    verdict: 'impossible',
    because: `was answered with file-again at ${asOf}`,
  },
  {
    it: 'a task that answered itself wants no answer',
    after: [takenIn, asked({ moot: true })],
    says: answer(),
    verdict: 'impossible',
    because: 'is not needed any more',
  },
  {
    it: 'an answer that is not among the choices is refused, and told them',
    after: [takenIn, asked({})],
    says: answer({ choice: 'shrug' }),
    verdict: 'impossible',
    because: 'choose file-again, give-up',
  },
];

const NOTHING_OPEN = 'the declaration is with customs and nothing is open on it';
const amendments: Case[] = [
  {
    it: 'a correction before the order is taken in is kept for later',
    after: [],
    says: amendment,
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  { it: 'a correction before filing counts', after: [takenIn], says: amendment, verdict: 'applied' },
  {
    it: 'a correction while customs has the declaration is refused',
    after: [filed],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  ...(['review-finding', 'customs-returned', 'inspection-discrepancy'] as const).map(
    (kind): Case => ({
      it: `a correction answers the open task ${kind}`,
      after: [filed, asked({ kind })],
      says: amendment,
      verdict: 'applied',
    }),
  ),
  {
    it: 'a task about something else does not open the declaration',
    after: [filed, asked({ kind: 'customs-silent' })],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  {
    it: 'a task that is answered does not open the declaration again',
    after: [filed, asked({ answer: answered })],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  {
    it: 'a task that is not needed any more does not open the declaration',
    after: [filed, asked({ moot: true })],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  {
    it: 'a correction after the release is a matter of customs, with proof',
    after: [released, asked({})],
    says: amendment,
    verdict: 'impossible',
    because: 'the goods are released',
  },
  {
    it: 'a correction for a line that the order does not have is refused',
    after: [takenIn],
    says: { ...amendment, lines: [...amendment.lines, { line: 2, quantity: '1' }] },
    verdict: 'impossible',
    because: 'there is no line 2: the order has 1',
  },
];

const registered: Step = (state) =>
  recordFact('registerVatInvoice', state, parsed('registerVatInvoice', invoice()), asOf);

const vatInvoices: Case[] = [
  {
    it: 'an invoice before the order is taken in is kept for later',
    after: [],
    says: invoice(),
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  { it: 'an invoice counts at any time before the claim', after: [takenIn], says: invoice(), verdict: 'applied' },
  {
    it: 'an invoice is registered once',
    after: [takenIn, registered],
    says: invoice(),
    verdict: 'impossible',
    because: `invoice ${INVOICE} is already registered`,
  },
  {
    it: 'an invoice that replaces a registered one counts',
    after: [takenIn, registered],
    says: invoice({ number: REPLACEMENT, replaces: INVOICE }),
    verdict: 'applied',
  },
  {
    it: 'an invoice that replaces one which was never here counts by itself',
    after: [takenIn],
    says: invoice({ number: REPLACEMENT, replaces: INVOICE }),
    verdict: 'applied',
  },
  {
    it: 'an invoice after the claim is submitted is refused',
    after: [claimed],
    says: invoice(),
    verdict: 'impossible',
    because: 'the claim is submitted',
  },
  {
    it: 'an invoice for a line that the order does not have is refused',
    after: [takenIn],
    says: invoice({ lines: [{ ...invoice().lines[0], line: 2 }] }),
    verdict: 'impossible',
    because: 'there is no line 2: the order has 1',
  },
];

const cancellations: Case[] = [
  {
    it: 'an order can be called off before it is taken in',
    after: [],
    says: { reason: 'sold out' },
    verdict: 'applied',
  },
  {
    it: 'an order can be called off before it is filed',
    after: [takenIn],
    says: { reason: 'sold out' },
    verdict: 'applied',
  },
  {
    it: 'an order is called off once',
    after: [
      takenIn,
      (state) => {
        state.cancelled = { reason: 'sold out', at: asOf };
      },
    ],
    says: { reason: 'sold out' },
    verdict: 'impossible',
    because: `the order was called off at ${asOf}`,
  },
  {
    it: 'an order whose declaration is filed is withdrawn by customs',
    after: [filed],
    says: { reason: 'sold out' },
    verdict: 'impossible',
    because: 'have customs withdraw it',
  },
];

const changesOutside: Case[] = [
  {
    it: 'a change is taken before the order is',
    after: [],
    says: { cause: 'list', what: 'the list sdn' },
    verdict: 'applied',
  },
  {
    it: 'a change is taken after the declaration is filed',
    after: [filed],
    says: { cause: 'rule', what: 'the rule us-fcc-certification' },
    verdict: 'applied',
  },
];

const file = (fields: object = {}) => ({
  documentId: 'PC-118',
  kind: 'purchase-contract',
  fileName: 'PC-118.pdf',
  file: 'a'.repeat(64),
  fieldsRead: 3,
  fieldsDoubtful: 1,
  ...fields,
});
const fileIsHere: Step = (state) => {
  takenIn(state);
  state.files = [{ documentId: 'PC-118', file: 'a'.repeat(64) }];
};
const locked: Step = (state) => {
  takenIn(state);
  state.papers = { revision: 1 } as ShipmentState['papers'];
};
const opened: Step = (state) => {
  locked(state);
  state.unlocks.items.push({ reason: 'the marks change', source: 'Li Wei' });
};

const receivedFiles: Case[] = [
  { it: 'a file before the order is taken in', after: [], says: file(), verdict: 'held', because: 'not taken in' },
  { it: 'a file', after: [takenIn], says: file(), verdict: 'applied' },
  { it: 'the same file again', after: [fileIsHere], says: file(), verdict: 'duplicate', because: 'here already' },
  { it: 'the paper re-issued', after: [fileIsHere], says: file({ file: 'b'.repeat(64) }), verdict: 'applied' },
  { it: 'a file after the release', after: [released], says: file(), verdict: 'applied' },
];

const unlocks: Case[] = [
  {
    it: 'nothing is locked yet',
    after: [takenIn],
    says: { reason: 'the marks change' },
    verdict: 'impossible',
    because: 'no papers are locked yet',
  },
  { it: 'locked papers', after: [locked], says: { reason: 'the marks change' }, verdict: 'applied' },
  {
    it: 'papers that are open',
    after: [opened],
    says: { reason: 'once more' },
    verdict: 'impossible',
    because: 'open already',
  },
  {
    it: 'papers that are declared',
    after: [locked, filed],
    says: { reason: 'the marks change' },
    verdict: 'impossible',
    because: 'amendDeclaration',
  },
];

const tables: Record<MessageName, Case[]> = {
  customsResponse: customsResponses,
  inspectionResult: inspectionResults,
  logisticsEvent: logisticsEvents,
  fxReceipt: fxReceipts,
  taxResponse: taxResponses,
  submitDocument: submittedDocuments,
  submitDocuments: submittedFolders,
  receiveDocument: receivedFiles,
  unlockDocuments: unlocks,
  answerTask: answeredTasks,
  amendDeclaration: amendments,
  registerVatInvoice: vatInvoices,
  reviewAgain: changesOutside,
  cancelShipment: cancellations,
};

describe.each(messageNames)('the verdict on %s', (name) => {
  it.each(tables[name])('$it', ({ after, says, verdict, because }) => {
    const state = shipmentAfter(...after);
    const before = structuredClone(state);
    const given = judge(name, state, parsed(name, says) as never);
    expect(given.status).toBe(verdict);
    if (because === undefined) expect(given.reason).toBeUndefined();
    else expect(given.reason).toContain(because);
    expect(state).toEqual(before);
  });

  it('is impossible once the shipment is closed, and says how it ended', () => {
    const state = shipmentAfter(refundPaid);
    state.closing = { outcome: 'refunded' } as Closing;
    for (const { says } of tables[name])
      expect(judge(name, state, parsed(name, says) as never)).toEqual({
        status: 'impossible',
        reason: 'the shipment is closed (refunded)',
      });
  });
});

describe('what happened has happened', () => {
  it.each([
    ['2026-11-24T08:00:00Z', undefined],
    ['2026-11-30T08:00:00Z', undefined],
    ['2026-12-24T08:00:00Z', 'impossible'],
    ['2030-11-24T08:00:00Z', 'impossible'],
  ])('a message of %s, told on 24 November 2026: %s', (occurredAt, verdict) =>
    expect(aheadOfItsTime({ occurredAt }, '2026-11-24T08:00:00Z')?.status).toBe(verdict),
  );
});

describe('what a customs receipt changes', () => {
  const told = (channel: string, fields: object = {}) => {
    const state = shipmentAfter(filed);
    recordFact('customsResponse', state, customs(receipt({ channel, ...fields })), asOf);
    return state;
  };

  it.each(Object.entries(reference.customsChannels))('channel %s means %s', (channel, meaning) => {
    const state = told(channel);
    const { releasedAt, closedAt, withdrawnAt } = state.declaration;
    expect(state.customs).toEqual({ items: [expect.objectContaining({ channel, meaning })], read: 0 });
    expect({ released: releasedAt, closed: closedAt, withdrawn: withdrawnAt }).toEqual({
      released: meaning.startsWith('released') ? asOf : null,
      closed: meaning === 'closed' ? asOf : null,
      withdrawn: meaning === 'withdrawn' ? asOf : null,
    });
  });
  it('a channel that is not in the table, or comes before the order, means unknown', () => {
    expect(told('?').customs.items[0]?.meaning).toBe('unknown');
    expect(meaningOf(shipmentAfter(), 'P')).toBe('unknown');
  });
  it('the first declaration number stays, the last stated export date counts', () => {
    const state = told('J', { declarationNumber: NUMBER, exportedOn: '2026-11-27' });
    recordFact('customsResponse', state, customs(receipt({ channel: 'P', exportedOn: '2026-11-28' })), asOf);
    recordFact('customsResponse', state, customs(receipt({ channel: 'R' })), asOf);
    expect(state.declaration).toMatchObject({ number: NUMBER, exportedOn: '2026-11-28' });
  });
  it('the moment of the first release stays', () => {
    const state = told('B');
    recordFact('customsResponse', state, customs(receipt({ channel: 'P' })), '2026-11-25T08:00:00Z');
    expect(state.declaration.releasedAt).toBe(asOf);
  });
});

describe('what news from the destination changes', () => {
  const told = (...all: object[]) => {
    const state = shipmentAfter(released);
    for (const one of all) recordFact('customsResponse', state, customs(news(one)), asOf);
    return state.destination;
  };
  const placed = (hold?: string) => ({ effect: 'hold-placed', hold });
  const removed = (hold?: string) => ({ effect: 'hold-removed', hold });

  it.each<[string, object[], string[]]>([
    ['a hold is open', [placed('CBP')], ['CBP']],
    ['one name, one hold', [placed('CBP'), placed('CBP')], ['CBP']],
    ['two authorities, two holds', [placed('CBP'), placed('FDA')], ['CBP', 'FDA']],
    ['a hold is removed by its name', [placed('CBP'), placed('FDA'), removed('CBP')], ['FDA']],
    ['a hold without a name is that of customs', [placed()], ['customs']],
    ['and is removed without a name', [placed(), removed()], []],
    ['a hold may come again', [placed('CBP'), removed('CBP'), placed('CBP')], ['CBP']],
  ])('%s', (_, all, holds) => {
    const destination = told(...all);
    expect(destination.holds).toEqual(holds);
    expect(destination.news.items).toHaveLength(all.length);
    expect(destination.releasedAt).toBeNull();
  });
  it('a release is kept with its moment, and no hold is open after it', () => {
    expect(told(placed('CBP'), placed('FDA'), { effect: 'released' })).toMatchObject({ releasedAt: asOf, holds: [] });
  });
  it.each(['export', 'destination'])('a notice from the side %s opens a case', (side) => {
    const notice = { form: 'CBP 28', number: '1', datedOn: '2027-01-10', questions: ['Who made them?'] };
    const state = shipmentAfter(released);
    recordFact('customsResponse', state, customs(side === 'export' ? receipt({ notice }) : news({ notice })), asOf);
    expect(state.destination.cases).toEqual([{ notice, answered: false }]);
  });
  it.each(['export', 'destination'] as const)('an inspection on the side %s goes to that side', (side) => {
    const state = shipmentAfter(released);
    recordFact('inspectionResult', state, parsed('inspectionResult', inspection({ side })), asOf);
    expect(state.exportInspections.items).toHaveLength(side === 'export' ? 1 : 0);
    expect(state.destination.inspections.items).toHaveLength(side === 'export' ? 0 : 1);
  });
});

describe('what a carrier’s event changes', () => {
  const told = (state: ShipmentState, ...events: object[]) => {
    for (const one of events) recordFact('logisticsEvent', state, parsed('logisticsEvent', one), asOf);
    return state;
  };

  it.each<[string, string, object]>([
    ['PLN', 'DEPA', { plannedDeparture: '2026-12-01', forecastAt: { departure: asOf, arrival: null } }],
    ['EST', 'DEPA', { plannedDeparture: '2026-12-01', forecastAt: { departure: asOf, arrival: null } }],
    ['EST', 'ARRI', { plannedArrival: '2026-12-01', forecastAt: { departure: null, arrival: asOf } }],
    ['EST', 'GTOT', {}],
    ['ACT', 'DEPA', { departedAt: '2026-11-30T20:00:00Z' }],
    ['ACT', 'ARRI', { arrivedAt: '2026-11-30T20:00:00Z' }],
    ['ACT', 'GTOT', { deliveredAt: '2026-11-30T20:00:00Z' }],
    ['ACT', 'DROP', { deliveredAt: '2026-11-30T20:00:00Z' }],
    ['ACT', 'LOAD', {}],
  ])('%s %s at four in the morning of 1 December in China: %j', (classifier, code, changed) => {
    const state = told(shipmentAfter(released), event(classifier, code, { eventAt: '2026-11-30T20:00:00Z' }));
    expect(state.transport).toEqual({ ...shipmentAfter(released).transport, ...changed });
  });
  it('a departure is the export date until customs states one', () => {
    const departure = event('ACT', 'DEPA', { eventAt: '2026-11-30T20:00:00Z' });
    const state = told(shipmentAfter(released), departure);
    expect(state.declaration.exportedOn).toBe('2026-12-01');
    recordFact('customsResponse', state, customs(receipt({ channel: 'R', exportedOn: '2026-11-30' })), asOf);
    told(state, departure);
    expect(state.declaration.exportedOn).toBe('2026-11-30');
  });
  it('what happened stays when it is told again at another time', () => {
    const later = { eventAt: '2027-01-01T00:00:00Z' };
    const state = told(shipmentAfter(arrived), event('ACT', 'DEPA', later), event('ACT', 'ARRI', later));
    expect(state.transport).toMatchObject({ departedAt: asOf, arrivedAt: asOf });
  });
});

describe('what people’s messages change', () => {
  const open = (state: ShipmentState) =>
    Object.values(state.tasks)
      .filter((task) => task.answer === null && !task.moot)
      .map((task) => task.id);

  it('a paper closes the tasks that asked for its kind, and no other', () => {
    const state = shipmentAfter(
      takenIn,
      asked({ id: 'wanted', kind: 'review-finding', wantsDocument: 'certificate-cpc' }),
      asked({ id: 'other', kind: 'review-finding', wantsDocument: 'certificate-fcc' }),
      asked({ id: 'no-paper', kind: 'review-finding' }),
      asked({ id: 'moot', wantsDocument: 'certificate-cpc', moot: true }),
    );
    recordFact('submitDocument', state, parsed('submitDocument', paper()), asOf);
    expect(open(state)).toEqual(['other', 'no-paper']);
    expect(state.tasks.wanted?.answer).toEqual({
      choice: 'supplied',
      reason: 'certificate-cpc handed in by test',
      evidence: ['doc-1'],
      at: asOf,
    });
    expect(state.tasks.moot?.answer).toBeNull();
  });
  it('a paper handed in again under its id replaces the first', () => {
    const state = shipmentAfter(takenIn);
    for (const fields of [{ number: 'A' }, { documentId: 'doc-2' }, { number: 'B' }])
      recordFact('submitDocument', state, parsed('submitDocument', paper(fields)), asOf);
    expect(state.documents.map(({ documentId, number }) => [documentId, number])).toEqual([
      ['doc-2', undefined],
      ['doc-1', 'B'],
    ]);
  });
  it('a folder is kept paper by paper, and closes what asked for any of them', () => {
    const state = shipmentAfter(
      takenIn,
      asked({ id: 'first', kind: 'review-finding', wantsDocument: 'certificate-cpc' }),
      asked({ id: 'second', kind: 'review-finding', wantsDocument: 'certificate-fcc' }),
      asked({ id: 'third', kind: 'review-finding', wantsDocument: 'certificate-ce' }),
    );
    const documents = [paper(), paper({ documentId: 'doc-2', kind: 'certificate-fcc' })];
    recordFact('submitDocuments', state, parsed('submitDocuments', { documents }), asOf);
    expect(state.documents.map(({ documentId }) => documentId)).toEqual(['doc-1', 'doc-2']);
    expect(open(state)).toEqual(['third']);
  });
  it('an answer closes its task and no other', () => {
    const state = shipmentAfter(takenIn, asked({}), asked({ id: 'LAMPS-1/other' }));
    recordFact('answerTask', state, parsed('answerTask', answer({ reason: 'telephoned', evidence: ['doc-9'] })), asOf);
    expect(open(state)).toEqual(['LAMPS-1/other']);
    expect(state.tasks['LAMPS-1/question']?.answer).toEqual({
      choice: 'file-again',
      reason: 'telephoned',
      evidence: ['doc-9'],
      at: asOf,
    });
  });
  it('a correction is kept and closes what it answers', () => {
    const state = shipmentAfter(takenIn, asked({}), asked({ id: 'silent', kind: 'customs-silent' }));
    recordFact('amendDeclaration', state, parsed('amendDeclaration', amendment), asOf);
    expect(state.amendments).toEqual([amendment.lines]);
    expect(open(state)).toEqual(['silent']);
    expect(state.tasks['LAMPS-1/question']?.answer).toMatchObject({ choice: 'amended', reason: amendment.reason });
  });
  it('an invoice is kept and closes what asked for invoices', () => {
    const state = shipmentAfter(
      takenIn,
      asked({ id: 'differs', kind: 'vat-invoice-differs' }),
      asked({ id: 'missing', kind: 'vat-invoice-missing' }),
      asked({ id: 'overdue', kind: 'instalment-overdue' }),
    );
    recordFact('registerVatInvoice', state, parsed('registerVatInvoice', invoice()), asOf);
    expect(state.money.invoices).toEqual([{ number: INVOICE, replaces: undefined }]);
    expect(open(state)).toEqual(['overdue']);
  });
  it('an answer that stands is not answered over by a later paper, correction or invoice', () => {
    const state = shipmentAfter(takenIn, asked({ answer: answered, wantsDocument: 'certificate-cpc' }));
    recordFact('submitDocument', state, parsed('submitDocument', paper()), asOf);
    recordFact('amendDeclaration', state, parsed('amendDeclaration', amendment), asOf);
    expect(state.tasks['LAMPS-1/question']?.answer).toBe(answered);
  });
  it('money is booked as the bank stated it', () => {
    const state = shipmentAfter(takenIn);
    recordFact('fxReceipt', state, parsed('fxReceipt', fx({ amount: '3575.00', charges: '25.00' })), asOf);
    const { receiptId, instalment, amount, charges, currency, valueDate } = {
      ...fx(),
      amount: '3575.00',
      charges: '25.00',
    };
    expect(state.money.receipts).toEqual([{ receiptId, instalment, amount, charges, currency, valueDate }]);
  });
  it('a step of the bureau waits to be read', () => {
    const state = shipmentAfter(claimed);
    recordFact('taxResponse', state, parsed('taxResponse', step({ status: 'approved' })), asOf);
    expect(state.claim.steps).toEqual({ items: [expect.objectContaining({ status: 'approved' })], read: 0 });
  });
  it('a called-off order remembers why and when', () => {
    const state = shipmentAfter(takenIn);
    recordFact('cancelShipment', state, parsed('cancelShipment', { reason: 'sold out' }), asOf);
    expect(state.cancelled).toEqual({ reason: 'sold out', at: asOf });
  });
});

function parsed<Name extends MessageName>(name: Name, fields: object) {
  return shipmentMessages[name].schema.parse({ ...envelope, ...fields }) as ReturnType<
    (typeof shipmentMessages)[Name]['schema']['parse']
  >;
}

function customs(fields: object) {
  return parsed('customsResponse', fields);
}
