import { expect, test } from 'vitest';
import { outcomeOf } from './outcome.ts';

const reply = (type: string, message = 'Why.', more = {}) =>
  JSON.stringify({ ok: false, error: { type, message, ...more } });

test.each([
  [401, reply('not-signed-in'), { type: 'signed-out' }],
  [404, reply('not-available'), { type: 'not-there' }],
  [410, '', { type: 'not-there' }],
  [429, reply('too-often', 'Wait.', { retryAfter: 7 }), { type: 'away', sentence: '', waitMs: 7_000 }],
  [423, reply('conflict'), { type: 'away', sentence: '', waitMs: 2_000 }],
  [507, reply('away', 'Full.'), { type: 'away', sentence: 'Full.', waitMs: 60_000 }],
  [503, reply('away', 'Down.'), { type: 'away', sentence: 'Down.', waitMs: 60_000 }],
  [500, reply('defect'), { type: 'away', sentence: '', waitMs: 30_000 }],
  [502, '<html>bad gateway</html>', { type: 'away', sentence: '', waitMs: 30_000 }],
  [200, 'not json', { type: 'away', sentence: '', waitMs: 30_000 }],
  [413, reply('too-large', 'Too large.'), { type: 'refused', sentence: 'Too large.' }],
  [400, reply('bad-request', 'Not it.'), { type: 'refused', sentence: 'Not it.' }],
])('%s %s', (status, body, outcome) => {
  expect(outcomeOf(status, body)).toEqual(outcome);
});
