import type { Database } from 'better-sqlite3';
import { codeOf } from './failures.ts';
import { sizeOf } from './files.ts';
import type { DbLog } from './handles.ts';

/** Above this many bytes the write-ahead log is folded into the file, whatever still reads it. */
const LARGE_WAL = 64 * 1024 * 1024;
/** Commits between two looks at its size. */
const EVERY = 256;

/**
 * SQLite folds the log by itself every 1,000 pages, unless a long reader (a backup) is in the way; then the log grows
 * without end. To be called after each commit. Never throws: the commit is on disk already, so a fold that fails (disk
 * full) must not make it look refused. The next look tries again.
 */
export function checkpointer(raw: Database, file: string, log: DbLog, large: number = LARGE_WAL): () => void {
  let commits = 0;
  return () => {
    commits += 1;
    if (commits % EVERY !== 0 || sizeOf(`${file}-wal`) <= large) return;
    try {
      const [result] = raw.pragma('wal_checkpoint(RESTART)') as { busy: number; log: number; checkpointed: number }[];
      log.info('checkpoint', { busy: result?.busy ?? 0, pages: result?.log ?? 0, moved: result?.checkpointed ?? 0 });
    } catch (error) {
      log.warn('no checkpoint', { code: codeOf(error) });
    }
  };
}
