import { expect, test } from 'vitest';
import { digestOfWorkspace } from '../digest.ts';
import { AT } from '../testing.ts';
import { accept, enrol, task } from './accept.ts';
import type { Given } from './index.ts';

export function openingContract(given: Given): void {
  test('a restart keeps everything; a restored store has another id', async () => {
    const place = await given.fresh();
    const first = await place.open();
    await first.createWorkspace({ id: 'w', name: 'W', at: AT });
    await enrol(first, 'w', 'd1', AT);
    const rows = [task('t1', { title: 'é' })];
    const command = { workspaceId: 'w', unitId: 'deal-a', deviceId: 'd1', seq: 1, commandId: 'c1', rows, at: AT };
    await accept(first, command);
    const state = (store: typeof first) =>
      store.read(async (read) => [
        await read.storeId(),
        await digestOfWorkspace(read, 'w'),
        await read.devices.get('w', 'd1'),
      ]);
    const before = await state(first);
    await first.close();
    await first.close();
    await expect(first.read((read) => read.storeId())).rejects.toThrow('closed');
    const second = await place.open();
    expect(await state(second)).toEqual(before);
    expect(await accept(second, command)).toBeNull();
    expect(await accept(second, { ...command, seq: 2, commandId: 'c2' })).toMatchObject({ version: 2 });
    const restored = await second.restoreAsNew();
    expect(restored).not.toBe(before[0]);
    expect(await second.read((read) => read.storeId())).toBe(restored);
    await second.close();
    const third = await place.open();
    expect(await third.read((read) => read.storeId())).toBe(restored);
    await third.close();
    await place.remove();
  });

  test('a store says when its database does not answer, and answers again when that does', async () => {
    const place = await given.fresh();
    const store = await place.open();
    await store.createWorkspace({ id: 'w', name: 'W', at: AT });
    expect(await store.check()).toEqual({ ok: true, value: null });
    const speak = await place.silence();
    expect(await store.check()).toMatchObject({ ok: false, error: { type: 'unavailable' } });
    const write = () => store.transaction('w', ({ units }) => units.bump('w', 'deal-a'));
    await expect(write()).rejects.toThrow();
    await speak();
    expect(await store.check()).toEqual({ ok: true, value: null });
    expect(await write()).toMatchObject({ version: 1 });
    await store.close();
    await place.remove();
  });

  test('records of a newer server, and migrations that were edited, are not touched', async () => {
    const place = await given.fresh();
    await (await place.open()).close();
    await place.raw("INSERT INTO schema_migration (name, hash, applied_at) VALUES ('2999_later', 'x', 'T')");
    await expect(place.open()).rejects.toThrow('newer: 2999_later');
    await place.raw("DELETE FROM schema_migration WHERE name = '2999_later'");
    await place.raw("UPDATE schema_migration SET hash = 'x'");
    await expect(place.open()).rejects.toThrow('failed: migration');
    await place.remove();
  });

  test('a database with other tables is not ours', async () => {
    const place = await given.fresh();
    await place.raw('CREATE TABLE somebody_elses (a TEXT)');
    await expect(place.open()).rejects.toThrow('not-ours');
    await place.remove();
  });
}
