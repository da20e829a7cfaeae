import { z } from 'zod';
import { orderSchema } from '../../rules/order/order.ts';
import { startedSchema } from '../contract.ts';
import { orderExample } from '../examples.ts';
import { simulatedHeader } from '../headers.ts';
import { idempotencyKeyHeader } from '../once.ts';
import { answer, problemsOf } from '../openapi.ts';
import type { Api, Services } from '../services.ts';
import { takeIn } from '../take-in.ts';

const headers = z.object({
  'idempotency-key': idempotencyKeyHeader,
  'quayside-simulated': simulatedHeader,
});

z.globalRegistry.add(orderSchema, { ...z.globalRegistry.get(orderSchema), examples: [orderExample] });

const schema = {
  operationId: 'startShipment',
  tags: ['shipments'],
  summary: 'Start a shipment from an order',
  description:
    'Stores the order and starts its shipment. The reference is unique in the organisation for ever: the same order again is answered with 200, other content under it with 409.',
  headers,
  body: orderSchema,
  response: {
    201: answer(startedSchema, 'The shipment runs.'),
    200: answer(startedSchema, 'It ran already, with the same content.'),
    ...problemsOf(
      'bad-request',
      'invalid-parameters',
      'conflict',
      'too-large',
      'unsupported-media-type',
      'invalid-content',
      'key-used-before',
    ),
  },
};

export function startShipmentRoutes(app: Api, services: Services): void {
  app.post('/shipments', { schema }, async (request, reply) => {
    const { 'idempotency-key': idempotencyKey, 'quayside-simulated': simulated } = request.headers;
    const kept = await takeIn(services, {
      organisation: request.caller.organisation,
      order: request.body,
      simulated: simulated === 'true',
      idempotencyKey,
    });
    reply
      .code(kept.status as 201)
      .header('location', `/v1/shipments/${encodeURIComponent(request.body.reference)}`)
      .type('application/json; charset=utf-8');
    return reply.send(kept.body as never); // bytes as they were kept, not written anew
  });
}
