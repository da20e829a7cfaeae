import type { Papers } from '../../../activities/records/contract.ts';
import { recordFact } from '../../../workflows/facts.ts';
import { asOf } from '../../rules/orders.ts';
import {
  arrived,
  type Case,
  claimed,
  cleared,
  delivered,
  departed,
  event,
  filed,
  fx,
  NOT_RELEASED,
  NOT_TAKEN_IN,
  NOT_UNDER_WAY,
  orderFacts,
  parsed,
  refundPaid,
  released,
  type Step,
  step,
  takenIn,
} from './shipment-states.ts';

export const logisticsEvents: Case[] = [
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

export const papersOfOneInstalment: Step = (state) => {
  const instalments = orderFacts.instalments.slice(0, 1);
  state.papers = { revision: 1, contentHash: '', documents: [], total: orderFacts.total, instalments } satisfies Papers;
};

export const fxOutOfTime: Case = {
  it: 'money of another decade is a typing error',
  after: [takenIn],
  says: fx({ valueDate: '1996-12-01' }),
  verdict: 'impossible',
  because: 'lies long before the shipment began',
};

export const fxReceipts: Case[] = [
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

export const taxResponses: Case[] = [
  { it: 'a step on the submitted claim counts', after: [claimed], says: step(), verdict: 'applied' },
  {
    it: 'a refund is not paid in another century',
    after: [claimed],
    says: step({ status: 'paid', amount: '1.00', on: '1996-02-01' }),
    verdict: 'impossible',
    because: 'on 1996-02-01 lies long before the shipment began',
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
