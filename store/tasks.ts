import type { CivilDate, Instant } from '../rules/civil-date.ts';
import type { Deadline } from '../rules/deadline.ts';
import { deadlineOf } from '../rules/deadlines.ts';
import type { Question } from '../rules/task.ts';
import type { Transaction } from './database.ts';
import { settingsOf } from './organisations.ts';

/** A task as the list shows it. */
export interface TaskRow {
  id: string;
  reference: string | null;
  workflowId: string | null;
  kind: string;
  question: string;
  evidence: Question['evidence'];
  choices: Question['choices'];
  wantsDocument: string | null;
  finding: Question['finding'] | null;
  ownerRole: string;
  askedAt: Instant;
  dueAt: Instant;
  provisional: boolean;
  escalatedAt: Instant | null;
  status: 'open' | 'answered' | 'moot';
  answer: { choice: string; reason: string; evidence: string[] } | null;
  closedAt: Instant | null;
}

const columns = `id, reference, workflow_id as "workflowId", kind, question, evidence, choices, wants_document as "wantsDocument", finding,
  owner_role as "ownerRole", asked_at as "askedAt", due_at as "dueAt", provisional, escalated_at as "escalatedAt", status, answer, closed_at as "closedAt"`;

/** Puts a question on the list. Under an id that stands there already nothing changes: a repeated step asks once, and who asks anew takes a new id. */
export async function insertTask(
  { organisation, query }: Transaction,
  task: {
    id: string;
    reference: string | null;
    workflowId: string | null;
    question: Question;
    askedAt: Instant;
    deadline: Deadline;
    /** The event that asked, of a shipment's own log. */
    askedSeq?: number;
  },
): Promise<void> {
  const { id, reference, workflowId, question, askedAt, deadline, askedSeq } = task;
  await query(
    `insert into task (organisation, id, reference, workflow_id, kind, question, evidence, choices, wants_document, finding, owner_role, asked_at, due_at, warn_at, provisional, asked_seq)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing`,
    [
      organisation,
      id,
      reference,
      workflowId,
      question.kind,
      question.question,
      JSON.stringify(question.evidence),
      JSON.stringify(question.choices),
      question.wantsDocument ?? null,
      question.finding ?? null,
      question.ownerRole,
      askedAt,
      deadline.dueAt,
      JSON.stringify(deadline.warnAt),
      deadline.provisional,
      askedSeq ?? null,
    ],
  );
}

/** Puts a question on the list with the clock of its kind, and says until when; as {@link insertTask}, again it changes nothing. */
export async function putQuestion(
  transaction: Transaction,
  task: Omit<Parameters<typeof insertTask>[1], 'deadline'>,
): Promise<Deadline> {
  const { question, askedAt } = task;
  const basis = { what: question.kind, startedAt: askedAt, on: question.dueOn as CivilDate | undefined };
  const deadline = deadlineOf(basis, await settingsOf(transaction));
  await insertTask(transaction, { ...task, deadline });
  return deadline;
}

/**
 * Closes an open task, by that event of its shipment's log where there is one; a closed one stays as it is.
 * @returns whether it was closed by this: of two answers at the same time the second finds it closed
 */
export async function closeTask(
  { organisation, query }: Transaction,
  id: string,
  status: 'answered' | 'moot',
  answer: TaskRow['answer'],
  closedAt: Instant,
  closedSeq: number | null = null,
): Promise<boolean> {
  const rows = await query(
    `update task set status = $3, answer = $4, closed_at = $5, closed_seq = $6 where organisation = $1 and id = $2 and status = 'open' returning id`,
    [organisation, id, status, answer, closedAt, closedSeq],
  );
  return rows.length === 1;
}

/** The manager has it now; one that is closed meanwhile stays as it was. */
export async function escalateTask({ organisation, query }: Transaction, id: string, at: Instant): Promise<void> {
  await query(
    `update task set escalated_at = coalesce(escalated_at, $3), owner_role = 'manager' where organisation = $1 and id = $2 and status = 'open'`,
    [organisation, id, at],
  );
}

/** Another role is to answer it from now on; one that is closed meanwhile stays as it was. False when it did. */
export async function handTask(
  { organisation, query }: Transaction,
  id: string,
  ownerRole: string,
  at: Instant,
): Promise<boolean> {
  const rows = await query(
    `update task set owner_role = $3, escalated_at = $4 where organisation = $1 and id = $2 and status = 'open' returning id`,
    [organisation, id, ownerRole, at],
  );
  return rows.length === 1;
}

/** One task; undefined when this organisation has none of that id. */
export async function findTask({ organisation, query }: Transaction, id: string): Promise<TaskRow | undefined> {
  const [row] = await query<TaskRow>(`select ${columns} from task where organisation = $1 and id = $2`, [
    organisation,
    id,
  ]);
  return row;
}

/** Tasks by due time: all, or those of one state, role or shipment. */
export async function listTasks(
  { organisation, query }: Transaction,
  filter: { status?: string; ownerRole?: string; reference?: string; limit: number },
): Promise<TaskRow[]> {
  return query<TaskRow>(
    `select ${columns} from task where organisation = $1 and ($2::text is null or status = $2) and ($3::text is null or owner_role = $3)
       and ($4::text is null or reference = $4) order by due_at, id limit $5`,
    [organisation, filter.status ?? null, filter.ownerRole ?? null, filter.reference ?? null, filter.limit],
  );
}
