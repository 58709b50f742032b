import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CREATE } from '../commands/testing.ts';
import type { Workspace } from '../commands/types.ts';
import type { Actor } from '../permissions/actor.ts';
import { acceptCommand } from './accept.ts';
import { followAnew, NOT_FOLLOWING, noteHeads, noteSwitched, want } from './heads.ts';
import { dealOfRows, journalOf, writeRows } from './rows.ts';
import { command, openShelf, THEO, take } from './testing.ts';

const AGENT: Actor = { kind: 'member', memberId: 'm-lee', role: 'agent' };

test('rows, tombstones and the journal are written at the one new version', () => {
  const shelf = openShelf();
  const gone = take(shelf, command('c1', 'removePerson', { personId: 'p-priya' }));
  expect(gone).toMatchObject({ newVersion: 2, answer: { outcome: 'done', unitVersion: 2 } });
  expect(gone.rows.every((row) => row.version === 2)).toBe(true);
  expect(gone.rows.find((row) => row.rowId === 'p-priya')).toMatchObject({ row: null });
  const back = take(shelf, command('c2', 'undo', { commandId: 'c1' }), THEO);
  expect(back.rows.find((row) => row.rowId === 'c1')).toMatchObject({ version: 3, row: { undoneBy: 'c2' } });
  expect(dealOfRows(writeRows(new Map(), shelf.all.values()))?.people).toHaveLength(2);
});

test('a refusal changes nothing and names the version only to those on the deal', () => {
  const shelf = openShelf();
  const moved = command('c1', 'setPrice', { priceCents: 1, expected: 2 });
  expect(take(shelf, moved)).toMatchObject({ rows: [], newVersion: null, answer: { unitVersion: 1 } });
  expect(take(shelf, moved, THEO, false)).toMatchObject({
    answer: { unitVersion: null, refusal: { type: 'DealNotAvailable' } },
  });
});

test('a rule that throws is a defect: a value, told to the log, and the next command is judged', () => {
  const thrown: unknown[] = [];
  const workspace = {
    get members(): never {
      throw new Error('poison');
    },
  } as unknown as Workspace;
  const shelf = openShelf();
  const accepted = acceptCommand({
    command: command('c1', 'assignDeal', { ownerId: 'm-theo' }),
    unit: { deal: dealOfRows(shelf.all), version: 1, journal: journalOf(shelf.all) },
    workspace,
    actor: THEO,
    isOnDeal: true,
    acceptedAt: '2026-06-02T16:12:00.000Z',
    onThrow: (what) => thrown.push(what),
  });
  expect(accepted.answer).toMatchObject({ outcome: 'refused', refusal: { type: 'Defect' } });
  expect(thrown).toHaveLength(1);
  expect(take(shelf, command('c2', 'assignDeal', { ownerId: 'm-theo' })).answer.outcome).toBe('done');
});

const anyCommand = fc.constantFrom(
  command('c', 'setPrice', { priceCents: 1, expected: 64_200_000 }),
  command('c', 'completeTask', { taskId: 'd1.check-form', on: '2026-06-03' }),
  command('c', 'addNote', { noteId: 'n', body: 'x', at: CREATE.at }),
  command('c', 'removePerson', { personId: 'p-priya' }),
  command('c', 'undo', { commandId: 'c-open' }),
  command('c', 'reopenDeal', {}),
  command('c', 'createDeal', CREATE),
  command('c', 'nothing', {}),
);

test('“missing” and “not yours” are answered alike, to the letter', () => {
  fc.assert(
    fc.property(anyCommand, fc.constantFrom(AGENT, THEO), (sent, actor) => {
      const missing = take({ version: 0, all: new Map() }, sent, actor, false).answer;
      const notYours = take(openShelf(), sent, actor, false).answer;
      // Whoever may open deals can open one that is not there; where the place is taken, nothing more is said.
      if (missing.outcome === 'done') expect(notYours).toMatchObject({ refusal: { type: 'DealNotAvailable' } });
      else expect(notYours).toEqual(missing);
    }),
  );
});

const unit = { isStale: false, isGone: false };

test('heads: grants and moves are fetched, revocations purged, and a late list is left alone', () => {
  const held = new Map([
    ['a', { ...unit, version: 3 }],
    ['b', { ...unit, version: 2 }],
  ]);
  const heads = {
    since: 0,
    head: 9,
    units: [
      { unitId: 'a', version: 3 },
      { unitId: 'c', version: 1 },
    ],
    gone: [],
  };
  const noted = noteHeads({ ...NOT_FOLLOWING, storeId: 's' }, held, heads);
  expect([...(noted?.follow.wanted ?? [])]).toEqual([['c', 1]]);
  // The whole list does not name it: the server that gave it is not the server that we ask.
  expect(noted?.purge).toEqual(['b']);
  expect(noted?.follow.cursor).toBe(9);
  expect(noted === null ? null : noteHeads(noted.follow, held, heads)).toBeNull();
  const later = noted === null ? null : noteHeads(noted.follow, held, { since: 9, head: 10, units: [], gone: ['c'] });
  expect(later).toMatchObject({ purge: ['c'], follow: { cursor: 10 } });
  expect(later?.follow.wanted.size).toBe(0);
});

test('a late poke does not bring back what is gone, and a store that changed is fetched whole', () => {
  const start = { ...NOT_FOLLOWING, storeId: 's', cursor: 5 };
  expect(want(start, { unitId: 'a', version: 4 }, undefined)).toBe(start);
  expect(want(start, { unitId: 'a', version: 4 }, { ...unit, version: 0, isGone: true })).toBe(start);
  expect(want(start, { unitId: 'a', version: 4 }, { ...unit, version: 4 })).toBe(start);
  const wanted = want(start, { unitId: 'a', version: 4 }, { ...unit, version: 3 });
  expect(noteSwitched(wanted, 'a', 3).wanted.size).toBe(1);
  expect(noteSwitched(wanted, 'a', 4).wanted.size).toBe(0);
  const anew = followAnew('t');
  const held = new Map([['a', { ...unit, version: 9, isStale: true }]]);
  const noted = noteHeads(anew, held, { since: 0, head: 3, units: [{ unitId: 'a', version: 2 }], gone: [] });
  expect(noted?.follow).toMatchObject({ isStartingOver: true });
  expect(noted === null ? null : noteSwitched(noted.follow, 'a', 2).isStartingOver).toBe(false);
});
