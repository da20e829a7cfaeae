import { condition, workflowInfo } from '@temporalio/workflow';
import { restOfTheTurn } from './turn.ts';

/**
 * Until it is time to continue as new: the engine suggests it, the current version of the worker has changed, or somebody
 * asked; and the workflow is `parked`, after all that can run has run.
 */
export async function timeToMove(isAsked: () => boolean, isParked: () => boolean): Promise<'time-to-move'> {
  for (;;) {
    await condition(() => (isAsked() || isMoveDue()) && isParked());
    await restOfTheTurn();
    if (isParked()) return 'time-to-move';
  }
}

/** Whether the engine suggests a new run, or a new version of the worker is current. */
export function isMoveDue(): boolean {
  const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return continueAsNewSuggested || Boolean(targetWorkerDeploymentVersionChanged);
}

/** What has to come to rest before a workflow is found parked: its lanes, its recorder, what is shown of it, and the look itself. */
const TURNS = 4;

/** Long enough for {@link timeToMove} to find the workflow parked, and to find it so again at the end of that turn. */
export async function aMomentToMove(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await restOfTheTurn();
}
