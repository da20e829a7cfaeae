import { type CivilDate, chinaDate, type Instant } from '../rules/civil-date.ts';
import type { WorkflowClock } from './clock.ts';
import { PATIENCE_MS, pause } from './patience.ts';

/** Where the stack is: `running.json` as `npm start` writes it. */
export interface Running {
  api: string;
  temporalAddress: string;
  temporalNamespace: string;
  organisation: string;
  key: string;
  /** A party that is left out is played by the scenario itself. */
  sandboxes: Partial<Record<'customs' | 'carrier' | 'broker' | 'taxBureau', string>> & { bank: string };
}

const json = { 'content-type': 'application/json' };

/** A file as somebody has it on a disk. */
export interface NamedFile {
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
}

/** What a statement's upload answers: where it is read, and the sum of its bytes. */
export interface Uploaded {
  workflowId: string;
  sha256: string;
}

/**
 * The world as one shipment's scenario meets it: our API, the bank, and the shipment's clock. Everything goes over
 * HTTP as in life; message ids count, so that a scenario played again sends the same ones.
 */
export class World {
  private sent = 0;
  readonly running: Running;
  readonly reference: string;
  readonly clock: WorkflowClock;
  private readonly statementDone: (workflowId: string) => Promise<void>;

  constructor(
    running: Running,
    reference: string,
    clock: WorkflowClock,
    statementDone: (workflowId: string) => Promise<void>,
  ) {
    this.running = running;
    this.reference = reference;
    this.clock = clock;
    this.statementDone = statementDone;
  }

  get today(): CivilDate {
    return chinaDate(this.clock.now());
  }

  /** Sends a message by the API's door of that name. @throws Error with the problem document when it is not taken. */
  async tell(door: string, message: object): Promise<void> {
    const body = {
      messageId: `${this.reference}/people/${++this.sent}`,
      occurredAt: this.clock.now(),
      source: 'scenario',
      ...message,
    };
    await this.post(`/v1/shipments/${this.reference}/events/${door}`, body);
  }

  /** Answers a task by one of its choices. */
  async answer(taskId: string, choice: string, reason: string, evidence: string[] = []): Promise<void> {
    await this.tell('task-answer', { taskId, choice, reason, evidence });
  }

  /** Hands in a paper. */
  async handIn(kind: string, more: object = {}): Promise<void> {
    await this.tell('document', { documentId: `${this.reference}-${kind}`, kind, ...more });
  }

  /** Hands in a folder of papers. */
  async handInAll(kinds: readonly string[]): Promise<void> {
    const documents = kinds.map((kind) => ({
      documentId: `${this.reference}-${kind}`,
      kind,
      number: `${kind.toUpperCase()}-${this.reference}`,
    }));
    await this.tell('documents', { documents });
  }

  /** Hands in the file of a paper, as by `quayside document add`: it is read, and a task asks a person what it says. */
  async addFile(
    { name, content }: NamedFile,
    about: { documentId: string; kind?: string; source: string },
  ): Promise<void> {
    const form = new FormData();
    for (const [field, value] of Object.entries({ ...about, occurredAt: this.clock.now() })) form.append(field, value);
    form.append('file', new Blob([content]), name);
    await this.postForm(`/v1/shipments/${this.reference}/documents`, form);
  }

  /** A person confirms what a paper says: as it was read, or with corrections by path. */
  async confirm(documentId: string, source: string, corrections: Record<string, string | null> = {}): Promise<void> {
    const { reference, clock } = this;
    const said = { messageId: `${reference}/people/${++this.sent}`, occurredAt: clock.now(), source };
    await this.post(`/v1/shipments/${reference}/documents/confirmation`, { ...said, documentId, corrections });
  }

  /**
   * The buyer pays: the bank books it, and finance uploads the statement that the bank writes for that day. With
   * `doubtful` the statement stays open until a person has placed what is left: waited for is only that it told us.
   */
  async buyerPays(
    payment: { amount: string; charges?: string; currency?: string },
    doubtful = false,
  ): Promise<Uploaded> {
    const date = this.today;
    const bank = this.running.sandboxes.bank;
    const credit = {
      organisation: this.running.organisation,
      reference: this.reference,
      paymentReference: `INV-${this.reference}`,
      payer: { name: 'The buyer', country: 'US' },
      currency: 'USD',
      bookedOn: date,
      valueDate: date,
      ...payment,
    };
    await send(`${bank}/credits`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(credit),
    });
    const statement = await send(
      `${bank}/statements/${this.running.organisation}/${date}?reference=${this.reference}`,
      {},
    );
    const uploaded = (await this.post('/v1/bank-statements', statement, 'application/xml')) as Uploaded;
    // The clock must not jump before the shipment knows of the money: nothing of its own is under way meanwhile.
    if (doubtful) await this.told(uploaded.sha256);
    else await this.statementDone(uploaded.workflowId);
    return uploaded;
  }

  /**
   * Our people load a list or a table, as by `quayside reference import`; the open shipments are looked at again, and the
   * clock must not jump before they were.
   */
  async importList(list: string, files: readonly NamedFile[]): Promise<void> {
    const form = new FormData();
    for (const { name, content } of files) form.append('file', new Blob([content]), name);
    const { recheck } = (await this.postForm(`/v1/reference/${list}`, form)) as { recheck: string | null };
    if (recheck !== null) await this.rechecked(recheck);
  }

  private async rechecked(id: string): Promise<void> {
    const url = `${this.running.api.replace(/\/$/, '')}/v1/compliance/rechecks`;
    for (;;) {
      const answer = JSON.parse(await send(url, { headers: { authorization: `Bearer ${this.running.key}` } }));
      const { rechecks } = answer as { rechecks: { id: string; finishedAt: string | null }[] };
      if (rechecks.some((one) => one.id === id && one.finishedAt !== null)) return;
      await pause(50);
    }
  }

  /** Lets every sandbox send what is due by now; answers how much went out, and when the next is due. */
  async deliverDue(asOf: Instant): Promise<{ delivered: number; nextDueAt: Instant | null }> {
    const body = JSON.stringify({ organisation: this.running.organisation, reference: this.reference, asOf });
    const answers = await Promise.all(
      Object.entries(this.running.sandboxes)
        .filter(([party]) => party !== 'bank')
        .map(async ([, url]) => {
          const answer = await send(`${url}/deliver-due`, { method: 'POST', headers: json, body });
          return JSON.parse(answer) as { delivered: number; nextDueAt: Instant | null };
        }),
    );
    return {
      delivered: answers.reduce((total, answer) => total + answer.delivered, 0),
      nextDueAt: earliest(answers.map((answer) => answer.nextDueAt)),
    };
  }

  /** Until the statement has told this shipment. */
  private async told(sha256: string): Promise<void> {
    const url = `${this.running.api.replace(/\/$/, '')}/v1/bank-statements/${sha256}`;
    for (;;) {
      const answer = JSON.parse(await send(url, { headers: { authorization: `Bearer ${this.running.key}` } }));
      if ((answer as { told: string[] }).told.includes(this.reference)) return;
      await pause(50);
    }
  }

  private async postForm(path: string, body: FormData): Promise<unknown> {
    const authorization = `Bearer ${this.running.key}`;
    const url = this.running.api.replace(/\/$/, '') + path;
    return JSON.parse(await send(url, { method: 'POST', headers: { authorization }, body }));
  }

  private async post(path: string, body: object | string, contentType = 'application/json'): Promise<unknown> {
    const text = await send(this.running.api.replace(/\/$/, '') + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.running.key}`, 'content-type': contentType },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return JSON.parse(text);
  }
}

/** The earliest of some moments, null when there is none. */
export function earliest(moments: readonly (Instant | null | undefined)[]): Instant | null {
  return moments.filter((moment): moment is Instant => typeof moment === 'string').sort()[0] ?? null;
}

/** A request that is tried again while the other side is away, as a real sender would. */
async function send(url: string, init: RequestInit): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    // An answer that breaks off was not given.
    const answer = await fetch(url, init)
      .then(async (response) => ({ ok: response.ok, status: response.status, text: await response.text() }))
      .catch((error: Error) => error);
    if (!(answer instanceof Error) && answer.ok) return answer.text;
    const why =
      answer instanceof Error ? answer : new Error(`${init.method ?? 'GET'} ${url}: ${answer.status} ${answer.text}`);
    if (!(answer instanceof Error) && answer.status < 500) throw why;
    if (Date.now() > until) throw why;
    await pause(250);
  }
}
