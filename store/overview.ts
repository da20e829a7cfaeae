/** What the service sees of all organisations, to say that something is stuck and to count it. */
import type { Instant } from '../rules/civil-date.ts';
import type { OpenTask } from '../rules/trouble.ts';
import type { Database } from './database.ts';

/** The roles for which each organisation has a key. */
export async function rolesInUse(database: Database): Promise<Map<string, Set<string>>> {
  const rows = await database.query<{ organisation: string; role: string }>(
    'select organisation, role from keys_in_use()',
  );
  const roles = new Map<string, Set<string>>();
  for (const { organisation, role } of rows)
    roles.set(organisation, (roles.get(organisation) ?? new Set<string>()).add(role));
  return roles;
}

/** Every open task, with the clock of its shipment. */
export async function openTasks(database: Database): Promise<OpenTask[]> {
  return database.query<OpenTask>(
    `select organisation, id, reference, workflow_id as "workflowId", kind, question, owner_role as "ownerRole",
       asked_at as "askedAt", due_at as "dueAt", escalated_at as "escalatedAt", shipment_as_of as "shipmentAsOf" from open_tasks()`,
  );
}

/** How many shipments are open: real ones, and those that a simulation plays. */
export async function openShipments(database: Database): Promise<{ real: number; simulated: number }> {
  const rows = await database.query<{ simulated: boolean; shipments: string }>(
    'select simulated, shipments from shipments_open()',
  );
  const count = (simulated: boolean) => Number(rows.find((row) => row.simulated === simulated)?.shipments ?? 0);
  return { real: count(false), simulated: count(true) };
}

/** Messages since then that a shipment could make no sense of: impossible where it stands, or an id used twice. */
export async function misfitMessagesSince(database: Database, moment: Instant): Promise<number> {
  const [row] = await database.query<{ count: string }>('select messages_misfit_since($1) as count', [moment]);
  return Number(row?.count ?? 0);
}
