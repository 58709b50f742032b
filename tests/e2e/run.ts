// Runs every journey on every host that can be had here, one after the other, on the app as it lies built in out/.
// node tests/e2e/run.ts [--host electron|browser] [--only part of a name] [--keep]
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBrowserHost } from './lib/browser-host.ts';
import { Desk, type Host, Skipped } from './lib/desk.ts';
import { createElectronHost } from './lib/electron-host.ts';
import type { Journey } from './lib/journey.ts';
import { findRuntime, places } from './lib/places.ts';

const LIMIT_MS = 90_000;
const shots = join(places.artifacts, 'e2e');

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface MissingHost {
  readonly name: Host['name'];
  readonly why: string;
}

const { values: options } = parseArgs({
  options: { host: { type: 'string' }, only: { type: 'string' }, keep: { type: 'boolean' } },
});
process.exitCode = await main();

async function main(): Promise<number> {
  if (!existsSync(join(places.out, 'main', 'browser-host.js'))) {
    console.log('out/ is not built: run npm run build first.');
    return 2;
  }
  if (!options.keep) rmSync(shots, { recursive: true, force: true });
  const journeys = (await readJourneys()).filter(({ name }) => name.includes(options.only ?? ''));
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  const hosts = findHosts().filter(({ name }) => name === (options.host ?? name));
  const last = hosts.findLast((host) => !('why' in host));
  for (const host of hosts) {
    if ('why' in host) {
      const without = journeys.filter(({ runsOnce }) => !runsOnce || last === undefined).length;
      count.skipped += without;
      console.log(`skipped on ${host.name}, ${without} tests: ${host.why}`);
    } else {
      await runOn(
        host,
        journeys.filter(({ runsOnce }) => !runsOnce || host === last),
        count,
      );
    }
  }
  console.log(
    `\n${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`,
  );
  return count.failed > 0 || count.passed === 0 ? 1 : 0;
}

/** All lists of journeys beside this file. */
async function readJourneys(): Promise<readonly Journey[]> {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.e2e.ts'));
  const lists = await Promise.all(
    files.sort().map(async (file) => (await import(`./${file}`)) as { journeys: readonly Journey[] }),
  );
  return lists.flatMap(({ journeys }) => journeys);
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

async function runOn(host: Host, journeys: readonly Journey[], count: Count): Promise<void> {
  console.log(`\non ${host.name}${host.remark === '' ? '' : ` (${host.remark})`}`);
  for (const journey of journeys) {
    const started = performance.now();
    const outcome = await runOne(host, journey);
    const line = `${host.name.padEnd(8)} ${journey.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
    if (outcome === 'passed') console.log(`  ok     ${line}`);
    else if (outcome instanceof Skipped) console.log(`skipped  ${line}: ${outcome.message}`);
    else console.log(`  FAILED ${line}\n${indented(outcome.stack ?? outcome.message)}`);
    count[outcome === 'passed' ? 'passed' : outcome instanceof Skipped ? 'skipped' : 'failed'] += 1;
  }
  await host.end();
}

async function runOne(host: Host, journey: Journey): Promise<'passed' | Error> {
  const desk = new Desk(host);
  const stop = () => void desk.dispose().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  try {
    await within(journey.limitMs ?? LIMIT_MS, journey.run(desk));
    const said = desk.problems.unexpected();
    if (said.length > 0) throw new Error(`the page's console has errors:\n${said.join('\n')}`);
    return 'passed';
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (!(error instanceof Skipped)) await keepProof(desk, `${host.name}-${journey.name}`, error);
    return error;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    await desk.dispose();
  }
}

/** The journey, or an error when it takes too long. What it still waits for ends with its desk. */
async function within(limitMs: number, running: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${limitMs / 1000} s`)), limitMs);
  });
  running.catch(() => {}); // after the limit nobody waits for it any more
  try {
    await Promise.race([running, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Screenshots, the console and what the processes wrote: artifacts/e2e/<host>-<name>.* */
async function keepProof(desk: Desk, name: string, error: Error): Promise<void> {
  mkdirSync(shots, { recursive: true });
  const file = join(shots, name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80));
  const pictures = await desk.pictures();
  for (const [index, picture] of pictures.entries())
    writeFileSync(`${file}${index === 0 ? '' : `-${index}`}.png`, picture);
  const console = desk.problems.transcript().join('\n');
  writeFileSync(`${file}.txt`, `${error.stack}\n\n--- console\n${console}\n\n--- processes\n${desk.output()}\n`);
}

function indented(text: string): string {
  return text.replace(/^/gm, '           ');
}
