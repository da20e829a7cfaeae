import type { Instant } from '../rules/civil-date.ts';
import type { Question } from '../rules/task.ts';
import type { AskedTask, Lane, ShipmentState } from './carried.ts';
import { clipped } from './text.ts';

/** Id of the task of that key, over all shipments of the organisation. */
export function taskIdOf({ reference }: Pick<ShipmentState, 'reference'>, key: string): string {
  return `${reference}/${key}`;
}

/** What the process keeps of a question that it puts to a person; the question itself goes to the database. */
export function askedTask(id: string, question: Question, lane: Lane, askedAt: Instant): AskedTask {
  return {
    id,
    kind: question.kind,
    lane,
    title: clipped(question.question),
    ownerRole: question.ownerRole,
    choices: question.choices.map((choice) => choice.id),
    askedAt,
    wantsDocument: question.wantsDocument,
    documentId: question.documentId,
    answer: null,
    moot: false,
  };
}
