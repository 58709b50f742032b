// Runs every journey on every host that can be had here, on the app as it lies built in out/. Two hosts run at the
// same time where there are cores for it, and share the journeys that run once.
// node tests/e2e/run.ts [--host electron|browser] [--only part of a name] [--keep]
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBrowserHost } from './lib/browser-host.ts';
import type { Host } from './lib/desk.ts';
import { createElectronHost } from './lib/electron-host.ts';
import { endOnSignals } from './lib/ending.ts';
import type { Journey } from './lib/journey.ts';
import { endWithStarter, runLanes, tell } from './lib/lanes.ts';
import { findRuntime, places } from './lib/places.ts';
import { type Count, runOn, shots } from './lib/runner.ts';
import { shareOf } from './lib/share.ts';

interface MissingHost {
  readonly name: Host['name'];
  readonly why: string;
}

const { values: options } = parseArgs({
  options: {
    host: { type: 'string' },
    only: { type: 'string', default: '' },
    // Whole names, given by a run whose journeys failed.
    again: { type: 'string', multiple: true, default: [] },
    keep: { type: 'boolean' },
    // Given by a run that has started this one as one of its lanes: `0/2` is the first of two.
    lane: { type: 'string' },
  },
});
/** More failures than this are not bad luck of a busy machine: nothing is run again. */
const MOST_AGAIN = 3;

process.exitCode = await main();

async function main(): Promise<number> {
  if (!existsSync(join(places.out, 'main', 'browser-host.js'))) {
    console.log('out/ is not built: run npm run build first.');
    return 2;
  }
  if (!options.keep) rmSync(shots, { recursive: true, force: true });
  const all = findHosts().filter(({ name }) => name === (options.host ?? name));
  const hosts = all.filter((host): host is Host => !('why' in host));
  if (options.lane !== undefined) return runLane(hosts[0], options.lane);
  if (hosts.length > 1 && availableParallelism() > 1) {
    const names = hosts.map(({ name }) => name);
    const counts = await runLanes(import.meta.filename, names, ['--only', options.only]);
    return summed(await onceMore(names, counts));
  }
  endOnSignals();
  const journeys = await readJourneys();
  const counts: Count[] = [];
  for (const missing of all.filter((host): host is MissingHost => 'why' in host))
    counts.push({ passed: 0, failed: 0, skipped: skipped(missing, journeys, hosts.length > 0), failures: [] });
  for (const [lane, host] of hosts.entries())
    counts.push(await runOn(host, shareOf(journeys, lane, hosts.length), console.log));
  return summed(counts);
}

/**
 * Runs the few journeys that failed once more, one host after the other and nothing beside it. What then passes counts
 * as passed; that it failed at first stands in the summary (decision 0013).
 */
async function onceMore(names: readonly Host['name'][], counts: readonly Count[]): Promise<readonly Count[]> {
  const failures = counts.flatMap((count) => count.failures);
  if (failures.length === 0 || failures.length > MOST_AGAIN) return counts;
  const mended: Count[] = [];
  for (const [lane, count] of counts.entries()) {
    const name = names[lane];
    if (name === undefined || count.failures.length === 0) {
      mended.push(count);
      continue;
    }
    const wanted = count.failures.flatMap((failure) => ['--again', failure]);
    const [second] = await runLanes(import.meta.filename, [name], wanted);
    for (const failure of count.failures) {
      const isRight =
        second !== undefined && !second.failures.includes(failure) && second.failed === second.failures.length;
      console.log(`again  ${name.padEnd(8)} ${failure}: ${isRight ? 'passed when it ran alone' : 'failed again'}`);
    }
    const isLost = count.failed - count.failures.length;
    const passed = second?.passed ?? 0;
    mended.push({ ...count, passed: count.passed + passed, failed: isLost + count.failures.length - passed });
  }
  return mended;
}

async function runLane(host: Host | undefined, lane: string): Promise<number> {
  endOnSignals();
  endWithStarter();
  const [own, lanes] = lane.split('/').map(Number);
  if (host === undefined || own === undefined || lanes === undefined) return 2;
  const count = await runOn(host, shareOf(await readJourneys(), own, lanes), (said) => void tell({ said }));
  await tell({ count });
  return 0;
}

/** How many journeys a host would have run that is not here. */
function skipped({ name, why }: MissingHost, journeys: readonly Journey[], hasAnother: boolean): number {
  const without = journeys.filter(({ runsOnce }) => !runsOnce || !hasAnother).length;
  console.log(`skipped on ${name}, ${without} tests: ${why}`);
  return without;
}

/** Says the sum, and gives the exit code. */
function summed(counts: readonly Count[]): number {
  const sum = (key: 'passed' | 'failed' | 'skipped') => counts.reduce((all, count) => all + count[key], 0);
  const withSkipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${withSkipped}`);
  return sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}

/** All lists of journeys beside this file, as far as they are wanted. */
async function readJourneys(): Promise<readonly Journey[]> {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.e2e.ts'));
  const lists = await Promise.all(
    files.sort().map(async (file) => (await import(`./${file}`)) as { journeys: readonly Journey[] }),
  );
  return lists
    .flatMap(({ journeys }) => journeys)
    .filter(({ name }) => (options.again.length > 0 ? options.again.includes(name) : name.includes(options.only)));
}

function findHosts(): readonly (Host | MissingHost)[] {
  const runtime = findRuntime();
  const electron =
    runtime.kind === 'none' ? { name: 'electron' as const, why: runtime.why } : createElectronHost(runtime);
  const browser =
    places.browser === null
      ? { name: 'browser' as const, why: 'no browser of the Chromium family is here' }
      : createBrowserHost(places.browser);
  return [electron, browser];
}
