import { blobs } from '../../../db/files-tables.ts';
import { inWrite, type Write } from '../../../db/handles.ts';
import { blobOf, isUnnamed, namedAgain, unnamedBlobs } from '../../../db/read/files.ts';
import type { PapersDeps } from './types.ts';

/** A content that nothing names waits so long before it is trash: an upload or a command may be under way. */
const UNNAMED_FOR_MS = 24 * 60 * 60_000;
const TRASH_DAYS = 30;
/** So many contents are read again and compared with their hash, each time. */
const SAMPLE = 20;
const EVERY_MS = 60 * 60_000;
/** The board stands long before. */
const FIRST_MS = 20_000;

/**
 * Looks after the vault for as long as the records are open: what nothing names goes to the trash and, after 30 days, for
 * good; what is named again comes back; a few contents are read and compared with their hash.
 */
export function keepStoreSound(deps: StoreDeps): void {
  const again = (ms: number) => {
    const timer = setTimeout(() => {
      lookAfter(deps)
        .catch((error: unknown) => deps.log.defect('looking after the vault', error))
        .finally(() => {
          if (!deps.closing.aborted) again(EVERY_MS);
        });
    }, ms);
    timer.unref();
    deps.closing.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  again(FIRST_MS);
}

type StoreDeps = Pick<PapersDeps, 'db' | 'vault' | 'log' | 'now' | 'closing'>;

export async function lookAfter(deps: StoreDeps): Promise<{ readonly trashed: number; readonly damaged: number }> {
  const before = new Date(deps.now().getTime() - UNNAMED_FOR_MS).toISOString();
  for (const sha256 of namedAgain(deps.db.read)) {
    const back = await deps.vault.untrash(sha256);
    if (back.ok) inWrite(deps.db, (write) => setTrashed(write, sha256, null));
  }
  let trashed = 0;
  for (const sha256 of unnamedBlobs(deps.db.read, before)) {
    if (deps.closing.aborted) break;
    if (await throwAway(deps, sha256)) trashed += 1;
  }
  await deps.vault.emptyTrash({ olderThanDays: TRASH_DAYS });
  return { trashed, damaged: await sample(deps) };
}

/**
 * The row says so first: whoever names the content while it is on its way to the trash finds that, and takes it out
 * again (arrive.ts); and what is named once it lies there comes back at once.
 */
async function throwAway(deps: StoreDeps, sha256: string): Promise<boolean> {
  const isMarked = inWrite(deps.db, (write) => isUnnamed(write, sha256) && setTrashed(write, sha256, deps.now()));
  if (!isMarked) return false;
  const gone = await deps.vault.trash(sha256);
  if (!gone.ok && gone.error.type !== 'Missing') {
    inWrite(deps.db, (write) => setTrashed(write, sha256, null));
    return false;
  }
  if (isUnnamed(deps.db.read, sha256)) return true;
  const back = await deps.vault.untrash(sha256);
  if (back.ok) inWrite(deps.db, (write) => setTrashed(write, sha256, null));
  return false;
}

/** The contents that were looked at longest ago, a few at a time. */
async function sample(deps: StoreDeps): Promise<number> {
  const due = blobs.all(
    deps.db.read,
    'WHERE trashed_at IS NULL ORDER BY checked_at IS NOT NULL, checked_at LIMIT ?',
    SAMPLE,
  );
  let damaged = 0;
  for (const { sha256 } of due) {
    if (deps.closing.aborted) break;
    const sound = await deps.vault.check(sha256, { signal: deps.closing });
    if (!sound.ok && sound.error.type === 'Cancelled') break;
    // Thrown away by a program that ended before it could say so.
    const isBack = !sound.ok && sound.error.type === 'Missing' && (await deps.vault.untrash(sha256)).ok;
    const isSound = sound.ok || isBack;
    if (!sound.ok && !isBack) {
      damaged += 1;
      deps.log.warn('a file in the vault is not as it was', { type: sound.error.type, sha256 });
    }
    const said = blobOf(deps.db.read, sha256)?.sentence ?? '';
    const sentence = isSound ? (said === DAMAGED ? '' : said) : DAMAGED;
    inWrite(deps.db, (write) =>
      blobs.update(write, { checkedAt: deps.now().toISOString(), sentence }, 'sha256 = ?', sha256),
    );
  }
  return damaged;
}

const DAMAGED = 'The disk has changed this file. File it again from where it came, or from a backup; it heals by that.';

function setTrashed(write: Write, sha256: string, at: Date | null): boolean {
  return blobs.update(write, { trashedAt: at?.toISOString() ?? null }, 'sha256 = ?', sha256) === 1;
}
