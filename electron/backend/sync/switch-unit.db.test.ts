import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../../core/commands/types.ts';
import { versionOf } from '../../../core/sync/heads.ts';
import { pageOf } from '../../../core/sync/page.ts';
import { addPage, openStage } from '../../../core/sync/stage.ts';
import { GROUND, openShelf, type Shelf, THEO, take } from '../../../core/sync/testing.ts';
import { type Db, inRead, inWrite } from '../../../db/handles.ts';
import { readDeal } from '../../../db/read/deal.ts';
import { unitFacts } from '../../../db/sync/load-unit.ts';
import { outboxOf, writeEntry } from '../../../db/sync/outbox.ts';
import { mustOpen, summarise, tempFolder } from '../../../db/testing.ts';
import { runCommand } from '../services/run-command.ts';
import { switchUnit } from './switch-unit.ts';

const AT = '2026-06-02T16:12:00.000Z';
let db: Db;
let remove: () => void;
let shelf: Shelf;
beforeEach(() => {
  const temp = tempFolder();
  db = mustOpen(temp.folder);
  remove = temp.remove;
  shelf = openShelf();
});
afterEach(() => {
  db.close();
  remove();
});

const own = () => ({ db, newId: () => 'n1', now: () => AT, ground: () => GROUND, summarise });

function pull(): void {
  const begun = openStage('d1', versionOf(inRead(db, (read) => unitFacts(read, 'd1'))));
  const unit = { version: shelf.version, rows: [...shelf.all.values()] };
  const stage = addPage(begun, pageOf(unit, { after: begun.at, upTo: null }));
  inWrite(db, (write) => switchUnit(own(), write, { unitId: 'd1', to: { type: 'stage', stage } }));
}

function act(id: string, name: string, args: unknown): Command {
  const command = { id, dealId: 'd1', name, args, at: AT };
  const runner = { db, summarise, workspace: () => GROUND.workspace, actor: () => GROUND.actor };
  expect(runCommand(runner, command)).toMatchObject({ outcome: 'done' });
  return command;
}

/** What waits goes out and is accepted. */
function push(): void {
  inWrite(db, (write) => {
    for (const entry of outboxOf(write, 'd1')) {
      const { answer } = take(shelf, entry.command);
      if (answer.outcome !== 'done') throw new Error(answer.refusal.message);
      writeEntry(write, entry, { ...entry, acceptedVersion: answer.unitVersion });
    }
  });
}

test('a note that was made and taken back before it was sent stays there when somebody else brings it back', () => {
  pull();
  act('c1', 'addNote', { noteId: 'note-1', body: 'Gate code 1234', at: AT });
  act('c2', 'undo', { commandId: 'c1' });
  push();
  pull();
  expect(db.raw.prepare('SELECT * FROM sync_copy').all()).toEqual([]);
  const back = { id: 'c3', dealId: 'd1', name: 'undo', args: { commandId: 'c2' }, at: AT };
  expect(take(shelf, back, THEO).answer).toMatchObject({ outcome: 'done' });
  pull();
  const later = { id: 'c4', dealId: 'd1', name: 'setPrice', args: { priceCents: 100, expected: 64_200_000 }, at: AT };
  take(shelf, later, THEO);
  pull();
  expect(inRead(db, (read) => readDeal(read, 'd1'))?.notes.map(({ id }) => id)).toContain('note-1');
});
