import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupFile, backupTo, listBackups, takeBackup } from './backup.ts';
import { BACKUPS_FOLDER, DB_FILE } from './files.ts';
import { type Db, inRead } from './handles.ts';
import { openDatabase } from './open.ts';
import { readDeal } from './read/deal.ts';
import { dealCount } from './read/workspace.ts';
import { restoreBackup, restoreFrom } from './restore.ts';
import { AT, makeDeal, mustOpen, putDeal, SILENT, tempFolder } from './testing.ts';

const LATER = '2026-06-03T09:00:00.000Z';

let folder: string;
let remove: () => void;
let db: Db;
let clock: Date;
beforeEach(() => {
  ({ folder, remove } = tempFolder());
  clock = new Date('2026-06-02T08:00:00.000Z');
  db = mustOpen(folder, () => clock.toISOString());
});
afterEach(() => {
  db.close();
  remove();
});

describe('a backup', () => {
  test('is one checked file with all deals, and says so beside it', async () => {
    putDeal(db, makeDeal(1));
    putDeal(db, makeDeal(2));
    const taken = await takeBackup(db);
    expect(taken).toMatchObject({ id: '2026-06-02T08-00-00.000Z-rolling', deals: 2, isChecked: true });
    expect(readdirSync(join(folder, BACKUPS_FOLDER)).toSorted()).toEqual([`${taken.id}.db`, `${taken.id}.json`]);
    const copy = new Database(backupFile(folder, taken.id), { readonly: true });
    expect(copy.prepare('SELECT count(*) AS n FROM task').get()).toEqual({ n: 12 });
    copy.close();
  });

  test('is taken while writing goes on', async () => {
    for (let n = 0; n < 50; n += 1) putDeal(db, makeDeal(n));
    const taking = takeBackup(db);
    for (let n = 50; n < 60; n += 1) putDeal(db, makeDeal(n));
    const taken = await taking;
    expect(taken.deals).toBeGreaterThanOrEqual(50);
    expect(inRead(db, dealCount)).toBe(60);
  });

  test('clears what an interrupted one left, and lets old ones go', async () => {
    writeFileSync(join(folder, BACKUPS_FOLDER, '..', 'keep-me'), '');
    for (let hour = 0; hour < 60; hour += 1) {
      clock = new Date(clock.getTime() + 3_600_000);
      await takeBackup(db);
      writeFileSync(join(folder, BACKUPS_FOLDER, 'half.part'), 'x');
    }
    const names = readdirSync(join(folder, BACKUPS_FOLDER));
    const listed = listBackups(folder);
    // 24 hours, and the newest of 2 June; those of 3 and 4 June are among the hours.
    expect(listed).toHaveLength(25);
    expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(25);
    expect(listed[0]?.takenAt).toBe(clock.toISOString());
  });

  test('is listed without a database, and without its facts as not checked', async () => {
    putDeal(db, makeDeal(1));
    const { id } = await takeBackup(db);
    db.close();
    rmSync(join(folder, DB_FILE));
    expect(listBackups(folder)).toMatchObject([{ id, deals: 1, isChecked: true }]);
    writeFileSync(join(folder, BACKUPS_FOLDER, `${id}.json`), 'torn');
    expect(listBackups(folder)).toMatchObject([
      { id, deals: 0, isChecked: false, takenAt: '2026-06-02T08:00:00.000Z' },
    ]);
  });

  test('that was cut short later is not called checked', async () => {
    const { id, bytes } = await takeBackup(db);
    truncateSync(backupFile(folder, id), bytes - 4096);
    expect(listBackups(folder)).toMatchObject([{ id, isChecked: false }]);
  });

  test('that cannot be written throws, and leaves nothing half-made', async () => {
    const { id } = await takeBackup(db);
    await expect(backupTo(db, join(folder, 'no-such-folder', 'x.db'))).rejects.toThrow();
    expect(listBackups(folder).map((backup) => backup.id)).toEqual([id]);
    expect(existsSync(join(folder, 'no-such-folder'))).toBe(false);
  });
});

describe('restoring', () => {
  test('brings back what a damaged file no longer gives, and keeps that file', async () => {
    putDeal(db, makeDeal(1));
    const { id } = await takeBackup(db);
    putDeal(db, makeDeal(2));
    db.close();
    const damage = 'not a database any more'.repeat(1000);
    writeFileSync(join(folder, DB_FILE), damage);
    expect(openDatabase({ folder, now: () => AT, log: SILENT })).toMatchObject({
      ok: false,
      error: { type: 'damaged' },
    });

    const restored = restoreBackup(folder, id, LATER);
    expect(restored).toMatchObject({ ok: true, value: { deals: 1 } });
    const aside = join(folder, 'set-aside', '2026-06-03T09-00-00.000Z', DB_FILE);
    expect(readFileSync(aside, 'utf8')).toBe(damage);
    db = mustOpen(folder);
    expect(inRead(db, (read) => readDeal(read, makeDeal(1).row.id))).toEqual(makeDeal(1));
    expect(listBackups(folder).map((backup) => backup.id)).toEqual([id]);
  });

  test('sets the write-ahead log aside with its file: it must not be played over the backup', async () => {
    putDeal(db, makeDeal(1));
    const { id } = await takeBackup(db);
    putDeal(db, makeDeal(2));
    const live = { file: readFileSync(join(folder, DB_FILE)), wal: readFileSync(join(folder, `${DB_FILE}-wal`)) };
    db.close();
    writeFileSync(join(folder, DB_FILE), live.file);
    writeFileSync(join(folder, `${DB_FILE}-wal`), live.wal);
    expect(restoreBackup(folder, id, LATER)).toMatchObject({ ok: true, value: { deals: 1 } });
    const aside = readdirSync(join(folder, 'set-aside', '2026-06-03T09-00-00.000Z')).toSorted();
    expect(aside).toEqual([DB_FILE, `${DB_FILE}-wal`]);
    db = mustOpen(folder);
    expect(inRead(db, dealCount)).toBe(1);
  });

  test('sets a journal aside that a kill left: it must not be played back into the backup', async () => {
    putDeal(db, makeDeal(1));
    const { id } = await takeBackup(db);
    db.close();
    writeFileSync(join(folder, `${DB_FILE}-journal`), 'left by a kill');
    expect(restoreBackup(folder, id, LATER)).toMatchObject({ ok: true });
    expect(existsSync(join(folder, `${DB_FILE}-journal`))).toBe(false);
    expect(readdirSync(join(folder, 'set-aside', '2026-06-03T09-00-00.000Z'))).toContain(`${DB_FILE}-journal`);
    db = mustOpen(folder);
  });

  test('from records that were set aside brings back what was in their log too', async () => {
    putDeal(db, makeDeal(1));
    await takeBackup(db);
    putDeal(db, makeDeal(2));
    const aside = tempFolder();
    const file = join(aside.folder, DB_FILE);
    copyFileSync(join(folder, DB_FILE), file);
    copyFileSync(join(folder, `${DB_FILE}-wal`), `${file}-wal`);
    const [size, log] = [readFileSync(file).length, readFileSync(`${file}-wal`).length];
    db.close();
    expect(restoreFrom(folder, file, LATER)).toMatchObject({ ok: true, value: { deals: 2 } });
    expect([readFileSync(file).length, readFileSync(`${file}-wal`).length]).toEqual([size, log]);
    db = mustOpen(folder);
    expect(inRead(db, dealCount)).toBe(2);
    aside.remove();
  });

  test('works where the records are gone, and twice in the same instant', async () => {
    putDeal(db, makeDeal(1));
    const { id } = await takeBackup(db);
    db.close();
    rmSync(join(folder, DB_FILE));
    expect(restoreBackup(folder, id, LATER)).toEqual({ ok: true, value: { deals: 1, setAside: null } });
    for (const ending of ['', '-2']) {
      const setAside = join(folder, 'set-aside', `2026-06-03T09-00-00.000Z${ending}`);
      expect(restoreBackup(folder, id, LATER)).toEqual({ ok: true, value: { deals: 1, setAside } });
    }
    db = mustOpen(folder);
  });

  test('of a backup that is damaged itself moves nothing', async () => {
    for (let n = 0; n < 20; n += 1) putDeal(db, makeDeal(n));
    const { id, bytes } = await takeBackup(db);
    db.close();
    truncateSync(backupFile(folder, id), Math.floor(bytes / 8192) * 4096);
    expect(restoreBackup(folder, id, LATER)).toMatchObject({ ok: false, error: { type: 'not-whole' } });
    expect(existsSync(join(folder, 'set-aside'))).toBe(false);
    db = mustOpen(folder);
    expect(inRead(db, dealCount)).toBe(20);
  });

  test.each([['../../somewhere'], ['2026-06-02T08-00-00.000Z-rolling/../x'], ['']])(
    'takes no id that is not listed: %j',
    (id) => {
      db.close();
      expect(restoreBackup(folder, id, LATER)).toMatchObject({ ok: false, error: { type: 'no-such-backup' } });
    },
  );

  test('is refused while the records are open', async () => {
    const { id } = await takeBackup(db);
    const refusal = { type: 'locked', message: expect.stringContaining('Close it, then restore') };
    expect(restoreBackup(folder, id, LATER)).toMatchObject({ ok: false, error: refusal });
  });

  test('from a file that was written for it, and from no other', async () => {
    putDeal(db, makeDeal(1));
    const out = join(folder, 'mine.db');
    expect(await backupTo(db, out)).toMatchObject({ deals: 1 });
    db.close();
    const songs = new Database(join(folder, 'songs.db'));
    songs.exec('CREATE TABLE songs (id integer)');
    songs.close();
    expect(restoreFrom(folder, join(folder, 'songs.db'), LATER)).toMatchObject({
      ok: false,
      error: { type: 'not-ours' },
    });
    const other = tempFolder();
    copyFileSync(out, join(other.folder, 'carried.db'));
    expect(restoreFrom(other.folder, join(other.folder, 'carried.db'), LATER)).toMatchObject({ ok: true });
    const there = mustOpen(other.folder);
    expect(inRead(there, (read) => readDeal(read, makeDeal(1).row.id))).toEqual(makeDeal(1));
    there.close();
    other.remove();
  });
});
