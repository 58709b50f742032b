import { expect, test } from 'vitest';
import { killTest } from './kill-test.ts';

const KILLS = Number(process.env.CLOSEBOARD_KILLS ?? 30);

test(`${KILLS} kills in the middle of writing lose no acknowledged command`, {
  timeout: 20_000 + KILLS * 4_000,
}, async () => {
  const seed = Date.now() % 1_000_000;
  const report = await killTest({ kills: KILLS, seed });
  console.log(
    `kill test: ${report.kills} kills, ${report.acknowledged} acknowledged, ${report.lost} lost (seed ${seed})`,
  );
  expect(report).toMatchObject({ kills: KILLS, lost: 0, faults: [] });
  // Kills that all came before the first command would prove nothing.
  expect(report.acknowledged).toBeGreaterThan(KILLS);
});
