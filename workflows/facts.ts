/** What an applied message changes: facts are recorded here, synchronously, and nowhere decided upon. */
import type { Instant } from '../rules/civil-date.ts';
import { chinaDate } from '../rules/civil-date.ts';
import type { AskedTask, DestinationNews, ShipmentState } from './carried.ts';
import type { LogisticsEvent, MessageName, MessageOf, Notice, PaperOfMessage } from './messages.ts';
import { isAmendable, isArrival, isDelivery, isDeparture, meaningOf, revisionOf } from './verdicts.ts';

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
  submitDocument(state, { source, ...paper }, now) {
    recordPaper(state, paper, source, now);
  },
  submitDocuments(state, { source, documents }, now) {
    for (const paper of documents) recordPaper(state, paper, source, now);
  },
  answerTask(state, { taskId, choice, reason, evidence }, now) {
    closeTasks(state, (task) => task.id === taskId, { choice, reason, evidence, at: now });
  },
  amendDeclaration(state, { lines, transport, reason }, now) {
    const [first = { line: 1 }, ...rest] = lines;
    state.amendments.push(transport === undefined ? lines : [{ ...first, transport }, ...rest]);
    closeTasks(state, (task) => isAmendable(task.kind), { choice: 'amended', reason, evidence: [], at: now });
  },
  registerVatInvoice(state, { number, replaces, source }, now) {
    state.money.invoices.push({ number, replaces });
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
  { documentId, kind, number, holder, issuedOn, expiresOn, lines, fields }: PaperOfMessage,
  source: string,
  now: Instant,
): void {
  state.documents = [
    ...state.documents.filter((document) => document.documentId !== documentId),
    { documentId, kind, number, holder, issuedOn, expiresOn, lines, fields },
  ];
  closeTasks(state, (task) => task.wantsDocument === kind, {
    choice: 'supplied',
    reason: `${kind} handed in by ${source}`,
    evidence: [documentId],
    at: now,
  });
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
