import { condition, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Progress, RecordEntry } from '../activities/records/contract.ts';
import type { Instant } from '../rules/civil-date.ts';
import type { ShipmentState } from './carried.ts';
import { recording, summary } from './parties.ts';
import { changedAttributes, shownAttributes } from './search-attributes.ts';
import type { StepsUnderWay } from './steps-under-way.ts';
import { restOfTheTurn } from './turn.ts';
import { detailsOf } from './view.ts';

/**
 * Makes known what happened: to PostgreSQL (event log, projection) and to the Temporal UI (attributes, details). One write
 * at a time, each of everything that is new; the deadlines of new waits come back with it. docs/decisions/0002.
 */
export class Recorder {
  private readonly state: ShipmentState;
  private readonly steps: StepsUnderWay;
  private readonly now: () => Instant;
  private shown: ReturnType<typeof shownAttributes> | null = null;
  private dirty = true;
  private writing = false;
  private stale = false;

  constructor(state: ShipmentState, steps: StepsUnderWay, now: () => Instant) {
    this.state = state;
    this.steps = steps;
    this.now = now;
  }

  /** Takes a carried state for what it is: written and shown by the run before. */
  carryOn(): void {
    this.dirty = false;
    this.shown = shownAttributes(this.state);
    setCurrentDetails(detailsOf(this.state, this.now()));
  }

  /** Something happened: it goes to the event log with the next write. */
  note(kind: RecordEntry['kind'], data: Record<string, unknown>): void {
    this.state.records.pending.push({ seq: this.state.records.nextSeq++, at: this.now(), kind, data });
    this.dirty = true;
  }

  /** The projection changed without an event: a wait wants a new deadline. */
  touch(): void {
    this.dirty = true;
  }

  /** Whether everything noted stands in PostgreSQL and everything worth showing is shown. */
  get isSettled(): boolean {
    return !this.dirty && !this.writing && !this.stale;
  }

  /** Until everything noted stands in PostgreSQL. */
  async settled(): Promise<void> {
    await condition(() => !this.dirty && !this.writing);
  }

  /** Writes for as long as the shipment runs. `attempt` turns a defect into an engineer's task. */
  async run(attempt: <T>(write: () => Promise<T>) => Promise<T>): Promise<never> {
    for (;;) {
      // A step on our own records takes milliseconds: one write then covers what comes of it.
      await condition(() => this.steps.own === 0 && (this.dirty || (this.stale && this.mayShow())));
      await restOfTheTurn();
      if (this.steps.own > 0) continue;
      if (this.dirty) {
        this.dirty = false;
        this.writing = true;
        setCurrentDetails(detailsOf(this.state, this.now()));
        await attempt(() => this.write());
        this.writing = false;
        // Whoever waited for this write goes on with it: what is shown covers that too.
        await restOfTheTurn();
      }
      this.show();
    }
  }

  private async write(): Promise<void> {
    const { organisation, reference, records, waits } = this.state;
    const entries = [...records.pending];
    const open = waits.filter((wait) => wait.deadline === null);
    const rounds = new Map(open.map(({ id, round }) => [id, round]));
    const awaited = open.map(({ id, what, startedAt, on, lastContractualDate }) => ({
      id,
      basis: { what, startedAt, on, lastContractualDate },
    }));
    const { deadlines, sharesNumberWith } = await recording.recordProgress.executeWithOptions(
      { summary: summary(`records ${headingOf(entries)}`) },
      [
        {
          organisation,
          reference,
          asOf: this.now(),
          entries,
          keptSeq: records.nextSeq - 1 - entries.length,
          lastSeq: records.nextSeq - 1,
          attempt: { runId: workflowInfo().runId, historyLength: workflowInfo().historyLength },
          awaited,
          progress: this.progress(),
        },
      ],
    );
    records.pending = records.pending.slice(entries.length);
    if (sharesNumberWith !== undefined) this.tellOfSharedNumber(sharesNumberWith);
    // A wait that began anew while this was written gets its deadline with the next write.
    for (const wait of this.state.waits)
      if (rounds.get(wait.id) === wait.round) wait.deadline ??= deadlines[wait.id] ?? null;
  }

  /** One of two shipments with one declaration number has the other's: only people can tell which. */
  private tellOfSharedNumber(other: string): void {
    const { declaration, misfits } = this.state;
    if (declaration.number === null || declaration.sharedNumber === declaration.number) return;
    declaration.sharedNumber = declaration.number;
    misfits.waiting.push({
      name: 'customsResponse',
      reason: `declaration ${declaration.number} is that of shipment ${other}, too: have the receipt of the one for which it is wrong sent again, with its own clientSequenceNumber, the right declarationNumber and correctsNumber: true`,
    });
  }

  /** While a step is under way the next turn is a moment off, and shows both: each call is billed. */
  private mayShow(): boolean {
    return (this.steps.areNone && !this.dirty) || this.steps.takeLong(this.now());
  }

  /** Attributes in one call and only when a value changed. */
  private show(): void {
    setCurrentDetails(detailsOf(this.state, this.now()));
    this.stale = !this.mayShow();
    if (this.stale) return;
    const shown = shownAttributes(this.state);
    const pairs = changedAttributes(this.shown, shown);
    this.shown = shown;
    if (pairs.length > 0) upsertSearchAttributes(pairs);
  }

  private progress(): Progress {
    const { declaration, stages, destination, claim, closing, order, papers } = this.state;
    const shown = shownAttributes(this.state);
    return {
      stage: shown.stage,
      moneyStage: closing ? null : stages.money,
      waitingOn: this.state.waits.map(({ what, key, lane, fromWhom, since, deadline }) => ({
        what,
        key,
        lane,
        fromWhom,
        since,
        until: deadline?.dueAt ?? null,
      })),
      openHolds: destination.holds,
      nextDeadline: shown.nextDeadline || null,
      declarationNumber: declaration.number,
      exportedOn: declaration.exportedOn,
      papersRevision: papers?.revision ?? null,
      total: papers?.total ?? order?.total ?? null,
      instalments: papers?.instalments ?? order?.instalments ?? [],
      refundClaimed: claim.refundClaimed,
      refund: closing ? closing.refund : (claim.paid?.amount ?? null),
      outcome: closing?.outcome ?? null,
    };
  }
}

/** What a write is about, for its row in the Temporal UI. */
function headingOf(entries: readonly RecordEntry[]): string {
  const kinds = entries.map(({ kind, data }) => (kind === 'message' ? String(data.name) : kind));
  return [...new Set(kinds)].join(', ') || 'a new deadline';
}
