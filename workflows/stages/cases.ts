import type { Notice } from '../messages.ts';
import { broker, summary } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { sendUntilTaken } from './send-until-taken.ts';

const lane = 'logistics';

/** Authorities' cases run beside the goods: a notice may come before the release or after it, and each has its own clock. */
export async function answerCases(file: ShipmentFile): Promise<never> {
  const { cases } = file.state.destination;
  for (let taken = 0; ; taken++) {
    await file.when(() => cases.length > taken);
    const one = cases[taken];
    if (one && !one.answered) void answerCase(file, one.notice, taken + 1).then(() => (one.answered = true));
  }
}

/** Whether no authority waits for an answer of ours. */
export function casesAreAnswered({ state }: ShipmentFile): boolean {
  return state.destination.cases.every((one) => one.answered);
}

/** One case: our people prepare the answer, the broker hands it in. */
export async function answerCase(file: ShipmentFile, notice: Notice, n: number): Promise<void> {
  const answer = await file.ask(questions.authorityCase(notice, n), lane);
  await sendUntilTaken(file, lane, 'broker', `case-${n}`, (key) =>
    broker.instructBroker.executeWithOptions({ summary: summary(`answer to ${notice.form} ${notice.number}`) }, [
      {
        ...file.name,
        key,
        asOf: file.asOf,
        kind: 'case-answer',
        subject: `Answer to ${notice.form} ${notice.number}`,
        body: answer?.reason || 'See the papers.',
        noticeNumber: notice.number,
        documentIds: answer?.evidence ?? [],
      },
    ]),
  );
}
