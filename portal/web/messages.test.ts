import { expect, test } from 'vitest';
import type { WaitingStep } from '../api/person-calls.ts';
import { en } from './messages.ts';

const step: WaitingStep = {
  what: 'Title report',
  who: 'the title company',
  isYours: false,
  dueOn: '2026-06-18',
  state: 'open',
};

test('what closing waits for is said as ahead or as past, and as nobody knows', () => {
  const { theirs, yours, blocked } = en.waiting;
  const due = { day: 'Thursday, June 18', isPast: false };
  expect(theirs(step, due)).toBe('The title company has it. Expected by Thursday, June 18. Nothing for you to do.');
  expect(theirs(step, { ...due, isPast: true })).toBe(
    'The title company has it. It was expected by Thursday, June 18. Nothing for you to do.',
  );
  expect(theirs(step, null)).toBe('The title company has it. Nothing for you to do.');
  expect(yours({ ...due, isPast: true })).toBe('You have it. It was due Thursday, June 18.');
  expect(blocked({ ...due, isPast: true })).toBe('Comes after the others. It was expected by Thursday, June 18.');
});
