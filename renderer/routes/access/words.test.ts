import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { linkOf } from '../../testing/access.ts';
import { firstName, openLink, pictureOf, roleText, seenText, suggestWord, untilText, usedText } from './words.ts';

const TODAY = plainDate('2026-06-17');

test('a link says until when, and whether that moves with the closing', () => {
  expect(untilText(linkOf({ expiresAt: '2026-08-02T12:00:00.000Z' }), TODAY)).toBe(
    'Until Sat, Aug 1, moves with closing',
  );
  expect(untilText(linkOf({ expiresAt: '2026-08-02T12:00:00.000Z', movesWithClosing: false }), TODAY)).toBe(
    'Until Sat, Aug 1',
  );
  expect(untilText(linkOf({ expiresAt: '2026-06-02T12:00:00.000Z', state: 'expired' }), TODAY)).toBe(
    'Ended Mon, Jun 1',
  );
  expect(untilText(linkOf({ state: 'revoked' }), TODAY)).toBe('');
  expect(usedText(linkOf({ usedAt: null }), TODAY)).toBe('Not opened yet');
});

test('only an open link to the portal counts as one: not a calendar, not one that was revoked', () => {
  const entry = (links: ReturnType<typeof linkOf>[]) => ({ links }) as unknown as Parameters<typeof openLink>[0];
  expect(openLink(entry([linkOf({ state: 'revoked' }), linkOf({ kind: 'calendar' })]))).toBeNull();
  expect(openLink(entry([linkOf({ id: 'x' })]))?.id).toBe('x');
});

test('a suggested word is three words and a figure, by chance', () => {
  expect(suggestWord(() => 0)).toBe('almond almond almond 10');
  const many = new Set(Array.from({ length: 200 }, () => suggestWord()));
  expect(many.size).toBeGreaterThan(190);
  for (const word of many) expect(word).toMatch(/^[a-z]+ [a-z]+ [a-z]+ \d\d$/);
});

test('the picture of an address is an image whatever its text holds', () => {
  const picture = pictureOf('<svg><a href="#">"x"</a></svg>');
  expect(picture).toMatch(/^data:image\/svg\+xml;utf8,%3Csvg/);
  expect(picture).not.toMatch(/["<>#]/);
});

test('a role is said in words, one of the team by its own', () => {
  expect(roleText({ kind: 'person', role: 'other-agent' })).toBe("Other side's agent");
  expect(roleText({ kind: 'member', role: 'agent' })).toBe('Agent');
});

test('sentences use the first name', () => {
  expect(firstName('Mei-Lin Forrester')).toBe('Mei-Lin');
  expect(firstName('Cher')).toBe('Cher');
});

test('the last visit through any of the links counts; a calendar that reads by itself does not', () => {
  const today = plainDate('2026-06-17');
  const visit = (usedAt: string | null, kind: 'portal' | 'calendar' = 'portal') => linkOf({ usedAt, kind });
  expect(seenText({ links: [visit(null)] }, today)).toBe('');
  const two = [visit('2026-06-15T20:00:00.000Z'), visit('2026-06-16T20:15:00.000Z')];
  expect(seenText({ links: [...two, visit('2026-06-17T20:00:00.000Z', 'calendar')] }, today)).toMatch(
    /^Seen yesterday, /,
  );
});
