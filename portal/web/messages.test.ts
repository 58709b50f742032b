import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { WaitingStep } from '../api/person-home.ts';
import { en, type Messages } from './messages.ts';

test('a language without one of the words does not compile, and no word is empty', () => {
  const { landing: _, ...rest } = en;
  // @ts-expect-error a word is missing
  const lacking: Messages = rest;
  // @ts-expect-error a word deeper down is missing
  const lackingBelow: Messages = { ...en, landing: { title: 'Su cierre' } };
  expect([lacking, lackingBelow]).toHaveLength(2);
  expect(wordsOf(en).filter(([, word]) => word.trim() === '')).toEqual(NOTHING_TO_SAY.map((path) => [path, '']));
});

test('words are plain: no hyphen that breaks e‑mail, no exclamation mark', () => {
  for (const [path, word] of wordsOf(en)) expect(word, path).not.toMatch(/e-mail|!/i);
});

/** States that go without saying. */
const NOTHING_TO_SAY = ['papers.states.approved', 'partners.missing.state.open'];

test('what stands in the page before its script is there is what the script begins with', () => {
  const page = readFileSync(new URL('./index.html', import.meta.url), 'utf8');
  expect(page).toContain(`<main class="one"><p role="status">${en.loading}</p></main>`);
  expect(page).toContain(`<title>${en.title}</title>`);
});

/** Every word that is not made of something else, with where it stands. */
function wordsOf(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => wordsOf(each, path === '' ? key : `${path}.${key}`));
}

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
