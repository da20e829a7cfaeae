import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { ownerRoles } from '../../rules/task.ts';
import { troubleKinds } from '../../rules/trouble.ts';
import { countsOf, type Reading } from './read.ts';

/** The text of a scrape. */
export interface Metrics {
  contentType: string;
  /** Without a reading only the process’s own figures. */
  text(reading: Reading | undefined): Promise<string>;
}

/** Labels are kinds and roles, never an organisation or a reference: few, and naming nobody. */
export function metricsOf(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const troubles = gauge('quayside_troubles', 'What is stuck, by kind; see docs/failures/stuck.md.', 'kind');
  const readAt = gauge(
    'quayside_troubles_read_at',
    'When engine and database were last read, in seconds since 1970; old: one of them is away.',
  );
  const shipments = gauge('quayside_open_shipments', 'Shipments that have not ended.', 'simulated');
  const tasks = gauge('quayside_open_tasks', 'Questions to our people that wait, by the role that owns them.', 'role');
  const overdue = gauge('quayside_overdue_tasks', 'Open tasks whose time is over.');
  const misfits = gauge(
    'quayside_misfit_messages_last_day',
    'Messages of 24 hours that were impossible or in conflict.',
  );
  const workers = gauge('quayside_workers_polling', 'Workers that ask the engine for work.');
  const sees = gauge('quayside_engine_marks_failing_workflows', '0: failing workflows are not among the troubles.');
  return {
    contentType: registry.contentType,
    async text(reading) {
      if (reading) {
        const counts = countsOf(reading.troubles);
        for (const kind of troubleKinds) troubles.set({ kind }, counts[kind]);
        readAt.set(Date.parse(reading.readAt) / 1000);
        shipments.set({ simulated: 'false' }, reading.openShipments.real);
        shipments.set({ simulated: 'true' }, reading.openShipments.simulated);
        for (const role of ownerRoles) tasks.set({ role }, reading.openTasksByRole.get(role) ?? 0);
        overdue.set(reading.overdueTasks);
        misfits.set(reading.misfitMessages);
        workers.set(reading.workers);
        sees.set(reading.seesFailingWorkflows ? 1 : 0);
      }
      return registry.metrics();
    },
  };
}
