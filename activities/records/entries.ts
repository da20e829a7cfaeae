import { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { type Instant, instantSchema } from '../../rules/civil-date.ts';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import { questionSchema } from '../../rules/task.ts';
import type { Transaction } from '../../store/database.ts';
import { openLateTask } from '../../store/late-messages.ts';
import { insertDocument, insertVatInvoice, nextRevision } from '../../store/papers.ts';
import { sha256OfJson } from '../../store/sha256.ts';
import { amendedOrder } from '../../store/shipments.ts';
import { closeTask, escalateTask, putQuestion } from '../../store/tasks.ts';
import { carriedCorrectionSchema } from '../../workflows/corrections.ts';
import {
  type MessageOf,
  registerVatInvoiceSchema,
  shipmentWorkflowId,
  submitDocumentSchema,
  submitDocumentsSchema,
} from '../../workflows/messages.ts';
import { bookDeclaredLines, bookScreening } from './compliance-entries.ts';
import type { RecordEntry } from './contract.ts';
import { settingsThatMadePapers } from './settings-of-papers.ts';

const papersLockedSchema = z.object({
  revision: z.number().int(),
  contentHash: z.string(),
  preparedAsOf: instantSchema,
  amendments: z.array(z.array(carriedCorrectionSchema)),
});

/** Books what new entries mean in the other tables: papers, invoices, and tasks from asking to answer. */
export async function bookEntries(
  transaction: Transaction,
  reference: string,
  entries: readonly RecordEntry[],
  law: Reference,
): Promise<void> {
  for (const { seq, kind, data, at } of entries) {
    const taskId = String(data.taskId);
    if ((kind === 'message' || kind === 'message-applied') && data.status === 'applied')
      await bookMessage(transaction, reference, data, at, seq);
    if (kind === 'papers-locked') await keepPapers(transaction, reference, papersLockedSchema.parse(data), seq, law);
    if (kind === 'message' && data.late === true) await bookLate(transaction, reference, data, at);
    if (kind === 'task-asked')
      await putQuestion(transaction, {
        id: taskId,
        reference,
        workflowId: shipmentWorkflowId(transaction.organisation, reference),
        question: questionSchema.parse(data.question),
        askedAt: at,
        askedSeq: seq,
      });
    if (kind === 'task-answered') {
      const { choice, reason, evidence } = data as { choice: string; reason: string; evidence: string[] };
      await closeTask(transaction, taskId, 'answered', { choice, reason, evidence }, at, seq);
      await bookScreening(transaction, reference, { taskId, choice, reason, at, seq });
    }
    if (kind === 'declaration-filed') await bookDeclaredLines(transaction, reference, String(data.key), at, seq);
    if (kind === 'task-moot') await closeTask(transaction, taskId, 'moot', null, at, seq);
    if (kind === 'task-escalated') await escalateTask(transaction, taskId, at);
  }
}

async function bookMessage(
  transaction: Transaction,
  reference: string,
  { name, content }: Record<string, unknown>,
  asOf: string,
  seq: number,
): Promise<void> {
  if (name === 'submitDocument')
    await bookPaper(transaction, reference, submitDocumentSchema.parse(content), asOf, seq);
  if (name === 'submitDocuments') {
    const { documents, ...handedIn } = submitDocumentsSchema.parse(content);
    for (const paper of documents) await bookPaper(transaction, reference, { ...handedIn, ...paper }, asOf, seq);
  }
  if (name === 'registerVatInvoice')
    await insertVatInvoice(transaction, reference, registerVatInvoiceSchema.parse(content), seq);
}

async function bookPaper(
  transaction: Transaction,
  reference: string,
  document: MessageOf<'submitDocument'>,
  asOf: Instant,
  seq: number,
): Promise<void> {
  const revision = await nextRevision(transaction, reference, document.documentId);
  await insertDocument(
    transaction,
    reference,
    {
      id: document.documentId,
      kind: document.kind,
      revision,
      content: document,
      contentSha256: sha256OfJson(document),
      asOf,
    },
    seq,
  );
}

/** Our own papers are made again from what they were made of, and kept with the event that locked them. @throws Error when they come out differently. */
async function keepPapers(
  transaction: Transaction,
  reference: string,
  { revision, contentHash, preparedAsOf, amendments }: z.infer<typeof papersLockedSchema>,
  seq: number,
  law: Reference,
): Promise<void> {
  const order = await amendedOrder(transaction, reference, amendments);
  const { organisation } = transaction;
  for await (const { settings, settingsRevision } of settingsThatMadePapers(transaction, reference, revision)) {
    const prepared = prepareDocuments({
      ...{ order, settings, organisation, revision, asOf: preparedAsOf, reference: law },
    });
    if (prepared.contentHash !== contentHash) continue;
    for (const { id, kind, content, contentHash: contentSha256 } of prepared.documents)
      await insertDocument(
        transaction,
        reference,
        { id, kind, revision, content, contentSha256, asOf: preparedAsOf, settingsRevision },
        seq,
      );
    return;
  }
  throw new Error(`the papers of revision ${revision} come out differently from when they were locked`);
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
