import type { Visitor } from '../scenarios/visitor.ts';

/** What a bank statement waits for. */
export interface StatementWait {
  what: string;
  fromWhom: string;
  taskId: string;
  /** Null until the task list has the question. */
  until: string | null;
}

/** What a statement that is being read waits for; nothing once it is dealt with. */
export async function waitsOfStatement(visitor: Visitor, sha256: string): Promise<StatementWait[]> {
  const { waitingOn } = await visitor.api(`/v1/bank-statements/${sha256}`);
  return Array.isArray(waitingOn) ? waitingOn : [];
}

/** Answers a statement's question; the same answer again is a duplicate there. @throws Error when it is not taken. */
export async function answerStatement(visitor: Visitor, taskId: string, choice: string, reason: string): Promise<void> {
  const message = {
    messageId: `${taskId}/${choice}`,
    occurredAt: '2027-01-01T00:00:00Z',
    source: 'test',
    ...{ taskId, choice, reason },
  };
  const verdict = await visitor.api('/v1/tasks/answers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  if (verdict.status !== 'applied' && verdict.status !== 'duplicate')
    throw new Error(`the answer to ${taskId} is not taken: ${JSON.stringify(verdict)}`);
}
