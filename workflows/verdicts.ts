/**
 * The verdict on a message: a pure function over the recorded facts. It decides nothing about the goods, only whether
 * the message makes sense now, later or never. A run keeps the rules that it began with (docs/decisions/0010).
 */
import type { Instant } from '../rules/civil-date.ts';
import { entryOf, type ShipmentState, unread } from './carried.ts';
import type { LogisticsEvent, MessageName, MessageOf, PaperOfMessage, Verdict } from './messages.ts';

const applied: Verdict = { status: 'applied' };
const held = (reason: string): Verdict => ({ status: 'held', reason });
const impossible = (reason: string): Verdict => ({ status: 'impossible', reason });

type Judges = { [Name in MessageName]: (state: ShipmentState, message: MessageOf<Name>) => Verdict };

const judges: Judges = {
  customsResponse(state, message) {
    const { notice, occurredAt } = message;
    const wrongDate = implausibleAmong(state, occurredAt, {
      ...(message.side === 'export' && { exportedOn: message.exportedOn }),
      'notice.datedOn': notice?.datedOn,
      'notice.dueOn': notice?.dueOn,
    });
    if (wrongDate) return wrongDate;
    if (message.side === 'destination')
      return (
        tooManyHolds(state, message) ??
        (state.declaration.releasedAt === null ? held('the goods are not released for export yet') : applied)
      );
    const { filed, number, numberOf } = state.declaration;
    if (
      message.clientSequenceNumber !== undefined &&
      !message.clientSequenceNumber.startsWith(`${state.organisation}/${state.reference}/declaration/`)
    )
      return impossible(`the client sequence number ${message.clientSequenceNumber} is not of this shipment`);
    // Declared anew, a declaration gets a new number: where our own sequence number says which it is, that counts.
    if (
      message.clientSequenceNumber === undefined &&
      number !== null &&
      message.declarationNumber !== number &&
      message.declarationNumber !== undefined
    )
      return impossible(`declaration ${message.declarationNumber} is not this shipment's: its number is ${number}`);
    if (message.clientSequenceNumber === undefined && message.declarationNumber === undefined)
      return impossible('name the declaration: give clientSequenceNumber or declarationNumber');
    const revision = revisionOf(message.clientSequenceNumber) ?? filed;
    if (Number.isNaN(revision)) return impossible(`${message.clientSequenceNumber} has no revision at its end`);
    if (filed === 0 || revision > filed) return held('no such declaration is filed yet');
    const implausible = implausibleDate(state, message.exportedOn, message.occurredAt);
    if (implausible) return impossible(`exportedOn ${implausible}`);
    if (
      message.correctsNumber &&
      (message.clientSequenceNumber === undefined || message.declarationNumber === undefined)
    )
      return impossible('correctsNumber needs clientSequenceNumber and the right declarationNumber');
    // A revision has one number: another under it is another shipment's, or a slip of the hand.
    if (
      number !== null &&
      numberOf === revision &&
      message.declarationNumber !== undefined &&
      message.declarationNumber !== number &&
      !message.correctsNumber
    )
      return impossible(
        `declaration ${message.declarationNumber} is not this shipment's: revision ${revision} has the number ${number}. If that one is wrong, send this with correctsNumber: true`,
      );
    if (message.clientSequenceNumber === undefined && number === null)
      return held('its number is not known here yet: clientSequenceNumber would tell which declaration it is');
    if (revision < filed) return impossible(`revision ${revision} was replaced by revision ${filed}`);
    if (isRecordedReceipt(state, message) && !message.correctsNumber)
      return { status: 'duplicate', reason: 'this receipt is recorded, under another messageId' };
    if (meaningOf(state, message.channel) === 'closed' && state.declaration.releasedAt === null)
      return held('closed before release: kept until the release is here');
    return applied;
  },
  inspectionResult(state, { side }) {
    if (side === 'export') {
      if (state.declaration.releasedAt !== null)
        return impossible('the goods are released for export: no inspection is open');
      const ordered = state.customs.items.some((receipt) => receipt.meaning === 'inspection-ordered');
      return ordered ? applied : held('customs has not ordered an inspection yet');
    }
    if (state.transport.end !== null) return impossible('the goods are not on their way any more');
    return state.declaration.releasedAt === null ? held('the goods are not released for export yet') : applied;
  },
  logisticsEvent(state, message) {
    if (state.transport.end !== null) return impossible('the goods are not on their way any more');
    const wrongDate = implausibleAmong(state, message.occurredAt, { eventAt: message.eventAt });
    if (wrongDate) return wrongDate;
    if (message.classifier !== 'ACT') return applied;
    if (isDeparture(state, message) && state.declaration.releasedAt === null)
      return held('the goods are not released for export yet');
    if (isArrival(state, message) && state.transport.departedAt === null) return held('no departure is reported yet');
    if (!isDelivery(state, message)) return applied;
    if (state.transport.arrivedAt === null) return held('no arrival is reported yet');
    if (Date.parse(message.eventAt) < Date.parse(state.transport.arrivedAt))
      return impossible(
        `${message.event} at ${message.eventAt} lies before the arrival at ${state.transport.arrivedAt}`,
      );
    return state.destination.releasedAt === null ? held('the destination has not released the goods yet') : applied;
  },
  fxReceipt(state, { instalment, currency, receiptId, valueDate, occurredAt }) {
    const wrongDate = implausibleAmong(state, occurredAt, { valueDate });
    if (wrongDate) return wrongDate;
    if (state.order === null) return held('the order is not taken in yet');
    if (state.money.end !== null)
      return impossible(
        `the money side is closed (${state.money.end.kind}): finance decides what becomes of the receipt`,
      );
    if (state.money.receipts.some((receipt) => receipt.receiptId === receiptId && receipt.instalment === instalment))
      return impossible(`receipt ${receiptId} is already booked on instalment ${instalment}`);
    const instalments = state.papers?.instalments ?? state.order.instalments;
    const paid = instalments.find((one) => one.no === instalment);
    if (!paid) return impossible(`there is no instalment ${instalment}: the contract has ${instalments.length}`);
    if (paid.currency !== currency)
      return impossible(`the contract is in ${paid.currency}, the receipt in ${currency}`);
    return applied;
  },
  taxResponse(state, { claim, status, on, dueOn, occurredAt }) {
    const wrongDate = implausibleAmong(state, occurredAt, { on, dueOn });
    if (wrongDate) return wrongDate;
    const own = `${state.organisation}/${state.reference}/claim/`;
    if (!claim.startsWith(own)) return impossible(`claim ${claim} is not of this shipment`);
    const revision = Number(claim.slice(own.length));
    if (!Number.isInteger(revision) || revision < 1) return impossible(`claim ${claim} has no revision at its end`);
    if (revision > state.claim.revision || (revision === state.claim.revision && state.claim.submittedAt === null))
      return held('no such claim is submitted yet');
    if (revision < state.claim.revision)
      return impossible(`claim revision ${revision} was replaced by revision ${state.claim.revision}`);
    if (state.claim.paid !== null && status !== 'recovery-notice')
      return impossible('the refund of this claim is already paid');
    return applied;
  },
  submitDocument(state, paper) {
    return judgePapers(state, [paper]);
  },
  submitDocuments(state, { documents }) {
    return judgePapers(state, documents);
  },
  receiveDocument(state, { documentId, file }) {
    if (state.order === null) return held('the order is not taken in yet');
    return state.files.some((one) => one.documentId === documentId && one.file === file)
      ? { status: 'duplicate', reason: 'this file is here already' }
      : applied;
  },
  unlockDocuments(state) {
    if (state.declaration.filed > 0)
      return impossible(
        state.declaration.releasedAt === null
          ? 'the papers are declared: have customs return the declaration, then correct it by amendDeclaration'
          : 'the goods are released: a correction after release needs customs, with proof; ask the broker',
      );
    if (state.papers === null) return impossible('no papers are locked yet: hand in or correct what has to change');
    if (unread(state.unlocks)) return impossible('the papers are open already: answer the task that asks to lock them');
    return applied;
  },
  answerTask(state, { taskId, choice }) {
    const task = entryOf(state.tasks, taskId);
    if (!task) return impossible(`there is no task ${taskId} in this shipment`);
    if (task.answer !== null)
      return impossible(`task ${taskId} was answered with ${task.answer.choice} at ${task.answer.at}`);
    if (task.moot) return impossible(`task ${taskId} is not needed any more`);
    if (!task.choices.includes(choice))
      return impossible(`${choice} is not a choice of this task: choose ${task.choices.join(', ')}`);
    return applied;
  },
  amendDeclaration(state, { lines }) {
    if (state.order === null) return held('the order is not taken in yet');
    if (state.declaration.releasedAt !== null)
      return impossible('the goods are released: a correction after release needs customs, with proof; ask the broker');
    const asked = Object.values(state.tasks).some(
      (task) => isAmendable(task.kind) && task.answer === null && !task.moot,
    );
    if (state.declaration.filed > 0 && !asked)
      return impossible('the declaration is with customs and nothing is open on it: ask customs to return it first');
    return (
      noSuchLine(
        state,
        lines.map(({ line }) => line),
      ) ?? applied
    );
  },
  registerVatInvoice(state, { number, replaces, lines }) {
    if (state.order === null) return held('the order is not taken in yet');
    if (state.claim.submittedAt !== null && !state.claim.correcting)
      return impossible('the claim is submitted: withdraw it before changing its invoices');
    if (state.money.invoices.some((invoice) => invoice.number === number))
      return impossible(`invoice ${number} is already registered`);
    if (replaces !== undefined && state.money.invoices.some((invoice) => invoice.replaces === replaces))
      return impossible(`invoice ${replaces} is replaced already`);
    return (
      noSuchLine(
        state,
        lines.map(({ line }) => line),
      ) ?? applied
    );
  },
  reviewAgain() {
    return applied;
  },
  cancelShipment(state) {
    if (state.cancelled !== null) return impossible(`the order was called off at ${state.cancelled.at}`);
    if (state.declaration.filed > 0)
      return impossible(
        'the declaration is filed: have customs withdraw it (channel A or D), the shipment then ends by itself',
      );
    return applied;
  },
};

/** Whether customs' receipt was recorded, under another messageId: its channel and its time say so. */
export function isRecordedReceipt(
  { customs }: ShipmentState,
  { channel, noticeTime }: { channel: string; noticeTime?: Instant },
): boolean {
  return customs.items.some(
    (receipt) =>
      receipt.channel === channel &&
      receipt.noticeTime !== undefined &&
      noticeTime !== undefined &&
      Date.parse(receipt.noticeTime) === Date.parse(noticeTime),
  );
}

function judgePapers(state: ShipmentState, papers: readonly PaperOfMessage[]): Verdict {
  if (state.order === null) return held('the order is not taken in yet');
  if (papers.some(({ lines }) => lines?.length === 0))
    return impossible('lines is empty: leave it out when the paper covers all lines');
  return (
    noSuchLine(
      state,
      papers.flatMap(({ lines }) => lines ?? []),
    ) ?? applied
  );
}

/** The revision at the end of our own sequence number, NaN when it has none; undefined without a number. */
export function revisionOf(clientSequenceNumber: string | undefined): number | undefined {
  if (clientSequenceNumber === undefined) return undefined;
  return Number(/^[^/]+\/[^/]+\/declaration\/([1-9]\d*)$/.exec(clientSequenceNumber)?.[1] ?? Number.NaN);
}

/** More would not fit the shipment's search attribute, and no authority holds goods so often. */
const HOLDS_AT_MOST = 20;
/** A date further from its message than this is a typing error; taken at its word it would end a clock of the law. */
const DAYS_APART_AT_MOST = 400;
const DAYS_BEFORE_THE_START_AT_MOST = 180;
const DAYS_OF_A_LIFE_AT_MOST = 5 * 365;

function tooManyHolds(state: ShipmentState, { effect }: { effect: string }): Verdict | undefined {
  if (effect !== 'hold-placed' || state.destination.holds.length < HOLDS_AT_MOST) return undefined;
  return impossible(`${HOLDS_AT_MOST} holds are open already: remove one first`);
}

/** The first of a message's dates that cannot be meant. */
function implausibleAmong(
  state: ShipmentState,
  occurredAt: Instant,
  dates: Record<string, string | undefined>,
): Verdict | undefined {
  for (const [field, date] of Object.entries(dates)) {
    const implausible = implausibleDate(state, date, occurredAt);
    if (implausible) return impossible(`${field} ${implausible}`);
  }
  return undefined;
}

/** What a date says must lie in the shipment's own time, and near the moment at which it is told of. */
function implausibleDate(
  { openedAt }: ShipmentState,
  date: string | undefined,
  occurredAt: string,
): string | undefined {
  if (date === undefined) return undefined;
  if ((Date.parse(openedAt) - Date.parse(date)) / 86_400_000 > DAYS_BEFORE_THE_START_AT_MOST)
    return `${date} lies long before the shipment began (${openedAt}): is that a typing error?`;
  const days = Math.abs(Date.parse(date) - Date.parse(occurredAt)) / 86_400_000;
  return days > DAYS_APART_AT_MOST
    ? `${date} is more than ${DAYS_APART_AT_MOST} days from ${occurredAt}: is that a typing error?`
    : undefined;
}

/** Lines are counted from 1; one that the order has not would fail every later step. */
function noSuchLine(state: ShipmentState, lines: readonly number[]): Verdict | undefined {
  const most = state.order?.lines ?? 0;
  const wrong = lines.find((line) => line > most);
  return wrong === undefined ? undefined : impossible(`there is no line ${wrong}: the order has ${most}`);
}

/** Whether a message makes sense in this state. Schema and double delivery are checked before. */
export function judge<Name extends MessageName>(name: Name, state: ShipmentState, message: MessageOf<Name>): Verdict {
  if (state.closing !== null) return impossible(`the shipment is closed (${state.closing.outcome})`);
  return outOfItsTime(state, message) ?? judges[name](state, message);
}

/** Orders are entered after the fact, but not by half a year; and no shipment lives for five. */
function outOfItsTime({ openedAt }: ShipmentState, { occurredAt }: { occurredAt: Instant }): Verdict | undefined {
  const days = (Date.parse(occurredAt) - Date.parse(openedAt)) / 86_400_000;
  if (days < -DAYS_BEFORE_THE_START_AT_MOST)
    return impossible(
      `occurredAt ${occurredAt} lies long before the shipment began (${openedAt}): is that a typing error?`,
    );
  if (days > DAYS_OF_A_LIFE_AT_MOST)
    return impossible(
      `occurredAt ${occurredAt} lies years after the shipment began (${openedAt}): is that a typing error?`,
    );
  return undefined;
}

/** Why a message cannot be of this moment of the shipment's clock; told when it comes, not when it was kept. What happened has happened: its year was typed wrong. */
export function aheadOfItsTime({ occurredAt }: { occurredAt: Instant }, now: Instant): Verdict | undefined {
  const days = (Date.parse(occurredAt) - Date.parse(now)) / 86_400_000;
  if (days <= DAYS_APART_AT_MOST) return undefined;
  return impossible(
    `occurredAt ${occurredAt} is ${Math.floor(days)} days ahead of the shipment's clock (${now}): is that a typing error?`,
  );
}

/** What a channel code means, by the table that intake recorded. */
export function meaningOf(state: ShipmentState, channel: string) {
  return state.order?.channels[channel] ?? ('unknown' as const);
}

/** Goods leave China by these: much of the south ships through Hong Kong. */
const ORIGINS = ['CN', 'HK', 'MO'];

/** Without a place an event counts; with one it must lie in one of the countries, or be a port that the order names. */
function happensAt(place: string | undefined, countries: readonly string[], port: string | undefined): boolean {
  return place === undefined || place === port || countries.some((country) => place.startsWith(country));
}

/** The goods leave; a departure elsewhere is that of a transhipment. */
export function isDeparture(state: ShipmentState, { event, place }: LogisticsEvent): boolean {
  return event === 'DEPA' && happensAt(place, ORIGINS, state.order?.portOfLoading);
}

/** The goods reach the country of destination or the port that the order names, not a port on the way. */
export function isArrival(state: ShipmentState, { event, place }: LogisticsEvent): boolean {
  return event === 'ARRI' && isThere(state, place);
}

/** Events by which a carrier says that the goods left its hands at the destination: gate out of the terminal, or set down at the consignee. */
export function isDelivery(state: ShipmentState, { event, place }: LogisticsEvent): boolean {
  return (event === 'GTOT' || event === 'DROP') && isThere(state, place);
}

function isThere({ order }: ShipmentState, place: string | undefined): boolean {
  return order === null || happensAt(place, [order.destination], order.destinationPort);
}

/** Tasks that a correction of the declaration answers. */
export function isAmendable(kind: string): boolean {
  return kind === 'review-finding' || kind === 'customs-returned' || kind === 'inspection-discrepancy';
}
