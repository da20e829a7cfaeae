/**
 * A party's own record of what it received and what it still has to answer: JSON lines, only ever appended, read back
 * at the start. Written before anything is answered, so that `kill -9` loses nothing that the sender was told.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Body, doors } from './course.ts';

const answerSchema = z.object({
  /** The same at every attempt, so that a second delivery is a duplicate to the receiver. */
  messageId: z.string(),
  door: z.enum(doors),
  /** Business time, ISO 8601 UTC. */
  dueAt: z.string(),
  silent: z.boolean(),
  body: z.record(z.string(), z.json()).transform((body) => body as Body),
});
/** An answer that a party means to give. */
export type Answer = z.infer<typeof answerSchema>;

const receivedSchema = z.object({
  line: z.literal('received'),
  kind: z.string(),
  key: z.string(),
  organisation: z.string(),
  reference: z.string(),
  step: z.string(),
  revision: z.number(),
  /** Wall time, ISO 8601 UTC. */
  receivedAt: z.string(),
  body: z.unknown(),
  answer: z.record(z.string(), z.unknown()),
  plan: z.array(answerSchema),
  /** Message ids of earlier plans that this message makes void. */
  withdraws: z.array(z.string()),
});
/** A message as it came first. */
export type Received = z.infer<typeof receivedSchema>;

const lineSchema = z.discriminatedUnion('line', [
  receivedSchema,
  z.object({ line: z.literal('repeated'), kind: z.string(), key: z.string(), receivedAt: z.string() }),
  z.object({
    line: z.literal('unreadable'),
    key: z.string(),
    receivedAt: z.string(),
    reason: z.string(),
    body: z.unknown(),
  }),
  z.object({ line: z.literal('sending'), messageId: z.string(), occurredAt: z.string() }),
  z.object({
    line: z.literal('delivered'),
    messageId: z.string(),
    at: z.string(),
    status: z.number(),
    verdict: z.string(),
  }),
]);
type Line = z.infer<typeof lineSchema>;

/** One row of `GET /received`. */
export interface ReceivedRow {
  kind: string;
  key: string;
  receivedAt: string;
  times: number;
  answer: Record<string, unknown>;
}

interface Shipment {
  received: Received[];
  answers: Answer[];
}

/** Both together name a shipment; neither may hold a slash. */
const shipmentId = (organisation: string, reference: string) => `${organisation}/${reference}`;

/** A party's record, in memory and in its file. One process per file. */
export class ShipmentRecord {
  readonly #file: number;
  readonly #rows = new Map<string, ReceivedRow>();
  readonly #received = new Map<string, Received>();
  readonly #shipments = new Map<string, Shipment>();
  readonly #withdrawn = new Set<string>();
  readonly #sending = new Map<string, string>();
  readonly #delivered = new Set<string>();

  /** @throws Error when a line of the file cannot be read; a half-written last line is cut off. */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    for (const line of wholeLines(path)) this.#apply(line);
    this.#file = openSync(path, 'a');
  }

  /** What came, by kind and key, in the order of its first coming. */
  rows(): ReceivedRow[] {
    return [...this.#rows.values()];
  }

  find(kind: string, key: string): Received | undefined {
    return this.#received.get(rowId(kind, key));
  }

  /** What came for a shipment, oldest first. */
  ofShipment(organisation: string, reference: string): readonly Received[] {
    return this.#shipments.get(shipmentId(organisation, reference))?.received ?? [];
  }

  /** All messages of all shipments, oldest first. */
  all(): Received[] {
    return [...this.#received.values()];
  }

  /** The shipments with something to say that has not been delivered. */
  unfinished(): { organisation: string; reference: string }[] {
    const shipments = [...this.#shipments.values()]
      .map((shipment) => shipment.received[0])
      .filter((first) => first !== undefined);
    return shipments.filter((first) => this.pending(first.organisation, first.reference).length > 0);
  }

  /** Answers of a shipment that stand: not withdrawn, or out before they could be; by due time. */
  standing(organisation: string, reference: string): Answer[] {
    const answers = this.#shipments.get(shipmentId(organisation, reference))?.answers ?? [];
    return answers
      .filter((answer) => !this.#withdrawn.has(answer.messageId) || this.isDelivered(answer))
      .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  }

  /** Answers of a shipment that are still to be delivered, by due time. */
  pending(organisation: string, reference: string): Answer[] {
    return this.standing(organisation, reference).filter((answer) => !answer.silent && !this.isDelivered(answer));
  }

  isDelivered(answer: Answer): boolean {
    return this.#delivered.has(answer.messageId);
  }

  /** The `occurredAt` with which an attempt was made. */
  saidAt(answer: Answer): string | undefined {
    return this.#sending.get(answer.messageId);
  }

  /** Writes a line and makes it true. */
  append(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    this.#apply(line);
  }

  close(): void {
    closeSync(this.#file);
  }

  #apply(line: Line): void {
    if (line.line === 'received') this.#applyReceived(line);
    else if (line.line === 'sending') this.#sending.set(line.messageId, line.occurredAt);
    else if (line.line === 'delivered') this.#delivered.add(line.messageId);
    else if (line.line === 'repeated') this.#count(line.kind, line.key, line.receivedAt, {});
    else this.#count('unreadable', line.key, line.receivedAt, { error: line.reason });
  }

  #applyReceived(line: Received): void {
    this.#count(line.kind, line.key, line.receivedAt, line.answer);
    this.#received.set(rowId(line.kind, line.key), line);
    const id = shipmentId(line.organisation, line.reference);
    const shipment = this.#shipments.get(id) ?? { received: [], answers: [] };
    this.#shipments.set(id, shipment);
    shipment.received.push(line);
    shipment.answers.push(...line.plan);
    for (const messageId of line.withdraws) this.#withdrawn.add(messageId);
  }

  #count(kind: string, key: string, receivedAt: string, answer: Record<string, unknown>): void {
    const row = this.#rows.get(rowId(kind, key));
    if (row) row.times += 1;
    else this.#rows.set(rowId(kind, key), { kind, key, receivedAt, times: 1, answer });
  }
}

const rowId = (kind: string, key: string) => `${kind} ${key}`;

/** The file's lines. Cuts off a last line without its end: it was being written when the process died, and nobody was told of it. */
function wholeLines(path: string): Line[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((text, index) => {
    try {
      return lineSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(
        `${path} line ${index + 1} is not a line of a sandbox's record; move the file away to start afresh`,
        { cause },
      );
    }
  });
}
