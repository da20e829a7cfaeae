import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { type Answer, askerOf, runningStack, until } from './running-stack.ts';

export const stack = runningStack();
export const ask = askerOf(stack);
/** Begins every reference of a test file's run: the stack remembers them for ever. */
export const run = `T-${randomUUID().slice(0, 8)}`;

/** The date so many days from today. */
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Planned far ahead: it waits for its filing window, and can be called off. */
export const orderOf = (reference: string, changes: object = {}) => ({
  ...exampleOrder,
  orderedOn: inDays(0),
  plannedExportOn: inDays(60),
  ...changes,
  reference,
});
export const start = (order: object, headers: Record<string, string> = {}) =>
  ask('/v1/shipments', { body: order, headers });
/** What every message carries. */
export const said = (messageId: string = randomUUID()) => ({
  messageId,
  occurredAt: new Date().toISOString(),
  source: 'test',
});
export const tell = (reference: string, door: string, content: object, key?: string) =>
  ask(`/v1/shipments/${reference}/events/${door}`, { body: { ...said(), ...content }, key });
/** Until the shipment waits for its filing window. */
export const waits = (reference: string) =>
  until(
    () => ask(`/v1/shipments/${reference}`),
    ({ json }) => JSON.stringify(json.waitingOn ?? []).includes('planned-export'),
  );

/** The answer is a problem document of that status, and names the field. */
export function expectProblem(answer: Answer, status: number, field?: string) {
  expect({ status: answer.status, type: answer.type, text: answer.text }).toMatchObject({
    status,
    type: expect.stringContaining('application/problem+json'),
  });
  expect(answer.json).toMatchObject({ title: expect.any(String), status, detail: expect.any(String) });
  if (field !== undefined) expect(JSON.stringify(answer.json.errors)).toContain(field);
}
