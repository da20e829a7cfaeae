/** The papers that a shipment's review compares: ours, what persons confirmed of others', and the VAT invoices that are known. */
import type { Reference } from '../../reference/load.ts';
import type { Instant } from '../../rules/civil-date.ts';
import type { SubmittedPaper } from '../../rules/compliance/submitted-paper.ts';
import { factsOfVatInvoice, statedOfPrepared } from '../../rules/documents/comparing/facts-of-papers.ts';
import type { StatedDocument } from '../../rules/documents/facts.ts';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import type { Order } from '../../rules/order/order.ts';
import { standingInvoices } from '../../rules/refund/vat-invoice.ts';
import type { Transaction } from '../../store/database.ts';
import { madePapers, vatInvoicesOf } from '../../store/papers.ts';
import { statementsOf } from '../../store/received-documents.ts';
import { settingsForPapers } from './settings-of-papers.ts';

/** A review of a shipment. */
export interface ReviewedPapers {
  organisation: string;
  reference: string;
  /** As amended. */
  order: Order;
  /** Those that the shipment holds now. */
  papers: readonly SubmittedPaper[];
  isFiled: boolean;
  asOf: Instant;
}

/** @throws Error when a statement is not kept: the papers would pass for agreeing */
export async function comparedPapers(
  transaction: Transaction,
  review: ReviewedPapers,
  law: Reference,
): Promise<StatedDocument[]> {
  return [
    ...(await ownPapers(transaction, review, law)),
    ...(await statedPapers(transaction, review)),
    // After the filing they have a check of their own, which asks.
    ...(review.isFiled ? [] : await invoicesAsPapers(transaction, review.reference)),
  ];
}

/**
 * Ours as they would be made of the order now, dated as those that are locked: the numbers and days that papers of others are
 * held against. A locked paper that an amendment has overtaken is on its way out, and tells nothing.
 */
async function ownPapers(
  transaction: Transaction,
  { organisation, reference, order, asOf }: ReviewedPapers,
  law: Reference,
): Promise<StatedDocument[]> {
  const made = (await madePapers(transaction, reference)).at(-1);
  const revision = made?.revision ?? 1;
  const settings = await settingsForPapers(transaction, reference, revision);
  const { documents } = prepareDocuments({
    ...{ order, settings, organisation, revision, reference: law },
    asOf: made?.asOf ?? asOf,
  });
  return documents.map(statedOfPrepared);
}

async function statedPapers(
  transaction: Transaction,
  { reference, papers }: ReviewedPapers,
): Promise<StatedDocument[]> {
  const hashes = papers.flatMap(({ facts }) => facts ?? []);
  const statements = await statementsOf(transaction, reference, hashes);
  const missing = hashes.find((hash) => !statements.some(({ factsSha256 }) => factsSha256 === hash));
  if (missing !== undefined)
    throw new Error(`what was confirmed under ${missing} is not in the records of ${reference}`);
  return statements.map(({ documentId, kind, facts }) => ({ id: documentId, kind, made: false, facts }));
}

/** Purchase invoices that are known already: what differs in them is mended before the declaration, and not at the claim. */
async function invoicesAsPapers(transaction: Transaction, reference: string): Promise<StatedDocument[]> {
  return standingInvoices(await vatInvoicesOf(transaction, reference)).map((invoice) => ({
    ...{ id: invoice.number, kind: 'vat-invoice', made: false, facts: factsOfVatInvoice(invoice) },
  }));
}
