import { expect, test } from 'vitest';
import { killFiling } from './kill-filing.ts';

test('50 files filed through 3 kills are each in exactly one place', { timeout: 240_000 }, async () => {
  const seed = Date.now() % 1_000_000;
  const report = await killFiling({ files: 50, kills: 3, seed });
  console.log(`filing: ${report.files} files, ${report.kills} kills, ${report.once} in one place (seed ${seed})`);
  expect(report).toEqual({ files: 50, kills: 3, once: 50, faults: [] });
});
