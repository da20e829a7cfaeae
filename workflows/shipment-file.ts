import { condition } from '@temporalio/workflow';
import type { RecordEntry } from '../activities/records/contract.ts';
import type { CivilDate, Instant } from '../rules/civil-date.ts';
import type { Question } from '../rules/task.ts';
import { askedTask, taskIdOf } from './asked-task.ts';
import { defectQuestion, type StepFailure, untilMended, untilReached } from './attempt.ts';
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
import { LeftOver } from './left-over.ts';
import { Mailbox } from './mailbox.ts';
import type { MessageName, Verdict } from './messages.ts';
import { people, summary } from './parties.ts';
import { Recorder } from './recorder.ts';
import { StepsUnderWay } from './steps-under-way.ts';
import { aMomentToMove, timeToMove } from './time-to-move.ts';
import { nextMomentOf } from './view.ts';
import { CalledOff, type Silence, type Wait } from './wait.ts';

/**
 * The open file of one shipment: its state, and the few things a stage can do with it. Handlers record through
 * {@link receive}; stages wait through {@link expect} and {@link ask} and nothing else, so that 'waiting on' cannot lie.
 */
export class ShipmentFile {
  readonly state: ShipmentState;
  private readonly steps = new StepsUnderWay();
  private readonly recorder: Recorder;
  private readonly mailbox: Mailbox;
  private readonly leftOver: LeftOver;
  private moveAsked = false;

  constructor(state: ShipmentState) {
    this.state = state;
    const now = () => this.asOf;
    this.recorder = new Recorder(state, this.steps, now);
    this.mailbox = new Mailbox(state, this.recorder, now);
    this.leftOver = new LeftOver(this);
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

  /**
   * Goes on with a state that an earlier run carried over: what it wrote and showed is not written and shown again, and
   * what it asked has somebody waiting for the answer.
   */
  carryOn(): void {
    this.recorder.carryOn();
    this.leftOver.takeOver();
  }

  /** Of what an earlier run waited for, and no lane of this one has taken up, nobody needs these any more. */
  layAside(which: (open: OpenWait) => boolean): void {
    this.leftOver.layAside(which);
  }

  /** Takes a message in and gives the verdict. Never throws, awaits nothing. `heard`: whether the sender gets the verdict. */
  receive(name: MessageName, raw: unknown, heard = true): Verdict {
    return this.mailbox.receive(name, raw, heard);
  }

  /** Takes a signal in whose name no message has. */
  receiveUnknown(name: string, raw: unknown): void {
    this.mailbox.receiveUnknown(name, raw);
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
    const open = fact() === undefined ? this.foresee(wait) : this.openWaitOf(wait);
    if (open === undefined) return fact();
    try {
      for (;;) {
        const told = await this.reach(open, fact);
        if (told !== undefined) return told;
        // Carried over while a person is asked, it does not ask the party once more.
        if (!open.questioned) {
          const enquired = await silence.enquire?.(open.round);
          const found = fact();
          if (found !== undefined) return found;
          if (enquired === 'will-answer' && !open.asked) {
            this.restart(open);
            open.asked = true;
            continue;
          }
        }
        open.questioned = true;
        const answer = await this.ask(silence.question(open.round), wait.lane, () => fact() !== undefined);
        if (answer !== null && silence.ends?.(answer)) return undefined;
        this.restart(open);
      }
    } finally {
      this.closeWait(open);
      // Carried over while a person was asked, the fact may have been there before the question was put again.
      const { kind, key } = silence.question(open.round);
      this.layAside(({ id }) => id === `${kind}/${key}`);
    }
  }

  /** Waits for a fact until a moment that is nobody's fault: undefined when the moment came first. */
  async until<T>(wait: Wait, fact: () => T | undefined): Promise<T | undefined> {
    const open = this.foresee(wait);
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
    const before = entryOf(this.state.tasks, this.taskId(question.key));
    if (before?.moot) return null;
    if (before?.answer) {
      this.leftOver.settle(before);
      return before.answer;
    }
    return this.answerTo(before ?? this.putQuestion(question, lane), question, lane, moot);
  }

  /** Runs a step of the outside. A defect in it becomes an engineer's task, and the shipment waits instead of failing. */
  async attempt<T>(what: string, lane: Lane, step: () => Promise<T>): Promise<T> {
    const once = () => this.steps.ofTheOutside(this.asOf, step);
    return this.mended(what, lane, () => untilReached(once, aMomentToMove));
  }

  /** As {@link attempt}, for a step on our own records: it runs within the workflow task. */
  async consult<T>(what: string, lane: Lane, step: () => Promise<T>): Promise<T> {
    return this.mended(what, lane, () => this.steps.ofOurOwn(step));
  }

  /** Until a fact stands that another lane is waiting for already: it has its deadline there. */
  async when(fact: () => boolean): Promise<void> {
    await condition(fact);
  }

  /** Whether everything noted stands in PostgreSQL. */
  get isRecorded(): boolean {
    return this.recorder.isSettled;
  }

  /** Until everything noted stands in PostgreSQL: before a step that reads it there. */
  recorded(): Promise<void> {
    return this.recorder.settled();
  }

  /** The recorder's loop; runs beside the process, and goes on when the order is called off. */
  keepRecords(): Promise<never> {
    return this.recorder.run((write) => untilMended(write, (failure) => this.askPastTheRecorder(failure)));
  }

  /** Asked from outside to go on in a new run: after a deployment, so that the shipment moves to the new version. */
  askToMove(): void {
    this.moveAsked = true;
  }

  /**
   * Until it is time to continue as new, with every lane parked in a wait or before a step whose party is away, no step
   * under way, and everything recorded.
   */
  timeToMove(): Promise<'time-to-move'> {
    return timeToMove(
      () => this.moveAsked,
      () => this.state.closing === null && this.steps.areNone && this.recorder.isSettled,
    );
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

  /** Opens a wait before the step that it follows from: what is owed from then on. One of that id that is open stays as it is. */
  foresee(wait: Wait): OpenWait {
    const carried = this.openWaitOf(wait);
    if (carried) return carried;
    const id = `${wait.what}/${wait.key}`;
    const clock = { since: this.asOf, startedAt: this.asOf, round: this.nextRound(id), deadline: null, warned: 0 };
    const open: OpenWait = { id, ...wait, ...clock };
    this.state.waits.push(open);
    this.note('wait-opened', { wait: id, lane: wait.lane, fromWhom: wait.fromWhom });
    // The array holds this very object, so that the recorder's deadline reaches the waiting stage.
    return open;
  }

  /** Closes a wait that was foreseen and will not be waited for. */
  forgo(wait: Wait): void {
    const open = this.openWaitOf(wait);
    if (open) this.closeWait(open);
  }

  /** Waits until the fact is there (its value) or the deadline has passed (undefined), warning on the way. */
  private async reach<T>(open: OpenWait, fact: () => T | undefined): Promise<T | undefined> {
    const called = () => open.lane === 'trunk' && this.calledOff;
    const momentCame = () => {
      const moment = nextMomentOf(open);
      return moment !== null && Date.parse(moment) <= Date.now();
    };
    for (;;) {
      await condition(() => fact() !== undefined || called() || momentCame());
      if (called()) throw new CalledOff();
      const value = fact();
      if (value !== undefined) return value;
      if (!open.deadline || open.warned >= open.deadline.warnAt.length) return undefined;
      this.warn(open);
    }
  }

  private async answerTo(
    task: AskedTask,
    { kind, key, dueOn }: Pick<Question, 'kind' | 'key' | 'dueOn'>,
    lane: Lane,
    moot: () => boolean,
  ): Promise<TaskAnswer | null> {
    const settled = () => (task.answer !== null || moot() ? true : undefined);
    const open = this.foresee({ what: kind, key, lane, fromWhom: task.ownerRole, on: dueOn as CivilDate | undefined });
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

  /** Waits without a deadline: only for a question that the manager already has. */
  private async hold(fact: () => boolean, lane: Lane): Promise<void> {
    await condition(() => fact() || (lane === 'trunk' && this.calledOff));
    this.checkCalledOff(lane);
  }

  /** Each failure is its own question, counted over the shipment's life; one that is open already is answered first. */
  private async mended<T>(what: string, lane: Lane, step: () => Promise<T>): Promise<T> {
    const name = `${what}/${lane}`;
    const { defects } = this.state;
    const keyOf = (n: number) => `defect/${name}/${n}`;
    const carried = entryOf(this.state.tasks, this.taskId(keyOf(defects[name] ?? 0)));
    if (carried && carried.answer === null)
      await this.answerTo(carried, { kind: 'defect', key: keyOf(defects[name] ?? 0) }, lane, () => false);
    return untilMended(step, (failure) => {
      defects[name] = (defects[name] ?? 0) + 1;
      return this.ask(defectQuestion(what, keyOf(defects[name]), failure), lane);
    });
  }

  private get calledOff(): boolean {
    const { cancelled, declaration } = this.state;
    return cancelled !== null && declaration.filed === 0;
  }

  private checkCalledOff(lane: Lane = 'trunk'): void {
    if (lane === 'trunk' && this.calledOff) throw new CalledOff();
  }

  /** Whoever asks for it waits for it from now on. */
  private openWaitOf({ what, key }: Pick<Wait, 'what' | 'key'>): OpenWait | undefined {
    const id = `${what}/${key}`;
    this.leftOver.takenUp(id);
    return this.state.waits.find((open) => open.id === id);
  }

  /** Ends a wait; whoever waits for it has what it wants, or needs it no more. */
  closeWait(open: OpenWait): void {
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
      asked: false,
      questioned: false,
    });
    this.recorder.touch();
  }

  private nextRound(waitId: string): number {
    const { waitRounds } = this.state;
    waitRounds[waitId] = (waitRounds[waitId] ?? 0) + 1;
    return waitRounds[waitId];
  }

  private taskId(key: string): string {
    return taskIdOf(this.state, key);
  }

  private putQuestion(question: Question, lane: Lane): AskedTask {
    const task = this.rememberTask(question, lane);
    this.note('task-asked', { taskId: task.id, question });
    return task;
  }

  private rememberTask(question: Question, lane: Lane): AskedTask {
    const id = this.taskId(question.key);
    this.state.tasks[id] = askedTask(id, question, lane, this.asOf);
    return this.state.tasks[id];
  }

  /** The recorder writes what people are asked; when it is itself what fails, the question goes out by an activity of its own. */
  private async askPastTheRecorder(failure: StepFailure): Promise<void> {
    const { defects } = this.state;
    defects.recorder = (defects.recorder ?? 0) + 1;
    const question = defectQuestion('recordProgress', `defect/recorder/${defects.recorder}`, failure);
    const task = this.rememberTask(question, 'money');
    await people.askPeople.executeWithOptions({ summary: summary(`${task.ownerRole}: ${task.title}`) }, [
      { ...this.name, taskId: task.id, question, asOf: task.askedAt },
    ]);
    await condition(() => task.answer !== null);
    this.note('task-answered', { taskId: task.id, ...task.answer });
  }

  /** A warning of a wait has come: its party is late. */
  warn(open: OpenWait): void {
    open.warned += 1;
    this.note('warned', { wait: open.id, fromWhom: open.fromWhom, dueAt: open.deadline?.dueAt });
  }

  /** Nobody answered in time: the manager has it now. Once each, however many runs the question waits. */
  escalate(task: AskedTask, open: OpenWait): void {
    if (open.questioned) return;
    open.questioned = true;
    if (open.fromWhom === 'engineer') return;
    task.ownerRole = 'manager';
    open.fromWhom = 'manager';
    this.note('task-escalated', { taskId: task.id });
  }
}
