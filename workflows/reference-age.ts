import { untilReached } from './attempt.ts';
import { ageing } from './parties.ts';

/** Once a day, by the engine's own schedule: what of the reference data has grown old becomes a task. Answers how many stand. */
export async function referenceAge(): Promise<number> {
  return untilReached(() =>
    ageing.askAboutAgedReference.executeWithOptions({ summary: 'what has grown old' }, [
      { asOf: new Date(Date.now()).toISOString() },
    ]),
  );
}
