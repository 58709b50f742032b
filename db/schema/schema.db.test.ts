import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { AnchorRow, DealRow, NoteRow, PersonRow, TaskRow } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Db } from '../handles.ts';
import { loadMigrations } from '../migrate/load.ts';
import { hashOf } from '../migrate/runner.ts';
import { SCHEMA } from '../rows.ts';
import { mustOpen, tempFolder } from '../testing.ts';
import { changeLog, commandLog } from './journal.ts';
import { summary } from './summary.ts';
import { member, meta, setting } from './workspace.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: 0 | 1;
}

const ALL = [...Object.values(SCHEMA), summary, commandLog, changeLog, member, meta, setting];

let db: Db;
let remove: () => void;
beforeAll(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
});
afterAll(() => {
  db.close();
  remove();
});

describe('synced tables only ever gain columns', () => {
  const pinned = JSON.parse(
    readFileSync(fileURLToPath(new URL('./synced-columns.json', import.meta.url)), 'utf8'),
  ) as Record<string, readonly string[]>;

  test('the pinned list is of the synced tables', () => {
    expect(Object.keys(pinned).toSorted()).toEqual(Object.keys(SCHEMA).toSorted());
  });

  test.each(Object.keys(SCHEMA))('%s', (table) => {
    const there = (db.raw.pragma(`table_info(${table})`) as Column[]).map((column) => `${column.name} ${column.type}`);
    // A column that is pinned and not there would make rows of another device unreadable: never take one off the list.
    expect(there.filter((column) => pinned[table]?.includes(column))).toEqual(pinned[table]);
    // A new column is added to the end of the list in the same commit.
    expect(there.filter((column) => !pinned[table]?.includes(column))).toEqual([]);
  });
});

test.each(ALL.map((table) => [getTableName(table), table] as const))(
  '%s is migrated as it is declared',
  (name, table) => {
    const there = (db.raw.pragma(`table_info(${name})`) as Column[]).map((column) => column.name);
    const declared = Object.values(getTableColumns(table)).map((column) => column.name);
    expect(there.toSorted()).toEqual(declared.toSorted());
  },
);

test('each migration is pinned with the hash of its text', () => {
  const migrations = loadMigrations();
  expect(migrations.length).toBeGreaterThan(0);
  for (const { sql, hash } of migrations) expect(hashOf(sql)).toBe(hash);
});

test('rows of the database are rows of the rules', () => {
  expectTypeOf<(typeof SCHEMA.deal)['$inferSelect']>().toEqualTypeOf<Writable<DealRow>>();
  expectTypeOf<(typeof SCHEMA.task)['$inferSelect']>().toEqualTypeOf<Writable<TaskRow>>();
  expectTypeOf<(typeof SCHEMA.person)['$inferSelect']>().toEqualTypeOf<Writable<PersonRow>>();
  expectTypeOf<(typeof SCHEMA.note)['$inferSelect']>().toEqualTypeOf<Writable<NoteRow>>();
  expectTypeOf<(typeof SCHEMA.anchor)['$inferSelect']>().toEqualTypeOf<Writable<AnchorRow>>();
  expectTypeOf<Pick<(typeof summary)['$inferSelect'], keyof SummaryRow>>().toEqualTypeOf<Writable<SummaryRow>>();
});

type Writable<T> = { -readonly [K in keyof T]: T[K] };
