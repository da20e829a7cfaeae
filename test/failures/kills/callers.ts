import { readFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { addDays, chinaDate } from '../../../rules/civil-date.ts';
import { pause } from '../../../simulation/patience.ts';
import { shipmentWorkflowId, stateQuery } from '../../../workflows/messages.ts';
import type { Visitor } from '../../scenarios/visitor.ts';
import type { Site } from '../checks.ts';

const ASK_AGAIN_EVERY_MS = 250;
const ENDS_WITHIN_MS = 60_000;

/** An order that a caller places and calls off again: what it was told must be true in the end. */
interface Errand {
  reference: string;
  state: 'to-place' | 'placed' | 'called-off';
}

/**
 * A caller that places orders and calls them off while parts of the stack are away. The API may say that it cannot (503,
 * with when to ask again), or be away itself; what it takes must be there afterwards, and be there once.
 */
export class Caller {
  /** Answers by status; `none` where the connection broke. */
  readonly answers = new Map<string, number>();
  readonly complaints: string[] = [];
  private readonly errands: Errand[] = [];
  private readonly visitor: Visitor;
  private readonly client: Client;
  private readonly order = JSON.parse(readFileSync('examples/order.json', 'utf8')) as object;

  constructor({ visitor, client }: Pick<Site, 'visitor' | 'client'>) {
    this.visitor = visitor;
    this.client = client;
  }

  /** Places an order after another, each called off at once, until told to stop; then settles those that are left. */
  async keepCalling(until: AbortSignal): Promise<void> {
    for (let n = 1; !until.aborted; n++) {
      const errand: Errand = { reference: `CALLED-${String(n).padStart(4, '0')}`, state: 'to-place' };
      this.errands.push(errand);
      for (const one of this.unsettled()) await this.goOnWith(one);
      await pause(ASK_AGAIN_EVERY_MS);
    }
    for (const end = Date.now() + ENDS_WITHIN_MS; this.unsettled().length > 0 && Date.now() < end; ) {
      for (const one of this.unsettled()) await this.goOnWith(one);
      await pause(ASK_AGAIN_EVERY_MS);
    }
    for (const { reference } of this.unsettled()) this.complaints.push(`${reference} was never taken`);
  }

  /** Whether everything that was taken is there, once. */
  async check(): Promise<number> {
    for (const { reference } of this.errands) {
      const told = await this.outcomeOf(reference);
      if (told !== 'cancelled')
        this.complaints.push(`${reference} was called off and is ${told}; ${await this.standingOf(reference)}`);
      const log = await this.visitor.events(reference);
      // It may have come before the order was taken in, and counted then.
      const taken = log.filter(({ kind, data }) => kind.startsWith('message') && data.status === 'applied');
      if (taken.length !== 1)
        this.complaints.push(`${reference}: its cancellation stands ${taken.length} times in the log`);
      if (log.some(({ seq }, index) => seq !== index + 1))
        this.complaints.push(`${reference}: its event log has a gap`);
    }
    return this.errands.length;
  }

  /** Where a shipment stands by its own words, by the projection's and by the task list's. */
  private async standingOf(reference: string): Promise<string> {
    const { running } = this.visitor;
    const says = await this.client.workflow
      .getHandle(shipmentWorkflowId(running.organisation, reference))
      .query(stateQuery)
      .catch((error: Error) => error.message);
    const { stage, waitingOn } = await this.visitor.api(`/v1/shipments/${reference}`);
    const tasks = await this.visitor.tasks(reference);
    return JSON.stringify({ workflow: says, projection: { stage, waitingOn }, tasks });
  }

  private unsettled(): Errand[] {
    return this.errands.filter(({ state }) => state !== 'called-off');
  }

  /** The next step of an errand; one that was not answered is asked for again, with the same words. */
  private async goOnWith(errand: Errand): Promise<void> {
    const { reference } = errand;
    if (errand.state === 'to-place') {
      const today = chinaDate(new Date().toISOString());
      const order = { ...this.order, orderedOn: today, plannedExportOn: addDays(today, 60), reference };
      if (!(await this.isTaken('/v1/shipments', order, { 'idempotency-key': reference }))) return;
      errand.state = 'placed';
    }
    const cancellation = {
      messageId: `${reference}/off`,
      occurredAt: '2027-01-01T00:00:00Z',
      source: 'test',
      reason: 'called off',
    };
    if (await this.isTaken(`/v1/shipments/${reference}/events/cancellation`, cancellation)) errand.state = 'called-off';
  }

  private async isTaken(path: string, body: object, headers: Record<string, string> = {}): Promise<boolean> {
    const { running } = this.visitor;
    const answer = await fetch(running.api + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${running.key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
      .then(async (response) => ({ response, text: await response.text() }))
      .catch(({ message, cause }: Error) => String((cause as { code?: string } | undefined)?.code ?? message));
    const status = typeof answer === 'string' ? `none (${answer})` : String(answer.response.status);
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    if (typeof answer === 'string') return false;
    const { response, text } = answer;
    if (response.ok) return true;
    if (response.status !== 503) this.complaints.push(`${path} was answered ${status} ${text}`);
    else if (!response.headers.has('retry-after'))
      this.complaints.push(`${path}: a 503 that says not when to ask again`);
    return false;
  }

  /** How a shipment ended, once it has. */
  private async outcomeOf(reference: string): Promise<unknown> {
    for (const end = Date.now() + ENDS_WITHIN_MS; ; ) {
      const { outcome } = await this.visitor.api(`/v1/shipments/${reference}`);
      if (typeof outcome === 'string' || Date.now() > end) return outcome;
      await pause(ASK_AGAIN_EVERY_MS);
    }
  }
}
