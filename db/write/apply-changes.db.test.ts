import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyToDeal } from '../../core/commands/apply.ts';
import type { Change } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import { type Db, inRead, inWrite } from '../handles.ts';
import { readDeal } from '../read/deal.ts';
import { activityOf, journalEntry, lastChangeOf } from '../read/journal.ts';
import { readSummary } from '../read/summary.ts';
import { dealCount, readMembers, readSetting, sampleCount } from '../read/workspace.ts';
import { AT, insertsOf, makeDeal, mustOpen, putDeal, summarise, TODAY, tempFolder } from '../testing.ts';
import { applyChanges, hasCommand, markUndone } from './apply-changes.ts';
import { putMember } from './members.ts';
import { purgeSamples } from './purge-samples.ts';
import { rebuildSummaries } from './rebuild-summaries.ts';
import { putSetting } from './settings.ts';

let db: Db;
let remove: () => void;
const deal = makeDeal(7);
const dealId = deal.row.id;
beforeEach(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
});
afterEach(() => {
  db.close();
  remove();
});

describe('rows, journal and summary are written together', () => {
  test('a whole deal comes back as it went in, with its summary', () => {
    putDeal(db, deal);
    expect(inRead(db, (read) => readDeal(read, dealId))).toEqual(deal);
    expect(inRead(db, (read) => readSummary(read, dealId))).toEqual(summarise(deal));
    expect(inRead(db, (read) => hasCommand(read, `create-${dealId}`))).toEqual({
      label: `Opened ${deal.row.street}`,
      changes: insertsOf(deal).length,
    });
    expect(inRead(db, (read) => hasCommand(read, 'never'))).toBeNull();
  });

  test('every kind of change, as the rules apply it in memory', () => {
    putDeal(db, deal);
    const changes: readonly Change[] = [
      update('task', `${dealId}-t0`, { doneOn: TODAY, isRequired: true, dependsOn: ['x', 'y'], dueRule: null }),
      update('deal', dealId, { stage: 'closing', facts: { hasHoa: null, note: 'é "quoted"' }, priceCents: null }),
      { op: 'delete', table: 'person', id: `${dealId}-p1`, was: rowIn(deal.people, `${dealId}-p1`) },
      update('anchor', `${dealId}-a0`, { on: TODAY }),
      { op: 'insert', table: 'note', row: { id: 'n9', dealId, body: 'New', authorId: 'm', writtenAt: AT } },
    ];
    const after = run('c1', changes, deal);
    expect(inRead(db, (read) => readDeal(read, dealId))).toEqual(after);
    expect(inRead(db, (read) => journalEntry(read, 'c1'))).toEqual({
      commandId: 'c1',
      dealId,
      name: 'test',
      args: { some: ['args'] },
      actorId: 'm-noor',
      at: AT,
      undoneBy: null,
      changes,
    });
  });

  test('property: any run of changes leaves the same deal as in memory', () => {
    const step = fc.record({
      task: fc.nat({ max: 5 }),
      title: fc.string(),
      dueOn: fc.constantFrom(null, TODAY),
      isRequired: fc.boolean(),
      dependsOn: fc.array(fc.string()),
    });
    putDeal(db, deal);
    let count = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        let now = mustRead();
        for (const { task, ...set } of steps) {
          count += 1;
          now = run(`p${count}`, [update('task', `${dealId}-t${task}`, set, now)], now) ?? now;
        }
        expect(mustRead()).toEqual(now);
        expect(inRead(db, (read) => readSummary(read, dealId))).toEqual(summarise(now));
      }),
      { numRuns: 40 },
    );
  });

  test('taking the deal away again takes its summary, in whatever order its rows go', () => {
    putDeal(db, deal);
    const gone = insertsOf(deal).flatMap((change): Change[] =>
      change.op === 'insert'
        ? [{ op: 'delete', table: change.table, id: change.row.id, was: change.row } as Change]
        : [],
    );
    for (let time = 0; time < 3; time += 1) {
      expect(run(`there and gone ${time}`, gone, deal)).toBeNull();
      putDeal(db, deal, `again ${time}`);
    }
    expect(run('undo', gone, deal)).toBeNull();
    expect(inRead(db, dealCount)).toBe(0);
    expect(inRead(db, (read) => readSummary(read, dealId))).toBeNull();
    expect(inRead(db, (read) => journalEntry(read, 'undo'))?.changes).toEqual(gone);
  });
});

describe('a defect throws and leaves nothing behind', () => {
  test.each<[string, Change]>([
    ['update of a row that is not there', update('task', 'nowhere', { title: 'x' })],
    [
      'delete of a row that is not there',
      { op: 'delete', table: 'note', id: 'nowhere', was: rowIn(deal.notes, `${dealId}-n0`) },
    ],
    ['insert of a row that is there', { op: 'insert', table: 'deal', row: deal.row }],
    ['update of nothing', update('task', `${dealId}-t0`, {})],
    ['a column that is not there', update('task', `${dealId}-t0`, { 'title" = 1 --': 'x' } as object)],
    [
      'a task of no deal',
      { op: 'insert', table: 'task', row: { ...rowIn(deal.tasks, `${dealId}-t0`), id: 't9', dealId: 'no' } },
    ],
  ])('%s', (_, change) => {
    putDeal(db, deal);
    const first = update('task', `${dealId}-t1`, { title: 'Half done' });
    const decided = { command: command('bad'), changes: [first, change], summary: summarise(deal) };
    expect(() => inWrite(db, (write) => applyChanges(write, decided))).toThrow();
    expect(mustRead()).toEqual(deal);
    expect(inRead(db, (read) => hasCommand(read, 'bad'))).toBeNull();
  });

  test('a deal without a summary, a summary without a deal, a command twice', () => {
    putDeal(db, deal);
    const write = (id: string, changes: readonly Change[], summary: Deal | null) =>
      inWrite(db, (handle) =>
        applyChanges(handle, { command: command(id), changes, summary: summary === null ? null : summarise(summary) }),
      );
    expect(() => write('c1', [], null)).toThrow('a deal without a summary');
    expect(() => write('c1', [], makeDeal(99))).toThrow('summary of a deal that is not there');
    write('c1', [], deal);
    expect(() => write('c1', [], deal)).toThrow(/UNIQUE/);
  });
});

describe('the journal', () => {
  test('tells who last wrote a row, and that it was undone', () => {
    putDeal(db, deal);
    const task = `${dealId}-t0`;
    run('c1', [update('task', task, { title: 'One' })], deal);
    run('c2', [update('task', task, { title: 'Two' })], mustRead());
    run('c3', [update('task', `${dealId}-t1`, { title: 'Other' })], mustRead());
    expect(inRead(db, (read) => lastChangeOf(read, 'task', task))?.commandId).toBe('c2');
    expect(inRead(db, (read) => lastChangeOf(read, 'note', task))).toBeNull();
    inWrite(db, (write) => markUndone(write, 'c2', 'c4'));
    expect(inRead(db, (read) => journalEntry(read, 'c2'))?.undoneBy).toBe('c4');
    expect(() => inWrite(db, (write) => markUndone(write, 'nowhere', 'c4'))).toThrow('not in the journal');
  });

  test('pages backwards through the activity of one deal', () => {
    putDeal(db, deal);
    putDeal(db, makeDeal(8));
    for (let n = 0; n < 7; n += 1) run(`c${n}`, [update('task', `${dealId}-t0`, { title: `${n}` })], mustRead());
    const seen: string[] = [];
    let before: number | null = null;
    do {
      const page = activityOf(db.read, { dealId, before, limit: 3 });
      seen.push(...page.map((row) => row.commandId));
      before = page.at(-1)?.number ?? null;
    } while (before !== null);
    expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0', `create-${dealId}`]);
    expect(activityOf(db.read, { dealId, before: null, limit: 1 })).toMatchObject([
      { args: { some: ['args'] }, changes: 1 },
    ]);
  });
});

describe('around the deals', () => {
  test('sample deals go in one step, with their journal, and no other deal does', () => {
    for (let n = 0; n < 12; n += 1) {
      const sample = makeDeal(n);
      putDeal(db, { ...sample, row: { ...sample.row, isSample: n % 4 !== 0 } });
    }
    expect(inRead(db, sampleCount)).toBe(9);
    const progress: string[] = [];
    expect(inWrite(db, (write) => purgeSamples(write, (done, total) => progress.push(`${done}/${total}`)))).toBe(9);
    expect(progress).toEqual(['5/9', '9/9']);
    expect(inRead(db, sampleCount)).toBe(0);
    const left = [
      'deal',
      'task',
      'person',
      'note',
      'anchor',
      'milestone',
      'line',
      'version',
      'summary',
      'command_log',
    ].map((table) => (db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n);
    expect(left).toEqual([3, 18, 6, 3, 3, 3, 3, 3, 3, 3]);
    expect(db.raw.prepare('SELECT count(*) AS n FROM change_log').get()).toEqual({ n: 3 * 14 });
    expect(inRead(db, (read) => readDeal(read, makeDeal(4).row.id))).toEqual(makeDeal(4));
  });

  test('a purge that is stopped on its way takes nothing', () => {
    const sample = makeDeal(1);
    putDeal(db, { ...sample, row: { ...sample.row, isSample: true } });
    const stop = () => {
      throw new Error('stopped');
    };
    expect(() => inWrite(db, (write) => purgeSamples(write, stop))).toThrow('stopped');
    expect(inRead(db, sampleCount)).toBe(1);
  });

  test('rebuilding the summaries gives the same rows, to the last column', () => {
    for (let n = 0; n < 20; n += 1) putDeal(db, makeDeal(n));
    const all = () => db.raw.prepare('SELECT * FROM summary ORDER BY deal_id').all();
    const before = all();
    inWrite(db, (write) => rebuildSummaries(write, summarise));
    expect(all()).toEqual(before);
    expect(before).toHaveLength(20);
  });

  test('members and settings', () => {
    const noor = { id: 'm-noor', name: 'Noor Haddad', role: 'tc', email: 'noor@fennimore.example' } as const;
    const theo = { id: 'm-theo', name: 'Theo Lindqvist', role: 'agent', email: '' } as const;
    inWrite(db, (write) => {
      putMember(write, theo);
      putMember(write, noor);
      putMember(write, { ...theo, name: 'Théo Lindqvist' });
      putSetting(write, 'profile', { office: 'Fennimore' });
      putSetting(write, 'theme', 'dark');
      putSetting(write, 'theme', 'light');
    });
    expect(inRead(db, readMembers)).toEqual([{ ...theo, name: 'Théo Lindqvist' }, noor]);
    expect(inRead(db, (read) => readSetting(read, 'theme'))).toBe('light');
    expect(inRead(db, (read) => readSetting(read, 'none'))).toBeNull();
    expect(inRead(db, (read) => readSetting(read, 'profile'))).toEqual({ office: 'Fennimore' });
    expect(() => inWrite(db, (write) => putSetting(write, 'x', undefined))).toThrow('nothing that JSON can hold');
  });
});

function command(id: string) {
  return { id, dealId, name: 'test', args: { some: ['args'] }, actorId: 'm-noor', at: AT, label: `Did ${id}` };
}

function run(id: string, changes: readonly Change[], before: Deal): Deal | null {
  const after = applyToDeal(before, changes);
  const summary = after === null ? null : summarise(after);
  inWrite(db, (write) => applyChanges(write, { command: command(id), changes, summary }));
  return after;
}

function update(table: 'deal' | 'task' | 'anchor', id: string, set: object, before: Deal = deal): Change {
  const rows: readonly { readonly id: string }[] = { deal: [before.row], task: before.tasks, anchor: before.anchors }[
    table
  ];
  const row = rows.find((candidate) => candidate.id === id) ?? {};
  const was = Object.fromEntries(Object.keys(set).map((key) => [key, (row as Record<string, unknown>)[key]]));
  return { op: 'update', table, id, set, was } as Change;
}

function rowIn<R extends { readonly id: string }>(rows: readonly R[], id: string): R {
  const found = rows.find((row) => row.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}

function mustRead(): Deal {
  const found = inRead(db, (read) => readDeal(read, dealId));
  if (found === null) throw new Error('no deal');
  return found;
}
