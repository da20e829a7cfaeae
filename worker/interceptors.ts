import type { Context } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor, ActivityInterceptors } from '@temporalio/worker';
import { asFailure } from '../activities/errors.ts';

/** Sorts every error of an activity into `Unreachable` (passes by itself) or `Defect` (an engineer's), with its stack. */
export function errorSorting(_context: Context): ActivityInterceptors {
  const inbound: ActivityInboundCallsInterceptor = {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        throw asFailure(error);
      }
    },
  };
  return { inbound };
}

/** Well below the heartbeat's time-out, so that one lost says nothing. */
const HEARTBEAT_EVERY_MS = 1000;

/** Says while an activity runs that its worker lives: when the worker is killed, another takes over in seconds. */
export function heartbeats(context: Context): ActivityInterceptors {
  const inbound: ActivityInboundCallsInterceptor = {
    async execute(input, next) {
      if (context.info.isLocal) return next(input);
      const beating = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
      try {
        return await next(input);
      } finally {
        clearInterval(beating);
      }
    },
  };
  return { inbound };
}
