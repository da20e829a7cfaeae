import { allHandlersFinished, condition, defineQuery, setHandler } from '@temporalio/workflow';
import type { Allocation, ReceiptQuestion } from '../activities/bank/contract.ts';
import type { Instant } from '../rules/civil-date.ts';
import { isStorable } from '../rules/storable-text.ts';
import type { OwnerRole, Question, TaskKind } from '../rules/task.ts';
import { defectQuestion, untilMended } from './attempt.ts';
import { digestOf } from './digest.ts';
import { type AnswerTask, answerTaskSchema, statementWorkflowId, updateOf, type Verdict } from './messages.ts';
import { bank, people, summary } from './parties.ts';

export interface StatementStart {
  organisation: string;
  /** Of the file's bytes; also its name. */
  sha256: string;
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

/**
 * One bank statement: read, matched, and each shipment told of its receipts. What cannot be decided is a task without a
 * shipment; the statement stays open until every receipt has its place.
 */
export async function statement(start: StatementStart): Promise<StatementResult> {
  const file = new StatementFile(start);
  setHandler(stateQuery, () => file.view(), {
    description: 'Which shipments were told, and which receipts wait for finance.',
  });
  setHandler(updateOf('answerTask'), (message) => file.receive(answerTaskSchema.parse(message)), {
    description: 'Answers where a receipt belongs.',
    validator: (message) => void answerTaskSchema.parse(message),
  });
  const { allocations, questions } = await file.attempt('readAndMatch', () =>
    bank.readAndMatch.executeWithOptions({ summary: 'read the statement and match its receipts' }, [
      { ...start, asOf: file.asOf },
    ]),
  );
  await Promise.all([tellAll(file, allocations), ...questions.map((question) => place(file, question))]);
  await condition(allHandlersFinished);
  return { told: file.view().told, settledByPeople: questions.length };
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
  const { reference } = allocation;
  const verdict = await file.attempt('tellShipment', () =>
    bank.tellShipment.executeWithOptions({ summary: summary(`tell ${reference} of its receipt`) }, [
      { organisation, allocation, asOf },
    ]),
  );
  if (verdict.status === 'impossible' || verdict.status === 'conflict')
    await file.askAndRecord(refusedQuestion(allocation, verdict));
  else file.told.add(reference);
}

/** Asks finance where a receipt belongs, and asks anew, with the reason, for as long as the answer does not place all of it. */
async function place(file: StatementFile, { receiptId, question }: ReceiptQuestion): Promise<void> {
  let { evidence } = question;
  for (let round = 1; ; round++) {
    const key = `${question.kind}/${round}/${receiptId}`;
    const { taskId, choice, reason, evidence: named } = await file.ask({ ...question, key, evidence });
    const { allocations, openBecause } = await file.attempt('settleReceipt', () =>
      bank.settleReceipt.executeWithOptions({ summary: summary(`${choice} ${named[0] ?? ''}`) }, [
        {
          organisation: file.organisation,
          receiptId,
          taskId,
          answer: { choice, reason, evidence: named },
          asOf: file.asOf,
        },
      ]),
    );
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
  readonly organisation: string;
  readonly told = new Set<string>();
  private readonly sha256: string;
  private readonly tasks = new Map<string, AskedTask>();
  /** Digest of every message, over all rounds of asking. */
  private readonly seen = new Map<string, string>();

  constructor({ organisation, sha256 }: StatementStart) {
    this.organisation = organisation;
    this.sha256 = sha256;
  }

  /** The statement's own clock; every activity gets it. */
  get asOf(): Instant {
    return new Date(Date.now()).toISOString();
  }

  view(): StatementView {
    return {
      told: [...this.told],
      waitingOn: [...this.tasks]
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
    const before = this.seen.get(messageId);
    if (before === digest) return { status: 'duplicate', reason: 'received before' };
    if (before !== undefined)
      return {
        status: 'conflict',
        reason: `messageId ${messageId} was used before with other content: use a new id for a new message`,
      };
    const task = this.tasks.get(taskId);
    const refusal = refusalOf(task, message);
    if (refusal !== undefined || !task) return { status: 'impossible', reason: refusal };
    // Only what counts is remembered: a wrong answer sent again is wrong again.
    this.seen.set(messageId, digest);
    task.answer = message;
    return { status: 'applied' };
  }

  /** Runs a step of the outside. A defect in it becomes an engineer's task, and the statement waits instead of failing. */
  attempt<T>(what: string, step: () => Promise<T>): Promise<T> {
    return untilMended(step, (failure) =>
      this.askAndRecord(defectQuestion(what, `defect/${this.sha256}/${what}/${this.tasks.size + 1}`, failure)),
    );
  }

  /** Puts a question to a person and waits for the answer. Past its deadline the manager has it, and the wait goes on. */
  async ask(question: Question): Promise<AnswerTask> {
    const { organisation, asOf } = this;
    const taskId = `statement/${question.key}`;
    const task: AskedTask = {
      kind: question.kind,
      fromWhom: question.ownerRole,
      since: asOf,
      until: null,
      choices: question.choices.map((choice) => choice.id),
      answer: null,
    };
    // Before the activity: the answer may come in while the question is still on its way.
    this.tasks.set(taskId, task);
    const workflowId = statementWorkflowId(organisation, this.sha256);
    const { dueAt } = await people.askPeople.executeWithOptions({ summary: summary(question.question) }, [
      { organisation, reference: null, workflowId, taskId, question, asOf },
    ]);
    task.until = dueAt;
    const isAnswered = () => task.answer !== null;
    const inTime = await condition(isAnswered, Math.max(1, Date.parse(dueAt) - Date.now()), {
      summary: summary(
        `${task.fromWhom}: the answer to ${question.kind}, due ${dueAt.slice(0, 16).replace('T', ' ')} UTC`,
      ),
    });
    if (!inTime && task.fromWhom !== 'engineer') {
      task.fromWhom = 'manager';
      await people.escalateTask.executeWithOptions({ summary: 'the time is over: the manager has it' }, [
        { organisation, taskId, asOf: this.asOf },
      ]);
    }
    while (task.answer === null) await condition(isAnswered);
    return task.answer;
  }

  /** As {@link ask}, for an answer that changes no other record than the task's own. */
  async askAndRecord(question: Question): Promise<void> {
    const { taskId, choice, reason, evidence } = await this.ask(question);
    await people.recordAnswer.executeWithOptions({ summary: summary(`${choice}: ${question.kind}`) }, [
      { organisation: this.organisation, taskId, answer: { choice, reason, evidence }, asOf: this.asOf },
    ]);
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
