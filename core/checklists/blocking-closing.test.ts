import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlainDate, plainDate } from '../deadlines/plain-date.ts';
import type { TaskRow } from '../deals/model.ts';
import { blockingClosing, datesCarryingClosing } from './blocking-closing.ts';
import { dealWith, personWith, taskWith } from './testing.ts';

const dueOf = (task: TaskRow): PlainDate | null => task.dueOn;
const day = (text: string) => plainDate(`2026-${text}`);

describe('what is blocking closing', () => {
  const tasks = [
    taskWith('contract', { doneOn: day('06-02') }),
    taskWith('appraisal', { assigneeRole: 'lender', dependsOn: ['contract'], dueOn: day('06-16'), position: 1 }),
    taskWith('commitment', { assigneeRole: 'lender', dependsOn: ['appraisal'], dueOn: day('06-23'), position: 2 }),
    taskWith('insurance', { assigneeRole: 'client', dueOn: day('06-10'), position: 3 }),
    taskWith('sign', { assigneeRole: 'client', dependsOn: ['commitment'], dueOn: day('07-14'), position: 4 }),
    taskWith('finish', { assigneeRole: 'title', dependsOn: ['sign', 'insurance'], dueOn: day('07-15'), position: 5 }),
    taskWith('survey-ask', { dependsOn: ['finish'], position: 6 }),
  ];

  test('is the open tasks before it, in the order they can be done, with who has each and since when', () => {
    const deal = dealWith({ tasks, people: [personWith('lender', { name: 'Dana Osei' })] });
    expect(
      blockingClosing(deal, dueOf).map((step) => [
        step.taskId,
        step.ownerName,
        step.since,
        step.state,
        step.isCritical,
      ]),
    ).toEqual([
      ['insurance', 'the client', deal.row.stageSince, 'waiting', false],
      ['appraisal', 'Dana Osei', '2026-06-02', 'waiting', true],
      ['commitment', 'Dana Osei', null, 'blocked', true],
      ['sign', 'the client', null, 'blocked', true],
      ['finish', 'the title company', null, 'blocked', true],
    ]);
  });

  test('done and waived tasks hold nobody up, and nothing blocks what is done', () => {
    const waived = tasks.map((task) => (task.id === 'sign' ? { ...task, waivedOn: day('06-03') } : task));
    expect(blockingClosing(dealWith({ tasks: waived }), dueOf).map((step) => step.taskId)).toEqual([
      'insurance',
      'finish',
    ]);
    const done = tasks.map((task) => (task.id === 'finish' ? { ...task, doneOn: day('07-15') } : task));
    expect(blockingClosing(dealWith({ tasks: done }), dueOf)).toEqual([]);
    expect(blockingClosing(dealWith({}), dueOf)).toEqual([]);
  });

  test('without a finish of the template, the last required steps of the last stage are the closing', () => {
    const own = [
      taskWith('a', { stage: 'closing' }),
      taskWith('b', { stage: 'closing', dependsOn: ['a'] }),
      taskWith('c', { stage: 'closing', isRequired: false }),
    ];
    expect(blockingClosing(dealWith({ tasks: own }), dueOf).map((step) => step.taskId)).toEqual(['a', 'b']);
  });

  test('a circle does not hang it', () => {
    const circle = [
      taskWith('a', { dependsOn: ['b'] }),
      taskWith('b', { dependsOn: ['a'] }),
      taskWith('finish', { dependsOn: ['a', 'finish'] }),
    ];
    expect(blockingClosing(dealWith({ tasks: circle }), dueOf).map((step) => step.taskId)).toEqual([
      'b',
      'a',
      'finish',
    ]);
  });

  test('any web of tasks: dependencies first, one unbroken critical chain, every step open', () => {
    const web = fc.array(
      fc.record({
        waitsFor: fc.array(fc.nat(14), { maxLength: 4 }),
        due: fc.option(fc.integer({ min: 1, max: 28 })),
        done: fc.boolean(),
      }),
      { minLength: 1, maxLength: 15 },
    );
    fc.assert(
      fc.property(web, (rows) => {
        const made = rows.map((row, index) =>
          taskWith(index === 0 ? 'finish' : `t${index}`, {
            position: index,
            dependsOn: row.waitsFor.map((to) => (to === 0 ? 'finish' : `t${to}`)),
            dueOn: row.due === null ? null : plainDate(`2026-06-${String(row.due).padStart(2, '0')}`),
            doneOn: row.done ? day('06-01') : null,
          }),
        );
        const steps = blockingClosing(dealWith({ tasks: made }), dueOf);
        const places = new Map(steps.map((step, index) => [step.taskId, index]));
        const critical = steps.filter((step) => step.isCritical);
        for (const [index, step] of steps.entries()) {
          expect(made.find((task) => task.id === step.taskId)?.doneOn).toBeNull();
          for (const id of step.waitsFor) expect(places.get(id)).toBeLessThan(index);
        }
        for (const [index, step] of critical.entries())
          if (index > 0) expect(step.waitsFor).toContain(critical[index - 1]?.taskId);
        expect(steps.at(-1)?.taskId ?? 'none').toBe(made[0]?.doneOn === null ? 'finish' : 'none');
      }),
    );
  });
});

describe('the dates that carry closing', () => {
  const rule = (from: string) => ({ from, offset: 0, dayKind: 'calendar' as const });

  test('are those that a task before the closing counts from, done or not; what runs beside it is left out', () => {
    const deal = dealWith({
      tasks: [
        taskWith('deposit', { dueRule: rule('deposit'), doneOn: day('06-05') }),
        taskWith('loan', { dueRule: rule('loan-contingency'), dependsOn: ['deposit'] }),
        taskWith('photos', { dueRule: rule('photos') }),
        taskWith('finish', { dueRule: rule('closing'), dependsOn: ['loan'] }),
        taskWith('thanks', { dueRule: rule('review'), dependsOn: ['finish'] }),
      ],
    });
    expect([...datesCarryingClosing(deal)].sort()).toEqual(['closing', 'deposit', 'loan-contingency']);
  });

  test('a circle of dependencies ends', () => {
    const deal = dealWith({
      tasks: [
        taskWith('a', { dueRule: rule('one'), dependsOn: ['b'] }),
        taskWith('b', { dueRule: rule('two'), dependsOn: ['a'] }),
        taskWith('finish', { dependsOn: ['a'] }),
      ],
    });
    expect([...datesCarryingClosing(deal)].sort()).toEqual(['one', 'two']);
  });
});
