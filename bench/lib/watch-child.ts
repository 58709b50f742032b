import { mustOpen } from '../../db/testing.ts';
import { createSeenStore } from '../../electron/backend/papers/seen-store.ts';
import { QUIET } from '../../electron/backend/watch/testing.ts';
import { createWatcher } from '../../electron/backend/watch/watcher.ts';

/**
 * `node --expose-gc bench/lib/watch-child.ts FOLDER RECORDS`: watches a folder and prints, as one line of JSON, the
 * milliseconds until it is ready and the memory added, after a collection. RECORDS is the folder of the records, which
 * say what was seen before; what they do not know is new and taken at once.
 */
const [folder = '', records = ''] = process.argv.slice(2);
const alive = setInterval(() => {}, 1000);
const db = mustOpen(records);
const store = createSeenStore(db);
globalThis.gc?.();
const resident = process.memoryUsage().rss;
const { ms, peak } = await watchOnce();
process.stdout.write(`${JSON.stringify({ ms, mb: (peak - resident) / 1e6 })}\n`);
db.close();
clearInterval(alive);

async function watchOnce(): Promise<{ ms: number; peak: number }> {
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
  await watcher.add({ id: 'f', path: folder, policy: 'leave', isPaused: false });
  const ms = (await isReady) - from;
  // The second look, which follows the first event that could be heard, belongs to the price.
  await watcher.rescan();
  globalThis.gc?.();
  const peak = process.memoryUsage().rss;
  await watcher.close();
  return { ms, peak };
}
