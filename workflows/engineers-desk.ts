import { condition, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../rules/civil-date.ts';
import { isStorable } from '../rules/storable-text.ts';
import type { Question } from '../rules/task.ts';
import { defectQuestion, untilMended, untilReached } from './attempt.ts';
import { entryOf } from './carried.ts';
import { digestOf } from './digest.ts';
import type { AnswerTask, Verdict } from './messages.ts';
import { people, summary } from './parties.ts';

interface AskedEngineer {
  choices: string[];
  answer: AnswerTask | null;
}

/**
 * What a workflow asks that has no shipment and nobody to ask but an engineer: its step failed by a defect. A question is
 * settled in the run in which it was asked, so that nothing of it is carried.
 */
export class EngineersDesk {
  private readonly organisation: string;
  private readonly workflowId: string;
  private readonly now: () => Instant;
  private readonly tasks: Record<string, AskedEngineer> = {};

  constructor(organisation: string, workflowId: string, now: () => Instant) {
    this.organisation = organisation;
    this.workflowId = workflowId;
    this.now = now;
  }

  /** The verdict on an answer, after recording it. Never throws, awaits nothing. */
  receive(message: AnswerTask): Verdict {
    const { taskId, messageId, choice, reason, evidence } = message;
    const impossible = (because: string): Verdict => ({ status: 'impossible', reason: because });
    if ([messageId, reason, ...evidence].some((text) => !isStorable(text)))
      return impossible('unreadable: the text holds a NUL or half a character');
    const task = entryOf(this.tasks, taskId);
    if (!task) return impossible(`there is no task ${taskId} in this re-check`);
    if (task.answer && digestOf(task.answer) === digestOf(message))
      return { status: 'duplicate', reason: 'received before' };
    if (task.answer) return impossible(`task ${taskId} was answered with ${task.answer.choice}`);
    if (!task.choices.includes(choice))
      return impossible(`${choice} is not a choice of this task: choose ${task.choices.join(', ')}`);
    task.answer = message;
    return { status: 'applied' };
  }

  /**
   * Runs a step of the outside until it succeeds: a party that is away is waited for, with `between` its tries as in
   * `untilReached`; a defect is put to an engineer, and the step is taken again when it is mended.
   */
  attempt<T>(what: string, step: () => Promise<T>, between: () => Promise<unknown>): Promise<T> {
    return untilMended(
      () => untilReached(step, between),
      (failure) => {
        // By the run as well: what is made anew under the same id asks anew.
        const { runId } = workflowInfo();
        const key = `defect/${this.workflowId}/${what}/${runId.slice(0, 8)}/${Object.keys(this.tasks).length + 1}`;
        return this.ask(defectQuestion(what, key, failure));
      },
    );
  }

  private async ask(question: Question): Promise<void> {
    const { organisation, workflowId } = this;
    const taskId = question.key;
    const task: AskedEngineer = { choices: question.choices.map(({ id }) => id), answer: null };
    // Before the activity: the answer may come in while the question is still on its way.
    this.tasks[taskId] = task;
    await people.askPeople.executeWithOptions({ summary: summary(question.question) }, [
      { organisation, reference: null, workflowId, taskId, question, asOf: this.now() },
    ]);
    let answer = task.answer as AnswerTask | null;
    while (answer === null) {
      await condition(() => task.answer !== null);
      answer = task.answer;
    }
    const { choice, reason, evidence } = answer;
    await people.recordAnswer.executeWithOptions({ summary: summary(`${choice}: ${question.kind}`) }, [
      { organisation, taskId, answer: { choice, reason, evidence }, asOf: this.now() },
    ]);
  }
}
