import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { core } from 'zod';
import { isEngineAway } from '../activities/engine-away.ts';
import { fieldErrors, summaryOf } from '../rules/field-errors.ts';
import { FilesAway } from '../store/files/file-store.ts';
import { Problem, type ProblemName, unavailable } from './problem.ts';

/** Which part of the request a schema looked at. */
export type RequestPart = 'body' | 'querystring' | 'params' | 'headers';

/** What a request holds is not what its schema says. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';

  readonly issues: readonly core.$ZodIssue[];
  readonly part: RequestPart;

  constructor(issues: readonly core.$ZodIssue[], part: RequestPart) {
    super(`the ${part} is not valid`);
    this.issues = issues;
    this.part = part;
  }
}

const passingDatabaseCodes =
  /^(ECONN\w+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|08\w{3}|57P0[1-3]|57014|53\w{3}|40001|40P01)$/;
const passingDatabaseWords =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error and is not queryable|Cannot use a pool after calling end/;

/** Whether the database did not answer. */
export function isDatabaseAway(error: unknown): boolean {
  // By its members: what Node itself throws is of another `Error` than ours where code runs in a context of its own.
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return passingDatabaseCodes.test(String(code)) || passingDatabaseWords.test(String(message));
}

const fastifyCodes: Record<string, ProblemName> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_NOT_FOUND: 'not-found',
};

/** The problem that an error is to the caller. What we do not know is `internal`: its words may hold what is not theirs to read. */
export function problemFromError(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInput) return fromInvalidInput(error);
  if (isEngineAway(error)) return unavailable('the workflow engine');
  if (error instanceof FilesAway) return unavailable('the file store');
  if (isDatabaseAway(error)) return unavailable('the database');
  if (error instanceof WorkflowUpdateFailedError) return fromRefusedUpdate(error);
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return unavailable('a part of the service');
  const known = code === undefined ? undefined : fastifyCodes[code];
  if (known) return new Problem(known, message ?? known);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('bad-request', message ?? 'the request cannot be read');
  return new Problem('internal', `request ${requestId} failed by a defect; it is logged under that id`);
}

function fromInvalidInput({ issues, part }: InvalidInput): Problem {
  const errors = fieldErrors(issues);
  return new Problem(part === 'body' ? 'invalid-content' : 'invalid-parameters', summaryOf(errors), { errors });
}

/** The workflow's validator saw another shape than ours: an older or newer worker is at work. */
function fromRefusedUpdate(error: WorkflowUpdateFailedError): Problem {
  return new Problem('invalid-content', error.cause?.message ?? error.message);
}
