import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  dayOf,
  daysBetween,
  dialled,
  firstName,
  hourOf,
  initials,
  longDay,
  partsOfStreet,
  plainDay,
  shortDay,
} from './format.ts';
import { tokenIn } from './link.ts';
import { en } from './messages.ts';

const US = 'en-US';

test('days are calendar days, whatever the zone of the browser', () => {
  expect(shortDay('2026-06-22', US)).toBe('Mon, Jun 22');
  expect(longDay('2026-07-02', '2026-06-17', US)).toBe('Thursday, July 2');
  expect(longDay('2027-01-04', '2026-12-30', US)).toBe('Monday, January 4, 2027');
  expect(plainDay('2026-08-01', '2026-06-17', US)).toBe('August 1');
  expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
  expect(hourOf('17:00', US)).toBe('5:00 PM');
});

test('the day of an instant is that of the clock on the wall, not of Greenwich', () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'America/Los_Angeles';
    expect(dayOf('2026-06-17T04:30:00.000Z')).toBe('2026-06-16');
    process.env.TZ = 'Pacific/Auckland';
    expect(dayOf('2026-06-16T17:04:00.000Z')).toBe('2026-06-17');
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('streets, names and numbers', () => {
  expect(partsOfStreet('1847 Marlowe Ave')).toEqual({ number: '1847', name: 'Marlowe Ave' });
  expect(partsOfStreet('12B Elm St')).toEqual({ number: '12B', name: 'Elm St' });
  expect(partsOfStreet('Rural Route')).toEqual({ number: '', name: 'Rural Route' });
  expect([firstName(' Priya Raman'), initials('Noor van Haddad'), initials('Cher'), initials('')]).toEqual([
    ...['Priya', 'NH', 'C', ''],
  ]);
  expect(dialled('+1 (916) 555-0117')).toBe('+19165550117');
});

test('a token is taken from the place for it and from nowhere else', () => {
  const token = 'a'.repeat(43);
  expect(tokenIn(`#/open/${token}`)).toBe(token);
  for (const hash of ['', '#money', '#/open/', '#/open/short', `#/open/${token}/more`, `#/open/${'x'.repeat(200)}`])
    expect(tokenIn(hash)).toBeNull();
});

test('problems are said with what to do', () => {
  expect(en.problem({ type: 'too-often', message: '', retryAfter: 900 })).toContain('Wait 15 minutes');
  expect(en.problem({ type: 'too-often', message: '', retryAfter: 3 })).toContain('Wait a minute');
  expect(en.problem({ type: 'too-often', message: '', retryAfter: 86_000 })).toContain('Wait 24 hours');
  expect(en.problem({ type: 'wrong-answer', message: '' })).toContain('not the word');
  expect(en.problem({ type: 'wrong-answer', message: '', retryAfter: 900 })).toContain('rests for 15 minutes');
  expect(en.problem({ type: 'wrong-answer', message: '', triesLeft: 1 })).toContain('one more try');
  expect(en.problem({ type: 'wrong-answer', message: '', triesLeft: 0 })).toContain('Send a new one');
  expect(en.problem({ type: 'wrong-answer', message: '' })).toContain('the word');
  expect(en.problem({ type: 'unreachable' })).toContain('could not be reached');
  expect(en.problem({ type: 'not-allowed', message: 'As the portal says.' })).toBe('As the portal says.');
});

test('desktop and portal have the same design values', () => {
  const own = readFileSync(new URL('./design/tokens.css', import.meta.url), 'utf8');
  expect(own).toBe(readFileSync(new URL('../../renderer/design/tokens.css', import.meta.url), 'utf8'));
});
