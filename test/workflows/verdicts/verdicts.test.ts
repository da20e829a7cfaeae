import { describe, expect, it } from '@jest/globals';
import type { Closing } from '../../../workflows/carried.ts';
import { type MessageName, messageNames } from '../../../workflows/messages.ts';
import { aheadOfItsTime, judge } from '../../../workflows/verdicts.ts';
import { customsResponses, inspectionResults } from './customs-cases.ts';
import { fxReceipts, logisticsEvents, taxResponses } from './logistics-and-money-cases.ts';
import {
  amendments,
  answeredTasks,
  cancellations,
  changesOutside,
  receivedFiles,
  submittedDocuments,
  submittedFolders,
  unlocks,
  vatInvoices,
} from './papers-and-people-cases.ts';
import { type Case, parsed, refundPaid, shipmentAfter } from './shipment-states.ts';

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
    ['2027-11-24T08:00:00Z', undefined],
    ['2028-01-24T08:00:00Z', 'impossible'],
    ['2030-11-24T08:00:00Z', 'impossible'],
  ])('a message of %s, told on 24 November 2026: %s', (occurredAt, verdict) =>
    expect(aheadOfItsTime({ occurredAt }, '2026-11-24T08:00:00Z')?.status).toBe(verdict),
  );
});
