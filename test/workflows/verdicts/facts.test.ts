import { describe, expect, it } from '@jest/globals';
import type { ShipmentState } from '../../../workflows/carried.ts';
import { recordFact } from '../../../workflows/facts.ts';
import { meaningOf } from '../../../workflows/verdicts.ts';
import { asOf, reference } from '../../rules/orders.ts';
import {
  amendment,
  answer,
  answered,
  arrived,
  asked,
  claimed,
  customs,
  event,
  filed,
  fx,
  INVOICE,
  inspection,
  invoice,
  NUMBER,
  news,
  paper,
  parsed,
  receipt,
  released,
  shipmentAfter,
  step,
  takenIn,
} from './shipment-states.ts';

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
