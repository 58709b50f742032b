import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf } from './failures.ts';

export interface Lock {
  release(): void;
}

const LOCK_FILE = 'closeboard.lock';

/**
 * One process at a time. The lock is SQLite's own on an empty side file, so the system lets go of it when a process
 * is killed and nothing stale is left behind. Null when another process (or this one) holds it; throws when the file
 * cannot be made.
 */
export function takeLock(folder: string): Lock | null {
  const side = new Database(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    side.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    side.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release: () => {
      if (side.open) side.close();
    },
  };
}
