import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { nodePath } from '../../../scripts/lib/base.mjs';
import type { Host } from './desk.ts';
import { endNow, SIGNALS } from './ending.ts';
import type { Count } from './runner.ts';

/** What a lane tells whoever started it. */
type Told = { readonly said: string } | { readonly count: Count };

const onWindows = process.platform === 'win32';

/**
 * Runs the hosts at the same time, each in a process of its own, and gives what each counted.
 * @param wanted the options that say which journeys
 */
export async function runLanes(
  script: string,
  hosts: readonly Host['name'][],
  wanted: readonly string[],
): Promise<readonly Count[]> {
  const lanes = hosts.map((host, lane) => {
    const args = ['--host', host, '--lane', `${lane}/${hosts.length}`, ...wanted, '--keep'];
    // Ctrl-C of a terminal reaches a whole group: a lane in its own is told once, by this process.
    return fork(script, args, { execPath: nodePath(), detached: !onWindows });
  });
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    if (!onWindows) for (const lane of lanes) lane.kill('SIGTERM');
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const counts = await Promise.all(lanes.map(countOf));
  for (const signal of SIGNALS) process.off(signal, stop);
  if (isStopping) process.exit(130);
  return counts.map((count, lane) => {
    if (count !== null) return count;
    console.log(`  FAILED ${hosts[lane]}: its lane ended before it was through`);
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  });
}

/** Prints what the lane tells, and gives its count; null when it ended without one. */
async function countOf(lane: ChildProcess): Promise<Count | null> {
  const counts: Count[] = [];
  lane.on('message', (told: Told) => {
    if ('count' in told) counts.push(told.count);
    else console.log(told.said);
  });
  await once(lane, 'close');
  return counts[0] ?? null;
}

/** In a lane: says it where it was started. */
export function tell(told: Told): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(told, () => resolve());
  });
}

/** In a lane: ends it, with all that it runs, when whoever started it is gone. */
export function endWithStarter(): void {
  if (process.send !== undefined && !process.connected) endNow();
  process.on('disconnect', endNow);
  process.channel?.unref();
}
