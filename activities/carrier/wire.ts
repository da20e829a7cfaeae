/** The carrier's wire: a subscription to a shipment's events, answered later event by event (DCSA Track & Trace manner). */
import { z } from 'zod';

/** `POST /subscriptions`. */
export const trackingSubscriptionSchema = z.object({
  /** Our outbound key, `<organisation>/<reference>/tracking/<revision>`. */
  subscriptionReference: z.string(),
  shipmentReference: z.string(),
  transportMode: z.enum(['sea', 'air', 'rail', 'road', 'post', 'express']),
  portOfLoading: z.string(),
  destinationCountry: z.string(),
  /** YYYY-MM-DD. */
  plannedDeparture: z.string(),
  /** ISO 8601 UTC. */
  subscribedAt: z.string(),
});
export type TrackingSubscription = z.infer<typeof trackingSubscriptionSchema>;

/** The answer, and that of `GET /subscriptions/{subscriptionReference}` (404 when it never came). */
export const subscriptionAnswerSchema = z.object({
  subscriptionReference: z.string(),
  status: z.enum(['active', 'refused']),
  reason: z.string().optional(),
  /** YYYY-MM-DD, when the carrier has a schedule. */
  estimatedDeparture: z.string().optional(),
  estimatedArrival: z.string().optional(),
});
export type SubscriptionAnswer = z.infer<typeof subscriptionAnswerSchema>;
