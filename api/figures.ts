import type { RecordEntry } from '../activities/records/contract.ts';
import { daysBetween, type Instant } from '../rules/civil-date.ts';
import type { WaitedOn } from '../rules/task.ts';
import { type StageSpan, type StageTime, splitTime, type WaitSpan, workingDaysOf } from '../rules/time-split.ts';

/** The figures that the service is judged by; each only where the shipment got so far. */
export interface Headline {
  documentReviewWorkingDays?: number;
  inspectionResponseDays?: number;
  refundArrivalDays?: number;
}

/** Spans of stages and waits out of the event log, in its order; what is open ends at `asOf`. */
export function spansOf(events: readonly RecordEntry[], asOf: Instant): { stages: StageSpan[]; waits: WaitSpan[] } {
  const stages: (StageSpan & { open: boolean })[] = [];
  const waits: (WaitSpan & { id: string; open: boolean })[] = [];
  for (const { kind, at, data } of events) {
    const lane = String(data.lane ?? 'trunk');
    if (kind === 'stage-entered') stages.push({ lane, stage: String(data.stage), from: at, to: asOf, open: true });
    if (kind === 'wait-opened')
      waits.push({ id: String(data.wait), lane, fromWhom: data.fromWhom as WaitedOn, from: at, to: asOf, open: true });
    if (kind === 'stage-left')
      close(
        stages.findLast((span) => span.open && span.lane === lane && span.stage === data.stage),
        at,
      );
    if (kind === 'wait-ended')
      close(
        waits.findLast((span) => span.open && span.id === data.wait),
        at,
      );
  }
  return {
    stages: stages.map(({ open: _, ...span }) => span),
    waits: waits.map(({ open: _, id: __, ...span }) => span),
  };
}

function close(span: { to: Instant; open: boolean } | undefined, at: Instant): void {
  if (span) Object.assign(span, { to: at, open: false });
}

/** Whose time each stage took, in the order in which they were first entered; one entered again is added up. */
export function stageTimesOf(events: readonly RecordEntry[], asOf: Instant): StageTime[] {
  const totals = new Map<string, StageTime>();
  for (const time of splitTime(spansOf(events, asOf))) {
    const before = totals.get(time.stage) ?? { stage: time.stage, machineDays: 0, peopleDays: 0, counterpartyDays: 0 };
    totals.set(time.stage, {
      stage: time.stage,
      machineDays: rounded(before.machineDays + time.machineDays),
      peopleDays: rounded(before.peopleDays + time.peopleDays),
      counterpartyDays: rounded(before.counterpartyDays + time.counterpartyDays),
    });
  }
  return [...totals.values()];
}

/** Document review, inspection response and refund arrival, as the targets define them. */
export function headlineOf(events: readonly RecordEntry[]): Headline {
  const intake = events.find((event) => event.kind === 'stage-entered' && event.data.stage === 'intake');
  const approved = events.find((event) => event.kind === 'approved');
  const accepted = acceptance(events);
  const paid = events.find((event) => isApplied(event, 'taxResponse') && contentOf(event).status === 'paid');
  const responses = inspectionResponses(events);
  return {
    ...(intake && approved ? { documentReviewWorkingDays: workingDaysOf(intake.at, approved.at) } : {}),
    ...(responses.length > 0 ? { inspectionResponseDays: rounded(Math.max(...responses)) } : {}),
    ...(accepted && paid ? { refundArrivalDays: rounded(daysBetween(accepted.at, paid.at)) } : {}),
  };
}

/** Channels by which customs accepts a declaration after review: paperless, or with its documents. */
const ACCEPTING_CHANNELS = ['J', 'W', 'G'];

/** The review's end where customs told it, otherwise the first export receipt of all. */
function acceptance(events: readonly RecordEntry[]): RecordEntry | undefined {
  const receipts = events.filter((event) => isApplied(event, 'customsResponse') && contentOf(event).side === 'export');
  return receipts.find((event) => ACCEPTING_CHANNELS.includes(String(contentOf(event).channel))) ?? receipts[0];
}

function isApplied({ kind, data }: RecordEntry, name: string): boolean {
  return (kind === 'message' || kind === 'message-applied') && data.name === name && data.status === 'applied';
}

function contentOf({ data }: RecordEntry): Record<string, unknown> {
  return typeof data.content === 'object' && data.content !== null ? (data.content as Record<string, unknown>) : {};
}

/** Days from each case or discrepancy opened to its answer. */
function inspectionResponses(events: readonly RecordEntry[]): number[] {
  const isCase = (event: RecordEntry) => /^(authority-case|inspection-discrepancy)\//.test(String(event.data.wait));
  return events
    .filter((event) => event.kind === 'wait-opened' && isCase(event))
    .flatMap((opened) => {
      const ended = events.find(
        (event) => event.kind === 'wait-ended' && event.data.wait === opened.data.wait && event.seq > opened.seq,
      );
      return ended ? [daysBetween(opened.at, ended.at)] : [];
    });
}

const rounded = (days: number) => Math.round(days * 1000) / 1000;
