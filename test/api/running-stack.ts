import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A running stack, as its running.json and the credentials beside it say. */
export interface RunningStack {
  api: string;
  key: string;
  counterpartyKey: string;
  organisation: string;
}

/** The stack named by QUAYSIDE_TEST_STACK (path of a running.json), which Jest's set-up starts. @throws Error where there is none */
export function runningStack(): RunningStack {
  const file = process.env.QUAYSIDE_TEST_STACK;
  if (!file || !existsSync(file))
    throw new Error(
      'these tests need the stack: run them by `npx jest --selectProjects stack`, or name a running.json in QUAYSIDE_TEST_STACK',
    );
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  return { ...read(join(dirname(file), 'credentials.json')), ...read(file) };
}

/** What came, to look into: a member may be there or not. */
export interface Json {
  readonly [member: string]: Json;
  readonly [index: number]: Json;
}

export interface Answer {
  status: number;
  type: string;
  text: string;

  json: Json;
  headers: Headers;
}

/** Asks the API of a stack; `body` is sent as JSON unless it is text or bytes with a type of their own. */
export function askerOf(stack: RunningStack) {
  return async (
    path: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string>; key?: string } = {},
  ): Promise<Answer> => {
    const { method = init.body === undefined ? 'GET' : 'POST', key = stack.key } = init;
    const body =
      init.body === undefined || typeof init.body === 'string' || init.body instanceof Uint8Array
        ? init.body
        : JSON.stringify(init.body);
    const headers = {
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    };
    const response = await fetch(`${stack.api}${path}`, {
      method,
      headers,
      body: body as string | undefined,
      signal: AbortSignal.timeout(25_000),
    });
    const text = await response.text();
    let json = {} as Json;
    try {
      json = JSON.parse(text);
    } catch {
      // Not JSON: whatever is looked for in it is missing.
    }
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text,
      json,
      headers: response.headers,
    };
  };
}

/** Asks again until the answer is as wished, ten seconds at most; the last answer either way. */
export async function until(ask: () => Promise<Answer>, isWished: (answer: Answer) => boolean): Promise<Answer> {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (isWished(answer) || Date.now() > end) return answer;
    await pause(100);
  }
}
