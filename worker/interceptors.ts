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
