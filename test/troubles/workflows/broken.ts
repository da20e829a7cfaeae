import { condition, defineSignal, setHandler } from '@temporalio/workflow';

export { referenceAge, slowStep, stuckLocalStep, stuckStep } from './steps.ts';

/** Its second task fails for as long as this code runs. */
export async function stuckInTask(): Promise<string> {
  let told = false;
  setHandler(defineSignal('go'), () => {
    told = true;
  });
  await condition(() => told);
  throw new TypeError('a defect in the code of the workflow');
}
