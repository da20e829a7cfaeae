import type { TaskKind } from '../rules/task.ts';
import type { Outcome } from '../workflows/carried.ts';
import type { World } from './world.ts';

/** What someone does in a scenario: through the same doors as in life. */
export type Deed = (world: World) => Promise<unknown>;

/** What a person does about a task of a kind, and how long after it was asked, in days of the shipment's clock. */
export interface Answer {
  afterDays: number;
  do: (world: World, taskId: string) => Promise<unknown>;
}

/**
 * One written case: what the parties do beside the sandboxes, and how it must end. Days are offsets from the day on
 * which the order comes in, so that it plays on any day of any year.
 */
export interface Scenario {
  /** Shipment reference; its prefix says what the sandboxes do (docs/sandbox.md). */
  reference: string;
  title: string;
  expected: Outcome;
  /** Refund in CNY; null when none must be paid. */
  refund: string | null;
  /** What comes by itself on a day: payments, invoices, papers, a cancellation. */
  onDay: [day: number, deed: Deed][];
  /** How our people answer, by the kind of task; one without an answer stops the scenario with an error. */
  answers: Partial<Record<TaskKind, Answer>>;
}
