/** What an applied message changes: facts are recorded here, synchronously, and nowhere decided upon. */
import type { Instant } from '../rules/civil-date.ts';
import { chinaDate } from '../rules/civil-date.ts';
import type { AskedTask, ShipmentState } from './carried.ts';
import type { MessageName, MessageOf } from './messages.ts';
import { isAmendable, isDelivery, meaningOf } from './verdicts.ts';

type Recorders = { [Name in MessageName]: (state: ShipmentState, message: MessageOf<Name>, now: Instant) => void };

const recorders: Recorders = {
  customsResponse(state, message, now) {
    if (message.notice) state.destination.cases.push({ notice: message.notice, answered: false });
    if (message.side === 'destination') {
      const { holds } = state.destination;
      const hold = message.hold ?? 'customs';
      if (message.effect === 'hold-placed' && !holds.includes(hold)) holds.push(hold);
      if (message.effect === 'hold-removed') state.destination.holds = holds.filter((one) => one !== hold);
      if (message.effect === 'released') {
        state.destination.releasedAt ??= now;
        state.destination.holds = [];
      }
      state.destination.news.items.push(message);
      return;
    }
    const meaning = meaningOf(state, message.channel);
    const { declaration } = state;
    declaration.number ??= message.declarationNumber ?? null;
    declaration.exportedOn = message.exportedOn ?? declaration.exportedOn;
    if (isRelease(meaning)) declaration.releasedAt ??= now;
    if (meaning === 'closed') declaration.closedAt ??= now;
    if (meaning === 'withdrawn') declaration.withdrawnAt ??= now;
    state.customs.items.push({ ...message, meaning });
  },
  inspectionResult(state, message) {
    (message.side === 'export' ? state.exportInspections : state.destination.inspections).items.push(message);
  },
  logisticsEvent(state, { classifier, event, eventAt }) {
    const { transport } = state;
    if (event === 'DEPA' && classifier !== 'ACT') transport.plannedDeparture = chinaDate(eventAt);
    if (event === 'ARRI' && classifier !== 'ACT') transport.plannedArrival = chinaDate(eventAt);
    if (classifier !== 'ACT') return;
    if (event === 'DEPA') {
      transport.departedAt ??= eventAt;
      // The customs receipt states the export date; until it does, the day of departure is the best there is.
      state.declaration.exportedOn ??= chinaDate(eventAt);
    }
    if (event === 'ARRI') transport.arrivedAt ??= eventAt;
    if (isDelivery(event)) transport.deliveredAt ??= eventAt;
  },
  fxReceipt(state, { receiptId, instalment, amount, charges, currency, valueDate }) {
    state.money.receipts.push({ receiptId, instalment, amount, charges, currency, valueDate });
  },
  taxResponse(state, message) {
    state.claim.steps.items.push(message);
  },
  submitDocument(state, { documentId, kind, number, holder, issuedOn, expiresOn, lines, source }, now) {
    state.documents = [
      ...state.documents.filter((document) => document.documentId !== documentId),
      { documentId, kind, number, holder, issuedOn, expiresOn, lines },
    ];
    closeTasks(state, (task) => task.wantsDocument === kind, {
      choice: 'supplied',
      reason: `${kind} handed in by ${source}`,
      evidence: [documentId],
      at: now,
    });
  },
  answerTask(state, { taskId, choice, reason, evidence }, now) {
    closeTasks(state, (task) => task.id === taskId, { choice, reason, evidence, at: now });
  },
  amendDeclaration(state, { lines, reason }, now) {
    state.amendments.push(lines);
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
  cancelShipment(state, { reason }, now) {
    state.cancelled = { reason, at: now };
  },
};

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
