import { expect, test } from 'vitest';
import type { FormQuestion } from '../../api/person-home.ts';
import { intake } from '../messages/intake.ts';
import { isSettled, nextAfter, said, typed } from './answers.ts';
import { intakeTokenIn } from './token.ts';

const question = (id: string, kind: FormQuestion['kind'], more: Partial<FormQuestion> = {}): FormQuestion => ({
  ...{ id, kind, ask: `${id}?`, help: '', options: [], isRequired: true, allowUnknown: false },
  ...more,
});
const questions = [question('a', 'text'), question('b', 'text', { isRequired: false }), question('c', 'money')];
const say = (kind: FormQuestion['kind'], answer: string | number | boolean | null, more: Partial<FormQuestion> = {}) =>
  said(question('q', kind, more), answer, { words: intake, today: '2026-06-17' });

test('a person goes on with the next open question, then with one that was left, then with none', () => {
  expect(nextAfter({ questions, answers: {} }, null)?.id).toBe('a');
  expect(nextAfter({ questions, answers: { a: 'x' } }, 'a')?.id).toBe('b');
  expect(nextAfter({ questions, answers: { b: null, c: 1 } }, 'c')?.id).toBe('a');
  expect(nextAfter({ questions, answers: { a: 'x', b: null, c: 1 } }, 'c')).toBeNull();
});

test('skipping settles only what may be skipped', () => {
  expect(isSettled(question('a', 'text'), { answers: { a: null } })).toBe(false);
  expect(isSettled(question('a', 'text', { isRequired: false }), { answers: { a: null } })).toBe(true);
  // Every object has a constructor, and nobody answered that.
  expect(isSettled(question('constructor', 'text'), { answers: {} })).toBe(false);
});

test('answers are read as a person would say them', () => {
  expect(say('money', 65_000_000)).toBe('$650,000');
  expect(say('money', 145_050)).toBe('$1,450.50');
  expect(say('yes-no', false)).toBe('No');
  expect(say('year', 'unknown')).toBe('I do not know');
  expect(say('state', 'NJ')).toBe('New Jersey');
  expect(say('day', '2027-01-04')).toBe('Monday, January 4, 2027');
  expect(say('phone', '+19165550123')).toBe('(916) 555-0123');
  expect(say('phone', '+442071234567')).toBe('+442071234567');
  expect(say('choice', 'sell', { options: [{ value: 'sell', label: 'Sell a home' }] })).toBe('Sell a home');
  expect(say('text', null, { isRequired: false })).toBe('Left out');
  expect(say('text', null)).toBeNull();
});

test('what comes back into a field can be sent again as it stands', () => {
  expect(typed(question('q', 'money'), 65_000_000)).toBe('650000');
  expect(typed(question('q', 'money'), 145_050)).toBe('1450.50');
  expect(typed(question('q', 'year'), 'unknown')).toBe('');
});

test('a link is one of two kinds, and anything else is none', () => {
  const token = 'a'.repeat(43);
  expect(intakeTokenIn(`#/start/${token}`)).toEqual({ kind: 'start', token });
  expect(intakeTokenIn(`#/resume/${token}`)).toEqual({ kind: 'resume', token });
  for (const hash of ['', '#/start/', `#/open/${token}`, `#/start/${token}/x`, '#/start/<script>alert(1)</script>'])
    expect(intakeTokenIn(hash)).toBeNull();
});

test('words are plain: no hyphen that breaks e‑mail, no exclamation mark, none empty', () => {
  const walk = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(walk)
        : [];
  for (const word of walk(intake)) {
    expect(word).not.toMatch(/e-mail|!/i);
    expect(word.trim()).not.toBe('');
  }
});
