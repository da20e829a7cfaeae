import { condition, defineSignal, setHandler } from '@temporalio/workflow';

export { referenceAge, slowStep, stuckLocalStep, stuckStep } from './steps.ts';

/** The same with its defect mended. */
export async function stuckInTask(): Promise<string> {
  let told = false;
  setHandler(defineSignal('go'), () => {
    told = true;
  });
  await condition(() => told);
  return 'mended';
}
