/** What makes a party: the messages that it reads, and what it answers to each. The machinery around it is shared. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Body, Course, Courses, Words } from './course.ts';
import type { Answer, Received, ShipmentRecord } from './record.ts';

/** Our outbound key, taken apart: `<organisation>/<reference>/<step>/<revision>`. */
export interface OutboundKey {
  readonly text: string;
  readonly organisation: string;
  readonly reference: string;
  readonly step: string;
  readonly revision: number;
}

/** What cannot be understood; its message says what was expected. The sender gets it with a 400. */
export class Unreadable extends Error {}

/** A moment in a request, ISO 8601 UTC. */
export const instant = z.iso.datetime({ error: 'write ISO 8601 in UTC, for example 2026-11-24T08:00:00Z' });

/** A date in a request. */
export const civilDate = z.iso.date({ error: 'write YYYY-MM-DD' });

/** @throws Unreadable when it is not a key of ours. */
export function readKey(text: string): OutboundKey {
  const parts = /^([a-z0-9-]{2,32})\/([A-Za-z0-9._-]{1,40})\/([^/]{1,80})\/(\d{1,6})$/.exec(text);
  if (!parts) throw new Unreadable(`${JSON.stringify(text)} is not <organisation>/<reference>/<step>/<revision>`);
  const [, organisation = '', reference = '', step = '', revision = ''] = parts;
  return { text, organisation, reference, step, revision: Number(revision) };
}

/** @throws Unreadable naming each field that is wrong. */
export function readBody<Shape>(schema: z.ZodType<Shape>, raw: unknown): Shape {
  const reading = schema.safeParse(raw);
  if (reading.success) return reading.data;
  throw new Unreadable(
    reading.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
  );
}

/** What a party says to a message: at once, and later. */
export interface Reaction {
  /** The HTTP answer, the same for every delivery of this key. */
  readonly answer: Record<string, unknown>;
  readonly later: Course;
  /** Named moments that the course refers to. */
  readonly moments?: Readonly<Record<string, string>>;
  /** What the course's `@names` stand for. */
  readonly values: Readonly<Record<string, Words | undefined>>;
}

/** A message just read, and what came for this shipment before it. */
export interface Reading<Shape> {
  readonly key: OutboundKey;
  readonly sentAt: string;
  readonly body: Shape;
  readonly earlier: readonly Received[];
}

interface InboundDefinition<Shape> {
  /** One word for `GET /received`. */
  kind: string;
  /** Posted here; asked about at `{path}/{key}`. */
  path: string;
  schema: z.ZodType<Shape>;
  keyOf: (body: Shape) => string;
  /** The request's own time: business time. */
  sentAtOf: (body: Shape) => string;
  react: (reading: Reading<Shape>) => Reaction;
  /** The answer to a question by key; absent, what was answered at first. */
  status?: (received: Received, out: readonly OutAnswer[]) => Record<string, unknown>;
}

/** An answer that is out, with the moment at which it went. */
export interface OutAnswer {
  readonly answer: Answer;
  readonly at: string;
  readonly body: Body;
}

/** A kind of message that a party takes, its body's type closed over. */
export interface Inbound {
  readonly kind: string;
  readonly path: string;
  /** The key as far as it can be made out, for the record of unreadable messages. */
  keyIn: (raw: unknown) => string;
  /** @throws Unreadable */
  read: (raw: unknown) => { key: OutboundKey; sentAt: string; react: (earlier: readonly Received[]) => Reaction };
  readonly status: NonNullable<InboundDefinition<unknown>['status']>;
}

/** Describes a kind of message; types are checked here and erased after. */
export function inbound<Shape>(definition: InboundDefinition<Shape>): Inbound {
  return {
    kind: definition.kind,
    path: definition.path,
    keyIn: (raw) => {
      try {
        return String(definition.keyOf(raw as Shape) ?? '');
      } catch {
        return '';
      }
    },
    read: (raw) => {
      const body = readBody(definition.schema, raw);
      const key = readKey(definition.keyOf(body));
      const sentAt = readBody(instant, definition.sentAtOf(body));
      return { key, sentAt, react: (earlier) => definition.react({ key, sentAt, body, earlier }) };
    },
    status: definition.status ?? ((received) => received.answer),
  };
}

export interface Party {
  readonly name: 'customs' | 'carrier' | 'broker' | 'bank' | 'tax-bureau';
  readonly inbound: readonly Inbound[];
  /** Where it sits, for the dates in its answers: 8 in China, 0 where nothing better is known. */
  readonly utcOffsetInHours: number;
  /** What it answers by prefix of the reference; none for a party that never reports by itself. */
  readonly courses: Courses<string>;
  /** Pages of its own. */
  readonly routes?: (server: FastifyInstance, record: ShipmentRecord) => void;
}

/** So many digits that are always the same for the same text, and hardly ever for another. */
export function digitsFrom(text: string, count: number): string {
  const number = BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 30)}`);
  return (number % 10n ** BigInt(count)).toString().padStart(count, '0');
}
