/** What an applied message changes: facts are recorded here, synchronously, and nowhere decided upon. */
import type { Instant } from '../rules/civil-date.ts';
import { chinaDate } from '../rules/civil-date.ts';
import { correctionsOf } from '../rules/order/corrections-of.ts';
import type { AskedTask, DestinationNews, ShipmentState } from './carried.ts';
import type { LogisticsEvent, MessageName, MessageOf, Notice, PaperOfMessage, ReviewChange } from './messages.ts';
import { reviewsWhatComes } from './patches.ts';
import { questions } from './questions.ts';
import {
  isAmendable,
  isArrival,
  isDelivery,
  isDeparture,
  isRecordedReceipt,
  meaningOf,
  revisionOf,
} from './verdicts.ts';

type Recorders = { [Name in MessageName]: (state: ShipmentState, message: MessageOf<Name>, now: Instant) => void };

const recorders: Recorders = {
  customsResponse(state, message, now) {
    openCase(state, message.notice);
    if (message.side === 'destination') {
      if (message.effect === 'released') state.destination.releasedAt ??= now;
      recordHold(state, message);
      state.destination.news.items.push(message);
      return;
    }
    const meaning = meaningOf(state, message.channel);
    const { declaration } = state;
    if (message.declarationNumber !== undefined) {
      declaration.number = message.declarationNumber;
      declaration.numberOf = revisionOf(message.clientSequenceNumber) ?? declaration.filed;
    }
    // Sent once more for the sake of its number: what it says besides has been dealt with.
    if (isRecordedReceipt(state, message)) return;
    declaration.exportedOn = message.exportedOn ?? declaration.exportedOn;
    if (isRelease(meaning)) declaration.releasedAt ??= now;
    if (meaning === 'closed') declaration.closedAt ??= now;
    if (meaning === 'withdrawn') declaration.withdrawnAt ??= now;
    state.customs.items.push({ ...message, meaning });
  },
  inspectionResult(state, message) {
    (message.side === 'export' ? state.exportInspections : state.destination.inspections).items.push(message);
  },
  logisticsEvent(state, message) {
    const { transport } = state;
    if (message.classifier !== 'ACT') return recordForecast(state, message);
    if (isDeparture(state, message)) {
      transport.departedAt ??= message.eventAt;
      // The customs receipt states the export date; until it does, the day of departure is the best there is.
      state.declaration.exportedOn ??= chinaDate(message.eventAt);
    }
    if (isArrival(state, message)) transport.arrivedAt ??= message.eventAt;
    if (isDelivery(state, message)) transport.deliveredAt ??= message.eventAt;
  },
  fxReceipt(state, { receiptId, instalment, amount, charges, currency, valueDate }) {
    state.money.receipts.push({ receiptId, instalment, amount, charges, currency, valueDate });
  },
  taxResponse(state, message) {
    state.claim.steps.items.push(message);
  },
  submitDocument(state, { messageId, occurredAt, source, ...paper }, now) {
    recordPaper(state, paper, { messageId, occurredAt, source }, now);
  },
  submitDocuments(state, { messageId, occurredAt, source, documents }, now) {
    for (const paper of documents) recordPaper(state, paper, { messageId, occurredAt, source }, now);
  },
  receiveDocument(state, message, now) {
    const { documentId, file } = message;
    // Another file under the same id is the paper re-issued: what was asked about the one before is overtaken.
    closeTasks(state, (task) => task.kind === 'document-unconfirmed' && isAbout(task, documentId), {
      choice: 're-issued',
      reason: `another file of it was handed in by ${message.source}`,
      evidence: [message.fileName],
      at: now,
    });
    state.files = [...state.files.filter((one) => one.documentId !== documentId), { documentId, file }];
    const nth = state.review.asides.filter(({ question }) => question.kind === 'document-unconfirmed').length + 1;
    state.review.asides.push({ question: questions.documentUnconfirmed(message, nth), settled: false });
  },
  unlockDocuments(state, { reason, source }) {
    state.unlocks.items.push({ reason, source });
    state.review.approvedAt = null;
    if (state.papers?.revision === state.declaration.revision) state.declaration.revision += 1;
  },
  answerTask(state, { taskId, choice, reason, evidence }, now) {
    closeTasks(state, (task) => task.id === taskId, { choice, reason, evidence, at: now });
  },
  amendDeclaration(state, { lines, transport, charges, reason }, now) {
    state.amendments.push(correctionsOf({ lines, transport, charges }));
    // What carriage cost decides the FOB of every line: looked at now, and not on the day of filing.
    if (charges !== undefined && state.declaration.filed === 0) state.review.approvedAt = null;
    if (isReviewedAsItComes(state)) state.review.approvedAt = null;
    closeTasks(state, (task) => isAmendable(task.kind), { choice: 'amended', reason, evidence: [], at: now });
  },
  registerVatInvoice(state, { number, replaces, messageId, occurredAt, source }, now) {
    state.money.invoices.push({ number, replaces });
    if (isReviewedAsItComes(state)) {
      compareAgain(state, `VAT invoice ${number} came in`, { messageId, occurredAt, source });
      closeTasks(state, (task) => replaces !== undefined && isAbout(task, replaces), {
        choice: 'supplied',
        reason: `replaced by invoice ${number}, registered by ${source}`,
        evidence: [number],
        at: now,
      });
    }
    closeTasks(state, (task) => task.kind === 'vat-invoice-differs' || task.kind === 'vat-invoice-missing', {
      choice: 'registered',
      reason: `invoice ${number} registered by ${source}`,
      evidence: [number],
      at: now,
    });
  },
  reviewAgain(state, change) {
    state.review.changes.items.push(change);
    // Before the declaration the review itself is opened again, and holds the shipment where it blocks.
    if (state.declaration.filed === 0) state.review.approvedAt = null;
  },
  cancelShipment(state, { reason }, now) {
    state.cancelled = { reason, at: now };
  },
};

function recordPaper(
  state: ShipmentState,
  { documentId, kind, number, holder, issuedOn, expiresOn, lines, fields, facts }: PaperOfMessage,
  handedIn: Pick<ReviewChange, 'messageId' | 'occurredAt' | 'source'>,
  now: Instant,
): void {
  state.documents = [
    ...state.documents.filter((document) => document.documentId !== documentId),
    { documentId, kind, number, holder, issuedOn, expiresOn, lines, fields, facts },
  ];
  const answers = (task: AskedTask) =>
    task.wantsDocument === kind || (facts !== undefined && isAbout(task, documentId));
  closeTasks(state, answers, {
    choice: 'supplied',
    reason: `${kind} handed in by ${handedIn.source}`,
    evidence: [documentId],
    at: now,
  });
  if (facts === undefined) return;
  forgetToldOf(state, documentId);
  compareAgain(state, `${kind} ${number ?? documentId} came in`, handedIn);
}

/** What a paper says may contradict what was reviewed: until it is declared the review is made again, and told of after. */
function compareAgain(
  state: ShipmentState,
  what: string,
  handedIn: Pick<ReviewChange, 'messageId' | 'occurredAt' | 'source'>,
): void {
  state.review.changes.items.push({ ...handedIn, cause: 'paper', what });
  if (state.declaration.filed === 0) state.review.approvedAt = null;
}

/** Until the filing, invoices and corrections are reviewed on the day on which they come; after it they have ways of their own. */
function isReviewedAsItComes(state: ShipmentState): boolean {
  return state.declaration.filed === 0 && reviewsWhatComes(state);
}

/**
 * What blocked in the paper as it was is answered by the paper that took its place: where that is still wrong, it is news, or
 * nobody would hear of it. Until the filing every round of the review asks anew by itself; warnings stay open beside it.
 */
function forgetToldOf({ declaration, review }: ShipmentState, documentId: string): void {
  if (declaration.filed === 0) return;
  review.told = review.told.filter((id) => id.endsWith('~warn') || !id.includes(`@${documentId} `));
}

/** What is asked about a paper, what it says or where it differs, is answered by the paper itself; the review then looks anew. */
function isAbout(task: AskedTask, documentId: string): boolean {
  return task.documentId === documentId;
}

/** One case a notice, under however many messages it comes. */
function openCase(state: ShipmentState, notice: Notice | undefined): void {
  const { cases } = state.destination;
  if (notice && !cases.some((one) => one.notice.form === notice.form && one.notice.number === notice.number))
    cases.push({ notice, answered: false });
}

/** A hold stands by the latest word of its authority, whichever word is delivered first; a release ends all before it. */
function recordHold(state: ShipmentState, { effect, hold = 'customs', occurredAt }: DestinationNews): void {
  const { destination } = state;
  if (effect === 'hold-placed' || effect === 'hold-removed')
    destination.holdNews.push({ hold, placed: effect === 'hold-placed', at: occurredAt });
  const released = [...destination.news.items, { effect, occurredAt }].filter((one) => one.effect === 'released');
  const latest = new Map<string, { placed: boolean; at: Instant }>();
  for (const one of destination.holdNews) {
    const before = latest.get(one.hold);
    if (!before || Date.parse(one.at) >= Date.parse(before.at)) latest.set(one.hold, one);
  }
  const stands = (one: { placed: boolean; at: Instant }) =>
    one.placed && !released.some((release) => Date.parse(release.occurredAt) >= Date.parse(one.at));
  destination.holds = [...latest].filter(([, one]) => stands(one)).map(([name]) => name);
}

function recordForecast({ transport }: ShipmentState, { event, eventAt, occurredAt }: LogisticsEvent): void {
  const which = event === 'DEPA' ? 'departure' : event === 'ARRI' ? 'arrival' : undefined;
  const told = which && transport.forecastAt[which];
  if (!which || (told && Date.parse(told) > Date.parse(occurredAt))) return;
  transport.forecastAt[which] = occurredAt;
  transport[which === 'departure' ? 'plannedDeparture' : 'plannedArrival'] = chinaDate(eventAt);
}

/** Records an applied message in the state. */
export function recordFact<Name extends MessageName>(
  name: Name,
  state: ShipmentState,
  message: MessageOf<Name>,
  now: Instant,
): void {
  recorders[name](state, message, now);
}

/** Whether a channel lets the goods out: plainly, or against security. */
export function isRelease(meaning: string): boolean {
  return meaning === 'released' || meaning === 'released-on-security' || meaning === 'released-for-port';
}

function closeTasks(
  state: ShipmentState,
  which: (task: AskedTask) => boolean,
  answer: NonNullable<AskedTask['answer']>,
): void {
  for (const task of Object.values(state.tasks))
    if (task.answer === null && !task.moot && which(task)) task.answer = answer;
}
