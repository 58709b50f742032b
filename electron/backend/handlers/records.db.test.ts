import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { backendsForTests, ended, newDeal } from './testing.ts';

/** The records as a whole: sample deals, older ones, damaged ones, settings. */
const start = backendsForTests();

describe('sample deals', () => {
  test('come in all stages, are marked, and go in one step without touching a real deal', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    await desk.call('samples:add', {});
    await ended(desk.events, 'Adding sample deals');
    const { columns, total } = await desk.call('board:columns', { filter: {}, limit: 50 });
    expect(total).toBe(26);
    for (const column of columns)
      expect(column.cards.filter((card) => card.isSample).length, column.stage).toBeGreaterThan(2);
    expect((await desk.call('workspace:get', {})).sampleCount).toBe(25);
    desk.events.length = 0;
    await desk.call('samples:remove', {});
    await ended(desk.events, 'Removing sample deals');
    const left = await desk.call('board:columns', { filter: {}, limit: 50 });
    expect(left.columns.flatMap((column) => column.cards.map((card) => card.id))).toEqual([dealId]);
  });

  test('stop when asked, between two deals', async () => {
    const desk = start();
    const { jobId } = await desk.call('samples:add', {});
    await desk.call('jobs:cancel', { jobId });
    const last = await ended(desk.events, 'Adding sample deals');
    expect(last).toMatchObject({ state: 'cancelled' });
    const { sampleCount } = await desk.call('workspace:get', {});
    expect(sampleCount).toBeLessThan(25);
  });
});

test('summaries of an older rule are made again while the board is open', async () => {
  const first = start();
  const { dealId } = await newDeal(first);
  await first.backend.close();
  const raw = new Database(join(first.folder, 'closeboard.db'));
  raw.prepare("UPDATE summary SET next_title = 'what an older version said'").run();
  raw.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('summaries-made-by', '\"1 old\"')").run();
  raw.close();
  const second = start(first.folder);
  const titleOf = async () => {
    const { columns } = await second.call('board:columns', { filter: {}, limit: 5 });
    return columns[0]?.cards.find((card) => card.id === dealId)?.next?.title;
  };
  expect(await titleOf()).toBe('what an older version said');
  expect(await ended(second.events, 'Bringing the board up to date')).toMatchObject({ state: 'done' });
  // Records of before the search are read for it, once.
  expect(await ended(second.events, 'Reading everything for the search')).toMatchObject({ state: 'done' });
  expect(await titleOf()).not.toBe('what an older version said');
  await second.backend.close();
  const third = start(first.folder);
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(third.events.filter((event) => event.type === 'job:progress')).toEqual([]);
});

describe('records that do not open', () => {
  test('are refused with what can be done, restored from a backup, and set aside', async () => {
    const first = start();
    const { dealId } = await newDeal(first);
    await first.backend.close();
    writeFileSync(join(first.folder, 'closeboard.db'), 'this is no database, and long enough to be looked at twice');
    const second = start(first.folder);
    const state = await second.call('records:state', {});
    if (state.kind !== 'closed') throw new Error('opened');
    expect(state).toMatchObject({ reason: 'damaged' });
    expect(state.backups[0]).toMatchObject({ deals: 1, isChecked: true });
    const refused = await second.backend.handle('workspace:get', {});
    expect(refused).toMatchObject({ ok: false, error: { type: 'records-closed' } });
    expect(await second.call('records:restore', { backupId: '../../etc/passwd' })).toMatchObject({ kind: 'closed' });
    expect(await second.call('records:restore', { backupId: state.backups[0]?.id ?? '' })).toEqual({ kind: 'open' });
    expect(await second.call('deals:get', { dealId })).toMatchObject({ id: dealId });
    expect(readdirSync(join(first.folder, 'set-aside'))).toHaveLength(1);
  });

  test('are not opened twice at once', async () => {
    const first = start();
    const second = start(first.folder);
    expect(await second.call('records:state', {})).toMatchObject({ kind: 'closed', reason: 'locked' });
    await first.backend.close();
    expect(await second.call('records:retry', {})).toEqual({ kind: 'open' });
  });
});

test('a name and an office are kept, and so are settings', async () => {
  const first = start();
  await first.call('workspace:save-profile', { name: 'Noor Haddad', office: 'Fennimore Realty' });
  await first.call('workspace:save-settings', { theme: 'dark' });
  await first.backend.close();
  const kept = await start(first.folder).call('workspace:get', {});
  expect(kept.profile).toMatchObject({ name: 'Noor Haddad', office: 'Fennimore Realty' });
  expect(kept.settings).toEqual({ theme: 'dark', density: 'roomy' });
  expect(kept.members).toHaveLength(1);
});
