import { ownerOfWorkflow } from '../../rules/trouble.ts';
import type { TaskRow } from '../../store/tasks.ts';
import { unsettledStatements } from '../../store/unended.ts';
import type { Services } from '../services.ts';
import { standingOf } from './ended.ts';

/** Why the answer to an open task without a shipment reaches no workflow: that is dealt with, or was ended from outside. In words for who gave it. */
export async function whyNobodyTakesIt({ database, temporal }: Services, task: TaskRow): Promise<string> {
  const workflowId = task.workflowId ?? '';
  const { of, organisation, name, thing } = ownerOfWorkflow(workflowId) ?? {};
  const about = of === 'statement' ? 'the statement' : (thing ?? workflowId);
  const dealtWith = `task ${task.id} is not needed any more: ${about} is dealt with`;
  const standing = await standingOf(temporal, workflowId);
  if (standing === 'running') return `task ${task.id} is not needed any more: ${about} is taken up anew, and asks anew`;
  if (standing === 'completed' || !organisation || !name) return dealtWith;
  // One that the engine has forgotten was dealt with, unless our records say otherwise.
  const isForgotten = standing.ended === 'unknown';
  if (isForgotten && !(await database.within(organisation, unsettledStatements)).includes(name)) return dealtWith;
  return `the answer was not taken: ${thing} has ended in the engine with something left to do. Have an engineer or a manager start it anew: npm run doctor shows it, and how. What is still open is then asked anew`;
}
