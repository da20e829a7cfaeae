import type { OrderFacts } from '../../../activities/records/contract.ts';
import type { CivilDate } from '../../../rules/civil-date.ts';
import { instalmentsOf, orderTotal } from '../../../rules/order/figures.ts';
import type { AskedTask, ShipmentState } from '../../../workflows/carried.ts';
import { newShipment } from '../../../workflows/carry-over.ts';
import { type MessageName, shipmentMessages, type Verdict } from '../../../workflows/messages.ts';
import { asOf, orderOf, reference } from '../../rules/orders.ts';

export const lamps = orderOf({
  payment: {
    instalments: [
      { share: '0.3', trigger: 'order', days: 0 },
      { share: '0.7', trigger: 'shipment', days: 30 },
    ],
  },
});
export const orderFacts: OrderFacts = {
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

export const NUMBER = '310120260000123456';
export const INVOICE = '26330000000000000001';
export const REPLACEMENT = '26330000000000000002';

/** How far a shipment has come: each step is a change of the state before it. */
export type Step = (state: ShipmentState) => void;

export const takenIn: Step = (state) => {
  state.order = orderFacts;
};
export const filed: Step = (state) => {
  takenIn(state);
  state.declaration.filed = 1;
};
export const numbered: Step = (state) => {
  filed(state);
  state.declaration.number = NUMBER;
};
export const released: Step = (state) => {
  numbered(state);
  state.declaration.releasedAt = asOf;
};
export const departed: Step = (state) => {
  released(state);
  state.transport.departedAt = asOf;
};
export const arrived: Step = (state) => {
  departed(state);
  state.transport.arrivedAt = asOf;
};
export const cleared: Step = (state) => {
  arrived(state);
  state.destination.releasedAt = asOf;
};
export const delivered: Step = (state) => {
  cleared(state);
  state.transport.end = { kind: 'delivered', at: asOf };
};
export const claimed: Step = (state) => {
  released(state);
  state.claim.revision = 1;
  state.claim.submittedAt = asOf;
};
export const refundPaid: Step = (state) => {
  claimed(state);
  state.claim.paid = { amount: { amount: '8580.00', currency: 'CNY' }, on: '2027-01-20' as CivilDate };
};
export const secondRevision: Step = (state) => {
  filed(state);
  state.declaration.revision = 2;
  state.declaration.filed = 2;
};
export const asked =
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
export const answered = { choice: 'file-again', reason: '', evidence: [], at: asOf };

export function shipmentAfter(...steps: Step[]): ShipmentState {
  const state = newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, asOf);
  for (const step of steps) step(state);
  return state;
}

export const envelope = { messageId: 'm-1', occurredAt: asOf, source: 'test' };
export const own = (revision: number | string) => `acme/LAMPS-1/declaration/${revision}`;

export const receipt = (fields: object) => ({ side: 'export', channel: 'J', clientSequenceNumber: own(1), ...fields });
export const news = (fields: object = {}) => ({ side: 'destination', effect: 'note', ...fields });
export const inspection = (fields: object) => ({ side: 'export', kind: 'unpacking', outcome: 'released', ...fields });
export const event = (classifier: string, code: string, fields: object = {}) => ({
  classifier,
  event: code,
  eventAt: asOf,
  ...fields,
});
export const fx = (fields: object = {}) => ({
  receiptId: 'bank-1',
  instalment: 1,
  currency: 'USD',
  amount: '3600.00',
  charges: '0',
  valueDate: '2026-11-20',
  ...fields,
});
export const step = (fields: object = {}) => ({ claim: 'acme/LAMPS-1/claim/1', status: 'received', ...fields });
export const paper = (fields: object = {}) => ({ documentId: 'doc-1', kind: 'certificate-cpc', ...fields });
export const answer = (fields: object = {}) => ({ taskId: 'LAMPS-1/question', choice: 'file-again', ...fields });
export const amendment = { reason: 'a price was wrong', lines: [{ line: 1, unitPrice: '12.50' }] };
export const invoice = (fields: object = {}) => ({
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
export interface Case {
  it: string;
  after: Step[];
  says: object;
  verdict: Verdict['status'];
  because?: string;
}

export const NOT_TAKEN_IN = 'the order is not taken in yet';
export const NOT_RELEASED = 'the goods are not released for export yet';
export const NOT_FILED = 'no such declaration is filed yet';
export const NOT_UNDER_WAY = 'the goods are not on their way any more';

export function parsed<Name extends MessageName>(name: Name, fields: object) {
  return shipmentMessages[name].schema.parse({ ...envelope, ...fields }) as ReturnType<
    (typeof shipmentMessages)[Name]['schema']['parse']
  >;
}

export function customs(fields: object) {
  return parsed('customsResponse', fields);
}
