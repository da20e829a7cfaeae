import { z } from 'zod';
import { referenceSchema } from '../../rules/order/order.ts';
import { eventsOf, findShipment } from '../../store/shipments.ts';
import { eventListSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';

const schema = {
  operationId: 'listShipmentEvents',
  tags: ['shipments'],
  summary: 'Read what happened to a shipment',
  description:
    'The event log, oldest first: stages, waits, messages with their verdicts, findings, tasks. Append-only.',
  params: z.object({ reference: referenceSchema }),
  querystring: z.object({
    limit: z.coerce.number().int().min(1).max(1000).default(200),
    after: z.coerce.number().int().min(0).default(0).describe('Only events after this seq.'),
  }),
  response: { 200: answer(eventListSchema, 'A page of the log.'), ...problemsOf('invalid-parameters', 'not-found') },
};

export function shipmentEventRoutes(app: Api, { database }: Services): void {
  app.get(
    '/shipments/:reference/events',
    { schema },
    async ({ caller, params: { reference }, query: { limit, after } }) => {
      const all = await database.within(caller.organisation, async (transaction) => {
        if (!(await findShipment(transaction, reference))) throw notFound(`shipment ${reference}`);
        return eventsOf(transaction, reference);
      });
      const rest = all.filter((event) => event.seq > after);
      const events = rest.slice(0, limit);
      return { events, next: rest.length > limit ? (events.at(-1)?.seq ?? null) : null };
    },
  );
}
