/** The stack that Jest's set-up started, for the scenarios. */
import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import type { Running } from '../../simulation/world.ts';
import { Visitor } from './visitor.ts';

export { orders } from './visitor.ts';

/** Where it is. */
export const running = JSON.parse(readFileSync(process.env.QUAYSIDE_TEST_STACK ?? '', 'utf8')) as Running;

const visitor = new Visitor(running);
export const api = visitor.api.bind(visitor);
export const playAll = visitor.playAll.bind(visitor);
export const closing = visitor.closing.bind(visitor);
export const events = visitor.events.bind(visitor);
export const allEvents = visitor.allEvents.bind(visitor);
/** What people were asked, but for the purchase contract: every order here names one, and it comes on its day. */
export const tasks = async (reference: string) =>
  (await visitor.tasks(reference)).filter(({ kind }) => kind !== 'paper-wanted');
export const received = visitor.received.bind(visitor);

/** A client of the stack's engine; close its connection when done. */
export async function engine(): Promise<Client> {
  return new Client({
    connection: await Connection.connect({ address: running.temporalAddress }),
    namespace: running.temporalNamespace,
  });
}
