import { describe, expect, test } from 'vitest';
import type { DueTask } from './due-tasks.ts';
import { plainDate } from './plain-date.ts';
import { type ScheduleInput, scheduleOf } from './schedule.ts';
import { packNamed } from './testing.ts';

const ca = packNamed('ca-car-rpa');
const acceptance = plainDate('2026-06-02');
const closing = plainDate('2026-07-13');

function task(id: string, due: DueTask['dueRule'], more: Partial<DueTask> = {}): DueTask {
  return { id, title: id, dueOn: null, dueRule: due, doneOn: null, waivedOn: null, ...more };
}

describe('due days of tasks', () => {
  const due = (tasks: readonly DueTask[], more: Partial<ScheduleInput> = {}) =>
    scheduleOf({ packs: [ca], anchors: { acceptance, closing }, tasks, ...more }).tasks;

  test('count from anchors and deadlines, in calendar or business days, and never roll', () => {
    const tasks = [
      task('a', { from: 'acceptance', offset: 4, dayKind: 'calendar' }),
      task('b', { from: 'contract', offset: 4, dayKind: 'calendar' }),
      task('c', { from: 'investigation-contingency', offset: -3, dayKind: 'calendar' }),
      task('d', { from: 'closing', offset: -5, dayKind: 'business' }),
      task('e', { from: 'acceptance', offset: 0, dayKind: 'calendar' }),
      task('f', null, { dueOn: plainDate('2026-06-07') }),
      task('g', null),
    ];
    expect(due(tasks).map(({ dueOn }) => dueOn)).toEqual([
      '2026-06-06',
      '2026-06-06',
      '2026-06-19',
      '2026-07-06',
      '2026-06-02',
      '2026-06-07',
      null,
    ]);
    expect(due(tasks)[3]?.why).toContain('5 business days before Mon, July 13 is Mon, July 6');
  });

  test('wait for what is not known yet', () => {
    const tasks = [task('a', { from: 'loan-contingency', offset: -1, dayKind: 'calendar' })];
    expect(due(tasks)[0]).toMatchObject({ dueOn: null, why: expect.stringContaining('Waits for “Loan contingency”') });
    expect(due([task('b', { from: 'opened', offset: 1, dayKind: 'calendar' })])[0]?.why).toBe(
      'Waits for a date named opened.',
    );
    const opened = { anchors: { acceptance, opened: plainDate('2026-05-01') } };
    expect(due([task('b', { from: 'opened', offset: 1, dayKind: 'calendar' })], opened)[0]?.dueOn).toBe('2026-05-02');
  });
});
