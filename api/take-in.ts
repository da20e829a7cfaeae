import type { Order } from '../rules/order/order.ts';
import type { Transaction } from '../store/database.ts';
import { keepAnswer } from '../store/idempotency-keys.ts';
import { sha256OfJson } from '../store/sha256.ts';
import { findShipment, insertShipment, markStarted, type ShipmentRow } from '../store/shipments.ts';
import { shipmentWorkflowId } from '../workflows/messages.ts';
import { startShipment } from './engine.ts';
import { claim, type KeptAnswer } from './once.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';

/** An order on its way in. */
export interface Intake {
  organisation: string;
  order: Order;
  simulated: boolean;
  idempotencyKey?: string;
}

/**
 * Takes an order in: the key, the shipment and the answer are written in one transaction, then its workflow is started.
 * A crash between the two is healed by `start-pending.ts`; an answer is never given before the workflow is known to run.
 * @throws Problem `conflict` when the reference has other content, `key-used-before` when the key had another request.
 */
export async function takeIn({ database, temporal }: Services, intake: Intake): Promise<KeptAnswer> {
  const { organisation, order } = intake;
  const { answer, stored } = await database.within(organisation, (transaction) => record(transaction, intake));
  if (!stored?.startedAt) {
    await startShipment(temporal, organisation, order, stored?.simulated ?? intake.simulated);
    await database.within(organisation, (transaction) => markStarted(transaction, order.reference));
  }
  return answer;
}

/** `stored`: the shipment that was there before, with the same content. */
async function record(transaction: Transaction, intake: Intake): Promise<{ answer: KeptAnswer; stored?: ShipmentRow }> {
  const { organisation, order, simulated, idempotencyKey } = intake;
  const earlier =
    idempotencyKey === undefined
      ? undefined
      : await claim(transaction, idempotencyKey, sha256OfJson({ door: 'POST /v1/shipments', order, simulated }));
  const orderSha256 = sha256OfJson(order);
  const isNew = await insertShipment(transaction, order, orderSha256, simulated);
  const stored = isNew ? undefined : await findShipment(transaction, order.reference);
  if (stored && stored.orderSha256 !== orderSha256)
    throw new Problem(
      'conflict',
      `the reference ${order.reference} is taken by an order with other content; references are unique for ever`,
    );
  if (earlier) return { answer: earlier, stored };
  const workflowId = shipmentWorkflowId(organisation, order.reference);
  const answer = {
    status: isNew ? 201 : 200,
    body: JSON.stringify({ reference: order.reference, workflowId, status: 'started' }),
  };
  if (idempotencyKey !== undefined) await keepAnswer(transaction, idempotencyKey, answer.status, answer.body);
  return { answer, stored };
}
