import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Progress, RecordEntry } from '../activities/records/contract.ts';
import type { Instant } from '../rules/civil-date.ts';
import type { ShipmentState } from './carried.ts';
import { recording, summary } from './parties.ts';
import { changedAttributes, shownAttributes } from './search-attributes.ts';
import { detailsOf } from './view.ts';

/** Longer than any chain of awaits between a fact and the next wait; the number stands in no history. */
const TURN_IN_MICROTASKS = 200;

/**
 * Makes known what happened: to PostgreSQL (event log, projection) and to the Temporal UI (attributes, details). One write
 * at a time, each of everything that is new; the deadlines of new waits come back with it. docs/decisions/0002.
 */
export class Recorder {
  private readonly state: ShipmentState;
  private readonly now: () => Instant;
  private shown: ReturnType<typeof shownAttributes> | null = null;
  private dirty = true;
  private writing = false;

  constructor(state: ShipmentState, now: () => Instant) {
    this.state = state;
    this.now = now;
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

  /** Until everything noted stands in PostgreSQL. */
  async settled(): Promise<void> {
    await condition(() => !this.dirty && !this.writing);
  }

  /** Writes for as long as the shipment runs. `attempt` turns a defect into an engineer's task. */
  async run(attempt: <T>(write: () => Promise<T>) => Promise<T>): Promise<never> {
    for (;;) {
      await condition(() => this.dirty);
      await restOfTheTurn();
      this.dirty = false;
      this.writing = true;
      setCurrentDetails(detailsOf(this.state, this.now()));
      await attempt(() => this.write());
      this.writing = false;
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
    const { deadlines } = await recording.recordProgress.executeWithOptions(
      { summary: summary(`records ${headingOf(entries)}`) },
      [
        {
          organisation,
          reference,
          asOf: this.now(),
          entries,
          lastSeq: records.nextSeq - 1,
          awaited,
          progress: this.progress(),
        },
      ],
    );
    records.pending = records.pending.slice(entries.length);
    // A wait that began anew while this was written gets its deadline with the next write.
    for (const wait of this.state.waits)
      if (rounds.get(wait.id) === wait.round) wait.deadline ??= deadlines[wait.id] ?? null;
  }

  /** Attributes in one call and only when a value changed: each call is billed. */
  private show(): void {
    const shown = shownAttributes(this.state);
    const pairs = changedAttributes(this.shown, shown);
    this.shown = shown;
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    setCurrentDetails(detailsOf(this.state, this.now()));
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

/** Lets the lanes that the same fact woke go on first: one write then covers the whole turn, deadlines of new waits included. */
async function restOfTheTurn(): Promise<void> {
  for (let step = 0; step < TURN_IN_MICROTASKS; step++) await undefined;
}
