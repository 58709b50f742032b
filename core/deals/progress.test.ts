import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorWith, dealWith, personWith, taskWith } from '../checklists/testing.ts';
import { addDays, type PlainDate, plainDate } from '../deadlines/plain-date.ts';
import { LINE_STATES } from '../documents/document.ts';
import { missingForStage } from './definition-of-done.ts';
import { type Deal, STAGES, type TaskRow } from './model.ts';
import { progressOf } from './progress.ts';
import { clientDropOff, timeInStages, workloadByOwner } from './progress-team.ts';
import { lineWith } from './testing.ts';

const today = plainDate('2026-06-18');
const dueOn = (task: TaskRow): PlainDate | null => task.dueOn;
const anchors = [anchorWith('acceptance', '2026-06-02'), anchorWith('closing', '2026-07-15')];
const next = (tasks: readonly TaskRow[], row: Partial<Deal['row']> = {}) =>
  progressOf(dealWith({ tasks, anchors, row }), today, dueOn).next;
const inDays = (days: number) => addDays(today, days);

describe('counts', () => {
  test('a task may be late and blocked; done and waived are neither', () => {
    const deal = dealWith({
      anchors,
      tasks: [
        taskWith('a', { dueOn: inDays(-1) }),
        taskWith('b', { dueOn: inDays(-2), dependsOn: ['a'] }),
        taskWith('c', { dueOn: inDays(0) }),
        taskWith('d', { dueOn: inDays(7), isRequired: false }),
        taskWith('e', { dueOn: inDays(8) }),
        taskWith('f', { dueOn: inDays(-9), doneOn: inDays(-9) }),
        taskWith('g', { dueOn: inDays(-9), waivedOn: inDays(-9) }),
        taskWith('h', { stage: 'closing', dependsOn: ['f', 'gone'] }),
      ],
    });
    expect(progressOf(deal, today, dueOn)).toMatchObject({
      missing: 4,
      late: 2,
      due: 2,
      blocked: 1,
      open: 6,
      done: 1,
      waived: 1,
      total: 8,
      daysInStage: 16,
    });
  });

  test('a closed deal owes nothing, and shows what was done last', () => {
    const tasks = [taskWith('a', { dueOn: inDays(-9) }), taskWith('b', { doneOn: inDays(-2) })];
    expect(
      progressOf(dealWith({ tasks, row: { closedOn: inDays(-1), outcome: 'withdrawn' } }), today, dueOn),
    ).toMatchObject({
      missing: 0,
      late: 0,
      open: 1,
      done: 1,
      next: { taskId: 'b', state: 'done' },
    });
  });

  test('add up, and missing is what the definition of done lists', () => {
    const task = fc.record({
      stage: fc.constantFrom(...STAGES),
      isRequired: fc.boolean(),
      due: fc.option(fc.integer({ min: -20, max: 20 })),
      end: fc.constantFrom('open', 'done', 'waived'),
      waitsFor: fc.array(fc.nat(9), { maxLength: 3 }),
    });
    const paper = fc.record({
      stage: fc.constantFrom(...STAGES),
      isRequired: fc.boolean(),
      state: fc.constantFrom(...LINE_STATES),
    });
    const papers = fc.array(paper, { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(task, { maxLength: 10 }), papers, fc.constantFrom(...STAGES), (rows, lines, stage) => {
        const tasks = rows.map((row, index) =>
          taskWith(`t${index}`, {
            stage: row.stage,
            isRequired: row.isRequired,
            dueOn: row.due === null ? null : inDays(row.due),
            doneOn: row.end === 'done' ? inDays(-3) : null,
            waivedOn: row.end === 'waived' ? inDays(-3) : null,
            dependsOn: row.waitsFor.map((to) => `t${to}`),
          }),
        );
        const deal = {
          ...dealWith({ tasks, row: { stage } }),
          lines: lines.map((parts, index) => lineWith(`l${index}`, parts)),
        };
        const found = progressOf(deal, today, dueOn);
        expect(found.open + found.done + found.waived).toBe(found.total);
        expect(found.missing).toBe(missingForStage(deal, stage).length);
        expect(found.late + found.due).toBeLessThanOrEqual(found.open);
        expect(found.next === null).toBe(found.open + found.done + found.missing === 0);
      }),
    );
  });
});

describe('the next thing on a card', () => {
  const late = taskWith('late', { dueOn: inDays(-5) });
  const soon = taskWith('soon', { dueOn: inDays(1) });
  const lender = taskWith('lender', { assigneeRole: 'lender', dueOn: inDays(6) });
  const far = taskWith('far', { dueOn: inDays(20) });
  const blocked = taskWith('blocked', { dueOn: inDays(2), dependsOn: ['far'] });

  test.each([
    ['late before all', [far, soon, late], 'late', 'late'],
    ['what is due first', [far, lender, soon], 'soon', 'due'],
    ['with the lender: waiting', [far, lender], 'lender', 'waiting'],
    ['what can be done before what is blocked', [blocked, far], 'far', 'due'],
    [
      'only blocked is left',
      [taskWith('b', { dependsOn: ['c'] }), taskWith('c', { dependsOn: ['b'] })],
      'b',
      'blocked',
    ],
    [
      'nothing open: the last done',
      [taskWith('x', { doneOn: inDays(-2) }), taskWith('y', { doneOn: inDays(-1) })],
      'y',
      'done',
    ],
  ])('%s', (_name, tasks, taskId, state) => {
    expect(next(tasks)).toMatchObject({ taskId, state });
  });

  test('what the stage lacks goes before what is far away, and names who owes it', () => {
    const people = [
      personWith('client', { phone: '+19165550123' }),
      personWith('agent'),
      personWith('title'),
      personWith('other-agent'),
    ];
    const parties = dealWith({ tasks: [far], anchors, people, row: { stage: 'parties' } });
    expect(progressOf(parties, today, dueOn).next).toEqual({
      title: 'Name the lender',
      state: 'waiting',
      on: null,
      ownerRole: 'client',
      taskId: null,
    });
    expect(progressOf({ ...parties, tasks: [far, soon] }, today, dueOn).next?.taskId).toBe('soon');
  });

  test('a document that waits for a review goes before one that somebody sends, and both before what is far away', () => {
    const asked = lineWith('binder', { ownerRole: 'client' });
    const here = lineWith('report', { state: 'needs-review' });
    const of = (lines: Deal['lines'], tasks = [far]) =>
      progressOf({ ...dealWith({ tasks, anchors }), lines }, today, dueOn).next;
    expect(of([asked, here])).toEqual({
      title: 'Review “The report”',
      state: 'review',
      on: null,
      ownerRole: 'tc',
      taskId: null,
    });
    expect(of([asked])).toMatchObject({ title: 'Send “The binder”', state: 'waiting', ownerRole: 'client' });
    expect(of([asked, here], [soon])?.taskId).toBe('soon');
    expect(of([{ ...here, state: 'approved' }])?.taskId).toBe('far');
  });
});

describe('instruments of a team', () => {
  test('workload counts open deals by owner', () => {
    const deals = ['noor', 'theo', 'noor'].map((ownerId) => {
      const deal = dealWith({
        anchors,
        row: { ownerId },
        tasks: [taskWith('a', { dueOn: inDays(-1) }), taskWith('b')],
      });
      return { row: deal.row, progress: progressOf(deal, today, dueOn) };
    });
    const closed = dealWith({ row: { ownerId: 'theo', closedOn: today }, tasks: [taskWith('a')] });
    expect(workloadByOwner([...deals, { row: closed.row, progress: progressOf(closed, today, dueOn) }])).toEqual([
      { ownerId: 'noor', deals: 2, open: 4, late: 2, due: 0, blocked: 0 },
      { ownerId: 'theo', deals: 1, open: 2, late: 1, due: 0, blocked: 0 },
    ]);
  });

  test('time in stage is the median of the open deals', () => {
    const since = (days: number) => dealWith({ row: { stageSince: `${inDays(-days)}T09:00:00.000Z` } });
    const found = timeInStages([since(1), since(3), since(10), since(4)], today);
    expect(found.find((row) => row.stage === 'milestones')).toEqual({
      stage: 'milestones',
      deals: 4,
      medianDays: 3.5,
      longestDays: 10,
    });
    expect(found.find((row) => row.stage === 'intake')).toMatchObject({ deals: 0, medianDays: 0 });
  });

  test('a client drops off at the farthest step, once quiet for longer than a week', () => {
    const did = (personId: string, step: 'invited' | 'opened' | 'answered' | 'finished', days: number) => ({
      dealId: 'd',
      personId,
      step,
      on: inDays(-days),
    });
    const found = clientDropOff(
      [
        did('a', 'invited', 30),
        did('a', 'opened', 20),
        did('a', 'invited', 19),
        did('b', 'invited', 30),
        did('c', 'invited', 9),
        did('c', 'answered', 3),
        did('d', 'invited', 60),
        did('d', 'finished', 40),
      ],
      today,
    );
    expect(found.map((row) => [row.step, row.reached, row.stopped])).toEqual([
      ['invited', 4, 1],
      ['opened', 3, 1],
      ['answered', 2, 0],
      ['acknowledged', 1, 0],
      ['uploaded', 1, 0],
      ['finished', 1, 0],
    ]);
  });
});
