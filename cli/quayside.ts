/** How the command line finds Quayside, and asks it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const ANSWER_WITHIN_MS = 20_000;
const FILES_WITHIN_MS = 300_000;

/** Where Quayside is, and with which key it is asked. */
export interface Place {
  url: string;
  key: string;
  /** Its logs, where it runs on this machine. */
  logs?: string;
}

/** Told to the person as it stands: there is nothing to ask, or nobody answers. */
export class NotReached extends Error {
  override name = 'NotReached';
}

const runningSchema = z.object({ api: z.url(), key: z.string() });

/** As a person would type it from where they are. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

/** QUAYSIDE_URL and QUAYSIDE_KEY, or else the `running.json` of `npm start`. @throws NotReached where neither is there. */
export function findQuayside(environment: NodeJS.ProcessEnv = process.env): Place {
  const { QUAYSIDE_URL: url, QUAYSIDE_KEY: key, QUAYSIDE_DATA_DIR } = environment;
  if (url && key) return { url: url.replace(/\/+$/, ''), key };
  if (url || key) throw new NotReached('QUAYSIDE_URL and QUAYSIDE_KEY go together: set both, or neither.');
  const dataDir = resolve(QUAYSIDE_DATA_DIR || join(root, '.quayside/start'));
  const file = join(dataDir, 'running.json');
  if (!existsSync(file))
    throw new NotReached(
      `Quayside does not run here (there is no ${shown(file)}). Start it with npm start, or set QUAYSIDE_URL and QUAYSIDE_KEY to one that runs elsewhere.`,
    );
  const read = runningSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success)
    throw new NotReached(`${shown(file)} does not say where Quayside is: start it again with npm start.`);
  return { url: read.data.api, key: read.data.key, logs: shown(join(dataDir, 'logs')) };
}

/** What came back, parsed where it is JSON. */
export interface Reply {
  status: number;
  body: unknown;
}

/** Asks the API. @throws NotReached when nobody answers in time. */
export async function ask(place: Place, path: string, body?: object): Promise<Reply> {
  return body === undefined
    ? send(place, path, { method: 'GET' }, ANSWER_WITHIN_MS)
    : send(
        place,
        path,
        { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        ANSWER_WITHIN_MS,
      );
}

/** Puts a whole thing in the place of what stands, by the revision of it that was seen. @throws NotReached when nobody answers in time */
export async function putOver(
  place: Place,
  path: string,
  { body, seen }: { body: object; seen: number },
): Promise<Reply> {
  const headers = { 'content-type': 'application/json', 'if-match': `"${seen}"` };
  return send(place, path, { method: 'PUT', body: JSON.stringify(body), headers }, ANSWER_WITHIN_MS);
}

/** Files for the API, each as a part, and what it is to know beside them: names and values, in this order. */
export interface Parts {
  files: readonly { name: string; content: Buffer }[];
  fields: readonly (readonly [name: string, value: string])[];
}

/** Sends files. @throws NotReached when nobody answers; a large list takes minutes */
export async function sendFiles(place: Place, path: string, { files, fields }: Parts): Promise<Reply> {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  for (const { name, content } of files) body.append('file', new Blob([new Uint8Array(content)]), name);
  return send(place, path, { method: 'POST', body }, FILES_WITHIN_MS);
}

/** A file that came back, or the problem that came in its place. */
export type FileReply = { name: string; bytes: Buffer } | Reply;

/** Fetches a file. @throws NotReached when nobody answers in time */
export async function fetchFile(place: Place, path: string): Promise<FileReply> {
  const response = await answered(place, path, { method: 'GET' }, FILES_WITHIN_MS);
  if (!response.ok) return replyOf(response);
  const disposition = response.headers.get('content-disposition') ?? '';
  const [, encoded = 'file'] = /filename\*=UTF-8''(\S+)/.exec(disposition) ?? [];
  return { name: decodeURIComponent(encoded), bytes: Buffer.from(await response.arrayBuffer()) };
}

type Sent = Pick<RequestInit, 'method' | 'body'> & { headers?: Record<string, string> };

async function send(place: Place, path: string, sent: Sent, withinMs: number): Promise<Reply> {
  return replyOf(await answered(place, path, sent, withinMs));
}

async function answered(place: Place, path: string, sent: Sent, withinMs: number): Promise<Response> {
  try {
    return await fetch(`${place.url}${path}`, {
      ...sent,
      headers: { authorization: `Bearer ${place.key}`, ...sent.headers },
      signal: AbortSignal.timeout(withinMs),
    });
  } catch {
    throw new NotReached(
      [
        `The API at ${place.url} does not answer.`,
        place.logs
          ? `Look into ${place.logs}/api.log for why; when nothing of npm start runs any more, start it again.`
          : 'Look at the process api there and its log, and at the network between.',
      ].join(' '),
    );
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
}
