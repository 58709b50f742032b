import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { applyToDeal } from '../../core/commands/apply.ts';
import type { Change } from '../../core/commands/types.ts';
import { type Deal, STAGES } from '../../core/deals/model.ts';
import { type Db, inRead, inWrite } from '../../db/handles.ts';
import { readDeal } from '../../db/read/deal.ts';
import { AT, insertsOf, makeDeal, mustOpen, pick, randomOf, summarise, TODAY } from '../../db/testing.ts';
import { applyChanges } from '../../db/write/apply-changes.ts';
import { ACKS_FILE, DEALS, digestOf } from './kill-ack.ts';

/** Runs one command after another until it is killed. A command is acknowledged once its line is in the acks file. */
const [, , folder = '', round = '0'] = process.argv;
const random = randomOf(Number(round) * 7919 + 1);
const db = mustOpen(folder);
writeSync(1, 'ready\n');
for (let count = 0; ; count += 1) step(db, `${round}-${count}`);

function step(records: Db, id: string): void {
  const n = Math.floor(random() * DEALS);
  const dealId = makeDeal(n).row.id;
  const deal = inRead(records, (read) => readDeal(read, dealId));
  const { name, changes } = deal === null ? { name: 'createDeal', changes: insertsOf(makeDeal(n)) } : change(deal, id);
  const after = applyToDeal(deal, changes);
  const command = {
    id,
    dealId,
    name,
    args: { count: changes.length },
    actorId: 'm-noor',
    at: AT,
    label: `Did ${name}`,
  };
  inWrite(records, (write) =>
    applyChanges(write, { command, changes, summary: after === null ? null : summarise(after) }),
  );
  const ack = { id, dealId, changes: changes.length, digest: digestOf(changes) };
  appendFileSync(join(folder, '..', ACKS_FILE), `${JSON.stringify(ack)}\n`);
}

function change(deal: Deal, id: string): { readonly name: string; readonly changes: readonly Change[] } {
  const dealId = deal.row.id;
  const dice = random();
  if (dice < 0.1) return { name: 'removeDeal', changes: removalOf(deal) };
  if (dice < 0.3) {
    const body = 'Gate code changed. '.repeat(Math.floor(random() * 40));
    const row = { id: `note-${id}`, dealId, body, authorId: 'm-noor', writtenAt: AT };
    return { name: 'addNote', changes: [{ op: 'insert', table: 'note', row }] };
  }
  if (dice < 0.6) {
    const set = { stage: pick(STAGES, random), stageSince: AT, facts: { ...deal.row.facts, moved: id } };
    const { stage, stageSince, facts } = deal.row;
    return {
      name: 'moveStage',
      changes: [{ op: 'update', table: 'deal', id: dealId, set, was: { stage, stageSince, facts } }],
    };
  }
  // Several rows in one command: torn state would show here.
  const tasks = deal.tasks.map((task): Change => {
    const set = { doneOn: task.doneOn === null ? TODAY : null, title: `${id} ${task.position}` };
    return { op: 'update', table: 'task', id: task.id, set, was: { doneOn: task.doneOn, title: task.title } };
  });
  return { name: 'completeTasks', changes: tasks };
}

function removalOf(deal: Deal): readonly Change[] {
  return insertsOf(deal)
    .flatMap((made) =>
      made.op === 'insert' ? [{ op: 'delete', table: made.table, id: made.row.id, was: made.row } as Change] : [],
    )
    .toReversed();
}
