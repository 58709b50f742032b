import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PLANT_NAMES } from './plants.ts';
import { type Ran, runSchedule } from './schedule.ts';

/**
 * `node tests/sync/sim.ts [--schedules N] [--seed S] [--cores N] [--plant NAME] [--tell]`: desktops and a server through
 * trouble, by seed. Prints the rate of one core and what happened. Ends with 1 at the first broken law, with its seed;
 * that seed alone (`--schedules 1 --seed S --tell`) prints every step of it, twice the same.
 */
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const schedules = Number(option('schedules') ?? 1_000_000);
const first = Number(option('seed') ?? 1);
const cores = Number(option('cores') ?? 1);
const plant = PLANT_NAMES.find((name) => name === option('plant')) ?? null;
const isTold = process.argv.includes('--tell');

if (cores > 1) share();
else run();

/** The same seeds, shared out to as many processes. */
function share(): void {
  const each = Math.ceil(schedules / cores);
  for (let core = 0; core < cores; core += 1) {
    const count = Math.min(each, schedules - core * each);
    const args = ['--schedules', String(count), '--seed', String(first + core * each), '--plant', plant ?? ''];
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' });
    child.on('exit', (code) => {
      if (code !== 0) process.exitCode = 1;
    });
  }
}

function run(): void {
  const totals: Record<string, number> = {};
  const began = performance.now();
  let said = began;
  const rate = (done: number) => ((done / (performance.now() - began)) * 1000).toFixed(0);
  for (let seed = first; seed < first + schedules; seed += 1) {
    const ran = runSchedule(seed, plant, isTold);
    if (isTold) console.log(ran.lines.join('\n'));
    for (const [name, count] of Object.entries(ran.counts)) totals[name] = (totals[name] ?? 0) + count;
    const done = seed - first + 1;
    if (ran.violations.length > 0) {
      broken(ran, done);
      process.exitCode = 1;
      return;
    }
    if (performance.now() - said > 10_000) {
      said = performance.now();
      console.log(`${done} schedules, ${rate(done)} a second`);
    }
  }
  console.log(`${schedules} schedules from seed ${first}: every law held; ${rate(schedules)} a second on one core`);
  console.log(totals);
}

function broken({ seed, violations, traceHash }: Ran, done: number): void {
  const isSame = runSchedule(seed, plant).traceHash === traceHash;
  console.log(`seed ${seed} broke a law after ${done} schedules:\n  ${violations.join('\n  ')}`);
  console.log(`trace ${traceHash}, ${isSame ? 'the same' : 'NOT THE SAME'} when run again`);
}
