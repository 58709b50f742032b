import { spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listBackups, takeBackup } from './backup.ts';
import { checkpointer } from './checkpoint.ts';
import { writeFailureOf } from './failures.ts';
import { DB_FILE, probeWrite, sizeOf } from './files.ts';
import { type Db, inRead, inWrite } from './handles.ts';
import { defaultMigrationsFolder, loadMigrations } from './migrate/load.ts';
import { pinNew } from './migrate/pin.ts';
import { openDatabase } from './open.ts';
import { systemProbe } from './place.ts';
import { readDeal } from './read/deal.ts';
import { dealCount } from './read/workspace.ts';
import { AT, makeDeal, mustOpen, putDeal, SILENT, tempFolder } from './testing.ts';
import { putSetting } from './write/settings.ts';

let folder: string;
let remove: () => void;
const opened: Db[] = [];
beforeEach(() => {
  ({ folder, remove } = tempFolder());
});
afterEach(() => {
  for (const db of opened.splice(0)) db.close();
  remove();
});

describe('how it is opened', () => {
  test('synchronous is FULL after the first write, after a reopen, and after a write then', () => {
    for (let round = 0; round < 2; round += 1) {
      const db = mustOpen(folder);
      expect(db.raw.pragma('synchronous', { simple: true })).toBe(2);
      inWrite(db, (write) => putSetting(write, 'theme', `round ${round}`));
      expect(db.raw.pragma('synchronous', { simple: true })).toBe(2);
      expect(db.raw.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.raw.pragma('foreign_keys', { simple: true })).toBe(1);
      expect(db.raw.pragma('busy_timeout', { simple: true })).toBe(5000);
      db.close();
    }
  });

  test('better-sqlite3 by itself reopens a write-ahead log at NORMAL: why FULL is asked for', () => {
    mustOpen(folder).close();
    const bare = new Database(join(folder, DB_FILE));
    bare.exec("UPDATE meta SET value = value WHERE key = 'opened_at'");
    expect(bare.pragma('synchronous', { simple: true })).toBe(1);
    bare.close();
  });

  test('what was written is there after a reopen', () => {
    const deal = makeDeal(1);
    const db = mustOpen(folder);
    putDeal(db, deal);
    db.close();
    const again = keep(mustOpen(folder));
    expect(inRead(again, (read) => readDeal(read, deal.row.id))).toEqual(deal);
  });

  test('closing folds the log into the file, and twice is once', () => {
    const db = mustOpen(folder);
    putDeal(db, makeDeal(1));
    db.close();
    db.close();
    expect(existsSync(join(folder, `${DB_FILE}-wal`))).toBe(false);
  });

  test('a log that passed its size is folded at a commit', () => {
    const db = keep(mustOpen(folder));
    db.raw.pragma('wal_autocheckpoint = 0');
    const infos: string[] = [];
    const after = checkpointer(db.raw, db.file, { ...SILENT, info: (message) => infos.push(message) }, 4096);
    for (let n = 0; n < 256; n += 1) {
      inWrite(db, (write) => putSetting(write, 'n', n));
      after();
    }
    expect(infos).toEqual(['checkpoint']);
  });

  test('a fold that the disk refuses does not make the commit before it look refused', () => {
    const db = keep(mustOpen(folder));
    db.raw.pragma('wal_autocheckpoint = 0');
    const warnings: unknown[] = [];
    const log = { ...SILENT, warn: (message: string, facts: unknown) => warnings.push([message, facts]) };
    const pragma = vi.spyOn(db.raw, 'pragma').mockImplementation(() => {
      throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
    });
    const committed = checkpointer(db.raw, db.file, log, 0);
    for (let n = 0; n < 256; n += 1) inWrite({ ...db, committed }, (write) => putSetting(write, 'n', n));
    pragma.mockRestore();
    expect(warnings).toEqual([['no checkpoint', { code: 'SQLITE_FULL' }]]);
  });
});

describe.skipIf(process.platform === 'win32')('a file that is not the one that was opened', () => {
  const write = (db: Db) => {
    try {
      inWrite(db, (handle) => putSetting(handle, 'n', 1));
      return null;
    } catch (error) {
      return writeFailureOf(error);
    }
  };

  test('is told when it was moved away, and is written again when it is back', () => {
    const db = keep(mustOpen(folder));
    renameSync(db.file, `${db.file}.moved`);
    expect(write(db)).toMatchObject({ type: 'replaced', message: expect.stringContaining('was not saved') });
    renameSync(`${db.file}.moved`, db.file);
    expect(write(db)).toBeNull();
  });

  test('is told when another was put in its place', () => {
    const db = keep(mustOpen(folder));
    copyFileSync(db.file, `${db.file}.other`);
    renameSync(`${db.file}.other`, db.file);
    expect(write(db)).toMatchObject({ type: 'replaced' });
  });
});

describe('one process at a time', () => {
  test('a second opening is refused, and taken once the first is closed', () => {
    const db = mustOpen(folder);
    expect(refused()).toMatchObject({ type: 'locked', message: expect.stringContaining('Another Closeboard') });
    db.close();
    keep(mustOpen(folder));
  });

  test('a process that was killed leaves no lock behind, and its exit is noticed', async () => {
    const fixture = fileURLToPath(new URL('./hold-fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [fixture, folder]);
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error('the child ended by itself')));
    });
    expect(refused().type).toBe('locked');
    child.kill('SIGKILL');
    await new Promise<void>((resolve) => child.once('close', () => resolve()));
    const db = keep(mustOpen(folder));
    expect(inRead(db, dealCount)).toBe(1);
  });
});

describe('refused with a sentence, and nothing touched', () => {
  test('a folder that is kept in step by Dropbox', () => {
    const synced = join(folder, 'Dropbox', 'closeboard');
    const result = openDatabase({ folder: synced, now: () => AT, log: SILENT });
    expect(result).toMatchObject({
      ok: false,
      error: { type: 'bad-place', headline: "Records can't be kept in Dropbox" },
    });
    expect(existsSync(synced)).toBe(false);
  });

  test.each([
    ['EROFS', 'read-only', /may read the folder/],
    ['EACCES', 'read-only', /may read the folder/],
    ['ENOSPC', 'full', /Empty the trash/],
  ])('a folder where writing answers %s', (code, type, sentence) => {
    const system = {
      place: systemProbe(),
      probeWrite: () => {
        throw Object.assign(new Error(code), { code });
      },
    };
    const result = openDatabase({ folder, now: () => AT, log: SILENT, system });
    expect(result).toMatchObject({ ok: false, error: { type, message: expect.stringMatching(sentence) } });
    expect(existsSync(join(folder, DB_FILE))).toBe(false);
  });

  test('a folder that cannot be made, as a file is in its place', () => {
    writeFileSync(join(folder, 'taken'), '');
    const inside = join(folder, 'taken', 'records');
    const result = openDatabase({ folder: inside, now: () => AT, log: SILENT });
    expect(result).toMatchObject({
      ok: false,
      error: { type: 'failed', message: expect.stringMatching(/could not be opened/) },
    });
    expect(() => probeWrite(inside)).toThrow(/ENOTDIR/);
  });

  test('records of a newer program, which stay as they are', () => {
    const db = mustOpen(folder);
    putDeal(db, makeDeal(1));
    db.raw.prepare("INSERT INTO schema_migration VALUES ('29990101000000_future', 'x', 'then')").run();
    db.close();
    const before = readFileSync(join(folder, DB_FILE));
    expect(refused()).toMatchObject({ type: 'newer', message: expect.stringContaining('Update Closeboard') });
    expect(readFileSync(join(folder, DB_FILE)).equals(before)).toBe(true);
  });

  test('a file that is not a database at all', () => {
    writeFileSync(join(folder, DB_FILE), 'Dear diary, '.repeat(1000));
    expect(refused().type).toBe('damaged');
    expect(readFileSync(join(folder, DB_FILE), 'utf8')).toMatch(/^Dear diary/);
  });

  test("somebody else's database", () => {
    const other = new Database(join(folder, DB_FILE));
    other.exec('CREATE TABLE songs (id integer)');
    other.close();
    expect(refused()).toMatchObject({ type: 'damaged', message: expect.stringContaining('not written by Closeboard') });
  });

  test('no records where there are backups: an empty board would look like a loss', async () => {
    const db = mustOpen(folder);
    putDeal(db, makeDeal(1));
    await takeBackup(db);
    db.close();
    writeFileSync(join(folder, DB_FILE), '');
    expect(refused()).toMatchObject({ type: 'damaged', message: expect.stringContaining('is missing') });
  });
});

describe('bytes that were flipped', () => {
  test.each([
    ['in the header', 0],
    ['in the page that lists the tables', 100],
  ])('%s are found at the next start', (_, offset) => {
    mustOpen(folder).close();
    flip(offset, 64);
    expect(refused()).toMatchObject({ type: 'damaged', message: expect.stringContaining('Restore the newest backup') });
  });

  test('in the middle are found as well, whatever page they hit', () => {
    const db = mustOpen(folder);
    for (let n = 0; n < 40; n += 1) putDeal(db, makeDeal(n));
    db.close();
    const pages = sizeOf(join(folder, DB_FILE)) / 4096;
    // The head of a page says what its bytes mean; the second half of the file holds rows and indexes only.
    for (let page = Math.floor(pages / 2); page < pages; page += 1) flip(page * 4096, 16);
    expect(refused().type).toBe('damaged');
  });
});

describe('an exit that was not in order', () => {
  test('is followed by the long check, which alone finds an index that says something else than its rows', () => {
    const db = mustOpen(folder);
    putDeal(db, makeDeal(1));
    db.close();
    leaveIndexBehind('note_deal');
    mustOpen(folder).close();
    setMeta('closed_in_order', '0');
    expect(refused()).toMatchObject({ type: 'damaged', detail: expect.stringContaining('note_deal') });
  });

  test('is told by the mark that closing sets and opening takes away', () => {
    const mark = (db: Db) => db.raw.prepare("SELECT value FROM meta WHERE key = 'closed_in_order'").pluck().get();
    const db = mustOpen(folder);
    expect(mark(db)).toBe('0');
    db.close();
    const bare = new Database(join(folder, DB_FILE), { readonly: true });
    expect(bare.prepare("SELECT value FROM meta WHERE key = 'closed_in_order'").pluck().get()).toBe('1');
    bare.close();
  });
});

describe('a full disk', () => {
  test('refuses a write with a sentence, loses nothing, and goes on when there is room again', () => {
    const db = keep(mustOpen(folder));
    putDeal(db, makeDeal(1));
    const pages = db.raw.pragma('page_count', { simple: true });
    db.raw.pragma(`max_page_count = ${pages}`);
    let thrown: unknown = null;
    try {
      for (let n = 2; n < 60; n += 1) putDeal(db, makeDeal(n));
    } catch (error) {
      thrown = error;
    }
    expect(writeFailureOf(thrown)).toMatchObject({ type: 'full', message: expect.stringContaining('not saved') });
    const held = inRead(db, dealCount);
    expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(inRead(db, (read) => readDeal(read, makeDeal(1).row.id))).toEqual(makeDeal(1));
    db.raw.pragma('max_page_count = 1000000');
    putDeal(db, makeDeal(900));
    expect(inRead(db, dealCount)).toBe(held + 1);
  });

  test('a defect is not taken for a full disk', () => {
    expect(writeFailureOf(new Error('SQLITE_FULL'))).toBeNull();
  });
});

describe('handles', () => {
  test('what a transaction threw is rolled back and comes through', () => {
    const db = keep(mustOpen(folder));
    const work = () =>
      inWrite(db, (write) => {
        putSetting(write, 'theme', 'dark');
        throw new Error('changed my mind');
      });
    expect(work).toThrow('changed my mind');
    expect(db.raw.prepare('SELECT count(*) AS n FROM setting').get()).toEqual({ n: 0 });
  });

  test('a promise, a transaction in a transaction and a write outside are defects', () => {
    const db = keep(mustOpen(folder));
    expect(() => inWrite(db, async () => {})).toThrow('synchronous');
    expect(() => inWrite(db, () => inWrite(db, () => {}))).toThrow('inWrite inside inWrite');
    expect(() => putSetting(db.write, 'theme', 'dark')).toThrow('outside inWrite');
    expect(db.raw.inTransaction).toBe(false);
  });

  test('a slow query is logged, without what was bound to it', () => {
    const lines: unknown[] = [];
    const result = openDatabase({
      folder,
      now: () => AT,
      log: { info: () => {}, warn: (...line) => lines.push(line) },
    });
    if (!result.ok) throw new Error(result.error.type);
    const db = keep(result.value);
    const slow =
      'WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000000) SELECT count(*), ? FROM c';
    inRead(db, (read) => read.get(slow, 'a secret'));
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain('WITH RECURSIVE');
    expect(JSON.stringify(lines)).not.toContain('a secret');
  });
});

describe('migrations at opening', () => {
  test('a later version takes a backup first, and all rows are there afterwards', () => {
    const db = mustOpen(folder);
    putDeal(db, makeDeal(1));
    db.close();
    const migrationsFolder = join(folder, 'next-version');
    mkdirSync(migrationsFolder);
    for (const { name, sql } of loadMigrations()) writeFileSync(join(migrationsFolder, `${name}.sql`), sql);
    writeFileSync(join(migrationsFolder, '29990101000000_next.sql'), 'ALTER TABLE `note` ADD `pinned` integer;');
    expect(() => loadMigrations(migrationsFolder)).toThrow();
    pinNew(migrationsFolder);
    const result = openDatabase({ folder, migrationsFolder, now: () => AT, log: SILENT });
    if (!result.ok) throw new Error(result.error.type);
    const next = keep(result.value);
    expect(listBackups(folder)).toMatchObject([{ kind: 'migration', deals: 1, isChecked: true }]);
    expect(inRead(next, (read) => readDeal(read, makeDeal(1).row.id))?.tasks).toEqual(makeDeal(1).tasks);
  });

  test('a file without a pin, and a pin without a file, are mistakes of the build', () => {
    const migrations = join(folder, 'migrations');
    mkdirSync(migrations);
    writeFileSync(join(migrations, 'a.sql'), 'SELECT 1;');
    writeFileSync(join(migrations, 'pinned.json'), '{}');
    expect(() => loadMigrations(migrations)).toThrow('not pinned');
    writeFileSync(join(migrations, 'pinned.json'), '{"b": "x"}');
    expect(() => loadMigrations(migrations)).toThrow('are missing: b');
  });

  test('they are found beside the source and beside a bundle', () => {
    const url = (path: string) => new URL(`file://${folder}/${path}`).href;
    mkdirSync(join(folder, 'out', 'migrations'), { recursive: true });
    writeFileSync(join(folder, 'out', 'migrations', 'pinned.json'), '{}');
    expect(defaultMigrationsFolder(url('out/main/backend.js'))).toMatch(/out.migrations$/);
    expect(defaultMigrationsFolder(url('out/main/chunks/open-1a2b.js'))).toMatch(/out.migrations$/);
    expect(() => defaultMigrationsFolder(url('elsewhere/x/y.js'))).toThrow('no migrations found');
  });
});

function keep(db: Db): Db {
  opened.push(db);
  return db;
}

function refused() {
  const result = openDatabase({ folder, now: () => AT, log: SILENT });
  if (result.ok) {
    result.value.close();
    throw new Error('opened');
  }
  return result.error;
}

/** Takes the index out of the schema, changes a row, and puts the index back: it still says what the row was. */
function leaveIndexBehind(index: string): void {
  const [kept] = bareRun((bare) => {
    const found = bare
      .prepare('SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?')
      .all(index);
    bare.prepare('DELETE FROM sqlite_schema WHERE name = ?').run(index);
    return found;
  });
  bareRun((bare) => bare.exec("UPDATE note SET written_at = '1999-01-01T00:00:00.000Z'"));
  bareRun((bare) =>
    bare.prepare('INSERT INTO sqlite_schema VALUES (@type, @name, @tbl_name, @rootpage, @sql)').run(kept),
  );
}

function setMeta(key: string, value: string): void {
  bareRun((bare) => bare.prepare('UPDATE meta SET value = ? WHERE key = ?').run(value, key));
}

function bareRun<T>(work: (bare: Database.Database) => T): T {
  const bare = new Database(join(folder, DB_FILE));
  bare.unsafeMode(true);
  bare.pragma('writable_schema = ON');
  try {
    return work(bare);
  } finally {
    bare.close();
  }
}

function flip(offset: number, count: number): void {
  const file = join(folder, DB_FILE);
  const bytes = readFileSync(file).subarray(offset, offset + count);
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.from(bytes.map((byte) => byte ^ 0xff)), 0, count, offset);
  closeSync(handle);
}
