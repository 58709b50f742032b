import { expect, test } from 'vitest';
import { killSync } from './kill-sync.ts';

/** 300 with `node tests/sync/kill-sync.ts 3000 300`. */
const KILLS = Number(process.env.CLOSEBOARD_KILLS ?? 30);

test(`${KILLS} kills of desktops and portal lose no acknowledged step and double none`, {
  timeout: 300_000 + KILLS * 15_000,
}, async () => {
  const seed = Date.now() % 1_000_000;
  const report = await killSync({ kills: KILLS, commands: KILLS * 5, seed });
  console.log(`kills while syncing: ${JSON.stringify({ ...report, faults: report.faults.length, seed })}`);
  expect(report).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, faults: [] });
  // Kills that all came before the first step would prove nothing.
  expect(report.acknowledged).toBeGreaterThan(KILLS);
});
