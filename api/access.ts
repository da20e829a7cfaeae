import type { FastifyRequest } from 'fastify';
import type { Database } from '../store/database.ts';
import { hashKey, type KeyRole, organisationOfKey } from '../store/organisations.ts';
import { Problem } from './problem.ts';

/** Who asks: the organisation that everything is read and written in, and what its key may do. */
export interface Caller {
  organisation: string;
  role: KeyRole;
  /** Number of the key, for records of who did what. */
  keyId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every address under /v1 before anything else is looked at. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** Customs, carrier, broker and bureau may use this address too; all others are for our own people and systems. */
    forCounterparties?: boolean;
    /** Only keys of these roles may use this address. */
    forRoles?: readonly KeyRole[];
  }
}

/** A revoked key works for so long at most. */
const KEPT_FOR_MS = 60_000;
/** Far more than keys in use; a bound, so that nothing grows without end. */
const KEPT_AT_MOST = 1000;

/** Looks keys up and remembers the good ones for a minute, by their hash: the key itself is nowhere kept. */
export function keyReader(
  database: Database,
  now: () => number = Date.now,
): (key: string) => Promise<Caller | undefined> {
  const known = new Map<string, { caller: Caller; until: number }>();
  return async (key) => {
    const hash = hashKey(key).toString('hex');
    const kept = known.get(hash);
    if (kept && kept.until > now()) return kept.caller;
    known.delete(hash);
    const caller = await organisationOfKey(database, key);
    if (!caller) return undefined;
    if (known.size >= KEPT_AT_MOST) known.clear();
    known.set(hash, { caller, until: now() + KEPT_FOR_MS });
    return caller;
  };
}

/** The hook before every address under /v1: names the caller, or says 401 or 403. */
export function requireKey(database: Database) {
  const callerOf = keyReader(database);
  return async (request: FastifyRequest): Promise<void> => {
    const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = key === undefined ? undefined : await callerOf(key);
    if (!caller) {
      const detail = key === undefined ? 'send the header Authorization: Bearer KEY' : 'this key is unknown or revoked';
      throw new Problem('no-valid-key', detail, { headers: { 'www-authenticate': 'Bearer realm="quayside"' } });
    }
    if (caller.role === 'counterparty' && request.routeOptions.config.forCounterparties !== true)
      throw new Problem(
        'not-allowed',
        'a counterparty may report customs responses, inspection results, logistics events and tax responses, and nothing else',
      );
    const { forRoles } = request.routeOptions.config;
    if (forRoles && !forRoles.includes(caller.role))
      throw new Problem('not-allowed', `this address is for keys of role ${forRoles.join(' or ')}`);
    request.caller = caller;
  };
}
