import type { Instant } from '../../rules/civil-date.ts';
import { deadlineOf } from '../../rules/deadlines.ts';
import type { Question } from '../../rules/task.ts';
import { settingsOf } from '../../store/organisations.ts';
import { insertTask } from '../../store/tasks.ts';
import type { Dependencies } from '../dependencies.ts';

export interface AskPeopleInput {
  organisation: string;
  /** Null for a question that belongs to no shipment. */
  reference: string | null;
  /** Where the answer goes; a shipment's own workflow where absent. */
  workflowId?: string;
  taskId: string;
  question: Question;
  asOf: Instant;
}

/** People are a party like customs: a question goes out, an answer comes back, with a clock. */
export function peopleActivities({ database }: Dependencies) {
  return {
    /** Puts a question on the task list. The same task again changes nothing. */
    async askPeople({ organisation, reference, workflowId, taskId, question, asOf }: AskPeopleInput): Promise<void> {
      await database.within(organisation, async (transaction) => {
        const deadline = deadlineOf(
          { what: question.kind, startedAt: asOf, on: question.dueOn as never },
          await settingsOf(transaction),
        );
        await insertTask(transaction, {
          id: taskId,
          reference,
          workflowId: workflowId ?? (reference === null ? null : `shipment/${organisation}/${reference}`),
          question,
          askedAt: asOf,
          deadline,
        });
      });
    },
  };
}
export type PeopleActivities = ReturnType<typeof peopleActivities>;
