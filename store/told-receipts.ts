import type { Transaction } from './database.ts';

/** What a shipment took under that message's id, of what says how much was paid; undefined where it took nothing. Amounts as they were told. */
export async function receiptTold(
  { organisation, query }: Transaction,
  reference: string,
  messageId: string,
): Promise<{ amount: string; charges: string; currency: string } | undefined> {
  const [row] = await query<{ amount: string; charges: string; currency: string }>(
    `select data->'content'->>'amount' as amount, data->'content'->>'charges' as charges, data->'content'->>'currency' as currency
       from shipment_event where organisation = $1 and reference = $2 and kind = 'message' and data->>'messageId' = $3
         and data->>'status' in ('applied', 'held') and data ? 'content' order by seq limit 1`,
    [organisation, reference, messageId],
  );
  return row;
}
