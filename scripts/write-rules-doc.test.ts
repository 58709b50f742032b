import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulesDoc } from './write-rules-doc.ts';

const COMMITTED = new URL('../docs/rules.md', import.meta.url);

test('docs/rules.md is what the packs and calendars say today; `npm run rules` writes it', () => {
  expect(readFileSync(COMMITTED, 'utf8')).toBe(rulesDoc());
});

test('nothing in it is left unsaid', () => {
  expect(rulesDoc()).not.toMatch(/undefined|null|NaN|\[object|“”/);
});
