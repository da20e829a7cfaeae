import { type Client, ScheduleAlreadyRunning } from '@temporalio/client';
import type { Logger } from 'pino';
import { REFERENCE_AGE_SCHEDULE, SHIPMENTS_TASK_QUEUE } from '../workflows/messages.ts';

/** Sees to it that the engine looks once a day, before offices open in China, at what has grown old. One schedule, however many workers. */
export async function keepSchedules(temporal: Client, log: Logger): Promise<void> {
  try {
    await temporal.schedule.create({
      scheduleId: REFERENCE_AGE_SCHEDULE,
      spec: { cronExpressions: ['0 8 * * *'], timezone: 'Asia/Shanghai' },
      policies: { overlap: 'SKIP', catchupWindow: '1 day' },
      action: { type: 'startWorkflow', workflowType: 'referenceAge', taskQueue: SHIPMENTS_TASK_QUEUE, args: [] },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning))
      log.warn({ err: error }, 'the daily look at what has grown old could not be scheduled');
  }
}
