import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PLANT_NAMES } from './plants.ts';
import { type Ran, runSchedule } from './schedule.ts';

/**
 * `node tests/sync/sim.ts [--schedules N] [--seed S] [--cores N] [--plant NAME] [--tell]`: desktops and a server through
 * trouble, by seed. Prints the rate and what happened; the last line is `N passed, N failed`, one for each schedule.
 * Ends with 1 at the first broken law, with its seed; that seed alone (`--schedules 1 --seed S --tell`) prints every step
 * of it, twice the same.
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
/** A part of a run that another process shares out: what it counted goes there, as one line. */
const isPart = process.argv.includes('--part');

interface Part {
  readonly passed: number;
  readonly failed: number;
  readonly totals: Readonly<Record<string, number>>;
  /** Seconds of one core. */
  readonly cpu: number;
}

if (cores > 1) await share();
else finish(run());

/** The same seeds, shared out to as many processes. */
async function share(): Promise<void> {
  const each = Math.ceil(schedules / cores);
  const began = performance.now();
  const starts = Array.from({ length: cores }, (_, core) => core * each).filter((start) => start < schedules);
  const parts = await Promise.all(starts.map((start) => part(first + start, Math.min(each, schedules - start))));
  finish(parts.reduce(added));
  console.error(`${((performance.now() - began) / 1000).toFixed(0)} seconds on ${cores} cores`);
}

function part(seed: number, count: number): Promise<Part> {
  const args = ['--schedules', String(count), '--seed', String(seed), '--plant', plant ?? '', '--part'];
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      const lines = output.trim().split('\n');
      const counted = readPart(lines.at(-1) ?? '');
      console.log(lines.slice(0, counted === null ? undefined : -1).join('\n'));
      // One that ended without a word, killed or out of memory, has held nothing.
      resolve(counted ?? { passed: 0, failed: 1, totals: {}, cpu: 0 });
    });
  });
}

function readPart(line: string): Part | null {
  try {
    return JSON.parse(line) as Part;
  } catch {
    return null;
  }
}

function added(a: Part, b: Part): Part {
  const names = Object.keys({ ...a.totals, ...b.totals });
  const totals = Object.fromEntries(names.map((name) => [name, (a.totals[name] ?? 0) + (b.totals[name] ?? 0)]));
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, totals, cpu: a.cpu + b.cpu };
}

function finish(part: Part): void {
  process.exitCode = part.failed > 0 ? 1 : 0;
  if (isPart) {
    console.log(JSON.stringify(part));
    return;
  }
  console.log(part.totals);
  console.log(`${(part.passed / part.cpu).toFixed(0)} schedules a second of one core, from seed ${first}`);
  console.log(`${part.passed} passed, ${part.failed} failed`);
}

function run(): Part {
  const totals: Record<string, number> = {};
  let said = performance.now();
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  };
  for (let seed = first; seed < first + schedules; seed += 1) {
    const ran = runSchedule(seed, plant, isTold);
    if (isTold) console.log(ran.lines.join('\n'));
    for (const [name, count] of Object.entries(ran.counts)) totals[name] = (totals[name] ?? 0) + count;
    const done = seed - first + 1;
    if (ran.violations.length > 0) {
      broken(ran, done);
      return { passed: done - 1, failed: 1, totals, cpu: cpu() };
    }
    if (performance.now() - said < 10_000) continue;
    said = performance.now();
    console.error(`${done} of ${schedules} from seed ${first}, ${(done / cpu()).toFixed(0)} a second of one core`);
  }
  return { passed: schedules, failed: 0, totals, cpu: cpu() };
}

function broken({ seed, violations, traceHash }: Ran, done: number): void {
  const isSame = runSchedule(seed, plant).traceHash === traceHash;
  console.log(`seed ${seed} broke a law after ${done} schedules:\n  ${violations.join('\n  ')}`);
  console.log(`trace ${traceHash}, ${isSame ? 'the same' : 'NOT THE SAME'} when run again`);
}
