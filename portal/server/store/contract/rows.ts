import { expect, test } from 'vitest';
import { type Cursor, PAGE_LIMITS, type Page, pageOf, startOf } from '../../../../core/sync/page.ts';
import type { SyncRow } from '../../../../core/sync/rows.ts';
import type { WrittenRow } from '../areas/rows.ts';
import type { Store } from '../types.ts';
import { task } from './accept.ts';
import type { Given } from './index.ts';

interface At {
  readonly workspaceId: string;
  readonly unitId: string;
}

export function rowsContract(given: Given): void {
  const unit = async (unitId: string): Promise<At> => ({ workspaceId: await given.workspace(), unitId });

  test('rows are set, changed and deleted; a tombstone keeps its place and no content', async () => {
    const at = await unit('deal-a');
    const { workspaceId, unitId } = at;
    const row = { title: 'Order HOA papers', done: false, price: 1.5, note: 'ñ \u0000 " 🏠', list: [1, null] };
    await write(given.store(), at, [task('t1', row), task('t2'), task('t1', { b: 1, a: row }), journal('c-1')]);
    await given.store().read(async ({ rows }) => {
      const kept = { version: 1, commandId: 'c-1' };
      expect(await rows.load(workspaceId, unitId, 'journal')).toEqual([
        { table: 'task', rowId: 't1', row: { b: 1, a: row }, ...kept },
        { table: 'task', rowId: 't2', row: { id: 't2' }, ...kept },
      ]);
      expect((await rows.load(workspaceId, unitId)).map(({ table }) => table)).toEqual(['journal', 'task', 'task']);
    });
    await write(given.store(), at, [task('t1', null), { table: 'anchor', rowId: 'a1', row: { on: '2026-06-02' } }]);
    await given.store().read(async ({ rows }) => {
      expect((await rows.load(workspaceId, unitId, 'journal')).map(({ rowId }) => rowId)).toEqual(['a1', 't2']);
      expect(await rows.get(workspaceId, unitId, 'task', 't1')).toMatchObject({ row: null, version: 2 });
      expect(await rows.get(workspaceId, unitId, 'task', 't9')).toBeNull();
      const page = await rows.page({ ...at, after: startOf(1), upTo: null });
      expect(page).toMatchObject({ upTo: 2, current: 2, next: null });
      expect(page.rows).toEqual([
        { table: 'anchor', rowId: 'a1', version: 2, row: { on: '2026-06-02' } },
        { table: 'task', rowId: 't1', version: 2, row: null },
      ]);
    });
    await write(given.store(), at, [task('t1', { back: true })]);
    const back = await given.store().read(({ rows }) => rows.get(workspaceId, unitId, 'task', 't1'));
    expect(back).toMatchObject({ row: { back: true }, version: 3, commandId: 'c-3' });
  });

  test('pages hold 500 rows, in the order of bytes, each row once', async () => {
    const at = await unit('deal-b');
    const ids = Array.from({ length: 1_203 }, (_, n) => `${['a', 'B', 'é', '\uffee', 'z', '🏠', '_'][n % 7]}${n}`);
    await write(
      given.store(),
      at,
      ids.map((id) => task(id)),
    );
    await write(
      given.store(),
      at,
      ids.slice(0, 10).map((id) => task(id, null)),
    );
    const pages = await pull(given.store(), at, 0, 2);
    expect(pages.map(({ rows }) => rows.length)).toEqual([PAGE_LIMITS.rows, PAGE_LIMITS.rows, 203]);
    const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
    const expected = [...ids.slice(10).toSorted(byBytes), ...ids.slice(0, 10).toSorted(byBytes)];
    expect(pages.flatMap(({ rows }) => rows).map(({ rowId }) => rowId)).toEqual(expected);
    const count = async (held: number, upTo: number) =>
      (await pull(given.store(), at, held, upTo)).flatMap(({ rows }) => rows).length;
    expect([await count(1, 2), await count(0, 1), await count(2, 2)]).toEqual([10, 1_193, 0]);
    expect(pages).toEqual(referencePages(pages.flatMap(({ rows }) => rows)));
  });

  test('pages hold 1 MB of UTF-8, but always one row', async () => {
    const at = await unit('deal-c');
    const sized = (bytes: number) => 'é'.repeat(bytes / 2);
    const rows = [400_000, 400_000, 400_000, 1_500_000, 10].map((bytes, n) => task(`t${n}`, { text: sized(bytes) }));
    await write(given.store(), at, rows);
    const pages = await pull(given.store(), at, 0, 1);
    const ids = pages.map((page) => page.rows.map(({ rowId }) => rowId));
    expect(ids).toEqual([['t0', 't1'], ['t2'], ['t3'], ['t4']]);
    expect(pages.flatMap((page) => page.rows.map(({ row }) => row))).toEqual(rows.map(({ row }) => row));
  });

  test('pages are cut where the reference cuts them', async () => {
    const at = await unit('deal-e');
    for (let version = 1; version <= 4; version += 1) {
      const rows = Array.from({ length: 150 }, (_, n) =>
        task(`t${(n * 37 * version) % 400}`, { text: 'x'.repeat((n * 7_919 * version) % 30_000) }),
      );
      await write(given.store(), at, rows);
    }
    const pages = await pull(given.store(), at, 0, 4);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages).toEqual(referencePages(pages.flatMap(({ rows }) => rows).toReversed()));
  });

  test('a page says when the unit has moved on, and the pull that goes on misses nothing', async () => {
    const at = await unit('deal-d');
    const ids = Array.from({ length: 700 }, (_, n) => `t${String(n).padStart(3, '0')}`);
    await write(
      given.store(),
      at,
      ids.map((id) => task(id)),
    );
    const page = (after: Cursor, upTo: number) => given.store().read(({ rows }) => rows.page({ ...at, after, upTo }));
    const first = await page(startOf(0), 1);
    expect(first).toMatchObject({ current: 1, next: { rowId: 't499' } });
    await write(given.store(), at, [task('t001', { moved: true }), task('t699', { moved: true })]);
    const second = await page(first.next ?? startOf(0), 1);
    // t699 has left the range: at version 1 this unit could not be shown.
    expect(second).toMatchObject({ current: 2, next: null });
    expect(second.rows).toHaveLength(199);
    const third = await page(second.rows.at(-1) ?? startOf(0), 2);
    expect(third).toMatchObject({ current: 2, next: null });
    expect(third.rows.map(({ rowId }) => rowId)).toEqual(['t001', 't699']);
  });

  test('units move in the order of their heads, in pages', async () => {
    const workspaceId = await given.workspace();
    await given.store().transaction(workspaceId, async ({ units }) => {
      for (const unitId of ['a', 'b', 'c', 'a']) await units.bump(workspaceId, unitId);
      expect(await units.get(workspaceId, 'a')).toEqual({ workspaceId, unitId: 'a', version: 2, head: 4 });
      expect(await units.get(workspaceId, 'x')).toBeNull();
    });
    await given.store().read(async ({ units }) => {
      const first = await units.moved({ workspaceId, after: 0, limit: 2 });
      expect(first.units.map(({ unitId, head }) => [unitId, head])).toEqual([
        ['b', 2],
        ['c', 3],
      ]);
      expect(first).toMatchObject({ cursor: 3, isLast: false });
      const second = await units.moved({ workspaceId, after: first.cursor, limit: 2 });
      expect(second).toMatchObject({ units: [{ unitId: 'a', version: 2, isRevoked: false }], cursor: 4, isLast: true });
      expect(await units.moved({ workspaceId, after: 4, limit: 2 })).toEqual({ units: [], cursor: 4, isLast: true });
    });
  });
}

function journal(rowId: string): WrittenRow {
  return { table: 'journal', rowId, row: { commandId: rowId } };
}

async function write(store: Store, at: At, rows: readonly WrittenRow[]): Promise<void> {
  await store.transaction(at.workspaceId, async (tx) => {
    const { version } = await tx.units.bump(at.workspaceId, at.unitId);
    await tx.rows.write({ ...at, version, commandId: `c-${version}`, rows });
  });
}

async function pull(store: Store, at: At, held: number, upTo: number): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let after: Cursor | null = startOf(held); after !== null; ) {
    const from: Cursor = after;
    const page: Page = await store.read(({ rows }) => rows.page({ ...at, after: from, upTo }));
    pages.push(page);
    after = page.next;
  }
  return pages;
}

/** What core makes of the same rows, in whatever order they come. */
function referencePages(rows: readonly SyncRow[]): readonly Page[] {
  const version = Math.max(...rows.map((row) => row.version));
  const pages: Page[] = [];
  for (let after: Cursor | null = startOf(0); after !== null; ) {
    const page: Page = pageOf({ version, rows }, { after, upTo: version });
    pages.push(page);
    after = page.next;
  }
  return pages;
}
