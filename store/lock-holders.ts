import pg from 'pg';

/** A session that another one waits for. */
export interface LockHolder {
  pid: number;
  /** Text that its program gave, often empty. */
  program: string;
  user: string;
  state: string;
  /** ISO 8601 in UTC: since when its transaction, and with it the lock, is open. */
  since: string;
  /** Its last statement, cut. */
  statement: string;
  /** What is waited for: a table, or another kind of lock. */
  waitedFor: string;
}

/** How often it is looked: a wait that a lock time-out ends lasts for seconds. */
const LOOK_EVERY_MS = 100;

/**
 * Whom the session waits for and what for, in one row or not at all: the views are not read at one moment, and a wait
 * that ends between them would otherwise be told by half, over the whole answer of the look before.
 */
const BLOCKING = `
  select holder.pid, holder.application_name as program, holder.usename as user, holder.state,
         to_char(coalesce(holder.xact_start, holder.query_start) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
         left(regexp_replace(holder.query, '\\s+', ' ', 'g'), 120) as statement,
         coalesce(waiting.relation::regclass::text, 'a lock') as "waitedFor"
    from unnest(pg_blocking_pids($1)) as blocking(pid) join pg_stat_activity holder using (pid)
    join (select relation from pg_locks where pid = $1 and not granted limit 1) waiting on true`;

/**
 * Runs `work` of the session `pid`, and tells afterwards whom it last had to wait for: once it has given up, the
 * database does not know any more.
 */
export async function watchingLocks<T>(
  databaseUrl: string,
  pid: number,
  work: () => Promise<T>,
): Promise<{ outcome: PromiseSettledResult<T>; holders: LockHolder[] }> {
  const watcher = new pg.Client({ connectionString: databaseUrl, application_name: 'quayside migration watcher' });
  await watcher.connect();
  let holders: LockHolder[] = [];
  let over = false;
  const look = async () => {
    while (!over) {
      const { rows } = await watcher.query<LockHolder>(BLOCKING, [pid]);
      if (rows.length > 0) holders = rows;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const looking = look();
  try {
    const [outcome] = await Promise.allSettled([work()]);
    over = true;
    await looking;
    return { outcome, holders };
  } finally {
    await watcher.end();
  }
}
