import type { Instant } from '../rules/civil-date.ts';
import type { Inbox, ShipmentStart, ShipmentState } from './carried.ts';
import type { InspectionResult } from './messages.ts';
import { bytesOf } from './text.ts';

/** A shipment of which nothing is known but its name. */
export function newShipment(start: ShipmentStart, openedAt: Instant): ShipmentState {
  return {
    ...start,
    openedAt,
    stages: { trunk: null, logistics: null, money: null },
    order: null,
    review: {
      round: 0,
      noted: 0,
      waived: [],
      confirmed: [],
      approvedAt: null,
      asides: [],
      told: [],
      changes: { items: [], read: 0 },
      rescreen: false,
      asItComes: false,
    },
    documents: [],
    files: [],
    unlocks: { items: [], read: 0 },
    amendments: [],
    papers: null,
    declaration: {
      revision: 1,
      amendmentsPrepared: 0,
      filed: 0,
      answered: 0,
      number: null,
      numberOf: null,
      sharedNumber: null,
      exportedOn: null,
      refusedBecause: null,
      releasedAt: null,
      closedAt: null,
      withdrawnAt: null,
      end: null,
    },
    customs: { items: [], read: 0 },
    exportInspections: { items: [], read: 0 },
    destination: {
      news: { items: [], read: 0 },
      inspections: { items: [], read: 0 },
      holds: [],
      holdNews: [],
      cases: [],
      dossierSent: false,
      releasedAt: null,
    },
    transport: {
      followed: false,
      plannedDeparture: null,
      plannedArrival: null,
      forecastAt: { departure: null, arrival: null },
      departedAt: null,
      arrivedAt: null,
      deliveredAt: null,
      coming: null,
      end: null,
    },
    money: {
      receipts: [],
      writtenOff: null,
      deemedCollected: null,
      shortfallsAccepted: [],
      termPassed: false,
      rightToClaimEnded: false,
      invoices: [],
      invoicesChecked: 0,
      invoicesComplete: false,
      invoiceCheckRound: 0,
      differencesExplained: [],
      invoicesGivenUp: null,
      consistencyRound: 0,
      check: null,
      repayAsked: [],
      repaid: null,
      end: null,
    },
    claim: {
      revision: 0,
      submittedAt: null,
      correcting: false,
      firstSubmittedAt: null,
      refundClaimed: null,
      steps: { items: [], read: 0 },
      paid: null,
      archiveComplete: false,
      end: null,
    },
    tasks: {},
    waits: [],
    waitRounds: {},
    messages: { seen: {}, held: [], bytes: 0 },
    misfits: { waiting: [], inQuestion: 0, asked: 0 },
    defects: {},
    journal: [],
    cancelled: null,
    records: { nextSeq: 1, pending: [] },
    closing: null,
  };
}

/** Whether an input is a carried state rather than a first start. */
export function isCarried(input: ShipmentStart | ShipmentState): input is ShipmentState {
  return 'records' in input;
}

/**
 * The state as the next run gets it. What a stage has dealt with keeps what later verdicts hang on and loses its words:
 * those stand in the event log.
 */
export function carryOver(state: ShipmentState): ShipmentState {
  const { destination } = state;
  const carried: ShipmentState = {
    ...state,
    review: {
      ...state.review,
      asides: state.review.asides.map(({ question, settled }) =>
        settled
          ? { question: { ...question, question: '', evidence: [], covers: [] }, settled }
          : { question, settled },
      ),
    },
    customs: shortened(state.customs, ({ note: _, notice: __, ...receipt }) => receipt),
    exportInspections: shortened(state.exportInspections, withoutFindings),
    destination: {
      ...destination,
      news: shortened(destination.news, ({ note: _, notice: __, ...news }) => news),
      inspections: shortened(destination.inspections, withoutFindings),
      cases: destination.cases.map((one) =>
        one.answered ? { ...one, notice: { ...one.notice, questions: [] } } : one,
      ),
    },
    claim: { ...state.claim, steps: shortened(state.claim.steps, (step) => ({ ...step, doubts: [] })) },
  };
  return { ...carried, messages: { ...state.messages, bytes: bytesOf(JSON.stringify(carried)) } };
}

/**
 * The state that a run starts from. What an earlier version carried over may lack what is new since: it gets the value of
 * a shipment that has just begun. A field is never given another meaning: docs/decisions/0010.
 */
export function takeOver(input: ShipmentStart | ShipmentState, now: Instant): ShipmentState {
  return isCarried(input)
    ? (withDefaults(newShipment(input, input.openedAt), input) as ShipmentState)
    : newShipment(input, now);
}

function shortened<T>({ items, read }: Inbox<T>, shorten: (item: T) => T): Inbox<T> {
  return { items: items.map((item, index) => (index < read ? shorten(item) : item)), read };
}

function withoutFindings(result: InspectionResult): InspectionResult {
  return { ...result, findings: [], papers: [] };
}

function withDefaults(fresh: object, carried: object): object {
  const known = fresh as Record<string, unknown>;
  const merged = Object.entries(carried).map(([name, value]) => [
    name,
    isPlain(known[name]) && isPlain(value) ? withDefaults(known[name], value) : value,
  ]);
  return { ...fresh, ...Object.fromEntries(merged) };
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
