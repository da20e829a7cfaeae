import type { Question } from '../../rules/task.ts';
import { records } from '../parties.ts';
import type { ShipmentFile } from '../shipment-file.ts';

/** Takes the order in: what the process needs to know of it is decided once and stands in the history. */
export async function takeIn(file: ShipmentFile): Promise<void> {
  if (file.state.order) return;
  file.enter('trunk', 'intake');
  file.state.order = await file.consult('takeIn', 'trunk', () =>
    records.takeIn.executeWithOptions({ summary: 'takes the order in' }, [{ ...file.name, asOf: file.asOf }]),
  );
}

/**
 * Reviews the order until nothing blocks. Each blocking finding is asked of a person; when all are answered the order is
 * reviewed again. With no blocking finding the review approves itself.
 */
export async function reviewCompliance(file: ShipmentFile): Promise<void> {
  const { review } = file.state;
  if (review.approvedAt) return;
  for (;;) {
    file.enter('trunk', 'compliance-review');
    const heard = file.state.documents.length + file.state.amendments.length;
    const { questions, findings } = await file.consult('reviewCompliance', 'trunk', () =>
      records.reviewCompliance.executeWithOptions({ summary: 'reviews the order' }, [
        {
          ...file.name,
          asOf: file.asOf,
          documents: file.state.documents,
          amendments: file.state.amendments,
          waived: review.waived,
        },
      ]),
    );
    if (review.noted === review.round && (review.round === 0 || questions.length > 0)) {
      for (const finding of findings) file.note('finding', { ...finding, round: review.round });
      review.noted += 1;
    }
    // What came in while it ran was not looked at: nobody is asked for a paper that is here.
    if (heard !== file.state.documents.length + file.state.amendments.length) continue;
    if (questions.length === 0) break;
    const round = review.round;
    await Promise.all(
      questions.map((question) => answerFinding(file, { ...question, key: `${question.key}/${round}` })),
    );
    review.round = round + 1;
  }
  review.noted = review.round;
  review.approvedAt = file.asOf;
  file.note('approved', { round: review.round });
}

async function answerFinding(file: ShipmentFile, question: Question): Promise<void> {
  // Once declared, an order cannot be called off here: customs would have to let it go.
  const choices = question.choices.filter(({ id }) => id !== 'cancel' || file.state.declaration.filed === 0);
  const answer = await file.ask({ ...question, choices }, 'trunk');
  const finding = question.finding && `${question.finding.rule}@${question.finding.where}`;
  if (answer?.choice === 'not-required' && finding) file.state.review.waived.push(finding);
  if (answer?.choice === 'cancel')
    file.state.cancelled ??= { reason: answer.reason || 'called off in the review', at: file.asOf };
}
