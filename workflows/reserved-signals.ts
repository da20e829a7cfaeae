import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** How the names begin that the engine keeps for itself; the SDK exports it nowhere. */
const RESERVED = '__temporal_';

/**
 * A signal whose name begins as the engine's own do reaches the workflow under a name without that beginning: a message of no
 * such name, like every other. The SDK would throw at it in the middle of a turn: the task would fail for ever, and the lanes that
 * still had a step to take would end the worker with every other shipment. Anybody may type such a name in the engine's page.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  internals: [
    {
      activate(input, next) {
        for (const { signalWorkflow } of input.activation.jobs ?? [])
          if (signalWorkflow?.signalName) signalWorkflow.signalName = plainName(signalWorkflow.signalName);
        next(input);
      },
    },
  ],
});

/** The name without the engine's own beginning. */
export function plainName(signalName: string): string {
  return signalName.startsWith(RESERVED) ? `reserved: ${signalName.replace(/^_+/, '')}` : signalName;
}
