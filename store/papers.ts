import type { Instant } from '../rules/civil-date.ts';
import type { ClaimedElsewhere } from '../rules/refund/claimed-elsewhere.ts';
import type { VatInvoice } from '../rules/refund/vat-invoice.ts';
import type { Transaction } from './database.ts';

/** A paper of a shipment, made by us or handed in, as data. */
export interface DocumentRow {
  id: string;
  kind: string;
  revision: number;
  content: unknown;
  contentSha256: string;
  asOf: Instant;
}

const documentColumns = 'id, kind, revision, content, content_sha256 as "contentSha256", as_of as "asOf"';

/** Keeps a revision of a paper, brought by that event, ours with the revision of the settings that it was made under; writing the same again changes nothing. */
export async function insertDocument(
  { organisation, query }: Transaction,
  reference: string,
  document: DocumentRow & { settingsRevision?: number },
  eventSeq: number,
): Promise<void> {
  await query(
    `insert into document (organisation, reference, id, kind, revision, content, content_sha256, as_of, event_seq, settings_revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      organisation,
      reference,
      document.id,
      document.kind,
      document.revision,
      JSON.stringify(document.content),
      document.contentSha256,
      document.asOf,
      eventSeq,
      document.settingsRevision ?? null,
    ],
  );
}

/** A set of our own papers that is kept: its revision, the moment that dates it, and the settings that it was made under. */
export interface MadePapers {
  revision: number;
  /** Revision of the organisation's settings; 0 where none was noted yet. */
  settingsRevision: number;
  asOf: Instant;
}

/** The sets of our own papers, by revision. */
export async function madePapers({ organisation, query }: Transaction, reference: string): Promise<MadePapers[]> {
  return query<MadePapers>(
    `select revision, coalesce(settings_revision, 0) as "settingsRevision", as_of as "asOf" from document
      where organisation = $1 and reference = $2 and kind = 'declaration-draft' and not content ? 'messageId' order by revision`,
    [organisation, reference],
  );
}

/** Which settings each set of our own papers was made under. */
export async function settingsOfMadePapers(
  transaction: Transaction,
  reference: string,
): Promise<Pick<MadePapers, 'revision' | 'settingsRevision'>[]> {
  const made = await madePapers(transaction, reference);
  return made.map(({ revision, settingsRevision }) => ({ revision, settingsRevision }));
}

/** The next free revision of a paper that was handed in, counted from 1. */
export async function nextRevision(
  { organisation, query }: Transaction,
  reference: string,
  id: string,
): Promise<number> {
  const [row] = await query<{ next: number }>(
    'select coalesce(max(revision), 0) + 1 as next from document where organisation = $1 and reference = $2 and id = $3',
    [organisation, reference, id],
  );
  return row?.next ?? 1;
}

/** One revision of a paper. */
export async function documentRevision(
  { organisation, query }: Transaction,
  reference: string,
  { id, revision }: Pick<DocumentRow, 'id' | 'revision'>,
): Promise<DocumentRow | undefined> {
  const [row] = await query<DocumentRow>(
    `select ${documentColumns} from document where organisation = $1 and reference = $2 and id = $3 and revision = $4`,
    [organisation, reference, id, revision],
  );
  return row;
}

/** The papers of a shipment, by kind and revision. */
export async function documentsOf({ organisation, query }: Transaction, reference: string): Promise<DocumentRow[]> {
  return query<DocumentRow>(
    `select ${documentColumns} from document where organisation = $1 and reference = $2 order by kind, id, revision`,
    [organisation, reference],
  );
}

/** Keeps a purchase invoice, brought by that event; the same number again in a shipment changes nothing. */
export async function insertVatInvoice(
  { organisation, query }: Transaction,
  reference: string,
  invoice: VatInvoice,
  eventSeq: number,
): Promise<void> {
  await query(
    'insert into vat_invoice (organisation, number, reference, issued_on, content, replaces, event_seq) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
    [organisation, invoice.number, reference, invoice.issuedOn, invoice, invoice.replaces ?? null, eventSeq],
  );
}

/** All invoices of a shipment in the order of issue, those that were replaced included: the check says which count. */
export async function vatInvoicesOf({ organisation, query }: Transaction, reference: string): Promise<VatInvoice[]> {
  const rows = await query<{ content: VatInvoice }>(
    'select content from vat_invoice where organisation = $1 and reference = $2 order by issued_on, number',
    [organisation, reference],
  );
  return rows.map((row) => row.content);
}

/** Keeps what a claim is to say, by revision: of several checks the latest counts, until it is sent. */
export async function insertClaim(
  { query }: Transaction,
  reference: string,
  claim: { revision: number; content: unknown; refundClaimed: string; asOf: Instant },
): Promise<void> {
  await query('select put_claim_together($1, $2, $3, $4, $5)', [
    reference,
    claim.revision,
    claim.content,
    claim.refundClaimed,
    claim.asOf,
  ]);
}

/** What the latest three-way check put together to be claimed. */
export async function latestClaim(
  { organisation, query }: Transaction,
  reference: string,
): Promise<{ revision: number; content: unknown; refundClaimed: string } | undefined> {
  const [row] = await query<{ revision: number; content: unknown; refundClaimed: string }>(
    'select revision, content, refund_claimed as "refundClaimed" from refund_claim where organisation = $1 and reference = $2 order by revision desc limit 1',
    [organisation, reference],
  );
  return row;
}

/** What the claims of other shipments took of these invoices; claims that came to nothing do not count. One look at a time, until the transaction ends. */
export async function claimedOfInvoices(
  { organisation, query }: Transaction,
  reference: string,
  numbers: readonly string[],
): Promise<ClaimedElsewhere[]> {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`claims/${organisation}`]);
  return query<ClaimedElsewhere>(
    `select c.reference, line->>'invoiceNumber' as "invoiceNumber", line->>'name' as name, line->>'unit' as unit, line->>'quantity' as quantity
       from refund_claim c join shipment s using (organisation, reference), jsonb_array_elements(c.content->'purchaseLines') line
      where c.organisation = $1 and c.reference <> $2 and (s.outcome is null or s.outcome = 'refunded')
        and c.revision = (select max(revision) from refund_claim l where l.organisation = c.organisation and l.reference = c.reference)
        and line->>'invoiceNumber' = any($3) order by c.reference`,
    [organisation, reference, numbers],
  );
}
