import { memorySeenStore, QUIET } from '../../electron/backend/watch/testing.ts';
import { createWatcher } from '../../electron/backend/watch/watcher.ts';

/**
 * `node --expose-gc bench/lib/watch-child.ts FOLDER BEFORE`: watches a folder and prints, as one line of JSON, the
 * milliseconds until it is ready and the memory added, after a collection. Everything in the folder was seen before,
 * in a first watch of its own, when BEFORE is "seen"; else it is all new and taken at once.
 */
const [folder = '', before] = process.argv.slice(2);
const alive = setInterval(() => {}, 1000);
const store = memorySeenStore();
if (before === 'seen') await watchOnce(Date.now() + 60_000);
globalThis.gc?.();
const resident = process.memoryUsage().rss;
const { ms, peak } = await watchOnce(0);
process.stdout.write(`${JSON.stringify({ ms, mb: (peak - resident) / 1e6 })}\n`);
clearInterval(alive);

async function watchOnce(sinceMs: number): Promise<{ ms: number; peak: number }> {
  const from = performance.now();
  let ready: (at: number) => void = () => {};
  const isReady = new Promise<number>((resolve) => {
    ready = resolve;
  });
  const watcher = createWatcher({
    store,
    onFile: async () => ({ type: 'taken', sha256: '0'.repeat(64) }),
    onState: (_id, { kind }) => {
      if (kind === 'ready') ready(performance.now());
    },
    log: QUIET,
    now: () => Date.now(),
    ownPlaces: () => [],
  });
  await watcher.add({ id: 'f', path: folder, policy: 'leave', isPaused: false, sinceMs });
  const ms = (await isReady) - from;
  // The second look, which follows the first event that could be heard, belongs to the price.
  await watcher.rescan();
  globalThis.gc?.();
  const peak = process.memoryUsage().rss;
  await watcher.close();
  return { ms, peak };
}
