import type { Instant } from '../rules/civil-date.ts';
import type { Money } from '../rules/money.ts';
import type { TaskKind, WaitedOn } from '../rules/task.ts';
import type { JournalEntry, OpenWait, Outcome, ShipmentState } from './carried.ts';
import { wordsOf } from './words.ts';

/** One thing the shipment waits for. `until`: the deadline; null in the instant before its record is written, or when none runs any more. */
export interface WaitingOn {
  what: OpenWait['what'];
  key: string;
  fromWhom: WaitedOn;
  since: Instant;
  until: Instant | null;
}

/** What the query `state` answers: where the shipment stands, and on whom it waits since and until when. */
export interface ShipmentView {
  organisation: string;
  reference: string;
  /** The shipment's own clock, at its last step. */
  asOf: Instant;
  stage: string;
  moneyStage: string | null;
  waitingOn: WaitingOn[];
  openHolds: string[];
  nextDeadline: Instant | null;
  /** When something will happen by itself: the next warning or deadline. */
  nextMoment: Instant | null;
  declarationNumber: string | null;
  papersRevision: number | null;
  openTasks: {
    id: string;
    kind: TaskKind;
    title: string;
    ownerRole: string;
    choices: string[];
    wantsDocument?: string;
    askedAt: Instant;
  }[];
  heldMessages: number;
  refund: Money | null;
  outcome: Outcome | null;
  /** The last fifty messages with their verdicts, oldest first. */
  journal: JournalEntry[];
}

/** Moment at which something will happen by itself: the next warning or the deadline of a wait. */
export function nextMomentOf(wait: OpenWait): Instant | null {
  return wait.deadline === null ? null : (wait.deadline.warnAt[wait.warned] ?? wait.deadline.dueAt);
}

/** The next warning or deadline after a moment, over all waits, and the wait that it belongs to. */
export function nextAlarmOf(state: ShipmentState, asOf: Instant): { at: Instant; wait: OpenWait } | null {
  const now = Date.parse(asOf);
  let next: { at: Instant; wait: OpenWait } | null = null;
  for (const wait of state.waits) {
    const at = nextMomentOf(wait);
    if (at !== null && Date.parse(at) > now && (next === null || at < next.at)) next = { at, wait };
  }
  return next;
}

/** The earliest deadline that runs. */
export function nextDeadlineOf(state: ShipmentState): Instant | null {
  const due = state.waits.flatMap((wait) => (wait.deadline ? [wait.deadline.dueAt] : []));
  return due.sort()[0] ?? null;
}

/** Who is waited on, each once, in the alphabet's order. */
export function partiesWaitedOn(state: ShipmentState): WaitedOn[] {
  return [...new Set(state.waits.map((wait) => wait.fromWhom))].sort();
}

/** The stage in words for lists: the trunk's until release, then logistics', at last the money's. */
export function stageOf(state: ShipmentState): string {
  if (state.closing) return 'closed';
  return state.stages.logistics ?? state.stages.trunk ?? state.stages.money ?? 'intake';
}

/** The view of a state, as of a moment. */
export function viewOf(state: ShipmentState, asOf: Instant): ShipmentView {
  return {
    organisation: state.organisation,
    reference: state.reference,
    asOf,
    stage: stageOf(state),
    moneyStage: state.closing ? null : state.stages.money,
    waitingOn: state.waits.map(({ what, key, fromWhom, since, deadline }) => ({
      what,
      key,
      fromWhom,
      since,
      until: deadline?.dueAt ?? null,
    })),
    openHolds: state.destination.holds,
    nextDeadline: nextDeadlineOf(state),
    nextMoment: nextAlarmOf(state, asOf)?.at ?? null,
    declarationNumber: state.declaration.number,
    papersRevision: state.papers?.revision ?? null,
    openTasks: openTasks(state).map(({ id, kind, title, ownerRole, choices, wantsDocument, askedAt }) => ({
      id,
      kind,
      title,
      ownerRole,
      choices,
      wantsDocument,
      askedAt,
    })),
    heldMessages: state.messages.held.length,
    refund: state.closing ? state.closing.refund : (state.claim.paid?.amount ?? null),
    outcome: state.closing?.outcome ?? null,
    journal: state.journal,
  };
}

const moment = (at: Instant) => `${at.slice(0, 16).replace('T', ' ')} UTC`;

function waitLine(wait: OpenWait, asOf: Instant): string {
  const dueAt = wait.deadline?.dueAt;
  const overdue = dueAt !== undefined && dueAt < asOf ? ', **overdue**' : '';
  const provisional = wait.deadline?.provisional ? ' (provisional: the calendar of that year is not published)' : '';
  return `- ${wordsOf(wait)}: from **${wait.fromWhom}**, since ${moment(wait.since)}${dueAt ? `, due **${moment(dueAt)}**${provisional}` : ''}${overdue}`;
}

/** The current details in the Temporal UI, as Markdown: where it stands, what it waits for, what is due when. */
export function detailsOf(state: ShipmentState, asOf: Instant): string {
  const order = state.order;
  const title = `**${state.reference}**${order ? ` · ${order.goods} · to ${order.destination}` : ''}`;
  if (state.closing)
    return [title, `Closed: **${state.closing.outcome}**. ${state.closing.reasons.join(' ')}`].join('\n\n');
  const stage = `Stage: **${stageOf(state)}**${state.stages.money ? `, money: **${state.stages.money}**` : ''}${state.declaration.number ? `, declaration ${state.declaration.number}` : ''}`;
  const holds = state.destination.holds.length > 0 ? [`Open holds: **${state.destination.holds.join(', ')}**`] : [];
  const tasks = openTasks(state);
  const waits = [...state.waits].sort((a, b) => (a.deadline?.dueAt ?? '9').localeCompare(b.deadline?.dueAt ?? '9'));
  const waiting =
    waits.length === 0
      ? ['Waits for nobody: the machine is at work.']
      : ['Waits for', waits.map((wait) => waitLine(wait, asOf)).join('\n')];
  const asked =
    tasks.length === 0
      ? []
      : [
          'Asked of our people',
          tasks
            .map(
              (task) =>
                `- ${task.title} (**${task.ownerRole}**; task \`${task.id}\`, answers ${task.choices.map((choice) => `\`${choice}\``).join(', ')})`,
            )
            .join('\n'),
        ];
  return [title, stage, ...holds, ...waiting, ...asked].join('\n\n');
}

function openTasks(state: ShipmentState) {
  return Object.values(state.tasks).filter((task) => task.answer === null && !task.moot);
}
