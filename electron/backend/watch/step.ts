import type { Way } from './arrivals.ts';
import { type Candidate, regate } from './candidate.ts';
import { checkContents, hashOf, isPlaceholder, isSameFile } from './contents.ts';
import { isMissing } from './file-system.ts';
import { entryOf, recognise, type Unknown } from './known.ts';
import type { SeenEntry } from './types.ts';
import { absolute } from './walk.ts';

/** One look at a file on its way: it leaves, waits longer, or goes into line. */
export function createStep(way: Way): (one: Candidate) => Promise<void> {
  const { fs, timers, timings, platform } = way;
  return async (one) => {
    const path = absolute(one.source.root, one.relPath);
    const stats = await lstatOrNull(path, way);
    if (stats === 'denied') return wait(one, 'locked', way);
    if (stats === null || !stats.isFile()) return way.leave(one);
    const now = timers.now();
    if (!isSameFile(stats, one.stats)) return regate(one, stats, now, timings.gateMs);
    if (now - one.stableSince < timings.gateMs) {
      one.dueAt = one.stableSince + timings.gateMs;
      return;
    }
    const [unknown] = (await recognise(one.source, [{ relPath: one.relPath, stats }], way)).unknown;
    if (unknown === undefined) return way.leave(one);
    if (isPlaceholder(stats, platform) && !way.mayHydrate(one.source.folderId)) return wait(one, 'placeholder', way);
    const contents = await checkContents(path, stats, fs);
    if (contents === 'gone') return way.leave(one);
    if (contents === 'changed') return regate(one, stats, timers.now(), timings.gateMs);
    if (contents === 'in-use') return wait(one, 'locked', way);
    const isLate = timers.now() - one.stableSince >= timings.incompleteMs;
    if (contents === 'incomplete' && !isLate) return waitForEnd(one, way);
    const isKnown = await isKnownContent(one, unknown, way);
    if (isKnown === 'later') return wait(one, 'locked', way);
    if (isKnown) return way.leave(one);
    one.held = null;
    way.handOver(one, {
      isNewContent: unknown.entry !== undefined,
      previousSha256: unknown.entry?.sha256 ?? null,
      isIncomplete: contents === 'incomplete',
    });
  };
}

async function lstatOrNull(path: string, { fs }: Way) {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    return 'denied';
  }
}

/** Twice as long each time. Said at once for a placeholder, and for a lock once trying again soon has not helped. */
function wait(one: Candidate, why: 'locked' | 'placeholder', { timers, timings, onChange }: Way): void {
  one.waitMs = Math.min(one.waitMs === 0 ? timings.lockMs : one.waitMs * 2, timings.lockMaxMs);
  const isLong = one.waitMs >= timings.lockMaxMs;
  // A placeholder is not asked for over and over: there can be thousands. The next look at the folder asks again.
  one.dueAt = why === 'placeholder' && isLong ? Number.POSITIVE_INFINITY : timers.now() + one.waitMs;
  if (why === 'placeholder' || isLong) one.held = why;
  onChange(one.source.folderId);
}

function waitForEnd(one: Candidate, { timers, timings, onChange }: Way): void {
  one.held = 'incomplete';
  one.dueAt = Math.min(timers.now() + timings.gateMs, one.stableSince + timings.incompleteMs);
  onChange(one.source.folderId);
}

/**
 * Whether the file holds what was taken before: at its own path (touched, or put back), or under another name that has
 * just gone (moved by copying). Then it is written down under its new signs and not handed over.
 */
async function isKnownContent(one: Candidate, { entry, verdict }: Unknown, way: Way): Promise<boolean | 'later'> {
  const { source, relPath, stats, seenAt } = one;
  const before =
    verdict === 'new' ? source.gone.like(stats.size, seenAt) : verdict === 'unsure' && entry ? [entry] : [];
  const known = before.filter(({ sha256 }) => sha256 !== null);
  if (known.length === 0) return false;
  const hashed = await hashOf(absolute(source.root, relPath), stats, way.fs);
  if (typeof hashed === 'string') return 'later';
  const same = known.find(({ sha256 }) => sha256 === hashed.sha256);
  if (same === undefined) return false;
  const moved: SeenEntry = entryOf(source, { relPath, stats }, { sha256: same.sha256, state: same.state });
  way.store.put([moved]);
  if (same.relPath !== relPath) {
    way.store.remove(source.folderId, same.relPath);
    source.gone.forget(same.relPath);
  }
  return true;
}
