import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { judgeMigrations, loadStoreMigrations } from './migrations.ts';
import { pinNew } from './pin.ts';

const folder = mkdtempSync(join(tmpdir(), 'closeboard-pins-'));
const place = join(folder, 'sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('both drivers have the same migrations, each pinned to the text it has', () => {
  const [sqlite, postgres] = (['sqlite', 'postgres'] as const).map((driver) => loadStoreMigrations(driver));
  expect(sqlite?.length).toBeGreaterThan(0);
  expect(postgres?.map(({ name }) => name)).toEqual(sqlite?.map(({ name }) => name));
  for (const migrations of [sqlite ?? [], postgres ?? []]) {
    expect(judgeMigrations(new Map(), migrations)).toEqual({ type: 'pending', pending: migrations });
  }
});

test('a migration without a pin and a pin without a migration stop the build; pinning leaves old pins alone', () => {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, '1_a.sql'), 'SELECT 1;');
  expect(pinNew(place)).toEqual(['1_a']);
  const [first] = loadStoreMigrations('sqlite', folder);
  writeFileSync(join(place, '2_b.sql'), 'SELECT 2;');
  expect(() => loadStoreMigrations('sqlite', folder)).toThrow('2_b is not pinned');
  writeFileSync(join(place, '1_a.sql'), 'SELECT 3;');
  expect(pinNew(place)).toEqual(['2_b']);
  const edited = loadStoreMigrations('sqlite', folder);
  expect(edited[0]?.hash).toBe(first?.hash);
  expect(judgeMigrations(new Map(), edited)).toEqual({ type: 'changed', name: '1_a' });
  rmSync(join(place, '2_b.sql'));
  expect(() => loadStoreMigrations('sqlite', folder)).toThrow('missing: 2_b');
});

test('what is pending is judged by set: a migration that was merged late is not passed over', () => {
  const migrations = loadStoreMigrations('sqlite');
  const late = {
    name: '2000_late',
    sql: 'x',
    hash: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
  };
  const done = new Map(migrations.map(({ name, hash }) => [name, hash]));
  expect(judgeMigrations(done, [late, ...migrations])).toEqual({ type: 'pending', pending: [late] });
  expect(judgeMigrations(new Map([...done, ['2999_new', 'y']]), migrations)).toMatchObject({ type: 'newer' });
  expect(judgeMigrations(new Map([...done].map(([name]) => [name, 'z'])), migrations)).toMatchObject({
    type: 'changed',
  });
});
