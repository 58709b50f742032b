import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { hashOf, type Migration, migrate } from './runner.ts';

/** For runner.db.test.ts: starts a migration that changes rows, says so on stdout, and never gets to its end. */
const [, , file, done] = process.argv;
const raw = new Database(file);
raw.pragma('journal_mode = WAL');
raw.function('stall', () => {
  writeSync(1, 'inside');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return 1;
});
const sql = 'ALTER TABLE `child` ADD `note` text; UPDATE child SET note = id; SELECT stall();';
const stalling: Migration = { name: '20260401000000_stall', sql, hash: hashOf(sql) };
const before = JSON.parse(done ?? '[]') as readonly Migration[];
migrate(raw, [...before, stalling], { now: () => '2026-06-02T16:12:00.000Z', snapshot: () => {} });
