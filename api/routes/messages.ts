import { z } from 'zod';
import { referenceSchema } from '../../rules/order/order.ts';
import { findTask } from '../../store/tasks.ts';
import { type MessageName, type MessageOf, shipmentMessages } from '../../workflows/messages.ts';
import type { Caller } from '../access.ts';
import { messageExamples } from '../examples.ts';
import type { Api, Services } from '../services.ts';
import { refuseUnreasoned } from '../task-choices.ts';
import { tellShipment } from '../tell-shipment.ts';
import { statusOf, verdictAnswers } from '../verdict.ts';

interface Door {
  path: string;
  name: MessageName;
  summary: string;
  /** Its sender is a counterparty, whose key may use this door and no others. */
  forCounterparties: boolean;
}

/**
 * Each message's address under /v1/shipments/{reference}/events. `receiveDocument` has none: what was read of a file is ours to
 * tell, by the door that takes the file.
 */
const doors: Door[] = [
  { path: 'customs-response', name: 'customsResponse', summary: 'Report a customs response', forCounterparties: true },
  {
    path: 'inspection-result',
    name: 'inspectionResult',
    summary: 'Report the result of an inspection',
    forCounterparties: true,
  },
  { path: 'logistics-event', name: 'logisticsEvent', summary: 'Report a logistics event', forCounterparties: true },
  { path: 'tax-response', name: 'taxResponse', summary: 'Report a step of the tax bureau', forCounterparties: true },
  { path: 'fx-receipt', name: 'fxReceipt', summary: 'Report an FX receipt', forCounterparties: false },
  { path: 'document', name: 'submitDocument', summary: 'Hand in a paper', forCounterparties: false },
  { path: 'documents', name: 'submitDocuments', summary: 'Hand in several papers', forCounterparties: false },
  { path: 'unlock', name: 'unlockDocuments', summary: 'Open the locked papers', forCounterparties: false },
  { path: 'task-answer', name: 'answerTask', summary: 'Answer a task of the shipment', forCounterparties: false },
  {
    path: 'declaration-amendment',
    name: 'amendDeclaration',
    summary: 'Correct the declaration',
    forCounterparties: false,
  },
  {
    path: 'vat-invoice',
    name: 'registerVatInvoice',
    summary: 'Register a VAT special invoice',
    forCounterparties: false,
  },
  { path: 'review', name: 'reviewAgain', summary: 'Have the review made again', forCounterparties: false },
  { path: 'cancellation', name: 'cancelShipment', summary: 'Call the order off', forCounterparties: false },
];

export function messageRoutes(app: Api, services: Services): void {
  for (const door of doors) messageRoute(app, services, door);
}

/** A task that is not known here is the shipment's own to refuse. */
async function refuseWithoutReason(
  { database }: Services,
  { organisation, role }: Caller,
  message: MessageOf<'answerTask'>,
): Promise<void> {
  const task = await database.within(organisation, (transaction) => findTask(transaction, message.taskId));
  if (task) refuseUnreasoned(task, message, role);
}

function messageRoute(app: Api, services: Services, { path, name, summary, forCounterparties }: Door): void {
  const { schema: body, description } = shipmentMessages[name];
  z.globalRegistry.add(body as z.ZodType, {
    ...z.globalRegistry.get(body as z.ZodType),
    examples: [messageExamples[name]],
  });
  const schema = {
    operationId: name,
    tags: ['messages'],
    summary,
    description,
    params: z.object({ reference: referenceSchema }),
    body,
    response: verdictAnswers,
  };
  app.post(
    `/shipments/:reference/events/${path}`,
    { schema, config: { forCounterparties } },
    async (request, reply) => {
      const { caller, params } = request;
      if (name === 'answerTask') await refuseWithoutReason(services, caller, request.body as MessageOf<'answerTask'>);
      const verdict = await tellShipment(
        services,
        caller.organisation,
        params.reference,
        name,
        request.body as MessageOf<typeof name>,
      );
      return reply.code(statusOf(verdict)).send(verdict);
    },
  );
}
