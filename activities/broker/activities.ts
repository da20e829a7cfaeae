import type { Instant } from '../../rules/civil-date.ts';
import { findShipment } from '../../store/shipments.ts';
import type { Dependencies } from '../dependencies.ts';
import { httpDoor } from '../http.ts';
import type { ShipmentName } from '../records/contract.ts';
import { sendOnce } from '../send-once.ts';
import { type BrokerInstruction, instructionReceiptSchema } from './wire.ts';

export interface InstructBrokerInput extends ShipmentName {
  key: string;
  asOf: Instant;
  kind: BrokerInstruction['kind'];
  subject: string;
  body: string;
  documentIds: string[];
  /** The authority's notice that a case answer belongs to. */
  noticeNumber?: string;
}

/** The broker has it and will answer by messages, or refuses it. */
export type InstructBrokerAnswer = { kind: 'taken' } | { kind: 'refused'; reason: string };

export function brokerActivities({ database, counterparties }: Dependencies) {
  const door = httpDoor('the broker', counterparties.broker);
  return {
    /** Sends the broker one instruction: a dossier to clear with, a question, or our answer to an authority. */
    async instructBroker({
      organisation,
      reference,
      key,
      asOf,
      ...instruction
    }: InstructBrokerInput): Promise<InstructBrokerAnswer> {
      const answer = await sendOnce(database, {
        organisation,
        reference,
        key,
        party: 'broker',
        kind: instruction.kind,
        asOf,
        body: async (): Promise<BrokerInstruction> => {
          const shipment = await database.within(organisation, (transaction) => findShipment(transaction, reference));
          if (!shipment) throw new Error(`there is no shipment ${reference}`);
          return {
            ...instruction,
            instructionReference: key,
            shipmentReference: reference,
            destinationCountry: shipment.order.destination.country,
            sentAt: asOf,
          };
        },
        send: (body) => door.post('/instructions', body, instructionReceiptSchema),
        find: () => door.find(`/instructions/${encodeURIComponent(key)}`, instructionReceiptSchema),
        isRefusal: ({ status }) => status === 'refused',
      });
      return answer.status === 'refused'
        ? { kind: 'refused', reason: answer.reason ?? 'no reason given' }
        : { kind: 'taken' };
    },
  };
}
export type BrokerActivities = ReturnType<typeof brokerActivities>;
