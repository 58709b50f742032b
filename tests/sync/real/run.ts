import { parseArgs } from 'node:util';
import { startPostgres } from '../../../portal/server/store/testing.ts';
import { runReal } from './schedule.ts';

/** `node tests/sync/real/run.ts --schedules 500 --seed 1 [--postgres] [--tell]`: the real desktops and server by seed. */
const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    postgres: { type: 'boolean', default: false },
    tell: { type: 'boolean', default: false },
  },
});

const started = values.postgres ? await startPostgres() : null;
if (started !== null && 'reason' in started) throw new Error(started.reason);
const began = performance.now();
const first = Number(values.seed);
const sums = { made: 0, accepted: 0, refused: 0 };
const strikes = new Map<string, number>();
let broken = 0;
for (let seed = first; seed < first + Number(values.schedules); seed += 1) {
  const place = await started?.place();
  const ran = await runReal({ seed, ...(place === undefined ? {} : { database: place.url, processes: 2 }) });
  await place?.remove();
  if (values.tell) console.log(seed, ran.made, ran.accepted, ran.refused);
  for (const key of ['made', 'accepted', 'refused'] as const) sums[key] += ran[key];
  for (const [name, times] of ran.strikes) strikes.set(name, (strikes.get(name) ?? 0) + times);
  if (values.tell) process.stdout.write(`${ran.lines.join('')}\n`);
  if (ran.violations.length === 0) continue;
  broken += 1;
  console.error(`seed ${seed}: ${ran.violations.slice(0, 6).join('\n  ')}`);
}
await started?.stop();
const seconds = (performance.now() - began) / 1000;
console.log(`${values.schedules} schedules from seed ${first} in ${seconds.toFixed(1)} s, ${broken} broken`);
console.log(JSON.stringify({ ...sums, strikes: Object.fromEntries([...strikes].toSorted()) }));
if (broken > 0) process.exitCode = 1;
