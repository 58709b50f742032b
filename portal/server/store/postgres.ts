import pg from 'pg';
import { err, ok, type Result } from '../../../core/result.ts';
import { areasOf } from './areas/all.ts';
import type { Alone } from './areas/limits.ts';
import { commonOf } from './common.ts';
import { detailOf, isRetryable, refusalOf, storeFailureOf } from './failures.ts';
import { sqlOf } from './postgres-connection.ts';
import { migratePostgres } from './postgres-migrate.ts';
import { listen, type PostgresPokes } from './postgres-pokes.ts';
import { createNesting } from './serial.ts';
import type { ScopedSql } from './sql.ts';
import type { Store, StoreLog, StoreRefusal } from './types.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; never logged. */
  readonly url: string;
  /** ISO instant, for the record of migrations. */
  readonly now: () => string;
  readonly log: StoreLog;
  /** Connections of this process besides the one for pokes; 10 when not given. */
  readonly connections?: number;
  /** The folder with `sqlite/` and `postgres/`; beside the source or the bundle when not given. */
  readonly migrationsFolder?: string;
}

/** How often a transaction is begun before a deadlock is given up on. */
const TRIES = 8;

/**
 * What is acknowledged is on disk, whatever the default of this database is. And each statement has one plan, the one
 * that the plan test sees: by the index that was made for it. Left to choose, PostgreSQL reads and sorts a whole deal for
 * each page of a workspace that was filled a moment ago, as it has no statistics of it yet.
 */
export const SESSION_OPTIONS = [
  ...['synchronous_commit=on', 'default_transaction_isolation=read\\ committed', 'timezone=UTC'],
  ...['enable_seqscan=off', 'enable_sort=off', 'plan_cache_mode=force_generic_plan', 'jit=off'],
]
  .map((option) => `-c ${option}`)
  .join(' ');

/**
 * Limits of one session, in milliseconds. A process that hangs inside a transaction holds the lock of its workspace, so
 * the database ends it; who waits for that lock is told soon enough to answer a request.
 */
const SESSION = {
  statement_timeout: 30_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 20_000,
  connectionTimeoutMillis: 10_000,
  options: SESSION_OPTIONS,
} as const;

/** Connects, brings the schema up to date (one process at a time) and listens for pokes. */
export async function openPostgresStore(options: PostgresOptions): Promise<Result<Store, StoreRefusal>> {
  const connection: pg.ClientConfig = { ...SESSION, connectionString: options.url };
  const pool = new pg.Pool({ ...connection, application_name: 'closeboard', max: options.connections ?? 10 });
  // A connection that breaks while nobody uses it is replaced by the pool; unheard, this event would end the process.
  pool.on('error', (error) => options.log.warn('a connection broke', { detail: detailOf(error) }));
  try {
    const refusal = await usingOf(pool)((client) => migratePostgres(client, options.now, options.migrationsFolder));
    if (refusal === null) {
      const pokes = await listen({ connection, log: options.log, retryMs: 100, askMs: 15_000 });
      return ok(storeOf(pool, pokes, options.log));
    }
    await pool.end();
    return err(refusal);
  } catch (error) {
    await pool.end();
    options.log.warn('the store was not opened', { detail: detailOf(error) });
    return err(refusalOf(error));
  }
}

type Using = <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;

/** A connection for one work. One on which a rollback failed is thrown away. */
function usingOf(pool: pg.Pool): Using {
  return async (work) => {
    const client = await pool.connect();
    let broken = false;
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await work(client);
    } catch (error) {
      broken ||= error instanceof RollbackFailed || storeFailureOf(error)?.type === 'unavailable';
      throw error instanceof RollbackFailed ? error.cause : error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };
}

function storeOf(pool: pg.Pool, pokes: PostgresPokes, log: StoreLog): Store {
  const using = usingOf(pool);
  const outermost = createNesting();
  let isClosed = false;
  const begun = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isClosed) throw new Error('the store is closed');
    return outermost(work);
  };
  const alone: Alone = (work) => begun(() => using((client) => work(sqlOf(client, null))));
  return {
    driver: 'postgres',
    read: (work) =>
      begun(() => using((client) => within({ client, scope: null, begin: SNAPSHOT }, (sql) => work(areasOf(sql))))),
    transaction: (workspaceId, work) =>
      begun(() =>
        retrying(log, () =>
          using((client) =>
            within({ client, scope: workspaceId, begin: 'BEGIN' }, async (sql) => {
              await lockWorkspace(sql, workspaceId);
              return work(areasOf(sql));
            }),
          ),
        ),
      ),
    ...commonOf(alone, log),
    pokes,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await pokes.close();
      await pool.end();
    },
  };
}

/** One moment for all that is read. */
const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * The first statement of each writing transaction: from here on nothing else writes to this workspace, in any process,
 * until the commit. READ COMMITTED is enough behind it, since what follows sees everything that was committed before the
 * lock was got, and a stricter level would fail for the very wait. Heads and versions are counted behind it, so their
 * order is that of commits and none is left out.
 */
async function lockWorkspace(sql: ScopedSql, workspaceId: string): Promise<void> {
  const found = await sql.get('SELECT head FROM workspace WHERE workspace_id = $1 FOR UPDATE', workspaceId);
  if (found === null) throw new Error('there is no such workspace');
}

class RollbackFailed extends Error {}

async function within<T>(
  { client, scope, begin }: { readonly client: pg.PoolClient; readonly scope: string | null; readonly begin: string },
  work: (sql: ScopedSql) => Promise<T>,
): Promise<T> {
  const sql = sqlOf(client, scope);
  await client.query(begin);
  try {
    const value = await work(sql);
    sql.end();
    const failure = sql.failure();
    if (failure !== null) throw failure.error;
    await client.query('COMMIT');
    return value;
  } catch (error) {
    sql.end();
    await client.query('ROLLBACK').catch(() => {
      throw new RollbackFailed('the rollback failed', { cause: error });
    });
    throw error;
  }
}

async function retrying<T>(log: StoreLog, work: () => Promise<T>): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || time === TRIES) throw error;
      log.info('a transaction is run again', { detail: detailOf(error), time });
    }
  }
}
