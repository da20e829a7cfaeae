import type { z } from 'zod';
import { Unreachable } from './errors.ts';

/** A counterparty's HTTP door. Short time-outs: a step that hangs is tried again, and asked about before it is sent again. */
export interface HttpDoor {
  /** Posts JSON; the answer is parsed by its schema. @throws Unreachable for network, 429 and 5xx; Error for anything else unexpected. */
  post<Schema extends z.ZodType>(path: string, body: unknown, answer: Schema): Promise<z.infer<Schema>>;
  /** As post, undefined on 404. */
  find<Schema extends z.ZodType>(path: string, answer: Schema): Promise<z.infer<Schema> | undefined>;
}

/** Opens the door at `baseUrl`. @throws Error at use when the counterparty is not configured. */
export function httpDoor(party: string, baseUrl: string | undefined): HttpDoor {
  async function call(path: string, init: RequestInit): Promise<Response> {
    if (!baseUrl) throw new Error(`${party} is not configured: set its URL in the environment`);
    let response: Response;
    try {
      response = await fetch(new URL(path, baseUrl), { ...init, signal: AbortSignal.timeout(5000) });
    } catch (cause) {
      throw new Unreachable(`${party} does not answer`, { cause });
    }
    if (response.status >= 500 || response.status === 429) throw new Unreachable(`${party} answers ${response.status}`);
    return response;
  }
  async function parsed<Schema extends z.ZodType>(response: Response, answer: Schema): Promise<z.infer<Schema>> {
    if (!response.ok) throw new Error(`${party} answers ${response.status}: ${(await response.text()).slice(0, 500)}`);
    return answer.parse(await response.json());
  }
  return {
    async post(path, body, answer) {
      return parsed(
        await call(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        answer,
      );
    },
    async find(path, answer) {
      const response = await call(path, { method: 'GET' });
      if (response.status === 404) return undefined;
      return parsed(response, answer);
    },
  };
}
