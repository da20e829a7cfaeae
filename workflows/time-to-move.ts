import { condition, workflowInfo } from '@temporalio/workflow';
import { restOfTheTurn } from './turn.ts';

/**
 * Until it is time to continue as new: the engine suggests it, the current version of the worker has changed, or somebody
 * asked; and the workflow is `parked`, after all that can run has run.
 */
export async function timeToMove(isAsked: () => boolean, isParked: () => boolean): Promise<'time-to-move'> {
  const isDue = () => {
    const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
    return isAsked() || continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
  };
  for (;;) {
    await condition(() => isDue() && isParked());
    await restOfTheTurn();
    if (isParked()) return 'time-to-move';
  }
}
