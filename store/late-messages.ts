import type { Instant } from '../rules/civil-date.ts';
import type { Question } from '../rules/task.ts';
import type { Transaction } from './database.ts';
import { sha256Of, sha256OfJson } from './sha256.ts';
import { appendEvents } from './shipments.ts';
import { putQuestion } from './tasks.ts';

/** A message that found its shipment ended. */
export interface LateMessage {
  reference: string;
  /** Its name as the workflow knows it, for example `taxResponse`. */
  name: string;
  message: { messageId: string; source: string };
  /** When it came. A simulated shipment's own clock may be ahead: the later of both counts. */
  asOf: Instant;
}

/** The verdict on a late message, as a running shipment would give it. */
export interface LateVerdict {
  status: 'held' | 'duplicate' | 'conflict';
  reason: string;
}

const HELD = 'the shipment has ended; a task was opened';
const HELD_WITHOUT_RECORD =
  'the shipment was ended in the engine without a closing record; a task was opened, and npm run doctor tells of it';

/**
 * Journals a message for a shipment that has ended and opens a task for the operator, in the given transaction: a
 * recovery notice may come years later, and nobody may miss it. The same message again changes nothing and is answered
 * the same; its id with other content is a conflict. @throws Error when there is no such shipment.
 */
export async function bookLateMessage(transaction: Transaction, late: LateMessage): Promise<LateVerdict> {
  const { organisation, query } = transaction;
  const { reference, name, message } = late;
  // The lock gives late messages their place in the log one after another; the workflow that wrote it before has ended.
  const [shipment] = await query<{ asOf: Instant | null; outcome: string | null }>(
    'select as_of as "asOf", outcome from shipment where organisation = $1 and reference = $2 for update',
    [organisation, reference],
  );
  if (!shipment) throw new Error(`there is no shipment ${reference}`);
  const reason = shipment.outcome === null ? HELD_WITHOUT_RECORD : HELD;
  const earlier = await query<{ name: string; content: unknown; late: boolean }>(
    `select data->>'name' as name, data->'content' as content, coalesce((data->>'late')::boolean, false) as late from shipment_event
       where organisation = $1 and reference = $2 and kind = 'message' and data->>'messageId' = $3 and data ? 'content' order by seq limit 1`,
    [organisation, reference, message.messageId],
  );
  const seen = earlier[0];
  if (seen && (seen.name !== name || sha256OfJson(seen.content) !== sha256OfJson(message)))
    return {
      status: 'conflict',
      reason: `messageId ${message.messageId} was used before with other content: use a new id for a new message`,
    };
  if (seen) return seen.late ? { status: 'held', reason } : { status: 'duplicate', reason: 'received before' };
  const at = shipment.asOf !== null && shipment.asOf > late.asOf ? shipment.asOf : late.asOf;
  await journal(transaction, late, at, reason);
  await openLateTask(transaction, late, at);
  return { status: 'held', reason };
}

async function journal(
  transaction: Transaction,
  { reference, name, message }: LateMessage,
  at: Instant,
  reason: string,
): Promise<void> {
  const { organisation, query } = transaction;
  const [last] = await query<{ seq: string }>(
    'select coalesce(max(seq), 0) as seq from shipment_event where organisation = $1 and reference = $2',
    [organisation, reference],
  );
  const data = { name, messageId: message.messageId, status: 'held', reason, content: message, late: true };
  await appendEvents(transaction, reference, [{ seq: Number(last?.seq ?? 0) + 1, at, kind: 'message', data }]);
}

/** The operator's task about a late message, without a workflow: nothing runs any more that could take the answer. The id is made from the message's, which may be long or hold anything. */
export async function openLateTask(
  transaction: Transaction,
  { reference, name, message }: LateMessage,
  at: Instant,
): Promise<void> {
  const question: Question = {
    key: `late-message/${sha256Of(message.messageId).slice(0, 24)}`,
    kind: 'late-message',
    question: `A message ${name} came from ${message.source} after the shipment had ended. See what it wants, and do it by hand.`,
    evidence: Object.entries(message)
      .filter(([, value]) => value !== undefined && value !== null)
      .slice(0, 20)
      .map(([label, value]) => ({
        label,
        value: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 500),
      })),
    choices: [{ id: 'noted', label: 'seen, and done what it asks' }],
    ownerRole: 'operator',
  };
  const id = `${reference}/${question.key}`;
  await putQuestion(transaction, { id, reference, workflowId: null, question, askedAt: at });
}
