import { blobs } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { namedAgain, unnamedBlobs } from '../../../db/read/files.ts';
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
export function keepStoreSound(deps: PapersDeps): void {
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

export async function lookAfter(deps: PapersDeps): Promise<{ readonly trashed: number; readonly damaged: number }> {
  const before = new Date(deps.now().getTime() - UNNAMED_FOR_MS).toISOString();
  for (const sha256 of namedAgain(deps.db.read)) {
    const back = await deps.vault.untrash(sha256);
    if (back.ok) setTrashed(deps, sha256, null);
  }
  let trashed = 0;
  for (const sha256 of unnamedBlobs(deps.db.read, before)) {
    if (deps.closing.aborted) break;
    const gone = await deps.vault.trash(sha256);
    if (!gone.ok && gone.error.type !== 'Missing') continue;
    setTrashed(deps, sha256, deps.now().toISOString());
    trashed += 1;
  }
  await deps.vault.emptyTrash({ olderThanDays: TRASH_DAYS });
  return { trashed, damaged: await sample(deps) };
}

/** The contents that were looked at longest ago, a few at a time. */
async function sample(deps: PapersDeps): Promise<number> {
  const due = blobs.all(
    deps.db.read,
    'WHERE trashed_at IS NULL ORDER BY checked_at IS NOT NULL, checked_at LIMIT ?',
    SAMPLE,
  );
  let damaged = 0;
  for (const blob of due) {
    if (deps.closing.aborted) break;
    const sound = await deps.vault.check(blob.sha256, { signal: deps.closing });
    if (!sound.ok && sound.error.type === 'Cancelled') break;
    if (!sound.ok) {
      damaged += 1;
      deps.log.warn('a file in the vault is not as it was', { type: sound.error.type, sha256: blob.sha256 });
    }
    const sentence = sound.ok ? blob.sentence : DAMAGED;
    inWrite(deps.db, (write) =>
      blobs.update(write, { checkedAt: deps.now().toISOString(), sentence }, 'sha256 = ?', blob.sha256),
    );
  }
  return damaged;
}

const DAMAGED = 'The disk has changed this file. File it again from where it came, or from a backup; it heals by that.';

function setTrashed(deps: PapersDeps, sha256: string, trashedAt: string | null): void {
  inWrite(deps.db, (write) => blobs.update(write, { trashedAt }, 'sha256 = ?', sha256));
}
