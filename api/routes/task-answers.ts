import type { Transaction } from '../../store/database.ts';
import { sha256OfJson } from '../../store/sha256.ts';
import { closeTask, findTask, type TaskRow } from '../../store/tasks.ts';
import { type AnswerTask, answerTaskSchema, type Verdict } from '../../workflows/messages.ts';
import type { Caller } from '../access.ts';
import { tell } from '../engine.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import { refuseUnreasoned } from '../task-choices.ts';
import { tellShipment } from '../tell-shipment.ts';
import { whyNobodyTakesIt } from '../troubles/unheard.ts';
import { statusOf, verdictAnswers } from '../verdict.ts';

const schema = {
  operationId: 'answerAnyTask',
  tags: ['tasks'],
  summary: 'Answer a task',
  description:
    "By one of its choices, with a reason. Whose task it is finds itself: a shipment's, a bank statement's, or one that is only recorded.",
  body: answerTaskSchema,
  response: verdictAnswers,
};

export function taskAnswerRoutes(app: Api, services: Services): void {
  app.post('/tasks/answers', { schema }, async ({ caller, body }, reply) => {
    const verdict = await answerOf(services, caller, body);
    return reply.code(statusOf(verdict)).send(verdict);
  });
}

async function answerOf(services: Services, { organisation, role }: Caller, message: AnswerTask): Promise<Verdict> {
  const { database, temporal } = services;
  const task = await database.within(organisation, (transaction) => findTask(transaction, message.taskId));
  if (!task) throw notFound(`task ${message.taskId}`);
  refuseUnreasoned(task, message, role);
  if (task.workflowId === null)
    return database.within(organisation, (transaction) => record(transaction, task, message));
  const verdict = await tell(temporal, task.workflowId, 'answerTask', message);
  if (verdict !== 'gone') return verdict;
  if (task.status !== 'open') return closedAlready(task, message);
  // Asked by a shipment that has ended meanwhile, or a statement that is read: nobody takes the answer any more.
  if (task.reference === null) return { status: 'impossible', reason: await whyNobodyTakesIt(services, task) };
  return tellShipment(services, organisation, task.reference, 'answerTask', message);
}

/** A task that no workflow waits for: its answer is only kept. */
async function record(
  transaction: Transaction,
  task: TaskRow,
  { choice, reason, evidence, occurredAt }: AnswerTask,
): Promise<Verdict> {
  const choices = task.choices.map((one) => one.id);
  if (task.status === 'open' && !choices.includes(choice))
    return { status: 'impossible', reason: `${choice} is not a choice of this task: choose ${choices.join(', ')}` };
  if (task.status !== 'open') return closedAlready(task, { choice, reason, evidence });
  if (await closeTask(transaction, task.id, 'answered', { choice, reason, evidence }, occurredAt))
    return { status: 'applied' };
  // Somebody else has answered since it was read: theirs counts, and this one is told which it is.
  return closedAlready((await findTask(transaction, task.id)) ?? task, { choice, reason, evidence });
}

function closedAlready(
  task: TaskRow,
  { choice, reason, evidence }: Pick<AnswerTask, 'choice' | 'reason' | 'evidence'>,
): Verdict {
  if (task.answer && sha256OfJson(task.answer) === sha256OfJson({ choice, reason, evidence }))
    return { status: 'duplicate', reason: 'received before' };
  return {
    status: 'impossible',
    reason: task.answer
      ? `task ${task.id} was answered with ${task.answer.choice}`
      : `task ${task.id} is not needed any more`,
  };
}
