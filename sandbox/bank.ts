/** The exporter's bank: is told what a buyer paid, and writes the day's statement. It reports nothing by itself. */
import { createHash } from 'node:crypto';
import { Decimal } from 'decimal.js';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type AccountDay, type BookedCredit, camt053 } from './camt053.ts';
import {
  civilDate,
  digitsFrom,
  inbound,
  type Party,
  type Reaction,
  type Reading,
  readBody,
  Unreadable,
} from './party.ts';
import type { ShipmentRecord } from './record.ts';

/** At most five decimals: more, the statement's format does not hold. */
const amount = z.string().regex(/^(0|[1-9]\d{0,12})(\.\d{1,5})?$/, 'write an amount as text, for example "13975.00"');
const positiveAmount = amount.refine((text) => /[1-9]/.test(text), 'must be greater than zero');

/** `POST /credits`: what a buyer paid, as it reached the exporter's account. */
const creditSchema = z.strictObject({
  organisation: z.string(),
  reference: z.string(),
  /** Tells two payments apart that are alike in everything; without it, the same content is the same payment. */
  creditReference: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,60}$/)
    .optional(),
  /** What the payer wrote; a careful one names the contract or the invoice. */
  paymentReference: z.string().min(1).max(500),
  payer: z.strictObject({
    name: z.string().min(1).max(200),
    country: z.string().regex(/^[A-Z]{2}$/, 'a country is its two ISO 3166 letters'),
  }),
  /** Credited, charges already taken off. */
  amount: positiveAmount,
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is its three ISO 4217 letters'),
  /** Deducted on the way, as the bank knows them. */
  charges: amount.optional(),
  /** What the payer sent; without it, amount and charges together. */
  instructedAmount: positiveAmount.optional(),
  bookedOn: civilDate,
  valueDate: civilDate,
});
type Credit = z.infer<typeof creditSchema>;

/** A credit has no key of ours, because it does not come from us: its content names it. */
function keyOf(credit: Credit): string {
  const name =
    credit.creditReference ??
    createHash('sha256')
      .update(JSON.stringify(creditSchema.parse(credit)))
      .digest('hex')
      .slice(0, 16);
  return `${credit.organisation}/${credit.reference}/credit-${name}/1`;
}

function servicerReference(key: string, bookedOn: string): string {
  return `NB${bookedOn.replaceAll('-', '')}${digitsFrom(`AcctSvcrRef ${key}`, 16)}`;
}

function react({ key, body }: Reading<Credit>): Reaction {
  if (
    body.instructedAmount !== undefined &&
    body.charges !== undefined &&
    !new Decimal(body.instructedAmount).minus(body.charges).equals(body.amount)
  )
    throw new Unreadable(
      `instructedAmount ${body.instructedAmount} less charges ${body.charges} is not amount ${body.amount}`,
    );
  return {
    answer: { status: 'booked', accountServicerReference: servicerReference(key.text, body.bookedOn) },
    later: [],
    values: {},
  };
}

function booked(key: string, credit: Credit): BookedCredit {
  const charges = credit.charges === undefined || new Decimal(credit.charges).isZero() ? undefined : credit.charges;
  return {
    ...credit,
    servicerReference: servicerReference(key, credit.bookedOn),
    endToEndReference: `E2E${digitsFrom(`EndToEndId ${key}`, 20)}`,
    charges,
    instructedAmount:
      credit.instructedAmount ??
      (charges === undefined ? undefined : new Decimal(credit.amount).plus(charges).toFixed()),
  };
}

/** What every account held before its first credit. */
const FIRST_BALANCE = '100000.00';

/** The day of each account on which something was booked: a bank keeps one account for each currency. */
function accountDays(organisation: string, date: string, credits: readonly BookedCredit[]): AccountDay[] {
  const today = credits.filter((credit) => credit.bookedOn === date);
  const currencies = [...new Set(today.map((credit) => credit.currency))].sort();
  return currencies.map((currency) => {
    const before = credits.filter((credit) => credit.currency === currency && credit.bookedOn < date);
    return {
      account: `3901${digitsFrom(`Account ${organisation} ${currency}`, 15)}`,
      owner: organisation,
      currency,
      date,
      opening: before.reduce((balance, credit) => balance.plus(credit.amount), new Decimal(FIRST_BALANCE)).toFixed(),
      credits: today.filter((credit) => credit.currency === currency),
    };
  });
}

interface StatementRequest {
  Params: { organisation: string; date: string };
  /** Only the credits of this shipment; the balances then know of no others. */
  Querystring: { reference?: string };
}

function serveStatements(server: FastifyInstance, record: ShipmentRecord): void {
  server.get<StatementRequest>('/statements/:organisation/:date', async (request, reply) => {
    const { organisation } = request.params;
    const { reference } = request.query;
    const date = readBody(civilDate, request.params.date);
    const received =
      reference === undefined
        ? record.all().filter((each) => each.organisation === organisation)
        : record.ofShipment(organisation, reference);
    const credits = received.map((each) => booked(each.key, creditSchema.parse(each.body)));
    const days = accountDays(organisation, date, credits);
    const whose = reference === undefined ? organisation : `${reference} of ${organisation}`;
    if (days.length === 0) return reply.code(404).send({ error: `nothing was booked for ${whose} on ${date}` });
    const message = `STMT${date.replaceAll('-', '')}${digitsFrom(`MsgId ${JSON.stringify(days)}`, 12)}`;
    // Written at the close of business, so that asking twice gives the same file.
    return reply.type('application/xml; charset=utf-8').send(camt053(message, `${date}T15:59:59Z`, days));
  });
}

/** One bank, one account for each organisation and currency. */
export const bank: Party = {
  name: 'bank',
  utcOffsetInHours: 8,
  courses: {},
  inbound: [
    inbound({
      kind: 'credit',
      path: '/credits',
      schema: creditSchema,
      keyOf,
      sentAtOf: (credit) => `${credit.bookedOn}T00:00:00Z`,
      react,
    }),
  ],
  routes: serveStatements,
};
