import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { sdnImporter } from '../../reference/importing/sdn.ts';
import type { Database } from '../../store/database.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { beginVersion, putInForce } from '../../store/reference-lists.ts';
import { insertScreeningEntries } from '../../store/screening.ts';
import type { TaskRow } from '../../store/tasks.ts';
import { type Answer, askerOf, until } from '../api/running-stack.ts';
import { running } from './playing.ts';
import type { LoggedEvent } from './visitor.ts';

const [exampleLine] = exampleOrder.lines;
if (!exampleLine) throw new Error('examples/order.json has no line');

/** The date so many days from today. */
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Lamps with a plug of which every rule for the United States can say whether it speaks of them, and every paper is there. */
export const lamps = exampleLine;
const { electronics: _electronics, ...withoutElectronics } = lamps.attributes;
/** The same, of which the order does not say whether they are electronics: a rule that warns is undecided. */
export const vagueLamps = { ...lamps, attributes: withoutElectronics };
/** Lamps that send radio: the grant of certification is missing. */
export const radioLamps = { ...lamps, attributes: { ...lamps.attributes, hasRadio: true } };

const { toy: _toy, intendedAgeMax: _age, ...withoutAges } = lamps.attributes;
/** A bear of which the order does not say whether a child plays with it: a rule that blocks is undecided. */
export const vagueBears = {
  ...lamps,
  nameZh: '毛绒玩具熊',
  nameEn: 'Plush bears',
  hsCode: '9503002100',
  attributes: withoutAges,
  // What follows from the answer that it is a toy, too, is here.
  certificates: [...lamps.certificates, { kind: 'certificate-efiling-data', number: 'EF-BEARS' }],
};

/** An order for the United States that waits two months for its planned export, unless it is said otherwise. */
export function orderOf(reference: string, changes: object = {}): object {
  return {
    ...exampleOrder,
    orderedOn: inDays(0),
    plannedExportOn: inDays(60),
    ...changes,
    reference,
  };
}

/** An order that is declared as soon as its papers are locked. */
export const declaredAtOnce = { plannedExportOn: undefined };

/** A party on a list of our own making; nobody of that name exists. */
export interface Listed {
  number: number;
  name: string;
  country: string;
  aliases?: string[];
}

const nothing = '-0- ';

/** sdn.csv, alt.csv and add.csv as OFAC writes them. */
export function sdnFiles(listed: readonly Listed[]): Record<string, string> {
  const lines = (rows: string[]) => rows.map((row) => `${row}\r\n`).join('');
  return {
    'sdn.csv': lines(
      listed.map(({ number, name }) =>
        [number, `"${name}"`, nothing, '"NPWMD"', ...Array(7).fill(nothing), '"Fictional."'].join(','),
      ),
    ),
    'alt.csv': lines(
      listed.flatMap(({ number, name, aliases = [`${name} GROUP`] }) =>
        aliases.map((alias, n) => `${number},${number}${n},"aka","${alias}",${nothing}`),
      ),
    ),
    'add.csv': lines(
      listed.map(({ number, country }) => `${number},${number}9,${nothing},"Town","${country}",${nothing}`),
    ),
  };
}

/** What can be imported at the API, put in force past it, so that no re-check follows. */
export async function putListInForce(
  database: Database,
  organisation: string,
  listed: readonly Listed[],
): Promise<void> {
  const files = Object.entries(sdnFiles(listed)).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  const { entries } = await sdnImporter.read(files);
  await database.within(organisation, async (transaction) => {
    const described = [{ name: 'sdn.csv', bytes: 1, sha256: randomUUID() }];
    const importedAt = new Date().toISOString();
    const { id } = await beginVersion(transaction, 'sdn', { files: described, entries: entries.length, importedAt });
    await insertScreeningEntries(transaction, id, entries);
    await putInForce(transaction, 'sdn', id);
  });
}

/** The people of an organisation with lists, shipments and tasks of its own on the stack that all tests share. */
export class ReviewDesk {
  readonly organisation: string;
  readonly key = randomUUID();
  readonly ask;

  constructor(name: string) {
    this.organisation = `${name}-${randomUUID().slice(0, 8)}`;
    this.ask = askerOf({ ...running, counterpartyKey: '', organisation: this.organisation, key: this.key });
  }

  /** An address of the API. */
  url(path: string): string {
    return `${running.api}${path}`;
  }

  /** Makes the organisation. */
  async open(): Promise<void> {
    await ensureOrganisation(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', {
      slug: this.organisation,
      keys: [{ role: 'manager', key: this.key }],
    });
  }

  /** Brings an order in. */
  async start(reference: string, changes: object = {}, headers: Record<string, string> = {}): Promise<void> {
    const { status, text } = await this.ask('/v1/shipments', { body: orderOf(reference, changes), headers });
    expect({ status, text }).toMatchObject({ status: 201 });
  }

  /** Tells a shipment something by the door of that name. */
  async tell(reference: string, door: string, content: object): Promise<void> {
    const { status, text } = await this.ask(`/v1/shipments/${reference}/events/${door}`, {
      body: { ...this.said(), ...content },
    });
    expect({ status, text }).toMatchObject({ status: 200, text: expect.stringContaining('applied') });
  }

  /** Hands in a paper. */
  handIn(reference: string, kind: string, more: object = {}): Promise<void> {
    return this.tell(reference, 'document', { documentId: `${reference}-${kind}`, kind, number: `${kind}-1`, ...more });
  }

  /** Hands in the file of a paper; the answer may be a refusal. */
  async addFile(
    reference: string,
    name: string,
    bytes: Uint8Array,
    more: Record<string, string> = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [field, value] of Object.entries({ source: 'the review desk', ...more })) form.append(field, value);
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const response = await fetch(`${running.api}/v1/shipments/${reference}/documents`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${this.key}` }, body: form },
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, type: headers.get('content-type') ?? '', text, json: JSON.parse(text), headers };
  }

  /** Says what a paper states; the answer may be a refusal. */
  confirm(reference: string, documentId: string, more: object = {}): Promise<Answer> {
    const body = { ...this.said(), documentId, ...more };
    return this.ask(`/v1/shipments/${reference}/documents/confirmation`, { body });
  }

  /** Answers a task. */
  async answer(task: TaskRow, choice: string, reason = 'compared and thought about'): Promise<void> {
    const body = { ...this.said(), taskId: task.id, choice, reason };
    expect(await this.ask('/v1/tasks/answers', { body })).toMatchObject({ status: 200, json: { status: 'applied' } });
  }

  /** All tasks of a shipment, closed ones too; without a shipment those of the organisation. */
  async tasks(reference?: string): Promise<TaskRow[]> {
    const of = reference === undefined ? '' : `&reference=${reference}`;
    return (await this.ask(`/v1/tasks?status=all&limit=500${of}`)).json.tasks as unknown as TaskRow[];
  }

  /** Waits for an open task that is as wished. @throws Error naming the tasks when none comes */
  async asked(reference: string, isWished: (task: TaskRow) => boolean): Promise<TaskRow> {
    const open = (answer: Answer) => (answer.json.tasks as unknown as TaskRow[]).find(isWished);
    const answer = await until(
      () => this.ask(`/v1/tasks?reference=${reference}&limit=500`),
      (one) => open(one) !== undefined,
    );
    const task = open(answer);
    if (!task) throw new Error(`${reference} was not asked that; its tasks are ${answer.text}`);
    return task;
  }

  /** Waits until a shipment waits for that. */
  async waitsFor(reference: string, what: string): Promise<void> {
    const waitingOn = (answer: Answer) => JSON.stringify(answer.json.waitingOn);
    const answer = await until(
      () => this.ask(`/v1/shipments/${reference}`),
      (one) => waitingOn(one).includes(`"${what}"`),
    );
    expect(waitingOn(answer)).toContain(`"${what}"`);
  }

  /** What stands in the log of a shipment, of that kind. */
  async log(reference: string, kind?: string): Promise<LoggedEvent[]> {
    const { json } = await this.ask(`/v1/shipments/${reference}/events?limit=1000`);
    const events = json.events as unknown as LoggedEvent[];
    return kind === undefined ? events : events.filter((event) => event.kind === kind);
  }

  /** Waits until an event of that kind, and as wished, stands in the log. */
  async logged(reference: string, kind: string, isWished: (event: LoggedEvent) => boolean = () => true) {
    const found = (answer: Answer) =>
      (answer.json.events as unknown as LoggedEvent[]).filter((event) => event.kind === kind && isWished(event));
    const answer = await until(
      () => this.ask(`/v1/shipments/${reference}/events?limit=1000`),
      (one) => found(one).length > 0,
    );
    const [event] = found(answer);
    if (!event) throw new Error(`${reference} has no event ${kind} as wished: ${answer.text}`);
    return event;
  }

  /** Imports a list or a table, and waits for the report of the re-check that follows. */
  async imports(list: string, files: Record<string, string>): Promise<{ recheck: string; report: Answer['json'] }> {
    const form = new FormData();
    for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content]), name);
    const response = await fetch(`${running.api}/v1/reference/${list}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}` },
      body: form,
    });
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: 200 });
    const { recheck } = JSON.parse(text) as { recheck: string };
    return { recheck, report: await this.reportOf(recheck) };
  }

  /** The report of a re-check, when it is there. */
  async reportOf(recheck: string): Promise<Answer['json']> {
    const { json, text } = await until(
      () => this.ask(`/v1/compliance/rechecks/${recheck}`),
      (answer) => answer.status === 200 && answer.text.includes('"looked"'),
    );
    expect(text).toContain('"looked"');
    return json.report as Answer['json'];
  }

  private said() {
    return { messageId: randomUUID(), occurredAt: new Date().toISOString(), source: 'the review desk' };
  }
}
