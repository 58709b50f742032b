import { createHash } from 'node:crypto';
import { detailOf, storeFailureOf } from '../failures.ts';
import type { Sql } from '../sql.ts';
import type { StoreLog } from '../types.ts';

/** The scope of limits and leases that belong to no workspace: an address that asks for unknown links. */
export const ANYWHERE = '*';

export interface LimitAsk {
  /** A workspace or `ANYWHERE`. */
  readonly workspaceId: string;
  /** The rule and whom it counts: `link-code:<link>:<address>`. Kept as a hash only. */
  readonly key: string;
  /** So many are let through in a window. */
  readonly limit: number;
  /** The window begins with the first hit. So at most twice the limit falls into any stretch of this length. */
  readonly windowMs: number;
  /** The server's clock, in milliseconds since 1970. */
  readonly nowMs: number;
}

export interface LimitVerdict {
  readonly isAllowed: boolean;
  /** Hits in this window with this one, also those refused; 0 when nobody could count. */
  readonly hits: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly untilMs: number;
}

/** Counters shared by all server processes. Not inside a transaction: a hit counts whatever becomes of the request. */
export interface Limits {
  /** Counts one. When the database does not answer, nothing is allowed. */
  hit(ask: LimitAsk): Promise<LimitVerdict>;
  /** What `hit` counted, without counting; for limits on misses. When the database does not answer, nothing is allowed. */
  peek(ask: LimitAsk): Promise<LimitVerdict>;
  /** Deletes windows that are over; how many. */
  purge(workspaceId: string, nowMs: number): Promise<number>;
}

export interface LeaseAsk {
  /** A workspace or `ANYWHERE`. */
  readonly workspaceId: string;
  readonly name: string;
  /** A random name of the holder. */
  readonly owner: string;
  readonly nowMs: number;
  readonly untilMs: number;
}

/** Locks by name that end by themselves, shared by all server processes: one upload, one nightly job. */
export interface Leases {
  /** Takes a lease that is free or over, or makes one's own longer. False while somebody else holds it. */
  take(ask: LeaseAsk): Promise<boolean>;
  /** Gives it back; nothing when it is somebody else's by now. */
  release(ask: Pick<LeaseAsk, 'workspaceId' | 'name' | 'owner'>): Promise<void>;
}

export const LIMIT_SQL = {
  // A clock that is a little behind another process's counts in that one's window.
  hit: `INSERT INTO limit_count (workspace_id, key, until_ms, hits) VALUES ($1, $2, $3, 1)
    ON CONFLICT (workspace_id, key) DO UPDATE SET
      hits = CASE WHEN limit_count.until_ms <= $4 THEN 1 ELSE limit_count.hits + 1 END,
      until_ms = CASE WHEN limit_count.until_ms <= $4 THEN excluded.until_ms ELSE limit_count.until_ms END
    RETURNING hits, until_ms`,
  peek: 'SELECT hits, until_ms FROM limit_count WHERE workspace_id = $1 AND key = $2 AND until_ms > $3',
  purge: 'DELETE FROM limit_count WHERE workspace_id = $1 AND until_ms <= $2',
  take: `INSERT INTO lease (workspace_id, name, owner, until_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (workspace_id, name) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms
    WHERE lease.owner = excluded.owner OR lease.until_ms <= $5`,
  release: 'DELETE FROM lease WHERE workspace_id = $1 AND name = $2 AND owner = $3',
} as const;

/** Runs one statement by itself, committed when it returns. */
export type Alone = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

export function limitsOf(alone: Alone, log: StoreLog): Limits {
  const judged = async (ask: LimitAsk, count: () => Promise<Omit<LimitVerdict, 'isAllowed'>>, free: number) => {
    try {
      const counted = await count();
      return { isAllowed: counted.hits + free <= ask.limit, ...counted };
    } catch (error) {
      if (storeFailureOf(error) === null) throw error;
      // Who cannot count cannot allow: with the database away, guesses would be free.
      log.warn('a limit was not counted', { detail: detailOf(error) });
      return { isAllowed: false, hits: 0, untilMs: ask.nowMs + ask.windowMs };
    }
  };
  return {
    hit: (ask) => judged(ask, () => alone((sql) => hit(sql, ask)), 0),
    peek: (ask) => judged(ask, () => alone((sql) => peek(sql, ask)), 1),
    purge: (workspaceId, nowMs) => alone((sql) => sql.run(LIMIT_SQL.purge, workspaceId, nowMs)),
  };
}

export function leasesOf(alone: Alone): Leases {
  return {
    take: ({ workspaceId, name, owner, nowMs, untilMs }) =>
      alone(async (sql) => (await sql.run(LIMIT_SQL.take, workspaceId, name, owner, untilMs, nowMs)) === 1),
    release: ({ workspaceId, name, owner }) =>
      alone(async (sql) => {
        await sql.run(LIMIT_SQL.release, workspaceId, name, owner);
      }),
  };
}

async function hit(
  sql: Sql,
  { workspaceId, key, windowMs, nowMs }: LimitAsk,
): Promise<Omit<LimitVerdict, 'isAllowed'>> {
  type Counted = Omit<LimitVerdict, 'isAllowed'>;
  const counted = await sql.get<Counted>(LIMIT_SQL.hit, workspaceId, hashOf(key), nowMs + windowMs, nowMs);
  if (counted === null) throw new Error('the limit was not written');
  return counted;
}

async function peek(
  sql: Sql,
  { workspaceId, key, windowMs, nowMs }: LimitAsk,
): Promise<Omit<LimitVerdict, 'isAllowed'>> {
  type Counted = Omit<LimitVerdict, 'isAllowed'>;
  const counted = await sql.get<Counted>(LIMIT_SQL.peek, workspaceId, hashOf(key), nowMs);
  return counted ?? { hits: 0, untilMs: nowMs + windowMs };
}

/** Addresses are nobody's business at rest, and a key may be long. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
