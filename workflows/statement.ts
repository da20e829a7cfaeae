import { allHandlersFinished, condition, defineQuery, setHandler } from '@temporalio/workflow';
import type { Allocation } from '../activities/bank/contract.ts';
import type { Question } from '../rules/task.ts';
import { type AnswerTask, answerTaskSchema, updateOf, type Verdict } from './messages.ts';
import { bank, people, summary } from './parties.ts';

export interface StatementStart {
  organisation: string;
  /** Of the file's bytes; also its name. */
  sha256: string;
}

export interface StatementResult {
  told: number;
  settledByPeople: number;
}

/** What the query `state` of a statement answers. */
export interface StatementView {
  told: string[];
  waitingOn: { what: 'receipt-unmatched'; fromWhom: 'finance'; taskId: string; since: string; until: null }[];
}

const stateQuery = defineQuery<StatementView>('state');

/**
 * One bank statement: read, matched, and each shipment told of its receipts. What cannot be decided is a task without a
 * shipment; the statement stays open until every receipt has its place.
 */
export async function statement({ organisation, sha256 }: StatementStart): Promise<StatementResult> {
  const asked = new Map<string, { since: string; choices: string[]; answer?: AnswerTask }>();
  const told: string[] = [];
  setHandler(
    stateQuery,
    () => ({
      told,
      waitingOn: [...asked]
        .filter(([, task]) => !task.answer)
        .map(([taskId, { since }]) => ({ what: 'receipt-unmatched', fromWhom: 'finance', taskId, since, until: null })),
    }),
    { description: 'Which shipments were told, and which receipts wait for finance.' },
  );
  setHandler(
    updateOf('answerTask'),
    (message): Verdict => {
      const task = asked.get(message.taskId);
      if (!task) return { status: 'impossible', reason: `there is no task ${message.taskId} in this statement` };
      if (task.answer?.messageId === message.messageId) return { status: 'duplicate' };
      if (task.answer)
        return { status: 'impossible', reason: `task ${message.taskId} was answered with ${task.answer.choice}` };
      if (!task.choices.includes(message.choice))
        return { status: 'impossible', reason: `choose ${task.choices.join(', ')}` };
      if (message.choice === 'allocate' && !message.evidence[0])
        return { status: 'impossible', reason: 'name the shipment: its reference as the first item of evidence' };
      task.answer = message;
      return { status: 'applied' };
    },
    { description: 'Answers where a receipt belongs.', validator: (message) => void answerTaskSchema.parse(message) },
  );
  const asOf = () => new Date(Date.now()).toISOString();

  const { allocations, questions } = await bank.readAndMatch.executeWithOptions(
    { summary: 'read the statement and match its receipts' },
    [{ organisation, sha256, asOf: asOf() }],
  );
  for (const allocation of allocations) await tell(allocation);
  await Promise.all(questions.map(askFinance));
  await condition(allHandlersFinished);
  return { told: told.length, settledByPeople: asked.size };

  async function tell(allocation: Allocation): Promise<void> {
    await bank.tellShipment.executeWithOptions({ summary: summary(`tell ${allocation.reference} of its receipt`) }, [
      { organisation, allocation, asOf: asOf() },
    ]);
    told.push(allocation.reference);
  }

  async function askFinance({ receiptId, question }: { receiptId: string; question: Question }): Promise<void> {
    const taskId = `statement/${question.key}`;
    asked.set(taskId, { since: asOf(), choices: question.choices.map((choice) => choice.id) });
    for (;;) {
      await people.askPeople.executeWithOptions({ summary: summary(question.question) }, [
        {
          organisation,
          reference: null,
          workflowId: `statement/${organisation}/${sha256}`,
          taskId,
          question,
          asOf: asOf(),
        },
      ]);
      await condition(() => asked.get(taskId)?.answer !== undefined);
      const answer = asked.get(taskId)?.answer;
      if (!answer) continue;
      const settled = await bank.settleReceipt.executeWithOptions(
        { summary: summary(`${answer.choice} ${answer.evidence[0] ?? ''}`) },
        [
          {
            organisation,
            receiptId,
            taskId,
            choice: answer.choice,
            reason: answer.reason,
            reference: answer.evidence[0],
            asOf: asOf(),
          },
        ],
      );
      for (const allocation of settled.allocations) await tell(allocation);
      if (settled.status === 'settled') return;
      // The shipment named does not exist or owes nothing: the question is asked again, with the reason.
      asked.set(taskId, { since: asOf(), choices: question.choices.map((choice) => choice.id) });
    }
  }
}
