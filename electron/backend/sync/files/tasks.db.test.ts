import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWrite } from '../../../../db/handles.ts';
import { sha256Of } from '../../vault/testing.ts';
import { carryOut, planOf, TASK_SQL } from './tasks.ts';
import { type FileDesk, makeFileDesk } from './testing.ts';

const DEAL = 'deal-a';
const NOW = '2026-06-02T16:12:00.000Z';

let desk: FileDesk;
beforeEach(() => {
  desk = makeFileDesk();
});
afterEach(() => desk.close());

const plan = () => inWrite(desk.db, (write) => carryOut(write, planOf(write, DEAL, NOW)));
const ways = () => desk.tasks().map(({ sha256, way, state }) => [sha256.slice(0, 4), way, state]);

test('a file that came or went changes its way; what no row names is forgotten', async () => {
  const here = Buffer.from('here');
  const sha256 = sha256Of(here);
  desk.deal(DEAL, [{ sha256, bytes: 4 }]);
  plan();
  expect(ways()).toEqual([[sha256.slice(0, 4), 'down', 'waiting']]);
  await desk.hold(here);
  plan();
  expect(ways()).toEqual([[sha256.slice(0, 4), 'up', 'waiting']]);
  inWrite(desk.db, (write) => write.run("UPDATE file_task SET state = 'done'"));
  plan();
  expect(ways()).toEqual([[sha256.slice(0, 4), 'up', 'done']]);
  inWrite(desk.db, (write) => write.run('DELETE FROM blob'));
  plan();
  expect(ways()).toEqual([[sha256.slice(0, 4), 'down', 'waiting']]);
  inWrite(desk.db, (write) => write.run('DELETE FROM version'));
  plan();
  expect(ways()).toEqual([]);
});

test('what was thrown away when its deal went is fetched when the deal is back, also once the trash is emptied', async () => {
  const here = Buffer.from('here');
  const sha256 = await desk.hold(here);
  desk.deal(DEAL, [{ sha256, bytes: 4 }]);
  plan();
  inWrite(desk.db, (write) => write.run("UPDATE file_task SET state = 'done'"));
  inWrite(desk.db, (write) => write.run('UPDATE blob SET trashed_at = ?', NOW));
  plan();
  expect(ways()).toEqual([[sha256.slice(0, 4), 'down', 'waiting']]);
});

test('one content on two lines is one task, and a deal that is gone at the portal has none', () => {
  const sha256 = sha256Of('x');
  desk.deal(DEAL, [
    { sha256, bytes: 1 },
    { sha256, bytes: 1 },
  ]);
  plan();
  expect(desk.tasks()).toHaveLength(1);
  inWrite(desk.db, (write) => write.run('UPDATE sync_unit SET is_gone = 1'));
  plan();
  expect(desk.tasks()).toEqual([]);
});

test('every question walks an index and never the whole of a large table', () => {
  const whole = (rest: string) => (rest.startsWith('WHERE') ? `SELECT * FROM file_task ${rest}` : rest);
  for (const [name, sql] of Object.entries(TASK_SQL)) {
    const steps = desk.db.raw.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${whole(sql)}`);
    const count = (sql.match(/\?/g) ?? []).length;
    const plan = steps.all(...Array.from({ length: count }, () => null)).map(({ detail }) => detail);
    // Deals of tasks, and those the portal knows, are asked for once in a connection.
    if (name === 'dealsOfTasks' || name === 'synced') continue;
    expect([name, plan.filter((step) => /^SCAN (v|l|blob|b|version|line|sync_copy|c|file_task)\b/.test(step))]).toEqual(
      [name, []],
    );
  }
});
