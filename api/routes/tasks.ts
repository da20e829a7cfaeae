import { z } from 'zod';
import { referenceSchema } from '../../rules/order/order.ts';
import { ownerRoles } from '../../rules/task.ts';
import type { Transaction } from '../../store/database.ts';
import { findShipment } from '../../store/shipments.ts';
import { listTasks, type TaskRow } from '../../store/tasks.ts';
import { taskListSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import type { Api, Services } from '../services.ts';

const schema = {
  operationId: 'listTasks',
  tags: ['tasks'],
  summary: 'List what people are asked',
  description: 'By due time. A task has one owner role, a clock, the evidence, and the choices that answer it.',
  querystring: z.object({
    status: z
      .enum(['open', 'answered', 'moot', 'all'])
      .default('open')
      .describe('`moot`: not needed any more, what was asked about came by itself.'),
    role: z.enum(ownerRoles).optional(),
    reference: referenceSchema.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: { 200: answer(taskListSchema, 'The tasks.'), ...problemsOf('invalid-parameters') },
};

export function taskRoutes(app: Api, { database }: Services): void {
  app.get('/tasks', { schema }, async ({ caller, query: { status, role, reference, limit } }) =>
    database.within(caller.organisation, async (transaction) => {
      const tasks = await listTasks(transaction, {
        status: status === 'all' ? undefined : status,
        ownerRole: role,
        reference,
        limit,
      });
      const clocks = await clocksOf(transaction, tasks);
      return { tasks: tasks.map((task) => ({ ...task, overdue: isOverdue(task, clocks) })) };
    }),
  );
}

/** Each shipment's own clock: a simulated one is ahead of ours. */
async function clocksOf(transaction: Transaction, tasks: readonly TaskRow[]): Promise<Map<string, string>> {
  const clocks = new Map<string, string>();
  for (const reference of new Set(tasks.map((task) => task.reference)))
    if (reference !== null) clocks.set(reference, (await findShipment(transaction, reference))?.asOf ?? '');
  return clocks;
}

function isOverdue({ status, dueAt, reference }: TaskRow, clocks: Map<string, string>): boolean {
  const own = clocks.get(reference ?? '') ?? '';
  return status === 'open' && (dueAt < new Date().toISOString() || dueAt < own);
}
