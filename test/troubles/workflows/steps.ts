import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';

interface Activities {
  tellCustoms(): Promise<string>;
  tellCarrier(): Promise<string>;
}
const ordinary = proxyActivities<Activities>({ startToCloseTimeout: '10s' });
const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '5s',
  localRetryThreshold: '3s',
  retry: { initialInterval: '50ms', backoffCoefficient: 1 },
});

/** Waits for an ordinary step. */
export function stuckStep(): Promise<string> {
  return ordinary.tellCustoms();
}

/** Waits for a step in its own task. */
export function stuckLocalStep(): Promise<string> {
  return local.tellCustoms();
}

/** The daily look by its name, waiting for the same step. */
export function referenceAge(): Promise<string> {
  return ordinary.tellCustoms();
}

/** Waits for a step that is tried every few seconds, and of which few tries are made. */
export function slowStep(): Promise<string> {
  return ordinary.tellCarrier();
}
