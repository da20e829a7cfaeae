import { z } from 'zod';
import { chinaDate } from '../../rules/civil-date.ts';
import { landedCostQuote, landedCostQuoteRequestSchema } from '../../rules/duties/quote.ts';
import { insertLandedCostQuote, readLandedCostQuote } from '../../store/landed-cost-quotes.ts';
import { keptQuoteSchema, quoteGivenSchema } from '../contract.ts';
import { quoteExample } from '../examples.ts';
import { answeredOnce, onceHeaders } from '../once.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, ServicesWithReference } from '../services.ts';

z.globalRegistry.add(landedCostQuoteRequestSchema, {
  ...z.globalRegistry.get(landedCostQuoteRequestSchema),
  examples: [quoteExample],
});

const giving = {
  operationId: 'quoteLandedCost',
  tags: ['compliance'],
  summary: 'Quote what a basket costs landed',
  description:
    "For a shop's checkout: goods, carriage, duties, taxes and fees in the buyer's currency, each layer shown, until it expires. Always an estimate; where something is not known it is named, and the total is a lower bound. Exchange rates are the shop's own: none is guessed. Sent again without an Idempotency-Key it is a second quote.",
  headers: onceHeaders,
  body: landedCostQuoteRequestSchema,
  response: {
    201: answer(quoteGivenSchema, 'The quote; it is kept as it was given.'),
    ...problemsOf(
      ...(['bad-request', 'invalid-parameters', 'too-large', 'unsupported-media-type', 'invalid-content'] as const),
      'key-used-before',
    ),
  },
};

const reading = {
  operationId: 'getLandedCostQuote',
  tags: ['compliance'],
  summary: 'Look at a quote',
  description: 'The quote as it was given, with the question that it answers; also when it has expired.',
  params: z.object({ id: z.uuid('the id of a quote is a UUID') }),
  response: { 200: answer(keptQuoteSchema, 'The quote.'), ...problemsOf('invalid-parameters', 'not-found') },
};

export function landedCostQuoteRoutes(app: Api, { database, reference }: ServicesWithReference): void {
  app.post('/landed-cost/quotes', { schema: giving }, async ({ caller, body: request, headers }, reply) => {
    const quotedAt = new Date().toISOString();
    const quote = landedCostQuote(request, quotedAt, chinaDate(quotedAt), reference);
    const keyed = { key: headers['idempotency-key'], door: 'POST /v1/landed-cost/quotes', content: { request } };
    const kept = await database.within(caller.organisation, (transaction) =>
      answeredOnce(transaction, keyed, async () => {
        const id = await insertLandedCostQuote(transaction, { request, quote });
        return { status: 201, body: JSON.stringify({ id, quote }) };
      }),
    );
    const { id } = JSON.parse(kept.body) as { id: string };
    reply.code(201).header('location', `/v1/landed-cost/quotes/${id}`).type('application/json; charset=utf-8');
    return reply.send(kept.body as never); // bytes as they were kept, not written anew
  });
  app.get('/landed-cost/quotes/:id', { schema: reading }, async ({ caller, params: { id } }) => {
    const row = await database.within(caller.organisation, (transaction) => readLandedCostQuote(transaction, id));
    if (!row) throw notFound(`quote ${id}`);
    return row;
  });
}
