import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, type Host, Skipped } from './desk.ts';
import type { Journey } from './journey.ts';
import { places } from './places.ts';

const LIMIT_MS = 150_000;
/** Where the proof of failed journeys lies. */
export const shots = join(places.artifacts, 'e2e');

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** The names of the journeys that failed. */
  failures: string[];
}

/** Runs the journeys on that host, one after the other, and tells of each when it is over. */
export async function runOn(host: Host, journeys: readonly Journey[], say: (text: string) => void): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0, failures: [] };
  say(`\non ${host.name}${host.remark === '' ? '' : ` (${host.remark})`}`);
  for (const journey of journeys) {
    const started = performance.now();
    const outcome = await runOne(host, journey);
    const line = `${host.name.padEnd(8)} ${journey.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
    if (outcome === 'passed') say(`  ok     ${line}`);
    else if (outcome instanceof Skipped) say(`skipped  ${line}: ${outcome.message}`);
    else say(`  FAILED ${line}\n${indented(outcome.stack ?? outcome.message)}`);
    if (outcome !== 'passed' && !(outcome instanceof Skipped)) count.failures.push(journey.name);
    count[outcome === 'passed' ? 'passed' : outcome instanceof Skipped ? 'skipped' : 'failed'] += 1;
  }
  await host.end();
  return count;
}

async function runOne(host: Host, journey: Journey): Promise<'passed' | Error> {
  const desk = new Desk(host);
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
