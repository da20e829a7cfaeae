/** Troubles of what does not run at all, though our records say that it should. */
import type { Instant } from './civil-date.ts';
import { ownerOfWorkflow, type Trouble, troubleIdOf, type WorkflowOwner } from './trouble.ts';

/** How a workflow has ended in the engine that did not come to its own end; `unknown`: the engine has never heard of it, or forgotten it. */
export type EngineEnd = 'failed' | 'cancelled' | 'terminated' | 'timed out' | 'unknown';

/** A workflow of ours that runs no more, with something left to do. */
export interface EndedWorkflow {
  workflowId: string;
  /** When it ended; where the engine does not know, when we first saw it so. */
  since: Instant;
  ended: EngineEnd;
}

/** What there is to do about it, by what it is about. */
const remedies: Record<WorkflowOwner['of'], Pick<Trouble, 'remedy' | 'actions'>> = {
  shipment: {
    remedy:
      'Nobody but a person can have ended it so, or the engine because its history had grown too large. Settle by hand what is open: its event log and its tasks say how far it came. Then override: its record is closed as ended-in-engine, and its tasks with it.',
    actions: ['override'],
  },
  statement: {
    remedy:
      'Override: it is read anew. What is booked stays booked, and shipments that were told are not told twice; finance is asked anew about each receipt without a place, and the tasks of before are closed.',
    actions: ['override'],
  },
  recheck: {
    remedy:
      'Mend what the engine names as its failure, then retry: the look is made again from the first shipment. A shipment that was told of it is not told twice.',
    actions: ['retry'],
  },
  'reference-age': {
    remedy:
      'Mend what the engine names as its failure, then retry: the look is made at once. Without that the next one comes tomorrow.',
    actions: ['retry'],
  },
};

/** The trouble of a workflow that ended in the engine without its own end; undefined where the id is none of ours. */
export function endedWorkflowTrouble({ workflowId, since, ended }: EndedWorkflow): Trouble | undefined {
  const owner = ownerOfWorkflow(workflowId);
  if (!owner) return undefined;
  const { of, organisation, reference, thing } = owner;
  const record = of === 'shipment' ? ', and has no closing record' : '';
  return {
    id: troubleIdOf('workflow-task-failing', organisation, workflowId),
    kind: 'workflow-task-failing',
    organisation,
    reference,
    workflowId,
    since,
    what:
      ended === 'unknown'
        ? `The engine does not know the workflow of ${thing}, which by our records goes on: nothing does`
        : `The workflow of ${thing} is ${ended} in the engine${record}: nothing goes on`,
    ...remedies[of],
    detail: { ended },
  };
}

/** Something that is stored and whose workflow is not known to run. */
export interface NotStarted {
  workflowId: string;
  /** When it was stored. */
  since: Instant;
}

/** So long after it was stored the process that stored it has started it, or another has. */
export const STARTED_WITHIN_MS = 60_000;

/** The trouble of what is stored and not started; undefined where the id is none of ours. */
export function notStartedTrouble({ workflowId, since }: NotStarted): Trouble | undefined {
  const owner = ownerOfWorkflow(workflowId);
  if (!owner) return undefined;
  const { organisation, reference, thing } = owner;
  return {
    id: troubleIdOf('not-started', organisation, workflowId),
    kind: 'not-started',
    organisation,
    reference,
    workflowId,
    since,
    what: `The workflow of ${thing} is not started, though it is stored since ${since}`,
    remedy:
      'It is tried again by itself every half minute: the API’s log says what it meets. Mend that; retry starts it at once, or says why it cannot.',
    actions: ['retry'],
    detail: {},
  };
}

/** A step on which somebody has set a pause in the engine. */
export interface PausedStep {
  workflowId: string;
  activityId: string;
  activity: string;
  attempt: number;
  since: Instant;
  by: string;
  because: string;
}

/** The trouble of a paused step; undefined where its workflow is none of ours. */
export function pausedStepTrouble(step: PausedStep): Trouble | undefined {
  const { workflowId, activityId, activity, attempt, since, by, because } = step;
  const owner = ownerOfWorkflow(workflowId);
  if (!owner) return undefined;
  const { organisation, reference, thing } = owner;
  return {
    id: troubleIdOf('step-retrying', organisation, `${workflowId} ${activityId}`),
    kind: 'step-retrying',
    organisation,
    reference,
    workflowId,
    since,
    what: `The step ${activity} of ${thing} is paused in the engine: nobody tries it`,
    remedy: 'Somebody set the pause by hand: ask why. Retry takes it off and tries the step at once.',
    actions: ['retry'],
    detail: { activity, activityId, local: 'no', attempt: String(attempt), pausedBy: by, because },
  };
}
