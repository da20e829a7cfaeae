/** What the workflow may ask of the outside: one proxy per party, with its time-outs. Types only: the code runs in the worker. */
import {
  type ActivityOptions,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { BankActivities } from '../activities/bank/activities.ts';
import type { BrokerActivities } from '../activities/broker/activities.ts';
import type { CarrierActivities } from '../activities/carrier/activities.ts';
import type { ComplianceActivities } from '../activities/compliance/activities.ts';
import type { AgedReferenceActivities } from '../activities/compliance/aged-reference.ts';
import type { CustomsActivities } from '../activities/customs/activities.ts';
import type { PeopleActivities } from '../activities/people/activities.ts';
import type { RecordActivities, RecordProgressActivity } from '../activities/records/activities.ts';
import type { TaxBureauActivities } from '../activities/tax-bureau/activities.ts';

/**
 * A step takes milliseconds, or the counterparty is unreachable and it is tried again for as long as it takes: by the
 * engine for six hours, then anew (`untilReached`), so that the shipment can continue as new in between. The worker
 * says every second that it is at it: the heartbeat's time-out is what a killed worker costs. A `Defect` is not tried
 * again by itself: an engineer is asked.
 */
const step: ActivityOptions = {
  scheduleToCloseTimeout: '6h',
  startToCloseTimeout: '10s',
  heartbeatTimeout: '3s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', nonRetryableErrorTypes: ['Defect'] },
};

export const customs = proxyActivities<CustomsActivities>(step);
export const carrier = proxyActivities<CarrierActivities>(step);
export const broker = proxyActivities<BrokerActivities>(step);
export const taxBureau = proxyActivities<TaxBureauActivities>(step);
/** Twenty shipments a step, some of which may be silent for seconds. */
export const compliance = proxyActivities<ComplianceActivities>({ ...step, startToCloseTimeout: '30s' });
/** Of all organisations at once: there is nobody whose engineer could be asked, so it is tried again whatever it fails by. */
export const ageing = proxyActivities<AgedReferenceActivities>({
  ...step,
  startToCloseTimeout: '60s',
  retry: { ...step.retry, nonRetryableErrorTypes: [] },
});
export const bank = proxyActivities<BankActivities>(step);
/** Asking a person is how defects are told, so it has nobody to turn to and tries again for ever. */
export const people = proxyActivities<PeopleActivities>({
  ...step,
  scheduleToCloseTimeout: undefined,
  retry: { ...step.retry, nonRetryableErrorTypes: [] },
});

/** Our own records are milliseconds away: a step on them runs in the workflow task itself, and costs no task of its own. */
const ownRecords: LocalActivityOptions = {
  startToCloseTimeout: '5s',
  // While the database is away the tries become timers: without this each would extend the workflow task, three events a time.
  localRetryThreshold: '3s',
  retry: {
    initialInterval: '200ms',
    backoffCoefficient: 2,
    maximumInterval: '2m',
    nonRetryableErrorTypes: ['Defect'],
  },
};
export const records = proxyLocalActivities<RecordActivities>(ownRecords);
export const recording = proxyLocalActivities<RecordProgressActivity>(ownRecords);

/** Visible summaries are cut by the engine at 120 characters: we cut on our own terms. */
export function summary(text: string): string {
  return text.length <= 110 ? text : `${text.slice(0, 109)}…`;
}
