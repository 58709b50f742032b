import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { Result } from '../../../core/result.ts';
import { openPostgresStore, SESSION_OPTIONS } from './postgres.ts';
import { openSqliteStore, type SqliteStore } from './sqlite.ts';
import type { Store, StoreLog, StoreRefusal } from './types.ts';

/** Shared by the tests of the portal server and by the simulator. */

export const AT = '2026-06-02T16:12:00.000Z';
export const SILENT: StoreLog = { info: () => {}, warn: () => {} };

/** A place for one store: it may be opened, closed and opened again. */
export interface StorePlace {
  readonly driver: Store['driver'];
  /** With PostgreSQL as often at a time as one likes: each is a server process. */
  open(): Promise<Store>;
  /** One statement past the store, for what a test does to it from outside. */
  raw(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The plan of a statement of the store, as JSON with PostgreSQL. */
  explain(text: string): Promise<string>;
  /** Makes the database refuse to write from now on, until the returned function is called. */
  silence(): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export type SqlitePlace = Omit<StorePlace, 'open'> & { readonly file: string; open(): Promise<SqliteStore> };

export function sqlitePlace(): SqlitePlace {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-store-'));
  const file = join(folder, 'portal.db');
  return {
    driver: 'sqlite',
    file,
    open: async () => must(await openSqliteStore({ file, now: () => AT, log: SILENT, busyMs: 100 })),
    raw: async (text) => {
      const raw = new Database(file);
      try {
        const statement = raw.prepare(text);
        if (statement.reader) return statement.all() as readonly Record<string, unknown>[];
        statement.run();
        return [];
      } finally {
        raw.close();
      }
    },
    explain: async (text) => {
      const raw = new Database(file);
      const values = Object.fromEntries([...text.matchAll(/\$(\d+)/g)].map(([, n]) => [n, null]));
      const steps = raw.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(values);
      raw.close();
      return steps.map(({ detail }) => detail).join('\n');
    },
    silence: async () => {
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      return async () => void other.close();
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A running PostgreSQL of this test file, or the reason why there is none. */
export interface Postgres {
  /** A place in a new, empty database. */
  place(): Promise<StorePlace & { readonly url: string }>;
  stop(): Promise<void>;
}

/**
 * Takes some seconds. A value, not an error, where PostgreSQL has no program for this computer or may not be started.
 * `temp` is where its folder is made.
 */
export async function startPostgres(temp: string = tmpdir()): Promise<Postgres | { readonly reason: string }> {
  const host = spawn(process.execPath, [fileURLToPath(new URL('./postgres-fixture.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp },
  });
  const said = await firstLine(host);
  if (said === null) return { reason: 'the process that starts PostgreSQL ended without a word' };
  const { port, reason } = JSON.parse(said) as { readonly port?: number; readonly reason?: string };
  if (port === undefined) return { reason: reason ?? 'unknown' };
  let made = 0;
  return {
    place: async () => {
      made += 1;
      return postgresPlace(port, `store_${made}`);
    },
    stop: () => ended(host),
  };
}

async function postgresPlace(port: number, name: string) {
  const urlOf = (database: string) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`;
  const url = urlOf(name);
  await ask(urlOf('postgres'), `CREATE DATABASE ${name}`);
  return {
    driver: 'postgres' as const,
    url,
    open: async () => must(await openPostgresStore({ url, now: () => AT, log: SILENT })),
    raw: (text: string) => ask(url, text),
    explain: async (text: string) => {
      const session = `${url}?options=${encodeURIComponent(SESSION_OPTIONS)}`;
      const rows = await ask(session, `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`);
      return JSON.stringify(rows[0]?.['QUERY PLAN']);
    },
    silence: async () => {
      const allow = (word: string) => ask(urlOf('postgres'), `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${word}`);
      await allow('false');
      await ask(urlOf('postgres'), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
      return async () => void (await allow('true'));
    },
    remove: async () => void (await ask(urlOf('postgres'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function ask(url: string, text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Opens or throws: for tests that are not about opening. */
export function must<T>(opened: Result<T, StoreRefusal>): T {
  if (!opened.ok) throw new Error(`${opened.error.type}: ${opened.error.detail}`);
  return opened.value;
}

function firstLine(host: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    host.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    host.on('error', () => resolve(null));
    host.on('exit', () => resolve(null));
  });
}

async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const gone = new Promise((resolve) => host.on('exit', resolve));
  host.stdin?.end();
  await gone;
}
