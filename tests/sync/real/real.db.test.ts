import { afterAll, describe, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../../../portal/server/store/testing.ts';
import { runReal } from './schedule.ts';

/** A share by seed; more with `node tests/sync/real/run.ts --schedules N --seed S [--postgres]`. */
const FIRST = 1;
const MOST = Number(process.env.REAL_SCHEDULES ?? 100);
/** A busy machine does fewer, and says how many. */
const ENOUGH_MS = Number(process.env.REAL_MS ?? 60_000);
const ON_POSTGRES = 8;

describe('real desktops and a real server hold the laws of sync', () => {
  test('on SQLite, through lost and repeated requests, restarts, backups put back, and changing rights', async () => {
    const from = performance.now();
    let done = 0;
    let made = 0;
    for (let seed = FIRST; seed < FIRST + MOST; seed += 1) {
      const ran = await runReal({ seed });
      expect(ran.violations, `seed ${seed}`).toEqual([]);
      done += 1;
      made += ran.made;
      expect(ran.made, `seed ${seed}: nobody did anything`).toBeGreaterThan(0);
      if (performance.now() - from > ENOUGH_MS) break;
    }
    const seconds = ((performance.now() - from) / 1000).toFixed(0);
    console.log(`${done} schedules from seed ${FIRST} with ${made} steps of people in ${seconds} s`);
    // Schedules in which nobody does anything would prove nothing.
    expect(made).toBeGreaterThan(done * 10);
  }, 600_000);

  test('the same seed does the same', async () => {
    const [once, again] = [await runReal({ seed: 12 }), await runReal({ seed: 12 })];
    expect({ ...again, lines: [] }).toEqual({ ...once, lines: [] });
  }, 300_000);
});

const started = await startPostgres();
const postgres: Postgres | null = 'reason' in started ? null : started;
if ('reason' in started) console.warn(`PostgreSQL was not tested, since it does not start here: ${started.reason}`);
afterAll(() => postgres?.stop(), 30_000);

describe.skipIf(postgres === null)('two server processes on one PostgreSQL, each request at either', () => {
  test('hold the same laws', async () => {
    const from = performance.now();
    let done = 0;
    for (let seed = FIRST; seed < FIRST + ON_POSTGRES; seed += 1) {
      const place = await (postgres as Postgres).place();
      const ran = await runReal({ seed, database: place.url, processes: 2 });
      await place.remove();
      expect(ran.violations, `seed ${seed}`).toEqual([]);
      expect(ran.made, `seed ${seed}: nobody did anything`).toBeGreaterThan(0);
      done += 1;
      if (performance.now() - from > ENOUGH_MS) break;
    }
    console.log(`${done} schedules on PostgreSQL from seed ${FIRST}`);
  }, 600_000);
});
