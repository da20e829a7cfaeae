import type { Instant } from '../../rules/civil-date.ts';
import type { Question } from '../../rules/task.ts';
import { closeTask, escalateTask, putQuestion, type TaskRow } from '../../store/tasks.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
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

interface OfTask {
  organisation: string;
  taskId: string;
  asOf: Instant;
}

/** People are a party like customs: a question goes out, an answer comes back, with a clock. */
export function peopleActivities({ database }: Dependencies) {
  return {
    /** Puts a question on the task list, and says until when. The same task again changes nothing. */
    async askPeople({
      organisation,
      reference,
      workflowId,
      taskId,
      question,
      asOf,
    }: AskPeopleInput): Promise<{ dueAt: Instant }> {
      return database.within(organisation, async (transaction) => {
        const { dueAt } = await putQuestion(transaction, {
          id: taskId,
          reference,
          workflowId: workflowId ?? (reference === null ? null : shipmentWorkflowId(organisation, reference)),
          question,
          askedAt: asOf,
        });
        return { dueAt };
      });
    },

    /** Gives a task to the manager: its time is over, and it stays open. */
    async escalateTask({ organisation, taskId, asOf }: OfTask): Promise<void> {
      await database.within(organisation, (transaction) => escalateTask(transaction, taskId, asOf));
    },

    /** Keeps the answer to a task that changes no other record. A shipment's recorder does so for the shipment's own. */
    async recordAnswer({ organisation, taskId, answer, asOf }: OfTask & { answer: TaskRow['answer'] }): Promise<void> {
      await database.within(organisation, (transaction) => closeTask(transaction, taskId, 'answered', answer, asOf));
    },
  };
}
export type PeopleActivities = ReturnType<typeof peopleActivities>;
