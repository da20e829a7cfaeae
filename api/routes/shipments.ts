import { z } from 'zod';
import { referenceSchema } from '../../rules/order/order.ts';
import { eventsOf, findShipment, listShipments } from '../../store/shipments.ts';
import { listTasks } from '../../store/tasks.ts';
import { shipmentDetailSchema, shipmentListSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import { detailOf, summaryOf } from '../shipment-view.ts';

const list = {
  operationId: 'listShipments',
  tags: ['shipments'],
  summary: 'List shipments',
  description:
    'By reference, a page at a time, with whom each waits on. A projection: a moment behind the process at most.',
  querystring: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: referenceSchema.optional().describe('Only references after this one: `next` of the page before.'),
    open: z.enum(['true', 'false']).optional().describe('Only those that are open, or only those that have ended.'),
  }),
  response: { 200: answer(shipmentListSchema, 'A page of shipments.'), ...problemsOf('invalid-parameters') },
};

const one = {
  operationId: 'getShipment',
  tags: ['shipments'],
  summary: 'Look at a shipment',
  description:
    'Where it stands, whom it waits on since and until when, its order, where its time went, and the figures that it is judged by.',
  params: z.object({ reference: referenceSchema }),
  response: { 200: answer(shipmentDetailSchema, 'The shipment.'), ...problemsOf('invalid-parameters', 'not-found') },
};

export function shipmentRoutes(app: Api, { database }: Services): void {
  app.get('/shipments', { schema: list }, async ({ caller, query: { limit, after, open } }) => {
    const page = { limit: limit + 1, after, open: open === undefined ? undefined : open === 'true' };
    const rows = await database.within(caller.organisation, (transaction) => listShipments(transaction, page));
    const shipments = rows.slice(0, limit).map(summaryOf);
    return { shipments, next: rows.length > limit ? (shipments.at(-1)?.reference ?? null) : null };
  });

  app.get('/shipments/:reference', { schema: one }, async ({ caller, params: { reference } }) =>
    database.within(caller.organisation, async (transaction) => {
      const row = await findShipment(transaction, reference);
      if (!row) throw notFound(`shipment ${reference}`);
      const tasks = await listTasks(transaction, { status: 'open', reference, limit: 500 });
      return detailOf(row, await eventsOf(transaction, reference), tasks.length);
    }),
  );
}
