import { ownerOfWorkflow } from '../../rules/trouble.ts';
import type { TaskRow } from '../../store/tasks.ts';
import { unsettledStatements } from '../../store/unended.ts';
import type { Services } from '../services.ts';
import { standingOf } from './ended.ts';

/** Why the answer to an open task reaches no workflow, in words for who gave it: a bank statement is dealt with, or was ended from outside. */
export async function whyNobodyTakesIt({ database, temporal }: Services, task: TaskRow): Promise<string> {
  const workflowId = task.workflowId ?? '';
  const owner = ownerOfWorkflow(workflowId);
  const dealtWith = `task ${task.id} is not needed any more: the statement is dealt with`;
  const standing = await standingOf(temporal, workflowId);
  if (standing === 'running')
    return `task ${task.id} is not needed any more: the statement is read anew, and asks anew`;
  if (typeof standing === 'string' || owner?.of !== 'statement' || owner.organisation === null) return dealtWith;
  if (standing.ended === 'unknown') {
    const unsettled = await database.within(owner.organisation, unsettledStatements);
    if (!unsettled.includes(owner.name)) return dealtWith;
  }
  return `the answer was not taken: ${owner.thing} has ended in the engine before all of its receipts had a place. Have an engineer or a manager start it anew (npm run doctor shows it, override does so); the question is then asked anew`;
}
