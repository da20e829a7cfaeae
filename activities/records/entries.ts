import type { Transaction } from '../../store/database.ts';
import { insertDocument, insertVatInvoice, nextRevision } from '../../store/papers.ts';
import { sha256OfJson } from '../../store/sha256.ts';
import { closeTask, escalateTask } from '../../store/tasks.ts';
import { registerVatInvoiceSchema, submitDocumentSchema } from '../../workflows/messages.ts';
import type { RecordEntry } from './contract.ts';

/** Books what new entries mean in the other tables: papers, invoices, and the state of tasks. */
export async function bookEntries(
  transaction: Transaction,
  reference: string,
  entries: readonly RecordEntry[],
): Promise<void> {
  for (const { kind, data, at } of entries) {
    const taskId = String(data.taskId);
    if ((kind === 'message' || kind === 'message-applied') && data.status === 'applied')
      await bookMessage(transaction, reference, data, at);
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
  if (name === 'submitDocument') {
    const document = submitDocumentSchema.parse(content);
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
  if (name === 'registerVatInvoice')
    await insertVatInvoice(transaction, reference, registerVatInvoiceSchema.parse(content));
}
