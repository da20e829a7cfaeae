import type { Instant } from '../rules/civil-date.ts';
import { taskIdOf } from './asked-task.ts';
import { type AskedTask, entryOf, type Inbox, type ShipmentStart, type ShipmentState, unread } from './carried.ts';
import { findingsOf } from './findings-of.ts';
import type { InspectionResult } from './messages.ts';
import { bytesOf } from './text.ts';

type Aside = ShipmentState['review']['asides'][number];

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
 * those stand in the event log, and those of a question in the database.
 */
export function carryOver(state: ShipmentState): ShipmentState {
  const { destination, review } = state;
  const carried: ShipmentState = {
    ...state,
    review: {
      ...review,
      asides: review.asides.map((aside) => carriedAside(state, aside)),
      changes: shortened(review.changes, (change) => ({ ...change, what: '' })),
    },
    unlocks: shortened(state.unlocks, ({ source }) => ({ reason: '', source })),
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
    ...withoutWhatIsSettled(state),
  };
  return { ...carried, messages: { ...state.messages, bytes: bytesOf(JSON.stringify(carried)) } };
}

/** A question that stands in the database goes on as what its answer settles; one that nobody was asked yet goes whole. */
function carriedAside(state: ShipmentState, aside: Aside): Aside {
  const { key, kind, ownerRole, documentId, dueOn } = aside.question;
  const bare = { key, kind, ownerRole, question: '', evidence: [], choices: [] };
  if (aside.settled) return { question: { ...bare, covers: [] }, settled: true };
  if (!entryOf(state.tasks, taskIdOf(state, key))) return aside;
  return { ...aside, question: { ...bare, documentId, dueOn, covers: findingsOf(aside.question) } };
}

/** Nobody asks these again: of their tasks the verdict on a late answer needs the choice and the moment, of their waits nothing. */
function withoutWhatIsSettled(state: ShipmentState): Pick<ShipmentState, 'tasks' | 'waitRounds'> {
  const open = new Set(state.waits.map(({ id }) => id));
  const settled = new Map<string, string>();
  for (const { question, settled: isSettled } of state.review.asides)
    if (isSettled) settled.set(taskIdOf(state, question.key), `${question.kind}/${question.key}`);
  const isOver = (task: AskedTask) =>
    settled.has(task.id) ||
    (task.kind === 'review-finding' && task.lane === 'trunk' && !task.id.endsWith(`/${state.review.round}`));
  const shorten = ({ answer, ...task }: AskedTask): AskedTask => ({
    ...{ ...task, title: '', choices: [] },
    answer: answer && { ...answer, reason: '', evidence: [] },
  });
  const waits = new Set(settled.values());
  return {
    tasks: Object.fromEntries(
      Object.entries(state.tasks).map(([id, task]) => {
        const isAnswered = (task.answer !== null || task.moot) && !open.has(`${task.kind}/${keyOf(state, task)}`);
        return [id, isAnswered && isOver(task) ? shorten(task) : task];
      }),
    ),
    waitRounds: Object.fromEntries(Object.entries(state.waitRounds).filter(([id]) => open.has(id) || !waits.has(id))),
  };
}

function keyOf(state: ShipmentState, { id }: AskedTask): string {
  return id.slice(taskIdOf(state, '').length);
}

/**
 * The state that a run starts from. What an earlier version carried over may lack what is new since: it gets the value of
 * a shipment that has just begun. A field is never given another meaning: docs/decisions/0010.
 */
export function takeOver(input: ShipmentStart | ShipmentState, now: Instant): ShipmentState {
  return isCarried(input)
    ? withOpenPapers(withDefaults(newShipment(input, input.openedAt), input) as ShipmentState)
    : newShipment(input, now);
}

/**
 * Papers that somebody opened and nobody has locked again hold the review open. A version that knows no opening, on which
 * a shipment may have been meanwhile, goes on without them: before the filing they are locked by the next review.
 */
function withOpenPapers(state: ShipmentState): ShipmentState {
  const { unlocks, declaration, review } = state;
  if (unread(unlocks) === undefined) return state;
  return declaration.filed > 0
    ? { ...state, unlocks: { ...unlocks, read: unlocks.items.length } }
    : { ...state, review: { ...review, approvedAt: null } };
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
