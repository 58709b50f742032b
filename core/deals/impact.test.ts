import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorWith, dealWith, taskWith } from '../checklists/testing.ts';
import { applyToDeal } from '../commands/apply.ts';
import { decideCommand } from '../commands/registry.ts';
import { NOOR, TC, WORKSPACE } from '../commands/testing.ts';
import type { Scope } from '../commands/types.ts';
import { addDays, daysBetween, type PlainDate, plainDate } from '../deadlines/plain-date.ts';
import { scheduleOf } from '../deadlines/schedule.ts';
import { PACKS } from '../deadlines/testing.ts';
import { hasContract, type PackLibrary, packsOf, scheduleInputOf } from './deal-schedule.ts';
import { impactOf } from './impact.ts';
import type { Impact, ImpactRow } from './impact-shape.ts';
import type { Deal, MilestoneRow } from './model.ts';

const library: PackLibrary = {
  pack: (id) => PACKS.find((pack) => pack.id === id) ?? null,
  packAt: (id) => PACKS.find((pack) => pack.id === id) ?? null,
};
const dayIn = (_zone: string, instant: string) => plainDate(instant.slice(0, 10));
const TODAY = plainDate('2026-06-17');

const TASKS = [
  taskWith('notary', { title: 'Book the notary', dueRule: { from: 'closing', offset: -7, dayKind: 'calendar' } }),
  taskWith('final', { title: 'Order the final bill', dueRule: { from: 'closing', offset: -14, dayKind: 'calendar' } }),
  taskWith('deposit', { title: 'Check the deposit', dueRule: { from: 'deposit', offset: 0, dayKind: 'calendar' } }),
  taskWith('file', { title: 'Open the file', dueRule: { from: 'opened', offset: 1, dayKind: 'business' } }),
  taskWith('by-hand', { title: 'Call the lender', dueOn: plainDate('2026-06-25') }),
  taskWith('booked', {
    title: 'Book the movers',
    dueRule: { from: 'closing', offset: -1, dayKind: 'calendar' },
    doneOn: plainDate('2026-06-10'),
    doneBy: NOOR,
  }),
];

function deal(change: Partial<Deal> = {}): Deal {
  const base = dealWith({
    tasks: TASKS,
    anchors: [anchorWith('acceptance', '2026-06-02'), anchorWith('closing', '2026-07-02')],
  });
  return { ...base, ...change };
}

function milestone(deadlineId: string, set: Partial<MilestoneRow>): MilestoneRow {
  const base = { state: 'open', stateOn: null, days: null, on: null, reason: 'Box 3', documentId: null } as const;
  return { id: `deal-1.milestone.${deadlineId}`, dealId: 'deal-1', deadlineId, ...base, ...set };
}

function decide(before: Deal, name: string, args: unknown): Deal | null {
  const scope: Scope = {
    dealId: before.row.id,
    deal: before,
    workspace: WORKSPACE,
    journal: { byCommand: () => null, lastChangeOf: () => null },
  };
  const decided = decideCommand(scope, { name, args }, TC);
  return decided.ok ? applyToDeal(before, decided.value.changes) : null;
}

function mustDecide(before: Deal, name: string, args: unknown): Deal {
  const after = decide(before, name, args);
  if (after === null) throw new Error(`${name} was refused`);
  return after;
}

function look(before: Deal, name: string, args: unknown, today = TODAY): Impact {
  return impactOf({ before, after: mustDecide(before, name, args), library, dayIn, today });
}

const moveClosing = (on: string, expected = '2026-07-02') => ({ name: 'closing', on, evidence: 'Signed', expected });

describe('moving closing', () => {
  test('says the dates and tasks that count from it, the day itself, and what stays and why', () => {
    const impact = look(deal(), 'setAnchor', moveClosing('2026-07-10'));
    expect(impact.said).toEqual([
      { kind: 'anchor', id: 'closing', title: 'Close of escrow', from: '2026-07-02', to: '2026-07-10' },
    ]);
    expect(impact.dates.filter(({ isSaid }) => isSaid)).toMatchObject([
      { title: 'Close of escrow', days: 8, kind: 'moves' },
    ]);
    const counted = impact.dates.filter(({ isSaid }) => !isSaid);
    expect(counted.length).toBeGreaterThan(0);
    for (const row of counted) expect(row).toMatchObject({ kind: 'moves', why: expect.stringMatching(/before|after/) });
    expect(impact.tasks.map(({ id, to }) => [id, to])).toEqual([
      ['final', '2026-06-26'],
      ['notary', '2026-07-03'],
    ]);
    expect(impact.tasks[0]?.why).toContain('Close of escrow');
    expect(impact.stays.find(({ because }) => because === 'counted from Acceptance')?.titles).toContain(
      'Investigation contingency',
    );
    expect(impact).toMatchObject({ tasksThatStay: 3, finishedTasks: 1, isTermOfContract: true });
  });

  test('finished work is not touched, and is named where its day was for the old closing', () => {
    const impact = look(deal(), 'setAnchor', moveClosing('2026-07-10'));
    expect(impact.tasks.some(({ id }) => id === 'booked')).toBe(false);
    expect(impact.conflicts.find(({ kind }) => kind === 'done-before')).toMatchObject({
      title: '1 finished task was for the old days',
      sentence: '“Book the movers”. It stays done. Look whether that still holds.',
    });
  });

  test('a closed day is named by its name', () => {
    const impact = look(deal(), 'setAnchor', moveClosing('2026-07-04'));
    const closed = impact.conflicts.find(({ kind }) => kind === 'closed-day');
    expect(closed?.title).toBe('Sat, July 4 is Independence Day');
    expect(closed?.sentence).toMatch(/“Close of escrow”.* on it\. Offices may be closed/);
    const open = look(deal(), 'setAnchor', moveClosing('2026-07-10'));
    expect(open.conflicts.some(({ sentence }) => sentence.includes('Close of escrow'))).toBe(false);
  });

  test('an earlier closing says which dates would end after it and which tasks would be late at once', () => {
    const impact = look(deal(), 'setAnchor', moveClosing('2026-06-19'));
    const of = (kind: string) => impact.conflicts.find((each) => each.kind === kind);
    expect(of('after-closing')?.sentence).toMatch(
      /“Investigation contingency” \(Mon, June 22\).*The closing day is Fri, June 19/,
    );
    expect(of('late-task')).toMatchObject({
      title: '2 tasks would be late at once',
      sentence: expect.stringMatching(
        /^“Order the final bill” \(Fri, June 5\) and “Book the notary” \(Fri, June 12\)\. Do/,
      ),
    });
  });

  test('what was so before is not said again', () => {
    const before = deal({ anchors: [anchorWith('acceptance', '2026-06-02'), anchorWith('closing', '2026-06-19')] });
    const impact = look(before, 'setAnchor', moveClosing('2026-06-18', '2026-06-19'));
    expect(impact.conflicts.filter(({ kind }) => kind === 'after-closing' || kind === 'late-task')).toEqual([]);
  });

  test('taken away, what counts from it waits', () => {
    const impact = look(deal(), 'setAnchor', { ...moveClosing('2026-07-10'), on: null });
    expect(impact.dates.every(({ kind, to, days }) => kind === 'loses' && to === null && days === null)).toBe(true);
    expect(impact.dates.find(({ isSaid }) => !isSaid)?.why).toMatch(/^Waits for /);
    expect(impact.tasks.map(({ kind }) => kind)).toEqual(['loses', 'loses']);
  });

  test('set for the first time, they get their day', () => {
    const before = deal({ anchors: [anchorWith('acceptance', '2026-06-02')] });
    const impact = look(before, 'setAnchor', { name: 'closing', on: '2026-07-02', evidence: '', expected: null });
    expect(impact.dates.every(({ kind, from }) => kind === 'gets' && from === null)).toBe(true);
  });

  test('another request that asks for the same is named; the request that is being executed is not', () => {
    const request = requestFor('2026-07-05');
    const before = deal({ changes: [request] });
    const impact = look(before, 'setAnchor', moveClosing('2026-07-10'));
    expect(impact.conflicts.find(({ kind }) => kind === 'request')).toMatchObject({
      id: 'r1',
      title: 'An open request changes the closing date',
      sentence: 'It asks for Sun, July 5 and came first. Settle it with this one.',
    });
    const after = mustDecide(before, 'setAnchor', moveClosing('2026-07-05'));
    const executed = { ...after, changes: [{ ...request, state: 'executed' as const, executedBy: 'v1' }] };
    const own = impactOf({ before, after: executed, library, dayIn, today: TODAY });
    expect(own.conflicts.some(({ kind }) => kind === 'request')).toBe(false);
  });
});

describe('other steps', () => {
  test('a date set over the count of the form is said, and its task follows', () => {
    const args = { deadlineId: 'deposit', days: null, on: '2026-06-08', reason: 'Box 3D', expected: NO_COUNT };
    const impact = look(deal(), 'setDeadline', args, plainDate('2026-06-03'));
    expect(impact.said.map(({ kind, id, to }) => [kind, id, to])).toEqual([['date', 'deposit', '2026-06-08']]);
    expect(impact.dates.filter(({ isSaid }) => isSaid).map(({ id }) => id)).toEqual(['deposit']);
    expect(impact.dates.find(({ id }) => id === 'deposit')?.why).toContain('Box 3D');
    expect(impact.tasks.map(({ id, to }) => [id, to])).toEqual([['deposit', '2026-06-08']]);
  });

  test('a date that is marked not needed closes, and what counts from it waits', () => {
    const args = { deadlineId: 'deposit', state: 'not-applicable', on: TODAY, reason: 'None', expected: 'open' };
    const impact = look(deal(), 'markDeadline', args);
    expect(impact.dates.find(({ id }) => id === 'deposit')).toMatchObject({ kind: 'closes', isSaid: true });
    expect(impact.tasks.find(({ id }) => id === 'deposit')).toMatchObject({ kind: 'loses', to: null });
  });

  test('a date that would be in the past is said', () => {
    const args = { deadlineId: 'investigation-contingency', days: 5, on: null, reason: 'Box 3L', expected: NO_COUNT };
    const impact = look(deal(), 'setDeadline', args);
    expect(impact.conflicts.find(({ kind }) => kind === 'past')).toMatchObject({
      id: 'investigation-contingency',
      title: 'One date would be in the past',
    });
  });

  test('a day set by hand stays, and says so', () => {
    const before = deal({ milestones: [milestone('deposit', { on: plainDate('2026-06-30') })] });
    const args = { name: 'acceptance', on: '2026-06-04', evidence: '', expected: '2026-06-02' };
    const impact = look(before, 'setAnchor', args);
    expect(impact.stays.find(({ because }) => because === 'set by hand')?.titles).toEqual(['Deposit to escrow']);
  });

  test('a term of the contract is told from something that happened', () => {
    const said = (name: string) =>
      look(deal(), 'setAnchor', { name, on: '2026-06-20', evidence: '', expected: seen(name) });
    const seen = (name: string) => deal().anchors.find((each) => each.name === name)?.on ?? null;
    expect(said('acceptance').isTermOfContract).toBe(true);
    expect(said('closing').isTermOfContract).toBe(true);
    expect(said('notice-to-perform').isTermOfContract).toBe(false);
  });

  test('a step that is about no day moves nothing', () => {
    const impact = look(deal(), 'addNote', { noteId: 'n1', body: 'Hello', at: '2026-06-02T16:12:00.000Z' });
    expect(impact).toMatchObject({ said: [], dates: [], tasks: [], conflicts: [], isTermOfContract: false });
  });

  test('tasks that come and go are named', () => {
    const before = deal();
    const after = { ...before, tasks: [...before.tasks.slice(1), taskWith('extra', { dueOn: TODAY })] };
    const impact = impactOf({ before, after, library, dayIn, today: TODAY });
    expect(impact.tasks.map(({ id, kind }) => [id, kind])).toEqual([
      ['extra', 'new'],
      ['notary', 'dropped'],
    ]);
  });

  test('a deal without a contract has no dates of a form, only tasks', () => {
    const before = deal({ row: { ...deal().row, templateId: 'buyer-intake/buy/buyer/CA' } });
    const impact = look(before, 'setAnchor', moveClosing('2026-07-10'));
    expect(impact.dates.map(({ id }) => id)).toEqual(['closing']);
    expect(impact.stays).toEqual([]);
    expect(impact.isTermOfContract).toBe(false);
  });
});

const NO_COUNT = { days: null, on: null };

function requestFor(to: string): Deal['changes'][number] {
  return {
    ...{ id: 'r1', dealId: 'deal-1', kind: 'closing-date', state: 'open', requestedBy: 'p1', side: 'buyer' },
    terms: [{ type: 'anchor', name: 'closing', from: plainDate('2026-07-02'), to: plainDate(to) }],
    facts: { isFinanced: null, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
    ...{ reason: '', openedAt: '2026-06-15T10:00:00.000Z', expiresAt: null, periodEndsAt: null, approvals: [] },
    ...{ callBack: null, executedBy: null, log: [], sentToOtherSideAt: null },
  } as const;
}

/** Every open date and task of a deal with its day, as its own page counts them. */
function openDays(of: Deal): ReadonlyMap<string, PlainDate | null> {
  const { deadlines, tasks } = scheduleOf(scheduleInputOf(of, packsOf(of, library), dayIn));
  const dates = hasContract(of) ? deadlines.filter(({ state }) => state === 'open' || state === 'tbd') : [];
  return new Map([
    ...dates.map(({ id, on }) => [`date ${id}`, on] as const),
    ...tasks.filter(({ isOpen }) => isOpen).map(({ id, dueOn }) => [`task ${id}`, dueOn] as const),
  ]);
}

/** The days of before, with what the preview says done to them. */
function told(before: Deal, impact: Impact): ReadonlyMap<string, PlainDate | null> {
  const days = new Map(openDays(before));
  const write = (what: 'date' | 'task', rows: readonly ImpactRow[]) => {
    for (const { id, kind, to } of rows) {
      if (kind === 'dropped' || kind === 'closes') days.delete(`${what} ${id}`);
      else days.set(`${what} ${id}`, to);
    }
  };
  write(
    'date',
    impact.dates.filter(
      ({ id, isSaid }) => !(isSaid && impact.said.some((day) => day.kind === 'anchor' && day.id === id)),
    ),
  );
  write('task', impact.tasks);
  return days;
}

const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays(plainDate('2026-05-20'), days));
const maybeDay = fc.option(day, { nil: null });
const deadlineId = fc.constantFrom('deposit', 'investigation-contingency', 'loan-contingency', 'final-walk-through');
const step = fc.oneof(
  fc
    .record({ name: fc.constantFrom('acceptance', 'closing'), on: maybeDay })
    .map((args) => ['setAnchor', args] as const),
  fc
    .record({ deadlineId, days: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }) })
    .map((args) => ['setDeadline', { ...args, on: null, reason: 'Box 3' }] as const),
  fc
    .record({ deadlineId, on: maybeDay })
    .map((args) => ['setDeadline', { ...args, days: null, reason: 'Box 3' }] as const),
  fc
    .record({ deadlineId, state: fc.constantFrom('open', 'completed', 'waived', 'tbd', 'not-applicable') })
    .map((args) => ['markDeadline', { ...args, on: TODAY, reason: 'Said so' }] as const),
  fc
    .record({ taskId: fc.constantFrom('notary', 'deposit', 'booked'), on: day })
    .map((args) => ['completeTask', args] as const),
  fc.record({ taskId: fc.constantFrom('notary', 'booked') }).map((args) => ['reopenTask', args] as const),
);

/** What the person saw, as the page sends it along. */
function withSeen(now: Deal, [name, args]: readonly [string, Record<string, unknown>]): Record<string, unknown> {
  const anchor = now.anchors.find((each) => each.name === args.name);
  const row = now.milestones.find((each) => each.deadlineId === args.deadlineId);
  if (name === 'setAnchor') return { ...args, evidence: '', expected: anchor?.on ?? null };
  if (name === 'setDeadline') return { ...args, expected: { days: row?.days ?? null, on: row?.on ?? null } };
  return name === 'markDeadline' ? { ...args, expected: row?.state ?? 'open' } : args;
}

describe('the law of the preview', () => {
  test('what it says is what committing does, step after step', () => {
    let moved = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        let now = deal();
        for (const one of steps) {
          const after = decide(now, one[0], withSeen(now, one));
          if (after === null) continue;
          const impact = impactOf({ before: now, after, library, dayIn, today: TODAY });
          expect(new Map([...told(now, impact)].sort())).toEqual(new Map([...openDays(after)].sort()));
          for (const { from, to, days } of [...impact.dates, ...impact.tasks])
            expect(days).toBe(from === null || to === null ? null : daysBetween(from, to));
          moved += impact.dates.length + impact.tasks.length;
          now = after;
        }
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(300);
  });
});
