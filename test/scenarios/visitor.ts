import { readFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { addDays, chinaDate } from '../../rules/civil-date.ts';
import { type Played, play } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import type { Running } from '../../simulation/world.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';

export interface LoggedEvent {
  seq: number;
  at: string;
  kind: string;
  data: Record<string, unknown>;
}

export interface ListedTask {
  id: string;
  kind: string;
  status: string;
  ownerRole: string;
  answer: { choice: string } | null;
}

/** One row of what a sandbox received. */
export interface ReceivedRow {
  kind: string;
  key: string;
  times: number;
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

/** Who looks at a running stack from outside, as the organisation's manager: through the API, the engine and the sandboxes' records. */
export class Visitor {
  readonly running: Running;

  constructor(running: Running) {
    this.running = running;
  }

  /** Asks the API. */
  async api(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
    const response = await fetch(this.running.api + path, {
      ...init,
      headers: { authorization: `Bearer ${this.running.key}`, ...init.headers },
    });
    return (await response.json()) as Record<string, unknown>;
  }

  /** Brings orders in by CSV. @throws Error when one is refused. */
  async bringIn(csv: string): Promise<void> {
    const answer = await this.api('/v1/orders/import', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'quayside-simulated': 'true' },
      body: csv,
    });
    if (!Array.isArray(answer.refused) || answer.refused.length > 0) throw new Error(JSON.stringify(answer));
  }

  /** Plays a case to its end; one that cannot be played says why, and hides nothing of others. `beforeStep` while it rests. */
  play(client: Client, scenario: Scenario, beforeStep?: () => Promise<void>): Promise<Played> {
    return play(client, this.running, scenario, () => undefined, undefined, beforeStep).catch((error: Error) => ({
      reference: scenario.reference,
      outcome: null,
      error: error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message,
    }));
  }

  /** Brings orders in by CSV and plays their cases side by side, to the end of each; `beforeStep` while one rests. */
  async playAll(
    client: Client,
    csv: string,
    scenarios: Scenario[],
    beforeStep: (reference: string) => Promise<void> = async () => undefined,
  ): Promise<Played[]> {
    await this.bringIn(csv);
    return Promise.all(scenarios.map((scenario) => this.play(client, scenario, () => beforeStep(scenario.reference))));
  }

  /** The closing record that the workflow returned. */
  async closing(client: Client, reference: string): Promise<Record<string, unknown>> {
    return client.workflow.getHandle(shipmentWorkflowId(this.running.organisation, reference)).result();
  }

  /** The first five hundred events of a shipment's log. */
  async events(reference: string): Promise<LoggedEvent[]> {
    return (await this.api(`/v1/shipments/${reference}/events?limit=500`)).events as LoggedEvent[];
  }

  /** The event log of a shipment, over all its pages. */
  async allEvents(reference: string): Promise<LoggedEvent[]> {
    const all: LoggedEvent[] = [];
    for (let after = 0; ; ) {
      const page = (await this.api(`/v1/shipments/${reference}/events?limit=1000&after=${after}`)) as {
        events: LoggedEvent[];
        next: number | null;
      };
      all.push(...page.events);
      if (page.next === null) return all;
      after = page.next;
    }
  }

  /** All tasks of a shipment, closed ones too. */
  async tasks(reference: string): Promise<ListedTask[]> {
    return (await this.api(`/v1/tasks?status=all&limit=500&reference=${reference}`)).tasks as ListedTask[];
  }

  /** What a sandbox received for a shipment. */
  async received(party: keyof Running['sandboxes'], reference: string): Promise<ReceivedRow[]> {
    const response = await fetch(`${this.running.sandboxes[party]}/received?reference=${reference}`);
    return (await response.json()) as ReceivedRow[];
  }
}
