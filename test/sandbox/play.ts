import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { type PartyId, partyIds, startSandboxes } from '../../sandbox/sandboxes.ts';
import {
  customsResponseSchema,
  inspectionResultSchema,
  logisticsEventSchema,
  taxResponseSchema,
} from '../../workflows/messages.ts';

export const ORGANISATION = 'lamps';
const KEY = 'key-of-lamps';

const schemaOf: Record<string, { parse: (body: unknown) => unknown }> = {
  'customs-response': customsResponseSchema,
  'inspection-result': inspectionResultSchema,
  'logistics-event': logisticsEventSchema,
  'tax-response': taxResponseSchema,
};

/** A delivered answer, valid by the schema of its door. */
export interface Delivered {
  reference: string;
  door: string;
  body: Record<string, unknown>;
}

/** A real HTTP server in the place of our API. */
export interface QuaysideDouble {
  url: string;
  delivered: Delivered[];
  /** Bodies that our API would refuse, with why. */
  refused: string[];
  /** What the next deliveries are answered with; 200 when empty. A negative number cuts the connection. */
  nextStatuses: number[];
  /** Resolves once so many answers have come, however long ago. */
  came: (count: number) => Promise<void>;
}

const stops: (() => Promise<unknown>)[] = [];
/** Stopped after the test, last first. */
export function stopAfterTest(stop: () => Promise<unknown>): void {
  stops.unshift(stop);
}
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Starts the double; each test has its own. */
export async function startQuayside(): Promise<QuaysideDouble> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const double: QuaysideDouble = {
    url: '',
    delivered: [],
    refused: [],
    nextStatuses: [],
    came: (count) =>
      new Promise((resolve) => (double.delivered.length >= count ? resolve() : waiting.push({ count, resolve }))),
  };
  const server = createServer((request, response) => {
    receive(double, request, response)
      .catch((error) => double.refused.push(String(error)))
      .finally(() => {
        for (const each of waiting) if (double.delivered.length >= each.count) each.resolve();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stopAfterTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return double;
}

async function receive(double: QuaysideDouble, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) text += chunk;
  const status = double.nextStatuses.shift() ?? 200;
  if (status < 0) {
    request.socket.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"status":"applied"}');
  const [, reference = '', door = ''] = /^\/v1\/shipments\/([^/]+)\/events\/([a-z-]+)$/.exec(request.url ?? '') ?? [];
  if (request.headers.authorization !== `Bearer ${KEY}`) throw new Error('no key');
  if (status >= 500 || status === 429) return;
  const body = JSON.parse(text);
  schemaOf[door]?.parse(body) ?? double.refused.push(`no door ${request.url}`);
  double.delivered.push({ reference: decodeURIComponent(reference), door, body });
}

/** The sandbox's parties under test, with the requests that a driver makes. */
export interface Play {
  directory: string;
  post: (party: PartyId, path: string, body: unknown) => Promise<{ status: number; body: Record<string, unknown> }>;
  get: (party: PartyId, path: string) => Promise<{ status: number; text: string; body: unknown }>;
  deliverDue: (
    party: PartyId,
    reference: string,
    asOf: string,
  ) => Promise<{ status: number; body: Record<string, unknown> }>;
  stop: () => Promise<void>;
}

/** Starts all parties on free ports. */
export async function startPlay(
  quayside: { url: string },
  options: { answers?: 'live' | 'on-demand'; directory?: string; organisation?: string } = {},
): Promise<Play> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  const running = await startSandboxes(partyIds, {
    dataDirectory: directory,
    answers: options.answers ?? 'on-demand',
    quayside: { url: quayside.url, key: KEY, organisation: options.organisation ?? ORGANISATION },
    livePauseInMs: 1,
    logLevel: 'silent',
  });
  const post: Play['post'] = async (party, path, body) => {
    const response = await fetch(`${running.sandboxes[party]}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= running.stop();
    return stopped;
  };
  stopAfterTest(stop);
  return {
    directory,
    post,
    get: async (party, path) => {
      const response = await fetch(`${running.sandboxes[party]}${path}`);
      const text = await response.text();
      return { status: response.status, text, body: text.startsWith('<') ? undefined : JSON.parse(text) };
    },
    deliverDue: (party, reference, asOf) =>
      post(party, '/deliver-due', { organisation: ORGANISATION, reference, asOf }),
    stop,
  };
}
