import { PLANT_NAMES, type Plant } from './plants.ts';
import { runSchedule } from './schedule.ts';

/**
 * `node tests/sync/sim.ts [--schedules N] [--seed S] [--plant NAME] [--tell]`: desktops and a server through trouble, by
 * seed. Prints the rate of one core and what happened. Ends with 1 at the first broken law, with its seed; that
 * seed alone (`--schedules 1 --seed S --tell`) prints every step of it, twice the same.
 */
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const schedules = Number(option('schedules') ?? 1_000_000);
const first = Number(option('seed') ?? 1);
const plant = PLANT_NAMES.find((name) => name === option('plant')) ?? (null as Plant | null);
const isTold = process.argv.includes('--tell');

const totals: Record<string, number> = {};
const began = performance.now();
let said = began;
for (let seed = first; seed < first + schedules; seed += 1) {
  const ran = runSchedule(seed, plant, isTold);
  if (isTold) console.log(ran.lines.join('\n'));
  for (const [name, count] of Object.entries(ran.counts)) totals[name] = (totals[name] ?? 0) + count;
  if (ran.violations.length > 0) {
    const again = runSchedule(seed, plant);
    const isSame = again.traceHash === ran.traceHash;
    console.log(`seed ${seed} broke a law after ${seed - first + 1} schedules:\n  ${ran.violations.join('\n  ')}`);
    console.log(`trace ${ran.traceHash}, ${isSame ? 'the same' : 'NOT THE SAME'} when run again`);
    process.exit(1);
  }
  if (performance.now() - said > 10_000) {
    said = performance.now();
    console.log(`${seed - first + 1} schedules, ${rate(seed - first + 1)} a second`);
  }
}
console.log(`${schedules} schedules from seed ${first}: every law held; ${rate(schedules)} a second on one core`);
console.log(totals);

function rate(done: number): string {
  return ((done / (performance.now() - began)) * 1000).toFixed(0);
}
