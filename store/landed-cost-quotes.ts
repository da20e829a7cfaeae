/** Quotes that were given to a checkout, as they were given: a quote is never changed, a new question gets a new one. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../rules/civil-date.ts';
import {
  type LandedCostQuote,
  type LandedCostQuoteRequest,
  landedCostQuoteRequestSchema,
  landedCostQuoteSchema,
} from '../rules/duties/quote.ts';
import type { Transaction } from './database.ts';

/** A quote with the question that it answers. */
export interface LandedCostQuoteRow {
  id: string;
  request: LandedCostQuoteRequest;
  quote: LandedCostQuote;
  quotedAt: Instant;
  expiresAt: Instant;
}

/** Writes a quote down and returns its id. */
export async function insertLandedCostQuote(
  { organisation, query }: Transaction,
  { request, quote }: Pick<LandedCostQuoteRow, 'request' | 'quote'>,
): Promise<string> {
  const id = randomUUID();
  await query(
    `insert into landed_cost_quote (organisation, id, content, quoted_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [organisation, id, JSON.stringify({ request, quote }), quote.quotedAt, quote.expiresAt],
  );
  return id;
}

/**
 * The quote of that id, expired or not; null when the organisation has none. The id is a UUID: the door has checked it.
 * @throws ZodError when what is stored is no quote
 */
export async function readLandedCostQuote(
  { organisation, query }: Transaction,
  id: string,
): Promise<LandedCostQuoteRow | null> {
  const [row] = await query<{
    content: { request: unknown; quote: unknown };
    quotedAt: Instant;
    expiresAt: Instant;
  }>(
    `select content, quoted_at as "quotedAt", expires_at as "expiresAt" from landed_cost_quote where organisation = $1 and id = $2`,
    [organisation, id],
  );
  if (!row) return null;
  return {
    id,
    request: landedCostQuoteRequestSchema.parse(row.content.request),
    quote: landedCostQuoteSchema.parse(row.content.quote),
    quotedAt: row.quotedAt,
    expiresAt: row.expiresAt,
  };
}
