/** The carrier: takes a subscription to a shipment's events and reports departure, arrival and delivery. */
import {
  type SubscriptionAnswer,
  type TrackingSubscription,
  trackingSubscriptionSchema,
} from '../activities/carrier/wire.ts';
import { type Courses, courseFor, days, hours, type Step } from './course.ts';
import { civilDate, inbound, type Party, type Reaction, type Reading, readBody } from './party.ts';

/** An event that has happened; the place is left out where it is not known as a UN/LOCODE. */
function actual(event: string, when: string, place?: string): Step {
  const at = place === undefined ? {} : { place };
  return { when, door: 'logistics-event', body: { classifier: 'ACT', event, eventAt: '@now', ...at } };
}

const courses: Courses<'tracking'> = {
  tracking: {
    plain: [
      actual('DEPA', 'departure', '@portOfLoading'),
      actual('ARRI', 'arrival', '@portOfDischarge'),
      actual('GTOT', 'delivery'),
    ],
    LATE: [],
  },
};

/** Days from departure to arrival, other than by sea. */
const transitDays = { air: 2, rail: 18, express: 3, road: 5, post: 10 };

/** By sea: days to the destination's country, and its port. */
const seaRoutes: Readonly<Record<string, { days: number; port: string }>> = {
  US: { days: 18, port: 'USLAX' },
  DE: { days: 30, port: 'DEHAM' },
  GB: { days: 30, port: 'GBFXT' },
  NL: { days: 30, port: 'NLRTM' },
  JP: { days: 4, port: 'JPTYO' },
  SG: { days: 7, port: 'SGSIN' },
  VN: { days: 7, port: 'VNSGN' },
  TH: { days: 7, port: 'THLCH' },
  MY: { days: 7, port: 'MYPKG' },
  AU: { days: 14, port: 'AUSYD' },
};
const OTHER_SEA_DAYS = 25;
const DAYS_FROM_ARRIVAL_TO_DELIVERY = 4;

/** The carrier's schedule: nothing leaves within six hours of the booking, and what leaves late arrives late. */
function schedule(body: TrackingSubscription) {
  const route = seaRoutes[body.destinationCountry];
  const underWay = body.transportMode === 'sea' ? (route?.days ?? OTHER_SEA_DAYS) : transitDays[body.transportMode];
  const departure = Math.max(
    Date.parse(`${body.plannedDeparture}T12:00:00Z`),
    Date.parse(body.subscribedAt) + hours(6),
  );
  const arrival = departure + days(underWay);
  const moment = (milliseconds: number) => new Date(milliseconds).toISOString();
  return {
    moments: {
      departure: moment(departure),
      arrival: moment(arrival),
      delivery: moment(arrival + days(DAYS_FROM_ARRIVAL_TO_DELIVERY)),
    },
    portOfDischarge: body.transportMode === 'sea' ? route?.port : undefined,
  };
}

function react({ key, body }: Reading<TrackingSubscription>): Reaction {
  readBody(civilDate, body.plannedDeparture);
  const { moments, portOfDischarge } = schedule(body);
  const answer: SubscriptionAnswer = {
    subscriptionReference: key.text,
    status: 'active',
    estimatedDeparture: body.plannedDeparture,
    estimatedArrival: moments.arrival.slice(0, 10),
  };
  const portOfLoading = /^[A-Z]{2}[A-Z2-9]{3}$/.test(body.portOfLoading) ? body.portOfLoading : undefined;
  return {
    answer,
    later: courseFor(courses, 'tracking', key.reference),
    moments,
    values: { portOfLoading, portOfDischarge },
  };
}

/** One carrier for every mode. */
export const carrier: Party = {
  name: 'carrier',
  utcOffsetInHours: 0,
  courses,
  inbound: [
    inbound({
      kind: 'subscription',
      path: '/subscriptions',
      schema: trackingSubscriptionSchema,
      keyOf: (subscription) => subscription.subscriptionReference,
      sentAtOf: (subscription) => subscription.subscribedAt,
      react,
    }),
  ],
};
