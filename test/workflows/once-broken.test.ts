import { describe, expect, it } from '@jest/globals';
import type { OrderFacts } from '../../activities/records/contract.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import type { ShipmentState } from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import type { MessageName } from '../../workflows/messages.ts';
import { ShipmentFile } from '../../workflows/shipment-file.ts';
import { isSettled } from '../../workflows/stages/receipts.ts';
import { reference } from '../rules/orders.ts';

const at = '2026-11-24T08:00:00Z';
const NUMBER = '310120260000123456';
const A = '26330000000000000001';
const B = '26330000000000000002';
const order: OrderFacts = {
  orderedOn: '2026-11-02' as CivilDate,
  destination: 'US',
  transportMode: 'sea',
  total: { amount: '20000.00', currency: 'USD' },
  lines: 1,
  instalments: [
    { no: 1, amount: '6000.00', currency: 'USD', trigger: 'order', days: 0 },
    { no: 2, amount: '14000.00', currency: 'USD', trigger: 'shipment', days: 30 },
  ],
  goods: 'lamps',
  claimBeforeReceipt: false,
  channels: reference.customsChannels,
  archivePapers: [],
};
function open(change: (state: ShipmentState) => void = () => undefined) {
  const state = newShipment({ organisation: 'acme', reference: 'L', simulated: false }, at);
  state.order = order;
  state.declaration.filed = 1;
  change(state);
  const file = new ShipmentFile(state);
  const tell = (name: MessageName, messageId: string, fields: object) =>
    file.receive(name, { messageId, occurredAt: at, source: 't', ...fields });
  return {
    file,
    state,
    tell,
    receipt: (id: string, channel: string, fields: object = { clientSequenceNumber: 'acme/L/declaration/1' }) =>
      tell('customsResponse', id, { side: 'export', channel, ...fields }),
    abroad: (id: string, effect: string, fields: object = {}) =>
      tell('customsResponse', id, { side: 'destination', effect, ...fields }),
    event: (id: string, event: string, eventAt: string, fields: object = {}) =>
      tell('logisticsEvent', id, { classifier: 'ACT', event, eventAt, ...fields }),
    invoice: (number: string, replaces?: string) =>
      tell('registerVatInvoice', `i-${number}-${replaces}`, {
        number,
        replaces,
        issuedOn: '2026-12-20',
        seller: { name: 's', taxId: 't' },
        confirmedForRefund: true,
        lines: [{ line: 1, name: 'l', quantity: '1', unit: 'u', net: '1', vatRatePercent: '13', vat: '0.13' }],
      }),
  };
}
const storable = (state: ShipmentState) =>
  !/\\u0000|\\ud[89a-f]/.test(JSON.stringify([state.journal, state.records.pending]));

/** Each of these went wrong once. */
describe('what a message once broke', () => {
  it.each(['constructor', 'toString', '__proto__'])('answerTask with taskId %s does not throw', (taskId) => {
    expect(open().tell('answerTask', 'm', { taskId, choice: 'x' }).status).toBe('impossible');
  });
  it.each(['constructor'])('messageId %s is a first delivery, then a duplicate', (id) => {
    const { receipt } = open();
    expect([receipt(id, 'J').status, receipt(id, 'J').status]).toEqual(['applied', 'duplicate']);
  });
  it.each(['a\u0000', 'a\ud800', `a${'😀'.repeat(200)}`])(
    'an unknown field named %j leaves nothing that PostgreSQL refuses',
    (key) => {
      const { receipt, state } = open();
      receipt('m', 'J', { clientSequenceNumber: 'acme/L/declaration/1', [key]: 1 });
      expect(storable(state)).toBe(true);
    },
  );
  it('a long messageId keeps whole characters when its message is taken up later', () => {
    const { file, state, tell } = open((s) => {
      s.order = null;
    });
    const id = `a${'😀'.repeat(150)}`;
    tell('submitDocument', id, { documentId: 'd', kind: 'abc' });
    state.order = order;
    file.enter('trunk', 'compliance-review');
    expect(state.journal.map((line) => line.messageId)).toEqual([id, id]);
    expect(storable(state)).toBe(true);
  });
  it('a shortfall accepted on instalment 1 does not eat the money of instalment 2', () => {
    const { file, tell } = open((s) => {
      s.money.shortfallsAccepted = [{ instalment: 1, amount: '25.00' }];
    });
    const fx = (id: string, instalment: number, amount: string) =>
      tell('fxReceipt', id, {
        receiptId: id,
        instalment,
        currency: 'USD',
        amount,
        charges: '0',
        valueDate: '2026-12-01',
      });
    fx('a', 1, '5975.00');
    fx('b', 2, '14000.00');
    expect(isSettled(file)).toBe(true);
  });
  it('a gate-out at the port of loading is no delivery', () => {
    const { state, receipt, event, abroad } = open();
    event('g', 'GTOT', '2026-11-23T00:00:00Z', { place: 'CNNGB' });
    receipt('p', 'P');
    event('d', 'DEPA', '2026-11-28T00:00:00Z', { place: 'CNNGB' });
    event('a', 'ARRI', '2026-12-20T00:00:00Z', { place: 'USLGB' });
    abroad('r', 'released');
    expect(state.transport.deliveredAt).toBeNull();
  });
  it('a release that names only the declaration number may overtake the receipt that tells the number', () => {
    const { state, receipt } = open();
    receipt('p', 'P', { declarationNumber: NUMBER });
    receipt('j', 'J', { clientSequenceNumber: 'acme/L/declaration/1', declarationNumber: NUMBER });
    expect(state.declaration.releasedAt).not.toBeNull();
  });
  it('a replacing invoice held before the one it replaces is not lost', () => {
    const { file, state, invoice } = open((s) => {
      s.order = null;
    });
    invoice(B, A);
    invoice(A);
    state.order = order;
    file.enter('trunk', 'compliance-review');
    expect(state.money.invoices.map(({ number }) => number).sort()).toEqual([A, B]);
  });
  it('a hold whose removal was delivered first is not open for ever', () => {
    const { state, receipt, abroad } = open();
    receipt('p', 'P');
    abroad('h2', 'hold-removed', { hold: 'CBP', occurredAt: '2026-12-22T00:00:00Z' });
    abroad('h1', 'hold-placed', { hold: 'CBP', occurredAt: '2026-12-21T00:00:00Z' });
    expect(state.destination.holds).toEqual([]);
  });
  it('transhipment: the first departure and the last arrival, whatever came first', () => {
    const { state, receipt, event } = open();
    receipt('p', 'P');
    event('d2', 'DEPA', '2026-12-05T00:00:00Z', { place: 'SGSIN' });
    event('d1', 'DEPA', '2026-11-28T00:00:00Z', { place: 'CNNGB' });
    expect(state.transport.departedAt).toBe('2026-11-28T00:00:00Z');
    expect(state.declaration.exportedOn).toBe('2026-11-28');
  });
  it('a forecast that is older than the one known does not replace it', () => {
    const { state, tell } = open();
    const est = (id: string, occurredAt: string, eventAt: string) =>
      tell('logisticsEvent', id, { classifier: 'EST', event: 'ARRI', eventAt, occurredAt });
    est('e2', '2026-12-02T00:00:00Z', '2026-12-25T00:00:00Z');
    est('e1', '2026-12-01T00:00:00Z', '2026-12-20T00:00:00Z');
    expect(state.transport.plannedArrival).toBe('2026-12-25');
  });
  it.each(['x', '', '1.5', '1/2', 'Infinity'])(
    'a client sequence number that ends in "%s" names no revision',
    (end) => {
      expect(open().receipt('p', 'P', { clientSequenceNumber: `acme/L/declaration/${end}` }).reason).toContain(
        'no revision',
      );
    },
  );
  it('one receipt is one, however its notice time is spelled', () => {
    const { receipt } = open();
    const own = { clientSequenceNumber: 'acme/L/declaration/1' };
    receipt('a', 'J', { ...own, noticeTime: '2026-11-24T08:00:00Z' });
    expect(receipt('b', 'J', { ...own, noticeTime: '2026-11-24T08:00:00.000Z' }).status).toBe('duplicate');
  });
  it('one notice is one case, however often it is told', () => {
    const { state, receipt, abroad } = open();
    receipt('p', 'P');
    const notice = { form: 'CBP 28', number: '7', datedOn: '2027-01-10', questions: ['q'] };
    abroad('n1', 'note', { notice });
    abroad('n2', 'note', { notice });
    expect(state.destination.cases).toHaveLength(1);
  });
  it('a replaced invoice cannot be replaced again', () => {
    const { invoice } = open();
    invoice(A);
    invoice(B, A);
    expect(invoice('26330000000000000003', A).status).toBe('impossible');
  });
  it('what a paper says, for example its model, stays with it for the review', () => {
    const { state, tell } = open();
    tell('submitDocument', 'p', { documentId: 'fcc', kind: 'certificate-fcc', fields: { model: 'TL-20' } });
    expect(state.documents).toMatchObject([{ documentId: 'fcc', fields: { model: 'TL-20' } }]);
  });
});
