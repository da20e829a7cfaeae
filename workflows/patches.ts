import { inWorkflowContext, patched } from '@temporalio/workflow';

/**
 * Everything that today's workflows do otherwise than runs that may have to be replayed by them: a decision record each,
 * which says when it may be taken out. docs/upgrades.md.
 */
type Change = 'reviewed-as-it-comes';

/**
 * Whether this run is on the new way: true from the moment on at which it is asked for the first time by a run that is not
 * replaying, and that moment stands in the history. Keep the answer in the state: a run that has begun the new way stays on it.
 * Ask only where the ways part: asking costs two events and an attribute.
 */
export function isOnNewWay(change: Change): boolean {
  // What is looked at without the engine, as by a test, has no history that could hold the old way.
  return inWorkflowContext() ? patched(change) : true;
}
