import { expect, test } from 'vitest';
import { clientTitleOf, deadlineGroup, NAMED_DEADLINES } from './deadline-readers.ts';
import type { PackDeadline } from './pack-schema.ts';
import { PACKS } from './testing.ts';

const deadlines = PACKS.flatMap((pack) => pack.deadlines);

function named(id: string): PackDeadline {
  const found = deadlines.find((deadline) => deadline.id === id);
  if (found === undefined) throw new Error(`no pack has ${id}`);
  return found;
}

test('every deadline that is named as somebody’s is in a pack', () => {
  const known = new Set(deadlines.map(({ id }) => id));
  expect(NAMED_DEADLINES.length).toBeGreaterThan(25);
  for (const id of NAMED_DEADLINES) expect(known).toContain(id);
});

test('what is about the loan is the lender’s to see, in every pack', () => {
  const aboutLoan = deadlines.filter(({ title }) => /\b(loan|lender|appraisal|financing)\b/i.test(title));
  expect(aboutLoan.length).toBeGreaterThan(5);
  for (const { id, title } of aboutLoan) expect([title, deadlineGroup(id)]).toEqual([title, 'financing']);
  expect(deadlineGroup('closing-day')).toBe('closing');
  expect(deadlineGroup('investigation-contingency')).toBe('other');
});

test('a client reads the words for their side, the plain title for the other, and nothing of what the team watches', () => {
  const [deposit, deed] = [named('deposit'), named('seller-signs-deed')];
  expect(clientTitleOf(deposit, 'buyer')).toBe(deposit.clientTitle);
  expect(clientTitleOf(deposit, 'seller')).toBe(deposit.title);
  expect(clientTitleOf(deed, 'seller')).toBe(deed.clientTitle);
  expect(clientTitleOf(deed, 'buyer')).toBe(deed.title);
  expect(clientTitleOf(named('demand-to-close-earliest'), 'buyer')).toBeNull();
  // Words that speak to both.
  const closing = named('closing-day');
  for (const side of ['buyer', 'seller'] as const) expect(clientTitleOf(closing, side)).toBe(closing.clientTitle);
});
