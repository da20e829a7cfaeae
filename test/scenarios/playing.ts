import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { addDays, chinaDate } from '../../rules/civil-date.ts';
import { type Played, play } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import type { Running } from '../../simulation/world.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';

/** The stack that Jest's set-up started. */
export const running = JSON.parse(readFileSync(process.env.QUAYSIDE_TEST_STACK ?? '', 'utf8')) as Running;

/** A client of the stack's engine; close its connection when done. */
export async function engine(): Promise<Client> {
  return new Client({
    connection: await Connection.connect({ address: running.temporalAddress }),
    namespace: running.temporalNamespace,
  });
}

/** Asks the API as the organisation's manager. */
export async function api(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const response = await fetch(running.api + path, {
    ...init,
    headers: { authorization: `Bearer ${running.key}`, ...init.headers },
  });
  return (await response.json()) as Record<string, unknown>;
}

/** demo/orders.csv with its offsets as days from today, the rows wanted, references as given. */
export function orders(rename: Record<string, string>): string {
  const today = chinaDate(new Date().toISOString());
  const [head = '', ...rows] = readFileSync('demo/orders.csv', 'utf8').trimEnd().split('\n');
  const wanted = Object.entries(rename).map(([reference, row]) => {
    const source = rows.find((each) => each.startsWith(`${row},`));
    if (!source) throw new Error(`demo/orders.csv has no order ${row}`);
    return source.replaceAll(row, reference);
  });
  return [head, ...wanted].join('\n').replace(/\{\+(\d+)\}/g, (_, days: string) => addDays(today, Number(days)));
}

/** Brings orders in by CSV and plays their cases side by side, to the end of each; `beforeStep` while one rests. */
export async function playAll(
  client: Client,
  csv: string,
  scenarios: Scenario[],
  beforeStep: (reference: string) => Promise<void> = async () => undefined,
): Promise<Played[]> {
  const answer = await api('/v1/orders/import', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'quayside-simulated': 'true' },
    body: csv,
  });
  if ((answer.refused as object[]).length > 0) throw new Error(JSON.stringify(answer));
  // One case that cannot be played must not hide how the others ended.
  return Promise.all(
    scenarios.map((scenario) =>
      play(
        client,
        running,
        scenario,
        () => undefined,
        undefined,
        () => beforeStep(scenario.reference),
      ).catch((error: Error) => ({
        reference: scenario.reference,
        outcome: null,
        error: error.message,
      })),
    ),
  );
}

/** The closing record that the workflow returned. */
export async function closing(client: Client, reference: string): Promise<Record<string, unknown>> {
  return client.workflow.getHandle(shipmentWorkflowId(running.organisation, reference)).result();
}

export interface LoggedEvent {
  seq: number;
  at: string;
  kind: string;
  data: Record<string, unknown>;
}

/** The event log of a shipment. */
export async function events(reference: string): Promise<LoggedEvent[]> {
  return (await api(`/v1/shipments/${reference}/events?limit=500`)).events as LoggedEvent[];
}

/** The event log of a shipment, over all its pages. */
export async function allEvents(reference: string): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  for (let after = 0; ; ) {
    const page = (await api(`/v1/shipments/${reference}/events?limit=1000&after=${after}`)) as {
      events: LoggedEvent[];
      next: number | null;
    };
    all.push(...page.events);
    if (page.next === null) return all;
    after = page.next;
  }
}

export interface ListedTask {
  id: string;
  kind: string;
  status: string;
  ownerRole: string;
  answer: { choice: string } | null;
}

/** All tasks of a shipment, closed ones too. */
export async function tasks(reference: string): Promise<ListedTask[]> {
  const lists = await Promise.all(
    ['open', 'answered', 'moot'].map((status) => api(`/v1/tasks?status=${status}&reference=${reference}`)),
  );
  return lists.flatMap((list) => list.tasks as ListedTask[]);
}

/** What a sandbox received for a shipment. */
export async function received(
  party: keyof Running['sandboxes'],
  reference: string,
): Promise<{ kind: string; key: string; times: number }[]> {
  return (await fetch(`${running.sandboxes[party]}/received?reference=${reference}`)).json() as Promise<
    { kind: string; key: string; times: number }[]
  >;
}
