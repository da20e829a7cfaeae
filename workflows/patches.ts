import { inWorkflowContext, patched } from '@temporalio/workflow';
import type { ShipmentState } from './carried.ts';

/**
 * Whether a shipment reviews what comes before the filing on the day on which it comes, and waits for all that it then asked.
 * A run that began before that was so goes on as it began with what it has heard, and from the next occasion on does as the
 * others. docs/decisions/0023 says why, and when this may be taken out.
 *
 * Ask only where the ways part: the first answer costs two events and an attribute. It is kept in the state, and so carried
 * into the next run.
 */
export function reviewsWhatComes({ review }: ShipmentState): boolean {
  // Without the engine, as in a test, there is no history that could hold the old way.
  review.asItComes ||= inWorkflowContext() ? patched('reviewed-as-it-comes') : true;
  return review.asItComes;
}
