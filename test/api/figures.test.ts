import { describe, expect, it } from '@jest/globals';
import type { RecordEntry } from '../../activities/records/contract.ts';
import { headlineOf, spansOf, stageTimesOf } from '../../api/figures.ts';

let seq = 0;
const entry = (at: string, kind: RecordEntry['kind'], data: Record<string, unknown>): RecordEntry => ({
  seq: ++seq,
  at: `2026-11-${at}:00.000Z`,
  kind,
  data,
});
const message = (at: string, name: string, content: Record<string, unknown>, status = 'applied') =>
  entry(at, 'message', { name, messageId: `${name}-${at}`, status, content });

/** Monday 2 November 2026, 08:00 in China, on. */
const log = [
  entry('02T00:00', 'stage-entered', { lane: 'trunk', stage: 'intake' }),
  entry('02T00:00', 'stage-left', { lane: 'trunk', stage: 'intake' }),
  entry('02T00:00', 'stage-entered', { lane: 'trunk', stage: 'compliance-review' }),
  entry('02T00:00', 'wait-opened', { wait: 'review-finding/fcc', lane: 'trunk', fromWhom: 'operator' }),
  entry('03T00:00', 'wait-ended', {
    wait: 'review-finding/fcc',
    lane: 'trunk',
    fromWhom: 'manager',
    since: '2026-11-02T00:00:00.000Z',
  }),
  entry('03T00:00', 'approved', {}),
  entry('03T00:00', 'stage-left', { lane: 'trunk', stage: 'compliance-review' }),
  entry('03T00:00', 'stage-entered', { lane: 'trunk', stage: 'export-declaration' }),
  entry('03T00:00', 'wait-opened', { wait: 'customs-answer/1', lane: 'trunk', fromWhom: 'customs' }),
  message('04T00:00', 'customsResponse', { side: 'export', channel: 'L' }),
  message('05T00:00', 'customsResponse', { side: 'export', channel: 'J' }),
  entry('05T00:00', 'wait-ended', { wait: 'customs-answer/1', lane: 'trunk', fromWhom: 'customs' }),
  entry('06T00:00', 'wait-opened', { wait: 'authority-case/case/1', lane: 'logistics', fromWhom: 'operator' }),
  entry('08T12:00', 'wait-ended', { wait: 'authority-case/case/1', lane: 'logistics', fromWhom: 'operator' }),
  message('20T00:00', 'taxResponse', { status: 'paid' }, 'held'),
];

describe('figures from the event log', () => {
  it("spans: what is closed ends when it did, what is open at the shipment's own clock", () => {
    const { stages, waits } = spansOf(log, '2026-11-10T00:00:00.000Z');
    expect(stages).toEqual([
      { lane: 'trunk', stage: 'intake', from: '2026-11-02T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
      { lane: 'trunk', stage: 'compliance-review', from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' },
      { lane: 'trunk', stage: 'export-declaration', from: '2026-11-03T00:00:00.000Z', to: '2026-11-10T00:00:00.000Z' },
    ]);
    expect(waits[0]).toEqual({
      lane: 'trunk',
      fromWhom: 'operator',
      from: '2026-11-02T00:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
    });
  });

  it("each stage's days by whose time they were", () => {
    expect(stageTimesOf(log, '2026-11-10T00:00:00.000Z')).toEqual([
      { stage: 'intake', machineDays: 0, peopleDays: 0, counterpartyDays: 0 },
      { stage: 'compliance-review', machineDays: 0, peopleDays: 1, counterpartyDays: 0 },
      { stage: 'export-declaration', machineDays: 5, peopleDays: 0, counterpartyDays: 2 },
    ]);
  });

  it('a stage entered again is added up', () => {
    const again = [...log.slice(0, 2), entry('04T00:00', 'stage-entered', { lane: 'trunk', stage: 'intake' })];
    expect(stageTimesOf(again, '2026-11-05T00:00:00.000Z')).toEqual([
      { stage: 'intake', machineDays: 1, peopleDays: 0, counterpartyDays: 0 },
    ]);
  });

  it('an empty log has no figures', () => {
    expect(stageTimesOf([], '2026-11-05T00:00:00.000Z')).toEqual([]);
    expect(headlineOf([])).toEqual({});
  });

  it("headline: review in working days, the case's answer, and no refund while its message is only held", () => {
    expect(headlineOf(log)).toEqual({ documentReviewWorkingDays: 1, inspectionResponseDays: 2.5 });
  });

  it('refund arrival: from acceptance (J), not from the first receipt, to paid', () => {
    expect(
      headlineOf([
        ...log,
        entry('25T00:00', 'message-applied', { name: 'taxResponse', status: 'applied', content: { status: 'paid' } }),
      ]).refundArrivalDays,
    ).toBe(20);
  });

  it('without a review channel the first export receipt counts as acceptance', () => {
    const quick = [
      message('05T00:00', 'customsResponse', { side: 'export', channel: 'P' }),
      message('15T00:00', 'taxResponse', { status: 'paid' }),
    ];
    expect(headlineOf(quick).refundArrivalDays).toBe(10);
  });
});
