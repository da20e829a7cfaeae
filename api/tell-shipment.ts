import { bookLateMessage } from '../store/late-messages.ts';
import { findShipment, markStarted } from '../store/shipments.ts';
import { type MessageName, type MessageOf, shipmentWorkflowId, type Verdict } from '../workflows/messages.ts';
import { startShipment, tell } from './engine.ts';
import { notFound } from './problem.ts';
import type { Services } from './services.ts';

/**
 * Tells a shipment, and brings its verdict back. One whose start was lost is started first; for one that has ended the
 * message is journalled and a person is asked. @throws Problem `not-found` when there is no such shipment.
 */
export async function tellShipment<Name extends MessageName>(
  { database, temporal }: Services,
  organisation: string,
  reference: string,
  name: Name,
  message: MessageOf<Name>,
): Promise<Verdict> {
  const workflowId = shipmentWorkflowId(organisation, reference);
  const row = await database.within(organisation, (transaction) => findShipment(transaction, reference));
  if (!row) throw notFound(`shipment ${reference}`);
  if (row.startedAt === null) {
    await startShipment(temporal, organisation, row.order, row.simulated);
    await database.within(organisation, (transaction) => markStarted(transaction, reference));
  }
  const verdict = await tell(temporal, workflowId, name, message);
  if (verdict !== 'gone') return verdict;
  return database.within(organisation, (transaction) =>
    bookLateMessage(transaction, { reference, name, message, asOf: new Date().toISOString() }),
  );
}
