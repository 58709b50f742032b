import { dirname, sep } from 'node:path';
import type { Way } from './arrivals.ts';
import { type Candidate, regate } from './candidate.ts';
import { isSameFile } from './contents.ts';
import { entryOf } from './known.ts';
import type { Queue } from './queue.ts';
import type { ArrivedFile, Taken } from './types.ts';
import { absolute } from './walk.ts';

const LEAST_MS = 50;
const AFTER_DEFECT_MS = 30_000;

/** Puts a file in line for the receiver, looks once more when its turn comes, and writes down what became of it. */
export function createHandOver(way: Omit<Way, 'handOver'>, line: Queue): Way['handOver'] {
  const { timers, timings, fs } = way;
  const inHand = new Set<string>();

  const give = async (one: Candidate, file: ArrivedFile) => {
    const identity = `${file.dev}:${file.ino}`;
    // The same file under two spellings or two names, one after the other: then the second is recognised.
    if (inHand.has(identity)) {
      one.dueAt = timers.now() + timings.lockMs;
      return;
    }
    inHand.add(identity);
    try {
      const stats = await fs.lstat(file.path).catch(() => null);
      if (stats === null || !(await isUnderRoot(one, way))) return way.leave(one);
      if (!isSameFile(stats, one.stats)) return regate(one, stats, timers.now(), timings.gateMs);
      if (one.isDropped) return;
      settle(one, await offer(file, way), way);
    } finally {
      inHand.delete(identity);
    }
  };
  return (one, facts) => {
    const { source, relPath, stats, order } = one;
    const path = absolute(source.root, relPath);
    const at = { folderId: source.folderId, policy: source.policy, path, relPath };
    const signs = { bytes: stats.size, mtimeMs: stats.mtimeMs, dev: stats.dev, ino: stats.ino };
    const file = { ...at, ...signs, ...facts };
    one.dueAt = Number.POSITIVE_INFINITY;
    line.add(order, async () => {
      try {
        if (!one.isDropped) await give(one, file);
      } catch (error) {
        // What was seen could not be written down: offered again, and the receiver says that it has it.
        one.dueAt = timers.now() + AFTER_DEFECT_MS;
        throw error;
      } finally {
        way.onHandled();
      }
    });
  };
}

async function offer(file: ArrivedFile, { onFile, log }: Omit<Way, 'handOver'>): Promise<Taken> {
  try {
    return await onFile(file);
  } catch (error) {
    log.defect('watch: a file was not taken', error, { bytes: file.bytes });
    return { type: 'again', inMs: AFTER_DEFECT_MS };
  }
}

/** What was offered is written down, not what lies there now: a change since then is then seen as one. */
function settle(one: Candidate, taken: Taken, way: Omit<Way, 'handOver'>): void {
  const { source, relPath, stats } = one;
  if (taken.type === 'again') {
    one.dueAt = way.timers.now() + Math.max(LEAST_MS, taken.inMs);
    return;
  }
  const kept =
    taken.type === 'taken'
      ? ({ sha256: taken.sha256, state: 'taken' } as const)
      : ({ sha256: null, state: 'ignored' } as const);
  way.store.put([entryOf(source, { relPath, stats }, kept)]);
  if (taken.type === 'refused') way.refuse(one, taken.sentence);
  else way.leave(one);
}

/** A folder on the way to the file can have become a link since it was looked at. */
async function isUnderRoot({ source, relPath }: Candidate, { fs }: Omit<Way, 'handOver'>): Promise<boolean> {
  const folder = dirname(absolute(source.root, relPath));
  const real = await fs.realpath(folder).catch(() => null);
  return (
    real !== null &&
    (real === source.root || real.startsWith(source.root.endsWith(sep) ? source.root : source.root + sep))
  );
}
