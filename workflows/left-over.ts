import { condition } from '@temporalio/workflow';
import type { RecordEntry } from '../activities/records/contract.ts';
import type { Instant } from '../rules/civil-date.ts';
import { taskIdOf } from './asked-task.ts';
import { type AskedTask, entryOf, type OpenWait, type ShipmentState } from './carried.ts';
import { restOfTheTurn } from './turn.ts';
import { nextMomentOf } from './view.ts';

/** What can be done with a wait that nobody took up: the open file does it. */
export interface Desk {
  readonly state: ShipmentState;
  readonly asOf: Instant;
  note(kind: RecordEntry['kind'], data: Record<string, unknown>): void;
  closeWait(open: OpenWait): void;
  warn(open: OpenWait): void;
  escalate(task: AskedTask, open: OpenWait): void;
}

/**
 * The waits that a run took over and that none of its lanes has taken up yet, most of them of questions to people. A lane
 * looks anew when it resumes, and may not come to the question that the run before asked: what it asks of has been settled
 * elsewhere, or the step before it fails. Such a question has somebody waiting for its answer here, until the lane takes it
 * up or says that nobody needs the answer any more.
 */
export class LeftOver {
  private readonly desk: Desk;
  private readonly ids = new Set<string>();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** Takes over all that the run before waited for, until each is taken up by its lane. */
  takeOver(): void {
    const { state } = this.desk;
    for (const { id } of state.waits) this.ids.add(id);
    void this.attend();
  }

  /** A lane waits for it now. */
  takenUp(waitId: string): void {
    this.ids.delete(waitId);
  }

  /** An answer that came before its lane asked again: it stands in the log now, and its wait is over. */
  settle(task: AskedTask): void {
    const open = this.waits().find((one) => this.taskOf(one) === task);
    if (open) this.end(open, task);
  }

  /** Nobody needs these any more: what was asked is moot, and nothing is waited for. What a lane waits for stays as it is. */
  layAside(which: (open: OpenWait) => boolean): void {
    for (const open of this.waits().filter(which)) {
      const task = this.taskOf(open);
      const isOpen = task !== undefined && task.answer === null && !task.moot;
      if (isOpen) task.moot = true;
      this.end(open, task);
      if (isOpen) this.desk.note('task-moot', { taskId: task.id });
      else if (task) this.giveEffect(task);
    }
  }

  /** Waits in the place of the lanes: an answer is noted and has its effect, a deadline that passes is the manager's. */
  private async attend(): Promise<never> {
    // The lanes take up first what they still ask.
    await restOfTheTurn();
    for (;;) {
      const next = () => this.waits().find((open) => this.isDue(open));
      await condition(() => next() !== undefined);
      const open = next();
      if (open) this.dealWith(open);
    }
  }

  private dealWith(open: OpenWait): void {
    const task = this.taskOf(open);
    if (task === undefined) return;
    if (task.answer !== null || task.moot) {
      this.end(open, task);
      this.giveEffect(task);
    } else if (open.deadline && open.warned < open.deadline.warnAt.length) this.desk.warn(open);
    else this.desk.escalate(task, open);
  }

  private isDue(open: OpenWait): boolean {
    const task = this.taskOf(open);
    // What a party owes has its own clock: a person is asked when its lane comes to it.
    if (task === undefined) return false;
    if (task.answer !== null || task.moot) return true;
    const moment = nextMomentOf(open);
    return !open.questioned && moment !== null && Date.parse(moment) <= Date.parse(this.desk.asOf);
  }

  private end(open: OpenWait, task: AskedTask | undefined): void {
    this.ids.delete(open.id);
    this.desk.closeWait(open);
    if (task?.answer) this.desk.note('task-answered', { taskId: task.id, ...task.answer });
  }

  /** What an answer decides whether its lane asks again or not; the rest decides nothing where the lane does not. */
  private giveEffect({ kind, answer }: AskedTask): void {
    const { state, asOf } = this.desk;
    if (answer?.choice === 'cancel' && state.declaration.filed === 0)
      state.cancelled ??= { reason: answer.reason || 'called off in the review', at: asOf };
    if (answer?.choice === 'give-up' && (kind === 'vat-invoice-differs' || kind === 'three-way-difference'))
      state.money.invoicesGivenUp ??= answer.reason || 'given up while the papers were compared';
  }

  private waits(): OpenWait[] {
    return this.ids.size === 0 ? [] : this.desk.state.waits.filter(({ id }) => this.ids.has(id));
  }

  private taskOf({ what, key }: OpenWait): AskedTask | undefined {
    const { state } = this.desk;
    const task = entryOf(state.tasks, taskIdOf(state, key));
    return task?.kind === what ? task : undefined;
  }
}
