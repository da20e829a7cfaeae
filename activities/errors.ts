import { ApplicationFailure } from '@temporalio/activity';
import { FilesAway } from '../store/files/file-store.ts';
import { isEngineAway } from './engine-away.ts';

/**
 * The two kinds of error of a step. `Unreachable`: the counterparty, the database or the engine is away, tried again for as long as
 * it takes. `Defect`: we or they break the contract; tried again only when an engineer says so. A refusal is neither: it
 * is a returned value.
 */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

const connectionCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
];
/** PostgreSQL classes: 08 connection, 53 resources, 57 intervention, 40 rollback (a deadlock or serialisation failure). */
const passingSqlStates = /^(08|53|57|40)/;

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return own || codeOf(error.cause);
}

/** Whether an error passes by itself. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable || error instanceof FilesAway || isEngineAway(error)) return true;
  const code = codeOf(error);
  if (connectionCodes.includes(code) || (/^[0-9A-Z]{5}$/.test(code) && passingSqlStates.test(code))) return true;
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error and is not queryable|TimeoutError/.test(
      `${error.name} ${error.message}`,
    )
  );
}

/** The failure that the engine sees, with its stack: `Unreachable` or `Defect`. */
export function asFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure) return error;
  const type = isPassing(error) ? 'Unreachable' : 'Defect';
  const message = error instanceof Error ? error.message : String(error);
  return ApplicationFailure.create({ type, message, cause: error instanceof Error ? error : undefined });
}
