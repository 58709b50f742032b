import pg from 'pg';
import { expect, test } from 'vitest';
import { openPostgresStore } from '../postgres.ts';
import { AT, must, SILENT, type StorePlace } from '../testing.ts';
import type { Poke } from '../types.ts';
import { accept, enrol, task } from './accept.ts';

/** What only a database with several server processes can show. */
export function postgresContract(fresh: () => Promise<StorePlace & { readonly url: string }>): void {
  test('processes that start at once migrate an empty database once', async () => {
    const place = await fresh();
    const stores = await Promise.all([place.open(), place.open(), place.open()]);
    const ids = await Promise.all(stores.map((store) => store.read((read) => read.storeId())));
    expect(new Set(ids).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
  });

  test('a process that lost its ears hears what it missed when it has them again', async () => {
    const place = await fresh();
    const [one, two] = [await place.open(), await place.open()];
    await one.createWorkspace({ id: 'w', name: 'W', at: AT });
    const heard: Poke[] = [];
    one.pokes.subscribe((poke) => heard.push(poke));
    await two.transaction('w', (tx) => tx.units.bump('w', 'deal-a'));
    await expect.poll(() => heard).toHaveLength(1);
    await place.raw(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'closeboard pokes' AND datname = current_database()",
    );
    await expect.poll(() => one.pokes.isHearing(), { interval: 1 }).toBe(false);
    await two.transaction('w', (tx) => tx.units.bump('w', 'deal-b'));
    await two.transaction('w', (tx) => tx.units.bump('w', 'deal-a'));
    await expect.poll(() => one.pokes.isHearing(), { timeout: 10_000 }).toBe(true);
    const units = () => heard.flatMap((poke) => (poke.kind === 'unit' ? [`${poke.unitId} ${poke.version}`] : []));
    expect(new Set(units())).toEqual(new Set(['deal-a 1', 'deal-b 1', 'deal-a 2']));
    expect(heard).toContainEqual({ kind: 'access', workspaceId: 'w', memberId: null });
    await two.transaction('w', (tx) => tx.units.bump('w', 'deal-c'));
    await expect.poll(units).toContain('deal-c 1');
    const count = heard.length;
    for (const junk of ['', 'not JSON', '{"kind":"unit"}', 'null'])
      await place.raw(`NOTIFY closeboard_poke, '${junk}'`);
    await two.transaction('w', (tx) => tx.units.bump('w', 'deal-d'));
    await expect.poll(units).toContain('deal-d 1');
    expect(heard).toHaveLength(count + 1);
    await Promise.all([one.close(), two.close()]);
    await place.remove();
  });

  test('a deadlock with somebody from outside is run again, and counts once', async () => {
    const place = await fresh();
    const lines: string[] = [];
    const log = { ...SILENT, info: (message: string) => void lines.push(message) };
    const store = must(await openPostgresStore({ url: place.url, now: () => AT, log }));
    await store.createWorkspace({ id: 'w', name: 'W', at: AT });
    await enrol(store, 'w', 'd1', AT);
    // It looks for deadlocks late, so it is the store that loses.
    const other = new pg.Client({ connectionString: place.url, options: '-c deadlock_timeout=60s' });
    await other.connect();
    await other.query('BEGIN');
    await other.query("UPDATE device SET name = 'x' WHERE device_id = 'd1'");
    const accepting = accept(store, {
      ...{ workspaceId: 'w', unitId: 'deal-a', deviceId: 'd1', seq: 1, commandId: 'c1', at: AT },
      rows: [task('t1')],
    });
    const held = async () => (await place.raw('SELECT 1 FROM pg_locks WHERE NOT granted')).length;
    await expect.poll(held).toBeGreaterThan(0);
    await other.query("SELECT 1 FROM workspace WHERE workspace_id = 'w' FOR UPDATE");
    await other.query('COMMIT');
    await other.end();
    expect(await accepting).toMatchObject({ version: 1 });
    expect(lines).toContain('a transaction is run again');
    expect(await store.read(({ commands }) => commands.after('w', 0, 9))).toHaveLength(1);
    await store.close();
    await place.remove();
  });

  test('a process that dies inside a transaction leaves nothing, and the next one goes on', async () => {
    const place = await fresh();
    const [one, two] = [await place.open(), await place.open()];
    await one.createWorkspace({ id: 'w', name: 'W', at: AT });
    const dying = one.transaction('w', async (tx) => {
      await tx.units.bump('w', 'deal-a');
      await place.raw(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()",
      );
      await tx.units.bump('w', 'deal-b');
    });
    await expect(dying).rejects.toThrow();
    expect(await two.transaction('w', (tx) => tx.units.bump('w', 'deal-a'))).toMatchObject({ version: 1, head: 1 });
    expect(await one.transaction('w', (tx) => tx.units.bump('w', 'deal-a'))).toMatchObject({ version: 2, head: 2 });
    await Promise.all([one.close(), two.close()]);
    await place.remove();
  });
}
