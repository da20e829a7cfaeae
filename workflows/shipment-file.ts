import { condition } from '@temporalio/workflow';
import type { RecordEntry } from '../activities/records/contract.ts';
import type { CivilDate, Instant } from '../rules/civil-date.ts';
import type { WaitKind } from '../rules/deadline.ts';
import type { Question, TaskKind, WaitedOn } from '../rules/task.ts';
import { defectQuestion, untilMended } from './attempt.ts';
import {
  type AskedTask,
  type Closing,
  entryOf,
  type Lane,
  type OpenWait,
  type ShipmentState,
  type StageName,
  type TaskAnswer,
} from './carried.ts';
import { clipped, Mailbox } from './mailbox.ts';
import type { MessageName, Verdict } from './messages.ts';
import { people, summary } from './parties.ts';
import { Recorder } from './recorder.ts';
import { nextMomentOf } from './view.ts';
import { wordsOf } from './words.ts';

/** What a stage waits for: who owes it, and the date its deadline hangs on. */
export interface Wait {
  what: WaitKind | TaskKind;
  key: string;
  lane: Lane;
  fromWhom: WaitedOn;
  on?: CivilDate;
  lastContractualDate?: CivilDate;
}

/** What to do when a wait's deadline passes in silence: ask the counterparty by key, then a person. */
export interface Silence {
  /** Asks the counterparty what it has; whatever it knows comes in as messages. When it `will-answer`, it gets the time of one more deadline before a person is asked. */
  enquire?: (round: number) => Promise<'asked' | 'will-answer'>;
  question: (round: number) => Question;
  /** Whether this answer ends the wait; otherwise it goes on with a new deadline. */
  ends?: (answer: TaskAnswer) => boolean;
}

/** Thrown out of the trunk's waits when the order is called off before filing; shipment.ts alone catches it. */
export class CalledOff extends Error {
  override name = 'CalledOff';
}

/**
 * The open file of one shipment: its state, and the few things a stage can do with it. Handlers record through
 * {@link receive}; stages wait through {@link expect} and {@link ask} and nothing else, so that 'waiting on' cannot lie.
 */
export class ShipmentFile {
  readonly state: ShipmentState;
  private readonly recorder: Recorder;
  private readonly mailbox: Mailbox;

  constructor(state: ShipmentState) {
    this.state = state;
    const now = () => this.asOf;
    this.recorder = new Recorder(state, now);
    this.mailbox = new Mailbox(state, this.recorder, now);
  }

  /** The shipment's own clock; every activity gets it, none looks at another. */
  get asOf(): Instant {
    return new Date(Date.now()).toISOString();
  }

  get name() {
    return { organisation: this.state.organisation, reference: this.state.reference };
  }

  /** Key of an outward effect, `<organisation>/<reference>/<step>/<revision>`: the counterparty sees it once. */
  key(step: string, revision: number): string {
    return `${this.state.organisation}/${this.state.reference}/${step}/${revision}`;
  }

  /** Takes a message in and gives the verdict. Never throws, awaits nothing. */
  receive(name: MessageName, raw: unknown): Verdict {
    return this.mailbox.receive(name, raw);
  }

  /** A lane enters a stage. */
  enter(lane: Lane, stage: StageName): void {
    if (lane === 'trunk') this.checkCalledOff();
    if (this.state.stages[lane] === stage) return;
    this.leave(lane);
    this.state.stages[lane] = stage;
    this.note('stage-entered', { lane, stage });
  }

  /** A lane has no stage any more. */
  leave(lane: Lane): void {
    const stage = this.state.stages[lane];
    if (stage === null) return;
    this.state.stages[lane] = null;
    this.note('stage-left', { lane, stage });
  }

  /** Something happened: it goes to the event log with the next write, and messages that waited for it are taken up. */
  note(kind: RecordEntry['kind'], data: Record<string, unknown>): void {
    this.recorder.note(kind, data);
    this.mailbox.applyHeld();
  }

  /**
   * Waits for a fact that a counterparty owes. `fact` only looks: it is called again and again. At the deadline the party
   * is asked by key and then a person, and the wait goes on; undefined only when that person's answer ended it.
   */
  async expect<T>(wait: Wait, fact: () => T | undefined, silence: Silence): Promise<T | undefined> {
    const already = fact();
    if (already !== undefined) return already;
    const open = this.openWait(wait);
    try {
      for (;;) {
        const told = await this.reach(open, fact);
        if (told !== undefined) return told;
        const enquired = await silence.enquire?.(open.round);
        const found = fact();
        if (found !== undefined) return found;
        if (enquired === 'will-answer' && !open.asked) {
          open.asked = true;
          this.restart(open);
          continue;
        }
        open.asked = false;
        const answer = await this.ask(silence.question(open.round), wait.lane, () => fact() !== undefined);
        if (answer !== null && silence.ends?.(answer)) return undefined;
        this.restart(open);
      }
    } finally {
      this.closeWait(open);
    }
  }

  /** Waits for a fact until a moment that is nobody's fault: undefined when the moment came first. */
  async until<T>(wait: Wait, fact: () => T | undefined): Promise<T | undefined> {
    const open = this.openWait(wait);
    try {
      return await this.reach(open, fact);
    } finally {
      this.closeWait(open);
    }
  }

  /**
   * Puts a question to a person and waits for the answer; past its deadline the manager has it. Asking the same key
   * again asks nothing and goes on waiting. Null when `moot` became true first: the question answered itself.
   */
  async ask(question: Question, lane: Lane, moot: () => boolean = () => false): Promise<TaskAnswer | null> {
    const before = entryOf(this.state.tasks, this.taskId(question));
    if (before?.moot) return null;
    if (before?.answer) return before.answer;
    const task = before ?? (await this.putQuestion(question, lane));
    const settled = () => (task.answer !== null || moot() ? true : undefined);
    const open = this.openWait({
      what: question.kind,
      key: question.key,
      lane,
      fromWhom: task.ownerRole,
      on: question.dueOn as CivilDate | undefined,
    });
    try {
      if ((await this.reach(open, settled)) === undefined) {
        this.escalate(task, open);
        await this.hold(() => settled() !== undefined, lane);
      }
    } finally {
      this.closeWait(open);
    }
    if (task.answer === null) {
      task.moot = true;
      this.note('task-moot', { taskId: task.id });
      return null;
    }
    this.note('task-answered', { taskId: task.id, ...task.answer });
    return task.answer;
  }

  /** Runs a step of the outside. A defect in it becomes an engineer's task, and the shipment waits instead of failing. */
  async attempt<T>(what: string, lane: Lane, step: () => Promise<T>): Promise<T> {
    return untilMended(step, (failure) =>
      this.ask(defectQuestion(what, `${what}/${this.state.records.nextSeq}`, failure), lane),
    );
  }

  /** Until a fact stands that another lane is waiting for already: it has its deadline there. */
  async when(fact: () => boolean): Promise<void> {
    await condition(fact);
  }

  /** Until everything noted stands in PostgreSQL: before a step that reads it there. */
  recorded(): Promise<void> {
    return this.recorder.settled();
  }

  /** The recorder's loop; runs beside the process, and goes on when the order is called off. */
  keepRecords(): Promise<never> {
    return this.recorder.run((write) => this.attempt('recordProgress', 'money', write));
  }

  /** Ends the shipment: held messages are journalled as never applied, open tasks as not needed. */
  async close(closing: Closing): Promise<Closing> {
    for (const lane of ['trunk', 'logistics', 'money'] as const) this.leave(lane);
    for (const open of this.state.waits) this.closeWait(open);
    this.state.closing = closing;
    for (const task of Object.values(this.state.tasks))
      if (task.answer === null && !task.moot) {
        task.moot = true;
        this.note('task-moot', { taskId: task.id });
      }
    this.note('closed', { ...closing });
    await this.recorded();
    return closing;
  }

  /** Waits until the fact is there (its value) or the deadline has passed (undefined), warning on the way. */
  private async reach<T>(open: OpenWait, fact: () => T | undefined): Promise<T | undefined> {
    const called = () => open.lane === 'trunk' && this.calledOff;
    await condition(() => fact() !== undefined || called() || open.deadline !== null);
    for (;;) {
      if (called()) throw new CalledOff();
      const value = fact();
      if (value !== undefined) return value;
      const next = nextMomentOf(open);
      const left = next === null ? 0 : Date.parse(next) - Date.now();
      if (left > 0)
        await condition(() => fact() !== undefined || called(), left, {
          summary: timerSummary(open, next),
        });
      else if (open.deadline && open.warned < open.deadline.warnAt.length) {
        open.warned += 1;
        this.note('warned', { wait: open.id, fromWhom: open.fromWhom, dueAt: open.deadline.dueAt });
      } else return undefined;
    }
  }

  /** Waits without a deadline: only for a question that the manager already has. */
  private async hold(fact: () => boolean, lane: Lane): Promise<void> {
    await condition(() => fact() || (lane === 'trunk' && this.calledOff));
    this.checkCalledOff(lane);
  }

  private get calledOff(): boolean {
    return this.state.cancelled !== null && this.state.declaration.filed === 0;
  }

  private checkCalledOff(lane: Lane = 'trunk'): void {
    if (lane === 'trunk' && this.calledOff) throw new CalledOff();
  }

  private openWait(wait: Wait): OpenWait {
    const id = `${wait.what}/${wait.key}`;
    const carried = this.state.waits.find((open) => open.id === id);
    if (carried) return carried;
    const open: OpenWait = {
      id,
      ...wait,
      since: this.asOf,
      startedAt: this.asOf,
      round: this.nextRound(id),
      deadline: null,
      warned: 0,
    };
    this.state.waits.push(open);
    this.note('wait-opened', { wait: id, lane: wait.lane, fromWhom: wait.fromWhom });
    // The array holds this very object, so that the recorder's deadline reaches the waiting stage.
    return open;
  }

  private closeWait(open: OpenWait): void {
    this.state.waits = this.state.waits.filter((one) => one !== open);
    this.note('wait-ended', { wait: open.id, lane: open.lane, fromWhom: open.fromWhom, since: open.since });
  }

  private restart(open: OpenWait): void {
    Object.assign(open, {
      startedAt: this.asOf,
      on: undefined,
      round: this.nextRound(open.id),
      deadline: null,
      warned: 0,
    });
    this.recorder.touch();
  }

  private nextRound(waitId: string): number {
    const round = (this.state.waitRounds[waitId] ?? 0) + 1;
    this.state.waitRounds[waitId] = round;
    return round;
  }

  private taskId(question: Question): string {
    return `${this.state.reference}/${question.key}`;
  }

  private async putQuestion(question: Question, lane: Lane): Promise<AskedTask> {
    const task: AskedTask = {
      id: this.taskId(question),
      kind: question.kind,
      lane,
      title: clipped(question.question),
      ownerRole: question.ownerRole,
      choices: question.choices.map((choice) => choice.id),
      askedAt: this.asOf,
      wantsDocument: question.wantsDocument,
      finding: question.finding && `${question.finding.rule}@${question.finding.where}`,
      answer: null,
      moot: false,
    };
    // Before the activity: the answer may come in while the question is still on its way.
    this.state.tasks[task.id] = task;
    await people.askPeople.executeWithOptions({ summary: summary(`${task.ownerRole}: ${task.title}`) }, [
      { ...this.name, taskId: task.id, question, asOf: task.askedAt },
    ]);
    return task;
  }

  private escalate(task: AskedTask, open: OpenWait): void {
    if (open.fromWhom === 'engineer') return;
    task.ownerRole = 'manager';
    open.fromWhom = 'manager';
    this.note('task-escalated', { taskId: task.id });
  }
}

/** The timer of a wait in the Temporal UI; the deadline stands in it even while the timer is only that of a warning. */
function timerSummary(open: OpenWait, next: Instant | null): string {
  const due = open.deadline?.dueAt.slice(0, 16).replace('T', ' ');
  const warning = next === open.deadline?.dueAt ? '' : `, warns ${next?.slice(0, 10)}`;
  return summary(`${open.fromWhom}: ${wordsOf(open)}, due ${due} UTC${warning}`);
}
