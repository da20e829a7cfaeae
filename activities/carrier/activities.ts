import { addDays, type CivilDate, chinaDate, type Instant } from '../../rules/civil-date.ts';
import { findShipment } from '../../store/shipments.ts';
import type { Dependencies } from '../dependencies.ts';
import { httpDoor } from '../http.ts';
import type { ShipmentName } from '../records/contract.ts';
import { sendOnce } from '../send-once.ts';
import { subscriptionAnswerSchema, type TrackingSubscription } from './wire.ts';

export interface FollowShipmentInput extends ShipmentName {
  key: string;
  asOf: Instant;
  plannedExportOn?: CivilDate;
}

/** What the carrier answers to our wish to follow the goods: its schedule as far as it has one, or a refusal. */
export type FollowShipmentAnswer =
  | { kind: 'follows'; estimatedDeparture?: CivilDate; estimatedArrival?: CivilDate }
  | { kind: 'refused'; reason: string };

export function carrierActivities({ database, counterparties }: Dependencies) {
  const door = httpDoor('the carrier', counterparties.carrier);
  return {
    /** Subscribes to the shipment's events; each comes later as a message. */
    async followShipment({
      organisation,
      reference,
      key,
      asOf,
      plannedExportOn,
    }: FollowShipmentInput): Promise<FollowShipmentAnswer> {
      const answer = await sendOnce(database, {
        organisation,
        reference,
        key,
        party: 'carrier',
        kind: 'subscription',
        asOf,
        body: async (): Promise<TrackingSubscription> => {
          const shipment = await database.within(organisation, (transaction) => findShipment(transaction, reference));
          if (!shipment) throw new Error(`there is no shipment ${reference}`);
          const today = chinaDate(asOf);
          return {
            subscriptionReference: key,
            shipmentReference: reference,
            transportMode: shipment.order.transport.mode,
            portOfLoading: shipment.order.transport.portOfLoading ?? shipment.order.incoterm.place,
            destinationCountry: shipment.order.destination.country,
            // Without a plan, or with one that has passed, the goods leave the day after release.
            plannedDeparture: plannedExportOn && plannedExportOn > today ? plannedExportOn : addDays(today, 1),
            subscribedAt: asOf,
          };
        },
        send: (body) => door.post('/subscriptions', body, subscriptionAnswerSchema),
        find: () => door.find(`/subscriptions/${encodeURIComponent(key)}`, subscriptionAnswerSchema),
        isRefusal: ({ status }) => status === 'refused',
      });
      if (answer.status === 'refused') return { kind: 'refused', reason: answer.reason ?? 'no reason given' };
      return {
        kind: 'follows',
        estimatedDeparture: answer.estimatedDeparture as CivilDate | undefined,
        estimatedArrival: answer.estimatedArrival as CivilDate | undefined,
      };
    },
  };
}
export type CarrierActivities = ReturnType<typeof carrierActivities>;
