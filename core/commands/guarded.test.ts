import { describe, expect, test } from 'vitest';
import { openDeal, run } from './testing.ts';

/** Fields that travel with the value the person saw: another hand's word is never written over unseen. */

function bench() {
  const made = openDeal();
  let n = 0;
  return { made, run: (name: string, args: unknown) => run(made, { id: `c-${++n}`, name, args }) };
}
const person = (deal: ReturnType<typeof bench>) => deal.made.deal?.people.find(({ id }) => id === 'p-priya');
const task = (deal: ReturnType<typeof bench>) => deal.made.deal?.tasks.find(({ id }) => id === 'd1.check-form');
const edit = (words: object) => ({ personId: 'p-priya', ...words });

describe('the role of a person', () => {
  test('moves from what was seen, and is refused over what was not', () => {
    const deal = bench();
    expect(deal.run('editPerson', edit({ role: 'co-client', expectedRole: 'client' }))).toBeNull();
    expect(deal.run('editPerson', edit({ role: 'lender', expectedRole: 'client', name: 'Pri' }))).toMatchObject({
      type: 'Moved',
      details: { expected: 'client', actual: 'co client' },
    });
    expect(person(deal)).toMatchObject({ role: 'co-client', name: 'Priya Raman' });
  });

  test('what both want is no conflict, and what the person left alone is not put back', () => {
    const deal = bench();
    deal.run('editPerson', edit({ role: 'co-client', expectedRole: 'client' }));
    expect(deal.run('editPerson', edit({ role: 'co-client', expectedRole: 'client', name: 'Pri' }))).toBeNull();
    expect(deal.run('editPerson', edit({ role: 'client', expectedRole: 'client', company: 'Own' }))).toBeNull();
    expect(person(deal)).toMatchObject({ role: 'co-client', name: 'Pri', company: 'Own' });
  });

  test('a step that was made before roles were guarded still writes it', () => {
    const deal = bench();
    expect(deal.run('editPerson', edit({ role: 'title' }))).toBeNull();
    expect(person(deal)?.role).toBe('title');
  });
});

test('a day set by hand on a task: from what was seen, not over what was not, as it comes without', () => {
  const deal = bench();
  const due = (dueOn: string | null, expectedDueOn?: string | null) =>
    deal.run('editTask', { taskId: 'd1.check-form', dueOn, expectedDueOn });
  expect(due('2026-06-20', null)).toBeNull();
  expect(due('2026-07-02', null)).toMatchObject({
    type: 'Moved',
    message: expect.stringContaining('You saw no day set by hand; it is now'),
  });
  expect(due('2026-07-02', '2026-06-20')).toBeNull();
  expect(due(null)).toBeNull();
  expect(task(deal)?.dueOn).toBeNull();
  deal.run('undo', { commandId: 'c-4' });
  expect(task(deal)?.dueOn).toBe('2026-07-02');
});

test('who has a deal: handed on from whom it was seen with', () => {
  const deal = bench();
  expect(deal.run('assignDeal', { ownerId: 'm-theo', expected: 'm-noor' })).toBeNull();
  expect(deal.run('assignDeal', { ownerId: 'm-noor', expected: 'm-noor' })).toMatchObject({
    type: 'Moved',
    details: { expected: 'Noor Haddad', actual: 'Theo Lindqvist' },
  });
  expect(deal.run('assignDeal', { ownerId: 'm-theo', expected: 'm-noor' })).toBeNull();
  expect(deal.run('assignDeal', { ownerId: 'm-noor' })).toBeNull();
  expect(deal.made.deal?.row.ownerId).toBe('m-noor');
});

const on = '2026-06-16';
const file = {
  ...{ versionId: 'v1', lineId: 'd1.doc-tds', sha256: 'a'.repeat(64), bytes: 1, extension: 'pdf' },
  ...{ originalName: 'Document(3).pdf', suffix: null, documentOn: on, receivedAt: '2026-06-16T16:12:00.000Z' },
  ...{ sentBy: '', isHeld: false, toReview: true },
};
const review = (act: string, expected: string, reason = '') => ({
  ...{ lineId: 'd1.doc-tds', versionId: 'v1', on },
  ...{ act, expected, reason },
});

describe('where a document stands', () => {
  test('a verdict that another hand gave meanwhile is not written over', () => {
    const deal = bench();
    deal.run('fileVersion', file);
    expect(deal.run('reviewLine', review('reject', 'needs-review', 'Page 3 lacks initials'))).toBeNull();
    expect(deal.run('reviewLine', review('waive', 'needs-review', 'not ours'))).toMatchObject({
      type: 'Moved',
      details: { expected: 'in review', actual: 'sent back' },
    });
    expect(deal.run('reviewLine', review('approve', 'needs-review'))?.type).toBe('Moved');
    expect(deal.run('reviewLine', review('waive', 'rejected', 'not ours'))).toBeNull();
  });

  test('the same verdict for the same reason is agreed, another reason is a word of its own', () => {
    const deal = bench();
    deal.run('fileVersion', file);
    deal.run('reviewLine', review('reject', 'needs-review', 'Page 3 lacks initials'));
    expect(deal.run('reviewLine', review('reject', 'needs-review', 'Page 3 lacks initials'))).toBeNull();
    expect(deal.run('reviewLine', review('reject', 'needs-review', 'Blurred'))?.type).toBe('Moved');
  });

  test('a move takes a verdict away only when it was seen', () => {
    const deal = bench();
    deal.run('fileVersion', file);
    deal.run('reviewLine', review('approve', 'needs-review'));
    const move = { versionId: 'v1', toLineId: 'd1.doc-contract' };
    expect(deal.run('moveVersion', { ...move, expected: null })).toMatchObject({
      type: 'Moved',
      details: { expected: 'none', actual: 'approved' },
    });
    expect(deal.run('moveVersion', { ...move, expected: 'approved' })).toBeNull();
    expect(deal.run('moveVersion', { ...move, expected: 'approved' })).toBeNull();
  });
});
