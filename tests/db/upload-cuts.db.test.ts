import { expect, test } from 'vitest';
import { uploadCuts } from '../sync/upload-cuts.ts';

test('an upload over a line that breaks, to a portal that is killed, ends whole and loses a piece at most', async () => {
  const report = await uploadCuts({ cuts: 20, bytes: 24_000_000, restartEvery: 8, seed: 20_260_602 });
  expect(report.faults).toEqual([]);
  expect(report.isEqual).toBe(true);
  expect(report.kills).toBe(2);
  // What went out twice is what the cuts cost, so the file was never begun anew.
  expect(report.sent).toBeLessThan(2 * report.bytes);
});
