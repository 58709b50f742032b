import { describe, expect, test } from 'vitest';
import { WORKSPACE } from '../../../core/commands/testing.ts';
import { columnWords, didWords, fieldWords, type Naming } from './attention-words.ts';

const naming: Naming = {
  workspace: WORKSPACE,
  deal: null,
  questions: [],
  memberName: (id) => WORKSPACE.members.find((member) => member.id === id)?.name ?? 'A colleague',
};

describe('the field of two people, in words', () => {
  test.each<[string, string, string, unknown, string]>([
    ['price', 'Two people set the price', 'money', 64_200_000, '$642,000'],
    ['price', 'Two people set the price', 'money', null, 'No price'],
    ['stage', 'Two people moved the stage', 'choice', 'closing', 'Closing'],
    ['anchor.closing', 'Two people moved the closing date', 'day', '2026-07-02', 'Thu, Jul 2'],
    ['anchor.lease-start', 'Two people moved the lease start date', 'day', null, 'No day'],
    [
      'milestone.loan-contingency.state',
      'Two people marked loan contingency',
      'choice',
      'not-applicable',
      'Not applicable',
    ],
    [
      'milestone.deposit.date',
      'Two people moved the date of deposit',
      'days-or-day',
      { days: 17, on: null },
      '17 days',
    ],
    [
      'milestone.deposit.date',
      'Two people moved the date of deposit',
      'days-or-day',
      { days: null, on: '2026-07-02' },
      'Thu, Jul 2',
    ],
    [
      'milestone.deposit.date',
      'Two people moved the date of deposit',
      'days-or-day',
      { days: null, on: null },
      'What the form says',
    ],
    ['fact.yearBuilt', 'Two people answered year built', 'none', 1962, '1962'],
    ['line.l1', 'Two people decided on one document', 'none', 'approve', 'Approved'],
    [
      'line.l1',
      'Two people decided on one document',
      'none',
      { versionId: 'v', state: 'needs-review' },
      'Needs review',
    ],
    ['owner', 'Two people handed the deal on', 'choice', 'm-theo', 'Theo Lindqvist'],
    ['person.p.1.role', 'Two people changed the role of one person', 'choice', 'co-client', 'Co-client'],
    ['task.t1.dueOn', 'Two people moved the day of one task', 'day', '2026-07-02', 'Thu, Jul 2'],
  ])('%s', (field, title, input, value, text) => {
    const words = fieldWords(field, naming);
    expect({ title: words.title, input: words.input }).toEqual({ title, input });
    expect(words.text(value)).toBe(text);
  });

  test('options can be chosen from wherever a choice is asked for', () => {
    for (const field of ['stage', 'milestone.x.state', 'owner', 'person.p.role'])
      expect(fieldWords(field, naming).options.length).toBeGreaterThan(1);
  });
});

test('what was done is said as the toast said it, also without the deal', () => {
  const command = (name: string, args: unknown) => ({ dealId: 'd1', name, args });
  expect(didWords(WORKSPACE, command('setPrice', { priceCents: 100, expected: null }), null)).toBe(
    'Set the price to $1',
  );
  expect(didWords(WORKSPACE, command('noSuchStep', {}), null)).toBe('No such step');
  expect(didWords(WORKSPACE, command('setPrice', { odd: true }), null)).toBe('Set price');
  expect(didWords(WORKSPACE, command('completeTask', { taskId: 't1', on: '2026-06-03' }), null)).not.toBe('');
});

test('a column is called by what it is in', () => {
  expect([columnWords('note', 'body'), columnWords('task', 'dueOn'), columnWords('deal', 'zip')]).toEqual([
    'Note',
    'Task: due on',
    'Zip',
  ]);
});
