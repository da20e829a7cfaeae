import {
  allHandlersFinished,
  condition,
  defineQuery,
  log,
  makeContinueAsNewFunc,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import type { Allocation, ReceiptQuestion, SettledReceipt } from '../activities/bank/contract.ts';
import type { Instant } from '../rules/civil-date.ts';
import { isStorable } from '../rules/storable-text.ts';
import type { OwnerRole, Question, TaskKind } from '../rules/task.ts';
import { defectQuestion, untilMended, untilReached } from './attempt.ts';
import { entryOf } from './carried.ts';
import { digestOf } from './digest.ts';
import {
  type AnswerTask,
  answerTaskSchema,
  continueAsNewSignal,
  statementWorkflowId,
  updateOf,
  type Verdict,
} from './messages.ts';
import { bank, people, summary } from './parties.ts';
import { StepsUnderWay } from './steps-under-way.ts';
import { aMomentToMove, timeToMove } from './time-to-move.ts';

export interface StatementStart {
  organisation: string;
  /** Of the file's bytes; also its name. */
  sha256: string;
  /** A name of this reading, where an earlier one was ended from outside: its questions are closed, and ours need ids of their own. */
  anew?: string;
}

/** What a statement carries into its next run; it takes its steps from the first again, and finds here what is done. */
export interface StatementState extends StatementStart {
  matched: { allocations: Allocation[]; questions: ReceiptQuestion[] } | null;
  told: string[];
  /** What each shipment said to each allocation: told once, whatever is done again. */
  heard: Record<string, Verdict>;
  /** What came of each answer of finance, by its task. */
  settled: Record<string, SettledReceipt>;
  tasks: Record<string, AskedTask>;
  /** Digest of every message, by its id, over all rounds of asking. */
  seen: Record<string, string>;
}

export interface StatementResult {
  /** References of the shipments that were told of a receipt. */
  told: string[];
  settledByPeople: number;
}

/** What the query `state` of a statement answers. */
export interface StatementView {
  told: string[];
  waitingOn: { what: TaskKind; fromWhom: OwnerRole; taskId: string; since: Instant; until: Instant | null }[];
}

const stateQuery = defineQuery<StatementView>('state');

/** As a shipment's: the next run begins on the current version of the worker. */
const continueAsNew = makeContinueAsNewFunc<typeof statement>({ initialVersioningBehavior: 'AUTO_UPGRADE' });

/**
 * One bank statement: read, matched, and each shipment told of its receipts. What cannot be decided is a task without a
 * shipment; the statement stays open until every receipt has its place.
 */
export async function statement(input: StatementStart | StatementState): Promise<StatementResult> {
  const file = new StatementFile(input);
  setHandler(stateQuery, () => file.view(), {
    description: 'Which shipments were told, and which receipts wait for finance.',
  });
  setHandler(updateOf('answerTask'), (message) => file.receive(answerTaskSchema.parse(message)), {
    description: 'Answers where a receipt belongs.',
    validator: (message) => void answerTaskSchema.parse(message),
  });
  setHandler(continueAsNewSignal, () => file.askToMove(), {
    description: 'Goes on in a new run at the next quiet moment, on the current version of the worker.',
  });
  // A statement takes answers by update alone: whoever signals one has mistaken it for a shipment, and is to find out why nothing happens.
  setDefaultSignalHandler((name) =>
    log.warn('a bank statement takes no such signal; it changes nothing', { signal: name.slice(0, 100) }),
  );
  const settled = settle(file);
  if ((await Promise.race([settled, file.timeToMove()])) === 'time-to-move') return continueAsNew(file.state);
  await condition(allHandlersFinished);
  return { told: file.view().told, settledByPeople: await settled };
}

/** Gives every receipt its place; answers how many of them people had to place. */
async function settle(file: StatementFile): Promise<number> {
  const { organisation, sha256, asOf } = file;
  file.state.matched ??= await file.attempt('readAndMatch', () =>
    bank.readAndMatch.executeWithOptions({ summary: 'read the statement and match its receipts' }, [
      { organisation, sha256, asOf },
    ]),
  );
  const { allocations, questions } = file.state.matched;
  await Promise.all([tellAll(file, allocations), ...questions.map((question) => place(file, question))]);
  return questions.length;
}

/** Each shipment its instalments in their order; one that refuses keeps no other waiting. */
async function tellAll(file: StatementFile, allocations: readonly Allocation[]): Promise<void> {
  const references = [...new Set(allocations.map(({ reference }) => reference))];
  await Promise.all(
    references.map(async (reference) => {
      for (const allocation of allocations.filter((each) => each.reference === reference)) await tell(file, allocation);
    }),
  );
}

/** A shipment that does not take what was booked on it leaves the money to finance. */
async function tell(file: StatementFile, allocation: Allocation): Promise<void> {
  const { organisation, asOf } = file;
  const { reference, receiptId, instalment } = allocation;
  const { heard } = file.state;
  const id = `${reference}/${receiptId}/${instalment}/${allocation.amount}/${allocation.charges}`;
  const verdict =
    entryOf(heard, id) ??
    (await file.attempt('tellShipment', () =>
      bank.tellShipment.executeWithOptions({ summary: summary(`tell ${reference} of its receipt`) }, [
        { organisation, allocation, asOf },
      ]),
    ));
  heard[id] = verdict;
  if (verdict.status === 'impossible' || verdict.status === 'conflict')
    await file.askAndRecord(refusedQuestion(allocation, verdict));
  else if (!file.state.told.includes(reference)) file.state.told.push(reference);
}

/** Asks finance where a receipt belongs, and asks anew, with the reason, for as long as the answer does not place all of it. */
async function place(file: StatementFile, { receiptId, question }: ReceiptQuestion): Promise<void> {
  let { evidence } = question;
  for (let round = 1; ; round++) {
    const key = `${question.kind}/${round}/${receiptId}`;
    const { taskId, choice, reason, evidence: named } = await file.ask({ ...question, key, evidence });
    const { settled } = file.state;
    settled[taskId] =
      entryOf(settled, taskId) ??
      (await file.attempt('settleReceipt', () =>
        bank.settleReceipt.executeWithOptions({ summary: summary(`${choice} ${named[0] ?? ''}`) }, [
          {
            organisation: file.organisation,
            receiptId,
            taskId,
            answer: { choice, reason, evidence: named },
            asOf: file.asOf,
          },
        ]),
      ));
    const { allocations, openBecause } = settled[taskId];
    await tellAll(file, allocations);
    if (openBecause === null) return;
    evidence = [{ label: 'asked again, because', value: openBecause }, ...question.evidence];
  }
}

function refusedQuestion(
  { receiptId, reference, instalment, amount, currency }: Allocation,
  verdict: Verdict,
): Question {
  return {
    key: `receipt-refused/${reference}/${instalment}/${receiptId}`,
    kind: 'receipt-unmatched',
    question: `Shipment ${reference} does not take the receipt that is booked on it. Settle by hand what becomes of the money.`,
    evidence: [
      { label: 'the shipment says', value: verdict.reason ?? verdict.status },
      { label: 'amount', value: `${amount} ${currency}` },
      { label: 'receipt', value: receiptId },
    ],
    choices: [{ id: 'settled-by-hand', label: 'settled by hand' }],
    ownerRole: 'finance',
  };
}

/** A question put to a person, from asking to answer. */
interface AskedTask {
  kind: TaskKind;
  fromWhom: OwnerRole;
  since: Instant;
  /** Null until the task list has it. */
  until: Instant | null;
  choices: string[];
  answer: AnswerTask | null;
}

/** The open file of one statement: whom it asks, what it was answered, and which shipments it told. */
class StatementFile {
  readonly state: StatementState;
  private readonly steps = new StepsUnderWay();
  private moveAsked = false;
  /** Steps whose party is away, between the tries of some hours and the next. */
  private resting = 0;

  constructor(input: StatementStart | StatementState) {
    this.state = { matched: null, told: [], heard: {}, settled: {}, tasks: {}, seen: {}, ...input };
  }

  get organisation(): string {
    return this.state.organisation;
  }

  get sha256(): string {
    return this.state.sha256;
  }

  /** The statement's own clock; every activity gets it. */
  get asOf(): Instant {
    return new Date(Date.now()).toISOString();
  }

  view(): StatementView {
    return {
      told: this.state.told,
      waitingOn: Object.entries(this.state.tasks)
        .filter(([, { answer }]) => answer === null)
        .map(([taskId, { kind, fromWhom, since, until }]) => ({ what: kind, fromWhom, taskId, since, until })),
    };
  }

  /** The verdict on an answer, after recording it. Never throws, awaits nothing. */
  receive(message: AnswerTask): Verdict {
    const { messageId, taskId, reason, evidence } = message;
    if ([messageId, reason, ...evidence].some((text) => !isStorable(text)))
      return { status: 'impossible', reason: 'unreadable: the text holds a NUL or half a character' };
    const digest = digestOf(message);
    const before = entryOf(this.state.seen, messageId);
    if (before === digest) return { status: 'duplicate', reason: 'received before' };
    if (before !== undefined)
      return {
        status: 'conflict',
        reason: `messageId ${messageId} was used before with other content: use a new id for a new message`,
      };
    const task = entryOf(this.state.tasks, taskId);
    const refusal = refusalOf(task, message);
    if (refusal !== undefined || !task) return { status: 'impossible', reason: refusal };
    // Only what counts is remembered: a wrong answer sent again is wrong again.
    this.state.seen[messageId] = digest;
    task.answer = message;
    return { status: 'applied' };
  }

  /** Asked from outside to go on in a new run. */
  askToMove(): void {
    this.moveAsked = true;
  }

  /** Until it is time to continue as new, with nothing waited for but people's placing and parties that are away. */
  timeToMove(): Promise<'time-to-move'> {
    // A step that failed by a defect is settled in the run in which it failed.
    const isParked = () => {
      const open = this.view().waitingOn;
      const isHeld = open.length > 0 || this.resting > 0;
      return this.steps.areNone && isHeld && open.every(({ what }) => what !== 'defect');
    };
    return timeToMove(() => this.moveAsked, isParked);
  }

  /** Runs a step of the outside. A defect in it becomes an engineer's task, and the statement waits instead of failing. */
  attempt<T>(what: string, step: () => Promise<T>): Promise<T> {
    const once = () => this.steps.ofTheOutside(this.asOf, step);
    return untilMended(
      () => untilReached(once, () => this.rest()),
      (failure) =>
        this.askAndRecord(
          defectQuestion(what, `defect/${this.sha256}/${what}/${Object.keys(this.state.tasks).length + 1}`, failure),
        ),
    );
  }

  private async rest(): Promise<void> {
    this.resting += 1;
    await aMomentToMove();
    this.resting -= 1;
  }

  /** Puts a question to a person and waits for the answer. Past its deadline the manager has it, and the wait goes on. */
  async ask(question: Question): Promise<AnswerTask> {
    const { organisation, asOf } = this;
    const { anew } = this.state;
    const taskId = `statement/${question.key}${anew === undefined ? '' : `/anew-${anew}`}`;
    const task: AskedTask = entryOf(this.state.tasks, taskId) ?? {
      kind: question.kind,
      fromWhom: question.ownerRole,
      since: asOf,
      until: null,
      choices: question.choices.map((choice) => choice.id),
      answer: null,
    };
    // Before the activity: the answer may come in while the question is still on its way.
    this.state.tasks[taskId] = task;
    const workflowId = statementWorkflowId(organisation, this.sha256);
    if (task.until === null) {
      const { dueAt } = await this.steps.ofTheOutside(asOf, () =>
        people.askPeople.executeWithOptions({ summary: summary(question.question) }, [
          { organisation, reference: null, workflowId, taskId, question, asOf },
        ]),
      );
      task.until = dueAt;
    }
    const dueAt = task.until;
    const isAnswered = () => task.answer !== null;
    const inTime = await condition(isAnswered, Math.max(1, Date.parse(dueAt) - Date.now()), {
      summary: summary(
        `${task.fromWhom}: the answer to ${question.kind}, due ${dueAt.slice(0, 16).replace('T', ' ')} UTC`,
      ),
    });
    if (!inTime && task.fromWhom !== 'engineer' && task.fromWhom !== 'manager') {
      task.fromWhom = 'manager';
      await this.steps.ofTheOutside(this.asOf, () =>
        people.escalateTask.executeWithOptions({ summary: 'the time is over: the manager has it' }, [
          { organisation, taskId, asOf: this.asOf },
        ]),
      );
    }
    while (task.answer === null) await condition(isAnswered);
    return task.answer;
  }

  /** As {@link ask}, for an answer that changes no other record than the task's own. */
  async askAndRecord(question: Question): Promise<void> {
    const { taskId, choice, reason, evidence } = await this.ask(question);
    await this.steps.ofTheOutside(this.asOf, () =>
      people.recordAnswer.executeWithOptions({ summary: summary(`${choice}: ${question.kind}`) }, [
        { organisation: this.organisation, taskId, answer: { choice, reason, evidence }, asOf: this.asOf },
      ]),
    );
  }
}

/** Why an answer does not fit; undefined when it does. */
function refusalOf(task: AskedTask | undefined, { taskId, choice, evidence }: AnswerTask): string | undefined {
  if (!task) return `there is no task ${taskId} in this statement`;
  if (task.answer) return `task ${taskId} was answered with ${task.answer.choice}`;
  if (!task.choices.includes(choice))
    return `${choice} is not a choice of this task: choose ${task.choices.join(', ')}`;
  if (choice === 'allocate' && !evidence[0]) return 'name the shipment: its reference as the first item of evidence';
  return undefined;
}
