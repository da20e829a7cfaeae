import pg from 'pg';
import { organisationSchema } from '../rules/order/order.ts';

const { Pool, types } = pg;

/** Queries of one organisation, in one transaction. */
export interface Transaction {
  readonly organisation: string;
  query<Row extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
}

/**
 * The database. Its sessions are `quayside_app`, which is no superuser and owns nothing, so that row-level security
 * holds whatever the connection string's user may do.
 */
export interface Database {
  /** Runs a transaction that sees the rows of one organisation and no others. */
  within<T>(organisation: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** For the few questions that are asked before the organisation is known. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const DATE = 1082;
const TIMESTAMPTZ = 1184;
/** The words of `pg` for its `query_timeout`. */
const QUERY_TIMED_OUT = 'Query read timeout';

/** Opens the pool. Instants come back as ISO 8601 UTC, dates as YYYY-MM-DD, numerics as decimal texts: never a float, never a local `Date`. */
export function openDatabase(url: string, connections = 10): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    options: '-c role=quayside_app -c TimeZone=UTC -c statement_timeout=15s',
    // A database that is away is told at once, not after minutes.
    connectionTimeoutMillis: 5000,
    // One that takes a query and never answers, its machine gone: above its own statement_timeout, so that it may say no itself.
    query_timeout: 16_000,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') => {
        if (oid === DATE) return (text: string) => text;
        if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
        return types.getTypeParser(oid, format as 'text');
      }) as typeof types.getTypeParser,
    },
  });
  // Without listeners a connection that breaks would end the process: an idle one, or one between two queries of a
  // transaction, whose next query then says so.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    async within(organisation, work) {
      // Parsed, because `set local` takes no parameters.
      const slug = organisationSchema.parse(organisation);
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(`begin; set local quayside.organisation = '${slug}'`);
        const result = await work({
          organisation: slug,
          query: async (sql, values) => (await client.query(sql, values)).rows,
        });
        await client.query('commit');
        return result;
      } catch (error) {
        // A connection that does not answer is not asked to roll back: whoever waits would wait twice.
        if (error instanceof Error && error.message === QUERY_TIMED_OUT) broken = error;
        else
          await client.query('rollback').catch((rollbackError: Error) => {
            broken = rollbackError;
          });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async query(sql, values) {
      return (await pool.query(sql, values)).rows;
    },
    close: () => pool.end(),
  };
}
