import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteForReading } from './sqlite-reading.ts';
import { AT, must, type SqlitePlace, sqlitePlace } from './testing.ts';

let place: SqlitePlace;
beforeEach(() => {
  place = sqlitePlace();
});
afterEach(() => place.remove());

const storeId = (file = place.file) =>
  openSqliteForReading({ file }).then(async (opened) => {
    const store = must(opened);
    const id = await store.read((read) => read.storeId());
    await store.close();
    return id;
  });

test('reads beside the server that holds the lock, and sees what it commits', async () => {
  const server = await place.open();
  const reading = must(await openSqliteForReading({ file: place.file }));
  expect(await reading.read((read) => read.storeId())).toBe(await server.read((read) => read.storeId()));
  await server.createWorkspace({ id: 'w', name: 'Harbor', at: AT });
  expect(await reading.read(({ workspaces }) => workspaces.get('w'))).toMatchObject({ name: 'Harbor' });
  const write = reading.read((read) =>
    (read as never as { units: { bump(a: string, b: string): Promise<void> } }).units.bump('w', 'd'),
  );
  await expect(write).rejects.toThrow('readonly');
  await reading.close();
  await server.transaction('w', ({ units }) => units.bump('w', 'd'));
  await server.close();
  expect(await storeId()).toMatch(/-/);
});

test('refuses records that are not there, not ours, newer, older or damaged, and leaves them as they are', async () => {
  expect(await openSqliteForReading({ file: place.file })).toMatchObject({ ok: false, error: { type: 'not-ours' } });
  await (await place.open()).close();
  await place.raw("INSERT INTO schema_migration (name, hash, applied_at) VALUES ('2999_later', 'x', 'T')");
  expect(await openSqliteForReading({ file: place.file })).toMatchObject({ ok: false, error: { type: 'newer' } });
  await place.raw('DELETE FROM schema_migration');
  const older = await openSqliteForReading({ file: place.file });
  expect(older).toMatchObject({ ok: false, error: { type: 'failed', sentence: expect.stringContaining('older') } });
  expect(await place.raw('SELECT count(*) AS n FROM schema_migration')).toEqual([{ n: 0 }]);
  await place.raw("INSERT INTO schema_migration (name, hash, applied_at) VALUES ('20261122143000_begin', 'x', 'T')");
  expect(await openSqliteForReading({ file: place.file })).toMatchObject({ ok: false, error: { type: 'failed' } });
  await place.raw('DROP TABLE schema_migration');
  expect(await openSqliteForReading({ file: place.file })).toMatchObject({ ok: false, error: { type: 'not-ours' } });
  const letter = join(dirname(place.file), 'letter.db');
  writeFileSync(letter, 'Dear Priya, this is no database at all and it is longer than a header of one. '.repeat(30));
  expect(await openSqliteForReading({ file: letter })).toMatchObject({ ok: false, error: { type: 'damaged' } });
});
