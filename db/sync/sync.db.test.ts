import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../handles.ts';
import { inWrite } from '../handles.ts';
import { makeDeal, mustOpen, putDeal, tempFolder } from '../testing.ts';
import { ATTENTION_SQL } from './attention.ts';
import { UNIT_SQL, unitFacts } from './load-unit.ts';
import { becomeMember, moveAll } from './move.ts';
import { OUTBOX_SQL, openCount, openEntries } from './outbox.ts';
import { firstPortalState, readStanding, type Standing, writeStanding } from './state.ts';
import { readGone, takeTeam } from './team.ts';

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

describe('plans are part of the contract', () => {
  test.each<[string, string, readonly unknown[], string]>([
    ['what waits of a deal', OUTBOX_SQL.ofDeal, ['x'], 'SEARCH outbox USING INDEX outbox_deal (deal_id=?)'],
    ['what to send next', OUTBOX_SQL.open, [9], 'SCAN outbox USING INDEX outbox_open'],
    ['how much waits', OUTBOX_SQL.count, [], 'SCAN outbox USING INDEX outbox_open'],
    ['whether anything waits', OUTBOX_SQL.any, [], 'SCAN outbox USING INDEX outbox_open'],
    ['one that waits', OUTBOX_SQL.one, ['x'], 'SEARCH outbox USING INDEX outbox_command_id_unique (command_id=?)'],
    [
      'what was sent after',
      OUTBOX_SQL.sentAfter,
      ['x', 1],
      'SEARCH sent_log USING INDEX sent_log_device (device_id=?)',
    ],
    [
      'what is known of a unit',
      UNIT_SQL.facts,
      ['x'],
      'SEARCH sync_unit USING INDEX sqlite_autoindex_sync_unit_1 (unit_id=?)',
    ],
    ['whether it is here', UNIT_SQL.hasHistory, ['x'], 'SEARCH command_log USING COVERING INDEX command_log_'],
    ['its copies', UNIT_SQL.copies, ['x'], 'SEARCH sync_copy USING INDEX sqlite_autoindex_sync_copy_1 (unit_id=?)'],
    [
      'what needs attention',
      `SELECT id FROM attention ${ATTENTION_SQL.open}`,
      [],
      'SCAN attention USING INDEX attention_open',
    ],
    ['how much does', ATTENTION_SQL.count, [], 'SCAN attention USING INDEX attention_open'],
  ])('%s', (_, sql, params, walk) => {
    const rows = db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[];
    const plan = rows.map((row) => row.detail).join('\n');
    expect(plan).toContain(walk);
    expect(plan).not.toContain('TEMP B-TREE');
  });
});

test('the standing comes back as it was put, with the units to fetch', () => {
  expect(readStanding(db.read)).toBeNull();
  const none: Standing = { ...firstPortalState('d0'), wanted: new Map() };
  const first: Standing = { ...none, deviceId: 'd1', wanted: new Map([['u1', 3]]) };
  inWrite(db, (write) => writeStanding(write, none, first));
  expect(readStanding(db.read)).toEqual(first);
  const next: Standing = { ...first, cursor: 7, formerIds: ['a'], wanted: new Map([['u2', 1]]) };
  inWrite(db, (write) => writeStanding(write, first, next));
  expect(readStanding(db.read)).toEqual(next);
  db.raw.prepare("UPDATE sync_state SET value = '{}'").run();
  expect(() => readStanding(db.read)).toThrow();
});

describe('moving to another portal', () => {
  test('makes the history of each deal wait again, in its order, and leaves sample deals', () => {
    const sample = makeDeal(2);
    putDeal(db, makeDeal(1), 'c1');
    putDeal(db, { ...sample, row: { ...sample.row, isSample: true } }, 'c2');
    inWrite(db, (write) => {
      write.run(UNIT_SQL.put, makeDeal(1).row.id, 4, 0, 0);
      write.run(OUTBOX_SQL.add, 900, 'held', makeDeal(1).row.id, 'setPrice', '{}', 'now', '[]');
    });
    expect(unitFacts(db.read, makeDeal(1).row.id)).toMatchObject({ version: 4 });
    inWrite(db, moveAll);
    expect(openEntries(db.read, 9).map((entry) => entry.command.id)).toEqual(['c1', 'held']);
    expect(openCount(db.read)).toBe(2);
    expect(unitFacts(db.read, makeDeal(1).row.id)).toEqual({ version: 0, isStale: false, isGone: false });
    const next = db.raw.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'command_log'").get() as { seq: number };
    expect(next.seq).toBeGreaterThanOrEqual(openEntries(db.read, 9).at(-1)?.order ?? 0);
  });

  test('writes the id that a portal knows the person by wherever the old one stands', () => {
    const me = 'm-noor';
    inWrite(db, (write) => {
      write.run("INSERT INTO setting (key, value) VALUES ('me', ?)", JSON.stringify(me));
      write.run("INSERT INTO member (id, name, role, email, position) VALUES (?, 'Noor', 'tc', '', 1)", me);
      becomeMember(write, 'm-new');
    });
    const texts = ['command_log', 'change_log', 'outbox', 'deal', 'note', 'task', 'member', 'setting']
      .map((table) => JSON.stringify(db.raw.prepare(`SELECT * FROM ${table}`).all()))
      .join();
    expect(texts).not.toMatch(/m-noor\\?"/);
    expect(texts).toContain('m-new');
  });

  test('the team is taken as the server says it; who left keeps a name', () => {
    const member = { role: 'tc', email: '', isGone: false } as const;
    const team = [
      { ...member, id: 'm-new', name: 'Noor H.' },
      { ...member, id: 'm-theo', name: 'Theo', isGone: true },
    ];
    expect(inWrite(db, (write) => takeTeam(write, team, 'm-new'))).toBe(true);
    expect([...readGone(db.read)]).toEqual(['m-theo']);
    expect(db.raw.prepare('SELECT name FROM member ORDER BY id').pluck().all()).toEqual(['Noor', 'Theo']);
    expect(inWrite(db, (write) => takeTeam(write, team, 'm-new'))).toBe(false);
    expect(inWrite(db, (write) => takeTeam(write, team, null))).toBe(true);
  });
});
