import { z } from 'zod';
import { type FieldError, fieldErrorSchema } from '../rules/field-errors.ts';
import { type Verdict, verdictSchema } from '../workflows/messages.ts';

/** Every way in which the API says no: its status, its name, and what the caller can do. The key ends the problem's `type`. */
export const problems = {
  'bad-request': {
    status: 400,
    title: 'The request cannot be read',
    remedy: 'Correct the request as the detail says.',
  },
  'invalid-parameters': {
    status: 400,
    title: 'A parameter or header is not understood',
    remedy: 'Correct the parameters named in errors.',
  },
  'no-valid-key': {
    status: 401,
    title: 'No valid API key',
    remedy: 'Send the header Authorization: Bearer KEY with a key of your organisation.',
  },
  'not-allowed': {
    status: 403,
    title: 'This key may not do that',
    remedy:
      'Use a key of another role: a counterparty may only report events, only a manager or an engineer repairs, only a manager saves settings.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing',
    remedy: 'Check the address; a reference belongs to one organisation.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    remedy: 'The header Allow names the methods that it takes.',
  },
  conflict: {
    status: 409,
    title: 'It contradicts what is recorded',
    remedy: 'Nothing recorded is overwritten: use a new reference or a new messageId for new content.',
  },
  'no-such-remedy': {
    status: 409,
    title: 'This cannot be mended that way',
    remedy: 'The detail says what to do instead. Nothing was changed; that it was asked for is recorded.',
  },
  'changed-meanwhile': {
    status: 412,
    title: 'Somebody else has changed it meanwhile',
    remedy: 'Look at it again, carry your change over, and send it with the revision that you have then seen.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    remedy:
      'JSON bodies may have 1 MB, bank statements 2 MB, CSV files of orders 5 MB, each file of a list 64 MB, a paper 20 MB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This kind of body is not taken here',
    remedy: 'Send the Content-Type that the documentation names.',
  },
  'invalid-content': {
    status: 422,
    title: 'The content is not valid',
    remedy: 'Correct the fields named in errors and send it again.',
  },
  'key-used-before': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request.',
  },
  impossible: {
    status: 422,
    title: 'It does not fit where the shipment stands',
    remedy: 'The verdict says why and what to do instead; it is recorded and changed nothing.',
  },
  'document-refused': {
    status: 422,
    title: 'The file is not taken',
    remedy: 'Send the paper itself as PDF, XLSX, picture, XML or OFD, as the detail says; nothing was stored.',
  },
  'statement-refused': {
    status: 422,
    title: 'The bank statement cannot be read',
    remedy: 'Ask the bank for camt.053 as UTF-8; nothing was stored.',
  },
  'file-missing': {
    status: 500,
    title: 'A kept file is not in the file store',
    remedy:
      'Restore it from a backup of the file store, or hand the same paper in again: it goes to its place by its hash. Records and shipment are as they were.',
  },
  'file-damaged': {
    status: 500,
    title: 'A kept file is not what was kept',
    remedy:
      'Restore it from a backup of the file store, or hand the same paper in again: a whole file replaces a damaged one. Find out who changed it.',
  },
  internal: {
    status: 500,
    title: 'Something is wrong on our side',
    remedy: 'Tell the operator the request id in the detail; the same request may be sent again safely.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    remedy:
      'Send the same request again after the seconds in Retry-After: it is safe. Where the door takes an Idempotency-Key, send it with the key that it had; without one a re-check or a quote may be made twice.',
  },
} as const;
export type ProblemName = keyof typeof problems;

/** The body of every error, RFC 9457 `application/problem+json`. */
export const problemSchema = z.object({
  type: z.string().describe('Names the problem: /problems/<name>. The address explains it.'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('What is wrong with this request, in words.'),
  instance: z.string().describe('The address that was asked.'),
  errors: z.array(fieldErrorSchema).optional().describe('Each field that is wrong.'),
  verdict: verdictSchema.optional().describe('What the shipment said to the message.'),
  checks: z.record(z.string(), z.string()).optional().describe('Of /readyz: what is reachable.'),
});
export type ProblemBody = z.infer<typeof problemSchema>;

interface More {
  errors?: FieldError[];
  verdict?: Verdict;
  checks?: Record<string, string>;
  headers?: Record<string, string>;
}

/** Thrown by a route to say no. */
export class Problem extends Error {
  override name = 'Problem';

  readonly kind: ProblemName;
  readonly detail: string;
  readonly more: More;

  constructor(kind: ProblemName, detail: string, more: More = {}) {
    super(detail);
    this.kind = kind;
    this.detail = detail;
    this.more = more;
  }

  get status(): number {
    return problems[this.kind].status;
  }

  get headers(): Record<string, string> {
    return this.more.headers ?? {};
  }

  /** The document, for an address. */
  body(instance: string): ProblemBody {
    const { title, status } = problems[this.kind];
    const { headers: _, ...members } = this.more;
    return { type: `/problems/${this.kind}`, title, status, detail: this.detail, instance, ...members };
  }
}

/** Nothing is there under that name. */
export function notFound(what: string): Problem {
  return new Problem('not-found', `there is no ${what}`);
}

/** The shipment's run began on a version that does not know this message, or not in this form; it moves to the new one by itself. */
export function notYetKnown(retryAfterSeconds = 30): Problem {
  return new Problem(
    'unavailable',
    'the shipment still runs on an older version, which does not know this; it moves to the new version soon, by itself, when nothing of it is under way. Nothing was changed: send the same request again',
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
}

/** Database or engine do not answer; the same request may be sent again. */
export function unavailable(what: string, retryAfterSeconds = 5): Problem {
  return new Problem(
    'unavailable',
    `${what} does not answer; send the same request again, with its Idempotency-Key where it has one: it is safe`,
    {
      headers: { 'retry-after': String(retryAfterSeconds) },
    },
  );
}
