import { allHandlersFinished, condition, makeContinueAsNewFunc, setHandler } from '@temporalio/workflow';
import type { Instant } from '../rules/civil-date.ts';
import type { RecheckCause, RecheckCounts, RecheckReport } from '../rules/compliance/recheck.ts';
import { EngineersDesk } from './engineers-desk.ts';
import { answerTaskSchema, continueAsNewSignal, updateOf } from './messages.ts';
import { compliance, summary } from './parties.ts';
import { isMoveDue } from './time-to-move.ts';
import { recheckWorkflowId } from './workflow-ids.ts';

export interface RecheckStart {
  organisation: string;
  /** Also the last part of the workflow id. */
  id: string;
  cause: RecheckCause;
}

/** What a re-check carries into its next run. Who is named stands in the records. */
export interface RecheckState extends RecheckStart {
  after: string | null;
  /** How many it looked at, and whom it named where that was an older version's to carry. */
  report: RecheckReport;
  /** Absent in what an older version carries, as all that follows. */
  counts?: RecheckCounts;
  /** How often those that failed were looked at again. */
  round?: number;
  /** All were looked at; what was found is still to be kept. */
  isLooked?: boolean;
  /** Those that failed are looked at again then. */
  againAt?: Instant | null;
}

/** What a re-check came to; its report names them. */
export interface RecheckResult extends RecheckCounts {
  looked: number;
}

const MINUTE_MS = 60_000;
/**
 * When those that could not be looked at or told are looked at again: one without a worker has one in minutes, one that is
 * stuck is mended in hours, and one on an older version moves within days. After that the report says so for good.
 */
const AGAIN_AFTER_MS: readonly number[] = [MINUTE_MS, 60 * MINUTE_MS, 24 * 60 * MINUTE_MS, 7 * 24 * 60 * MINUTE_MS];

const continueAsNew = makeContinueAsNewFunc<typeof recheck>({ initialVersioningBehavior: 'AUTO_UPGRADE' });

/**
 * One look at all open shipments of an organisation after a list, a table or a rule changed. A shipment in whose review
 * something is new makes it again and puts it to its people; the report says which and why. Whatever stops meanwhile, it
 * goes on where it was; a defect in a step of it is put to an engineer.
 */
export async function recheck(start: RecheckStart | RecheckState): Promise<RecheckResult> {
  const look = new OpenLook(start);
  setHandler(updateOf('answerTask'), (message) => look.desk.receive(answerTaskSchema.parse(message)), {
    description: 'Answers what an engineer was asked.',
    validator: (message) => void answerTaskSchema.parse(message),
  });
  setHandler(continueAsNewSignal, () => look.askToMove(), {
    description: 'Goes on in a new run at the next quiet moment, on the current version of the worker.',
  });
  if (!('report' in start)) await look.begin();
  await look.atAll();
  await look.end();
  while (look.nextRound() !== null) {
    await look.rest();
    await look.atAll();
    await look.end();
  }
  await condition(allHandlersFinished);
  return look.result();
}

/** A re-check under way. */
class OpenLook {
  readonly desk: EngineersDesk;
  private readonly state: RecheckState;
  private readonly counts: RecheckCounts;
  private moveAsked = false;

  constructor(start: RecheckStart | RecheckState) {
    const { organisation, id, cause } = start;
    this.state =
      'report' in start
        ? { ...start }
        : { organisation, id, cause, after: null, report: { looked: 0, affected: [], failed: [] } };
    const { affected, failed } = this.state.report;
    this.counts = { ...(this.state.counts ?? { affected: affected.length, failed: failed.length }) };
    this.state.counts = this.counts;
    this.desk = new EngineersDesk(organisation, recheckWorkflowId(organisation, id), now);
  }

  private get of() {
    const { organisation, id, cause } = this.state;
    return { organisation, id, cause, asOf: now() };
  }

  /** Asked from outside to go on in a new run. */
  askToMove(): void {
    this.moveAsked = true;
  }

  /** On record before anything is looked at. */
  async begin(): Promise<void> {
    const { organisation, id, cause } = this.state;
    const begin = () =>
      compliance.beginRecheck.executeWithOptions({ summary: summary(this.state.cause.what) }, [this.of]);
    await this.desk.attempt('beginRecheck', begin, () => this.moveIfDue({ organisation, id, cause }));
  }

  /** Looks at all open shipments, or in a later round at those that failed before. */
  async atAll(): Promise<void> {
    const { state, counts } = this;
    while (!state.isLooked) {
      const look = () =>
        compliance.recheckShipments.executeWithOptions({ summary: `after ${state.after ?? 'none'}` }, [
          { ...this.of, after: state.after, countsOnly: true, ...(state.round ? { failedOnly: true } : {}) },
        ]);
      const page = await this.desk.attempt('recheckShipments', look, () => this.moveIfDue());
      if (!state.round) state.report.looked += page.looked;
      counts.affected += page.counts?.affected ?? page.affected.length;
      counts.failed += page.counts?.failed ?? page.failed.length;
      state.after = page.next;
      state.isLooked = page.next === null;
      if (!state.isLooked) await this.moveIfDue();
    }
  }

  /** Keeps the report. */
  async end(): Promise<void> {
    const { report } = this.state;
    const end = () =>
      compliance.endRecheck.executeWithOptions({ summary: `${this.counts.affected} affected` }, [
        { ...this.of, report },
      ]);
    await this.desk.attempt('endRecheck', end, () => this.moveIfDue());
  }

  /** How many milliseconds until those that failed are looked at again; null when none did, or it was tried often enough. */
  nextRound(): number | null {
    const { round = 0 } = this.state;
    return this.counts.failed === 0 ? null : (AGAIN_AFTER_MS[round] ?? null);
  }

  /** Waits for the next round, and begins it. */
  async rest(): Promise<void> {
    const { state } = this;
    state.againAt ??= new Date(Date.now() + (this.nextRound() ?? 0)).toISOString();
    const left = Math.max(1, Date.parse(state.againAt) - Date.now());
    const isToMove = () => this.moveAsked || isMoveDue();
    if (await condition(isToMove, left, { summary: `${this.counts.failed} are looked at again` }))
      await this.moveIfDue();
    Object.assign(state, { round: (state.round ?? 0) + 1, againAt: null, isLooked: false, after: null });
    this.counts.failed = 0;
  }

  /** How many. */
  result(): RecheckResult {
    return { looked: this.state.report.looked, ...this.counts };
  }

  private async moveIfDue(as: RecheckStart | RecheckState = this.state): Promise<void> {
    if (!this.moveAsked && !isMoveDue()) return;
    await condition(allHandlersFinished);
    await continueAsNew(as);
  }
}

const now = () => new Date(Date.now()).toISOString();
