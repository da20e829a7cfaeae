/** What must be true of a shipment that has ended, whatever went wrong on its way. */
import type { Client } from '@temporalio/client';
import { stringify } from 'safe-stable-stringify';
import type { Played } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import type { Database } from '../../store/database.ts';
import { compareWithWorkflow } from '../scenarios/agreement.ts';
import type { ListedTask, LoggedEvent, ReceivedRow, Visitor } from '../scenarios/visitor.ts';

/** A running stack as the checks look at it. */
export interface Site {
  visitor: Visitor;
  client: Client;
  database: Database;
}

const counterparties = ['customs', 'carrier', 'broker', 'taxBureau'] as const;

/** Everything that a shipment left behind in the world, without what differs from play to play (its reference, times). */
export interface Trace {
  /** What each counterparty received, by our key: one effect a key. */
  received: string[];
  /** What of the bank's credits was booked on it. */
  booked: string[];
  /** Its papers with their revisions. */
  papers: string[];
  /** Files handed in for it, and what people confirmed of them. */
  files: string[];
  /** Suppliers' VAT invoices registered for it, each with its lines. */
  invoices: string[];
  /** Refund claims, with the sums claimed. */
  claims: string[];
  /** What our people were asked and what became of it; an engineer's tasks are no part of the case. */
  asked: string[];
}

/** Looks at a shipment from outside. */
export class Look {
  readonly reference: string;
  private readonly site: Site;
  private readonly log: LoggedEvent[];
  private readonly tasks: ListedTask[];
  private readonly received: (ReceivedRow & { party: string })[];

  private constructor(site: Site, reference: string, seen: Seen) {
    this.site = site;
    this.reference = reference;
    this.log = seen.log;
    this.tasks = seen.tasks;
    this.received = seen.received;
  }

  static async at(site: Site, reference: string): Promise<Look> {
    const { visitor } = site;
    const [log, tasks, ...rows] = await Promise.all([
      visitor.allEvents(reference),
      visitor.tasks(reference),
      ...counterparties.map(async (party) =>
        (await visitor.received(party, reference)).map((row) => ({ party, ...row })),
      ),
    ]);
    return new Look(site, reference, { log, tasks, received: rows.flat() });
  }

  /** What it left behind. */
  async trace(): Promise<Trace> {
    const anonymous = (text: string) => text.replaceAll(this.reference, '*');
    const { documents } = (await this.site.visitor.api(`/v1/shipments/${this.reference}/documents`)) as {
      documents: { id: string; kind: string; revision: number }[];
    };
    const booked = await this.rows<{ instalment: number; amount: string; currency: string }>(
      'select instalment, amount, currency from receipt_allocation where reference = $1',
    );
    return {
      received: this.received.map(({ party, kind, key }) => anonymous(`${party} ${kind} ${key}`)).sort(),
      booked: booked.map(({ instalment, amount, currency }) => `${instalment}: ${amount} ${currency}`).sort(),
      papers: documents.map(({ id, kind, revision }) => anonymous(`${kind} ${id} ${revision}`)).sort(),
      files: (await this.files()).map(anonymous).sort(),
      invoices: (await this.invoices()).sort(),
      claims: await this.claims(),
      asked: this.tasks
        .filter(({ kind }) => kind !== 'defect')
        .map(({ kind, status }) => `${kind} ${status}`)
        .sort(),
    };
  }

  private async files(): Promise<string[]> {
    const received = await this.rows<{ document_id: string; kind: string | null; file_name: string }>(
      'select document_id, kind, file_name from received_document where reference = $1',
    );
    const stated = await this.rows<{ document_id: string; kind: string; corrected: unknown }>(
      'select document_id, kind, corrected from document_statement where reference = $1',
    );
    return [
      ...received.map(({ document_id, kind, file_name }) => `${document_id} ${kind} ${file_name}`),
      ...stated.map(({ document_id, kind, corrected }) => `${document_id} ${kind} ${stringify(corrected)} stated`),
    ];
  }

  /** Without their numbers, which are made of the reference. */
  private async invoices(): Promise<string[]> {
    const rows = await this.rows<{ lines: unknown; is_replacement: boolean }>(
      `select content->'lines' as lines, replaces is not null as is_replacement from vat_invoice where reference = $1`,
    );
    return rows.map(({ lines, is_replacement }) => `${is_replacement ? 'replaces ' : ''}${stringify(lines)}`);
  }

  private async claims(): Promise<string[]> {
    const rows = await this.rows<{ revision: number; refund_claimed: string; currency: string }>(
      'select revision, refund_claimed, currency from refund_claim where reference = $1 order by revision',
    );
    return rows.map(({ revision, refund_claimed, currency }) => `${revision}: ${refund_claimed} ${currency}`);
  }

  /** Whether an engineer was asked. */
  get askedAnEngineer(): boolean {
    return this.tasks.some(({ kind }) => kind === 'defect');
  }

  /** What is wrong with it whatever the case; none when all is well. */
  async complaints(): Promise<string[]> {
    const { differences } = await compareWithWorkflow(this.site.visitor, this.site.client, this.reference);
    return [
      ...differences.map((one) => `projection: ${one}`),
      ...this.tasks.filter(({ status }) => status === 'open').map(({ id }) => `task left open: ${id}`),
      ...this.received
        .filter(({ kind, times }) => times !== 1 || kind === 'unreadable')
        .map(({ party, kind, key, times }) => `${party} received ${kind} ${key} ${times} times`),
      ...this.complaintsOfTheLog(),
      ...(await this.complaintsOfTheOutbox()),
    ];
  }

  private complaintsOfTheLog(): string[] {
    const complaints: string[] = [];
    const gap = this.log.findIndex(({ seq }, index) => seq !== index + 1);
    if (gap >= 0) complaints.push(`event log: number ${gap + 1} is missing`);
    const early = this.log.findIndex(({ at }, index) => index > 0 && at < (this.log[index - 1]?.at ?? ''));
    if (early >= 0) complaints.push(`event log: number ${early + 1} is earlier than the one before`);
    if (this.log.at(-1)?.kind !== 'closed') complaints.push('event log: its last entry is not the closing');
    const count = (kind: string) => this.log.filter((event) => event.kind === kind).length;
    if (count('wait-opened') !== count('wait-ended')) complaints.push('event log: a wait was opened and never ended');
    const applied = this.log
      .filter(({ kind, data }) => kind.startsWith('message') && data.status === 'applied')
      .map(({ data }) => String(data.messageId));
    for (const messageId of new Set(applied.filter((one, index) => applied.indexOf(one) !== index)))
      complaints.push(`event log: message ${messageId} was applied twice`);
    return complaints;
  }

  /** What our own rows say was sent is what the counterparties say came. */
  private async complaintsOfTheOutbox(): Promise<string[]> {
    const rows = await this.rows<{ key: string; state: string }>(
      'select key, state from outbound_message where reference = $1',
    );
    const came = new Set(this.received.map(({ key }) => key));
    const sent = new Set(rows.map(({ key }) => key));
    return [
      ...rows
        .filter(({ state }) => state !== 'answered' && state !== 'refused')
        .map(({ key }) => `${key} has no answer`),
      ...rows.filter(({ key }) => !came.has(key)).map(({ key }) => `${key} was sent and never came`),
      ...[...came].filter((key) => !sent.has(key)).map((key) => `${key} came and stands in no row of ours`),
    ];
  }

  private rows<Row extends object>(sql: string): Promise<Row[]> {
    return this.site.database.within(this.site.visitor.running.organisation, ({ query }) =>
      query<Row>(sql, [this.reference]),
    );
  }
}

interface Seen {
  log: LoggedEvent[];
  tasks: ListedTask[];
  received: (ReceivedRow & { party: string })[];
}

/** Whether it ended as its case says. */
export async function complaintsOfTheEnd(site: Site, scenario: Scenario, played: Played): Promise<string[]> {
  if (played.error !== undefined) return [`not played to its end: ${played.error}`];
  const { outcome, refund } = await site.visitor.closing(site.client, scenario.reference);
  const paid = (refund as { amount: string } | null)?.amount ?? null;
  return [
    ...(outcome === scenario.expected ? [] : [`ended as ${outcome}, not ${scenario.expected}`]),
    ...(paid === scenario.refund ? [] : [`refund ${paid}, not ${scenario.refund}`]),
  ];
}

/** Where a shipment left something else behind than when nothing went wrong. */
export function differencesOf(trace: Trace, clean: Trace): string[] {
  return (Object.keys(clean) as (keyof Trace)[])
    .filter((part) => trace[part].join('\n') !== clean[part].join('\n'))
    .map((part) => {
      const more = trace[part].filter((one) => !clean[part].includes(one));
      const less = clean[part].filter((one) => !trace[part].includes(one));
      const words = [...more.map((one) => `+ ${one}`), ...less.map((one) => `− ${one}`)].join(', ');
      return `${part} not as when nothing goes wrong: ${words || `${trace[part].length} instead of ${clean[part].length}`}`;
    });
}
