import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate as drizzleMigrate } from 'drizzle-orm/better-sqlite3/migrator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../testing.ts';
import { hashOf, type Migration, migrate } from './runner.ts';

const BEGIN = `CREATE TABLE \`parent\` (\`id\` text PRIMARY KEY NOT NULL, \`name\` text);
--> statement-breakpoint
CREATE TABLE \`child\` (\`id\` text PRIMARY KEY NOT NULL, \`parent_id\` text NOT NULL,
  FOREIGN KEY (\`parent_id\`) REFERENCES \`parent\`(\`id\`) ON UPDATE no action ON DELETE cascade);`;
/** As drizzle-kit writes it when a column becomes NOT NULL. */
const REBUILD = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_parent\` (\`id\` text PRIMARY KEY NOT NULL, \`name\` text NOT NULL);
--> statement-breakpoint
INSERT INTO \`__new_parent\`("id", "name") SELECT "id", "name" FROM \`parent\`;--> statement-breakpoint
DROP TABLE \`parent\`;--> statement-breakpoint
ALTER TABLE \`__new_parent\` RENAME TO \`parent\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;
const COLUMN = 'ALTER TABLE `child` ADD `note` text;';

const first = migration('20260101000000_begin', BEGIN);
const late = migration('20260115000000_late', COLUMN);
const rebuild = migration('20260201000000_rebuild', REBUILD);

let folder: string;
let remove: () => void;
let raw: Database.Database;
beforeEach(() => {
  ({ folder, remove } = tempFolder());
  raw = new Database(join(folder, 'test.db'));
  raw.pragma('journal_mode = WAL');
  raw.pragma('foreign_keys = ON');
});
afterEach(() => {
  raw.close();
  remove();
});

describe('a table rebuild', () => {
  test('keeps every parent and child row', () => {
    mustMigrate([first]);
    fill(raw);
    mustMigrate([first, rebuild]);
    expect(counts(raw)).toEqual({ parents: 100, children: 1000 });
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(raw.prepare("SELECT count(*) AS n FROM parent WHERE name = 'p7'").get()).toEqual({ n: 1 });
    expect(() => raw.prepare("INSERT INTO child VALUES ('x', 'nobody')").run()).toThrow(/FOREIGN KEY/);
  });

  test("drizzle's own migrate() loses the children of the same rebuild: the trap we step round", () => {
    const own = join(folder, 'drizzle');
    writeDrizzleFolder(own, [first]);
    drizzleMigrate(drizzle(raw), { migrationsFolder: own });
    fill(raw);
    writeDrizzleFolder(own, [first, rebuild]);
    drizzleMigrate(drizzle(raw), { migrationsFolder: own });
    expect(counts(raw)).toEqual({ parents: 100, children: 0 });
  });
});

describe('a migration merged late, with an older name', () => {
  test('is applied', () => {
    mustMigrate([first, rebuild]);
    expect(mustMigrate([first, late, rebuild])).toEqual([late.name]);
    expect(columns('child')).toContain('note');
  });

  test("is skipped for ever by drizzle's own migrate()", () => {
    const own = join(folder, 'drizzle');
    writeDrizzleFolder(own, [first, rebuild]);
    drizzleMigrate(drizzle(raw), { migrationsFolder: own });
    writeDrizzleFolder(own, [first, late, rebuild]);
    drizzleMigrate(drizzle(raw), { migrationsFolder: own });
    expect(columns('child')).not.toContain('note');
  });
});

describe('refused, with everything as it was', () => {
  test('a file whose text is not the pinned one', () => {
    const changed = { ...first, sql: `${first.sql}\n-- a later thought` };
    expect(run([changed])).toEqual({ ok: false, error: { type: 'migration-changed', name: first.name } });
    expect(tables()).toEqual([]);
  });

  test('a pin that is not the one the database was migrated with', () => {
    mustMigrate([first]);
    const other = migration(first.name, `${BEGIN}\n-- another`);
    expect(run([other])).toEqual({ ok: false, error: { type: 'migration-changed', name: first.name } });
  });

  test('a schema from a newer program', () => {
    mustMigrate([first, rebuild]);
    expect(run([first])).toEqual({ ok: false, error: { type: 'newer-schema', names: [rebuild.name] } });
  });

  test('a database that somebody else made', () => {
    raw.exec('CREATE TABLE songs (id integer)');
    expect(run([first])).toEqual({ ok: false, error: { type: 'not-ours' } });
    expect(tables()).toEqual(['songs']);
  });

  test('rows that would be left without their parent', () => {
    mustMigrate([first]);
    fill(raw);
    const careless = migration('20260301000000_careless', "DELETE FROM parent WHERE id = 'p1';");
    expect(run([first, careless])).toEqual({ ok: false, error: { type: 'links-broken', tables: ['child'] } });
    expect(counts(raw)).toEqual({ parents: 100, children: 1000 });
  });

  test('a statement that fails takes all of its transaction back', () => {
    mustMigrate([first]);
    const wrong = migration('20260301000000_wrong', 'ALTER TABLE nowhere ADD x text;');
    expect(() => run([first, late, wrong])).toThrow(/nowhere/);
    expect(columns('child')).not.toContain('note');
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(mustMigrate([first, late])).toEqual([late.name]);
  });

  test('a migration that ends its own transaction', () => {
    const sly = migration('20260301000000_sly', 'COMMIT;');
    expect(() => run([first, sly])).toThrow(/ends the transaction/);
  });
});

describe('the snapshot', () => {
  test('is taken before a change of something that is there, and only then', () => {
    const taken: string[] = [];
    const snapshot = () => taken.push(`${tables().length} tables`);
    migrate(raw, [first], { now: () => 'now', snapshot });
    expect(taken).toEqual([]);
    migrate(raw, [first], { now: () => 'now', snapshot });
    expect(taken).toEqual([]);
    migrate(raw, [first, late], { now: () => 'now', snapshot });
    expect(taken).toEqual(['3 tables']);
  });

  test('that fails stops the migration', () => {
    mustMigrate([first]);
    const snapshot = () => {
      throw new Error('no room');
    };
    expect(() => migrate(raw, [first, late], { now: () => 'now', snapshot })).toThrow('no room');
    expect(columns('child')).not.toContain('note');
  });
});

test('killed in the middle, and started again', async () => {
  mustMigrate([first]);
  fill(raw);
  raw.close();
  const fixture = fileURLToPath(new URL('./stall-fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [fixture, join(folder, 'test.db'), JSON.stringify([first])]);
  // The child says when it is inside the transaction, and then never goes on.
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the child ended by itself')));
  });
  child.kill('SIGKILL');
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  raw = new Database(join(folder, 'test.db'));
  expect(columns('child')).not.toContain('note');
  expect(counts(raw)).toEqual({ parents: 100, children: 1000 });
  expect(mustMigrate([first, late, rebuild])).toEqual([late.name, rebuild.name]);
  expect(counts(raw)).toEqual({ parents: 100, children: 1000 });
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('line ends of a checkout do not change the hash', () => {
  expect(hashOf('a;\r\nb;')).toBe(hashOf('a;\nb;'));
});

function migration(name: string, sql: string): Migration {
  return { name, sql, hash: hashOf(sql) };
}

function run(migrations: readonly Migration[]) {
  return migrate(raw, migrations, { now: () => '2026-06-02T16:12:00.000Z', snapshot: () => {} });
}

function mustMigrate(migrations: readonly Migration[]): readonly string[] {
  const done = run(migrations);
  if (!done.ok) throw new Error(done.error.type);
  return done.value.applied;
}

function fill(database: Database.Database): void {
  database.transaction(() => {
    for (let p = 0; p < 100; p += 1) {
      database.prepare('INSERT INTO parent VALUES (?, ?)').run(`p${p}`, `p${p}`);
      for (let c = 0; c < 10; c += 1) {
        database.prepare('INSERT INTO child (id, parent_id) VALUES (?, ?)').run(`p${p}c${c}`, `p${p}`);
      }
    }
  })();
}

function counts(database: Database.Database): unknown {
  return database
    .prepare('SELECT (SELECT count(*) FROM parent) AS parents, (SELECT count(*) FROM child) AS children')
    .get();
}

function columns(table: string): readonly string[] {
  return (raw.pragma(`table_info(${table})`) as { name: string }[]).map((column) => column.name);
}

function tables(): readonly string[] {
  const rows = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  return (rows as { name: string }[]).map((row) => row.name);
}

function writeDrizzleFolder(target: string, migrations: readonly Migration[]): void {
  mkdirSync(join(target, 'meta'), { recursive: true });
  const entries = migrations.map(({ name }, idx) => ({
    idx,
    version: '6',
    when: Number(name.slice(0, 14)),
    tag: name,
    breakpoints: true,
  }));
  writeFileSync(join(target, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect: 'sqlite', entries }));
  for (const { name, sql } of migrations) writeFileSync(join(target, `${name}.sql`), sql);
}
