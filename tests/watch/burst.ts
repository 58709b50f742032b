import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type OpenHints, openHints } from '../../electron/backend/watch/hints.ts';
import { createRig, losing, pdf, type Rig, randomOf } from '../../electron/backend/watch/testing.ts';
import { TIMINGS } from '../../electron/backend/watch/timings.ts';

/**
 * `node tests/watch/burst.ts [--tenth] [--seed N]`: the promises about bursts in their full size, with the waits of the
 * product: 5,000 files at once, 600 files into folders made with them, and both with half of all events lost. Prints
 * how many arrived, twice or in part, and the seconds from the last write to the last file. Ends with 1 when one is
 * missing, doubled or partial, or came later than 60 s after the last write.
 */
const LIMIT_S = 60;
const tenth = process.argv.includes('--tenth') ? 10 : 1;
const seed = Number(process.argv[process.argv.indexOf('--seed') + 1] ?? Number.NaN) || 20_260_601;

const burst = Array.from({ length: 5000 / tenth }, (_, n) => `burst ${n}.pdf`);
const storm = Array.from(
  { length: 600 / tenth },
  (_, n) => `year ${n % 4}/deal ${n % 40}/stage ${n % 120}/step ${n % 240}/file ${n}.pdf`,
);
const cases: readonly (readonly [string, readonly string[], OpenHints])[] = [
  [`${burst.length}-file burst`, burst, openHints],
  [`${storm.length}-file storm into new folders`, storm, openHints],
  [`${burst.length}-file burst, half of the events lost`, burst, losing(0.5, randomOf(seed))],
  [`${storm.length}-file storm, half of the events lost`, storm, losing(0.5, randomOf(seed + 1))],
  [`${storm.length}-file storm, all events lost but one of a hundred`, storm, losing(0.99, randomOf(seed + 2))],
];

// The watcher's own timers keep no process alive.
const alive = setInterval(() => {}, 1000);
console.log(`seed ${seed}`);
let failed = 0;
for (const [name, paths, hints] of cases) if (!(await run(name, paths, hints))) failed += 1;
clearInterval(alive);
console.log(failed === 0 ? 'every file arrived once and whole' : `${failed} of ${cases.length} runs failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function run(name: string, paths: readonly string[], hints: OpenHints): Promise<boolean> {
  const rig = createRig({ openHints: hints, timings: TIMINGS });
  try {
    await rig.add();
    await rig.until(() => rig.state().kind === 'ready');
    const whole = await pour(rig.root, paths);
    const quietAt = performance.now();
    let lastAt = quietAt;
    for (let known = -1; rig.got.length < paths.length && performance.now() - quietAt < LIMIT_S * 1000; ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (rig.got.length !== known) [known, lastAt] = [rig.got.length, performance.now()];
    }
    // What comes twice comes after the first time: another look at everything gives it the occasion.
    await rig.quiet();
    return report(name, rig, whole, (lastAt - quietAt) / 1000);
  } finally {
    await rig.close();
  }
}

function report(name: string, rig: Rig, whole: ReadonlyMap<string, string>, seconds: number): boolean {
  const present = new Set(rig.got.map(({ relPath }) => relPath)).size;
  const doubled = rig.got.length - present;
  const partial = rig.got.filter(({ relPath }, index) => rig.hashes[index] !== whole.get(relPath)).length;
  const share = ((100 * present) / whole.size).toFixed(2);
  const defects = rig.defects.length === 0 ? '' : `, ${rig.defects.length} defects`;
  console.log(
    `${name.padEnd(52)} ${share} % present, ${doubled} doubled, ${partial} partial, ${seconds.toFixed(1)} s after the last write${defects}`,
  );
  return present === whole.size && doubled === 0 && partial === 0 && seconds <= LIMIT_S && defects === '';
}

/** Writes in pieces, the pieces of fifty files mixed, so that events come while files are unfinished. */
async function pour(root: string, relPaths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const whole = new Map<string, string>();
  for (let from = 0; from < relPaths.length; from += 50) {
    const open = relPaths.slice(from, from + 50).map((relPath) => {
      mkdirSync(dirname(join(root, relPath)), { recursive: true });
      const text = pdf(`${relPath} ${'x'.repeat(6000)}`);
      whole.set(relPath, createHash('sha256').update(text).digest('hex'));
      return { file: openSync(join(root, relPath), 'w'), text };
    });
    for (const at of [0, 2000, 4000]) {
      for (const { file, text } of open) writeSync(file, at === 4000 ? text.slice(at) : text.slice(at, at + 2000));
      // Lets the watcher look in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const { file } of open) closeSync(file);
  }
  return whole;
}
