import type { CivilDate, Instant } from '../../rules/civil-date.ts';
import { deadlineOf } from '../../rules/deadlines.ts';
import { type Question, questionSchema } from '../../rules/task.ts';
import type { Transaction } from '../../store/database.ts';
import { openLateTask } from '../../store/late-messages.ts';
import { settingsOf } from '../../store/organisations.ts';
import { insertDocument, insertVatInvoice, nextRevision } from '../../store/papers.ts';
import { sha256OfJson } from '../../store/sha256.ts';
import { closeTask, escalateTask, insertTask } from '../../store/tasks.ts';
import {
  type MessageOf,
  registerVatInvoiceSchema,
  shipmentWorkflowId,
  submitDocumentSchema,
  submitDocumentsSchema,
} from '../../workflows/messages.ts';
import type { RecordEntry } from './contract.ts';

/** Books what new entries mean in the other tables: papers, invoices, and tasks from asking to answer. */
export async function bookEntries(
  transaction: Transaction,
  reference: string,
  entries: readonly RecordEntry[],
): Promise<void> {
  for (const { kind, data, at } of entries) {
    const taskId = String(data.taskId);
    if ((kind === 'message' || kind === 'message-applied') && data.status === 'applied')
      await bookMessage(transaction, reference, data, at);
    if (kind === 'message' && data.late === true) await bookLate(transaction, reference, data, at);
    if (kind === 'task-asked') await ask(transaction, reference, taskId, questionSchema.parse(data.question), at);
    if (kind === 'task-answered') {
      const { choice, reason, evidence } = data as { choice: string; reason: string; evidence: string[] };
      await closeTask(transaction, taskId, 'answered', { choice, reason, evidence }, at);
    }
    if (kind === 'task-moot') await closeTask(transaction, taskId, 'moot', null, at);
    if (kind === 'task-escalated') await escalateTask(transaction, taskId, at);
  }
}

async function bookMessage(
  transaction: Transaction,
  reference: string,
  { name, content }: Record<string, unknown>,
  asOf: string,
): Promise<void> {
  if (name === 'submitDocument') await bookPaper(transaction, reference, submitDocumentSchema.parse(content), asOf);
  if (name === 'submitDocuments') {
    const { documents, ...handedIn } = submitDocumentsSchema.parse(content);
    for (const paper of documents) await bookPaper(transaction, reference, { ...handedIn, ...paper }, asOf);
  }
  if (name === 'registerVatInvoice')
    await insertVatInvoice(transaction, reference, registerVatInvoiceSchema.parse(content));
}

async function bookPaper(
  transaction: Transaction,
  reference: string,
  document: MessageOf<'submitDocument'>,
  asOf: Instant,
): Promise<void> {
  const revision = await nextRevision(transaction, reference, document.documentId);
  await insertDocument(transaction, reference, {
    id: document.documentId,
    kind: document.kind,
    revision,
    content: document,
    contentSha256: sha256OfJson(document),
    asOf,
  });
}

async function ask(
  transaction: Transaction,
  reference: string,
  id: string,
  question: Question,
  askedAt: Instant,
): Promise<void> {
  const basis = { what: question.kind, startedAt: askedAt, on: question.dueOn as CivilDate | undefined };
  const deadline = deadlineOf(basis, await settingsOf(transaction));
  const workflowId = shipmentWorkflowId(transaction.organisation, reference);
  await insertTask(transaction, { id, reference, workflowId, question, askedAt, deadline });
}

/** What came in the moment between the end and the engine's knowing of it is a late message like any other. */
async function bookLate(
  transaction: Transaction,
  reference: string,
  { name, content }: Record<string, unknown>,
  at: Instant,
): Promise<void> {
  const message = content as { messageId: string; source: string };
  await openLateTask(transaction, { reference, name: String(name), message, asOf: at }, at);
}
