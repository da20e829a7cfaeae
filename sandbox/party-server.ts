/** The server of any party: takes its messages, answers questions by key, delivers what is due. */
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { datedSteps, spokenAt } from './course.ts';
import { Delivery, type DeliveryReport, type Quayside, Undelivered } from './delivery.ts';
import { deliverLive, type LiveDelivery } from './live.ts';
import {
  type Inbound,
  instant,
  type OutAnswer,
  type OutboundKey,
  type Party,
  type Reaction,
  readBody,
  Unreadable,
} from './party.ts';
import { type Answer, type Received, ShipmentRecord } from './record.ts';

export interface PartyOptions {
  /** Folder of the parties' records. */
  dataDirectory: string;
  /** `on-demand`: only `POST /deliver-due` delivers. */
  answers: 'live' | 'on-demand';
  quayside: Quayside;
  /** 0 takes a free one. */
  port?: number;
  /** Live mode: between two answers of a shipment. */
  livePauseInMs?: number;
  /** `silent` for none. */
  logLevel?: string;
}

export interface RunningParty {
  url: string;
  stop: () => Promise<void>;
}

/** Starts a party on 127.0.0.1 (or SANDBOX_HOST, in a container), with what its record holds from before. */
export async function startParty(party: Party, options: PartyOptions): Promise<RunningParty> {
  const record = new ShipmentRecord(join(options.dataDirectory, `${party.name}.jsonl`));
  const delivery = new Delivery(record, options.quayside, party);
  const server = Fastify({
    logger: { level: options.logLevel ?? 'warn', name: `sandbox ${party.name}` },
    routerOptions: { maxParamLength: 500 },
  });
  const now = () => new Date().toISOString();
  const live =
    options.answers === 'live'
      ? deliverLive({
          record,
          delivery,
          now,
          pauseInMs: options.livePauseInMs ?? 2000,
          onFailure: (error) => server.log.warn(error, 'will be tried again'),
        })
      : undefined;

  refuseUnreadable(server, party, record);
  for (const inbound of party.inbound) {
    serveMessages(server, party, inbound, record, live);
    serveQuestions(server, party, inbound, record);
  }
  server.get<{ Querystring: { reference?: string } }>('/received', async (request) =>
    rowsOf(record, request.query.reference),
  );
  serveDeliveries(server, record, delivery);
  party.routes?.(server, record);

  const stop = async () => {
    delivery.stop();
    await live?.stop();
    await server.close();
    record.close();
  };
  try {
    return {
      url: await server.listen({ host: process.env.SANDBOX_HOST ?? '127.0.0.1', port: options.port ?? 0 }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything, or what belongs to one reference. */
function rowsOf(record: ShipmentRecord, reference: string | undefined) {
  return record.rows().filter((row) => reference === undefined || row.key.split('/')[1] === reference);
}

/** A body that cannot be understood is answered with the reason and counted, so that a sender's slip does not go unseen. */
function refuseUnreadable(server: FastifyInstance, party: Party, record: ShipmentRecord): void {
  server.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const inbound = party.inbound.find((each) => each.path === request.routeOptions.url);
    const unreadable = error instanceof Unreadable || (error.statusCode !== undefined && error.statusCode < 500);
    if (!unreadable) request.log.error(error);
    else if (inbound && request.method === 'POST')
      record.append({
        line: 'unreadable',
        key: inbound.keyIn(request.body),
        receivedAt: new Date().toISOString(),
        reason: error.message,
        body: request.body ?? null,
      });
    const status = error instanceof Unreadable ? 400 : (error.statusCode ?? 500);
    return reply
      .code(status)
      .send({ error: status < 500 ? error.message : 'the sandbox has a defect; its log tells more' });
  });
}

/** Takes a message, once for each key; a repetition is counted and gets the first answer again. */
function serveMessages(
  server: FastifyInstance,
  party: Party,
  inbound: Inbound,
  record: ShipmentRecord,
  live: LiveDelivery | undefined,
): void {
  server.post(inbound.path, async (request) => {
    const reading = inbound.read(request.body);
    const { key } = reading;
    const { kind } = inbound;
    const receivedAt = new Date().toISOString();
    const before = record.find(kind, key.text);
    if (before) {
      record.append({ line: 'repeated', kind, key: key.text, receivedAt });
      return before.answer;
    }
    const earlier = record.ofShipment(key.organisation, key.reference);
    const reaction = reading.react(earlier);
    const plan = planOf(party, key, reading.sentAt, reaction);
    const withdraws = plan.length === 0 ? [] : outdated(earlier, kind, key, reading.sentAt);
    const { answer } = reaction;
    record.append({
      ...key,
      line: 'received',
      kind,
      key: key.text,
      receivedAt,
      body: request.body,
      answer,
      plan,
      withdraws,
    });
    live?.wake(key.organisation, key.reference);
    return answer;
  });
}

/** Answers "what became of this key?"; a wildcard, because keys hold slashes and not every sender writes them as %2F. */
function serveQuestions(server: FastifyInstance, party: Party, inbound: Inbound, record: ShipmentRecord): void {
  interface Question {
    Params: { '*': string };
    Querystring: { asOf?: string };
  }
  server.get<Question>(`${inbound.path}/*`, async (request, reply) => {
    const received = record.find(inbound.kind, request.params['*']);
    if (!received) return reply.code(404).send({ error: `${request.params['*']} never came` });
    const asOf = readBody(instant, request.query.asOf ?? new Date().toISOString());
    return inbound.status(received, answersOut(party, record, received, asOf));
  });
}

function planOf(party: Party, key: OutboundKey, sentAt: string, reaction: Reaction): Answer[] {
  const steps = datedSteps(reaction.later, { sentAt, moments: reaction.moments, values: reaction.values });
  return steps.map((step, index) => ({ messageId: `${party.name}/${key.text}/${index + 1}`, ...step }));
}

/** A later revision of a step makes void what its earlier ones still had to bring: an amended declaration is closed once, not twice. */
function outdated(earlier: readonly Received[], kind: string, key: OutboundKey, sentAt: string): string[] {
  const revisions = earlier.filter(
    (each) => each.kind === kind && each.step === key.step && each.revision < key.revision,
  );
  const later = revisions
    .flatMap((each) => each.plan)
    .filter((answer) => Date.parse(answer.dueAt) > Date.parse(sentAt));
  return later.map((answer) => answer.messageId);
}

/** What is out by then for a shipment: delivered, or due whether delivered or not. */
function answersOut(party: Party, record: ShipmentRecord, received: Received, asOf: string): OutAnswer[] {
  const standing = record.standing(received.organisation, received.reference);
  const out = standing.filter((answer) => record.isDelivered(answer) || Date.parse(answer.dueAt) <= Date.parse(asOf));
  return out.map((answer) => {
    const at = record.saidAt(answer) ?? answer.dueAt;
    return { answer, at, body: spokenAt(answer.body, at, party.utcOffsetInHours) };
  });
}

const deliverDueSchema = z.strictObject({ organisation: z.string(), reference: z.string(), asOf: instant });

function serveDeliveries(server: FastifyInstance, record: ShipmentRecord, delivery: Delivery): void {
  server.post('/deliver-due', async (request, reply): Promise<DeliveryReport | { error: string }> => {
    const { organisation, reference, asOf } = readBody(deliverDueSchema, request.body);
    if (!delivery.speaksFor(organisation) && record.pending(organisation, reference).length > 0)
      throw new Unreadable(
        `this sandbox holds no API key of the organisation ${organisation}, so it cannot answer for it`,
      );
    let delivered = 0;
    const report = () => ({ delivered, nextDueAt: delivery.nextDueAt(organisation, reference) });
    try {
      await delivery.deliverDue(organisation, reference, asOf, () => {
        delivered += 1;
      });
      return report();
    } catch (error) {
      if (!(error instanceof Undelivered)) throw error;
      return reply.code(502).send({ error: error.message, ...report() });
    }
  });
}
