import { z } from 'zod';
import { unprintableCharacters } from '../../printing/glyphs.ts';
import { chinaDate, civilDateSchema, startOfChinaDay } from '../../rules/civil-date.ts';
import { checkOrder } from '../../rules/compliance/check.ts';
import { ratesStated, statedRatesSchema } from '../../rules/duties/stated-rate.ts';
import { orderSchema } from '../../rules/order/order.ts';
import { settingsOf } from '../../store/organisations.ts';
import { reviewRecordsOf } from '../../store/review-records.ts';
import { checkSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import type { Api, ServicesWithReference } from '../services.ts';

const schema = {
  operationId: 'checkOrder',
  tags: ['compliance'],
  summary: 'Check an order before it exists',
  description:
    'The same rules that review a shipment: what is known against the order, the papers that it needs with their days, and its way. Nothing is stored. What no rule is known for is said to be not covered; an empty list of findings is no approval.',
  querystring: z.object({
    rate: z
      .preprocess((value) => (typeof value === 'string' ? [value] : value), statedRatesSchema.default([]))
      .describe('Exchange rates for the landed cost, `EUR/USD=1.08`, one or several; none is guessed.'),
    asOf: civilDateSchema
      .optional()
      .describe('The day by which rules and rates are looked up; default: today in China.'),
  }),
  body: orderSchema,
  response: {
    200: answer(checkSchema, 'What is found.'),
    ...problemsOf('bad-request', 'invalid-parameters', 'too-large', 'unsupported-media-type', 'invalid-content'),
  },
};

export function complianceCheckRoutes(app: Api, { database, reference }: ServicesWithReference): void {
  app.post('/compliance/checks', { schema }, async ({ caller, body: order, query: { asOf, rate } }) => {
    const { records, exporter } = await database.within(caller.organisation, async (transaction) => {
      const settings = await settingsOf(transaction);
      return { records: await reviewRecordsOf(transaction, order, settings), exporter: settings.exporter };
    });
    const now = asOf === undefined ? new Date().toISOString() : startOfChinaDay(asOf);
    return checkOrder({
      order,
      documents: [],
      asOf: now,
      exchangeRates: ratesStated(rate, chinaDate(now)),
      reference,
      records,
      exporter,
      unprintable: unprintableCharacters,
    });
  });
}
