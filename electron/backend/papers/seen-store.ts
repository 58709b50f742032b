import { watchSeens } from '../../../db/files-tables.ts';
import { type Db, inWrite } from '../../../db/handles.ts';
import type { SeenEntry, SeenStore } from '../watch/types.ts';

type SeenRow = ReturnType<typeof watchSeens.all>[number];

/** Paths asked for in one query; no path is empty, so that empty ones fill it up. */
const TOGETHER = 32;
const AT_PATHS = `WHERE folder_id = ? AND rel_path IN (${Array.from({ length: TOGETHER }, () => '?').join(', ')})`;

/** What was seen in watched folders, in the records: a restart takes nothing twice. Paths compare by their bytes. */
export function createSeenStore(db: Db): SeenStore {
  return {
    getMany: (folderId, relPaths) => {
      const found = new Map<string, SeenEntry>();
      const plain = relPaths.filter((path) => path.isWellFormed());
      for (let from = 0; from < plain.length; from += TOGETHER) {
        const some = plain.slice(from, from + TOGETHER);
        const params = Array.from({ length: TOGETHER }, (_, at) => some[at] ?? '');
        for (const row of watchSeens.all(db.read, AT_PATHS, folderId, ...params)) found.set(row.relPath, entryOf(row));
      }
      // A name that is no Unicode (Windows allows it) is kept in another spelling, and found only by asking for it.
      for (const relPath of relPaths.filter((path) => !path.isWellFormed())) {
        const row = watchSeens.get(db.read, 'WHERE folder_id = ? AND rel_path = ?', folderId, relPath);
        if (row !== null) found.set(relPath, entryOf(row));
      }
      return found;
    },
    put: (entries) => {
      if (entries.length === 0) return;
      inWrite(db, (write) => {
        for (const entry of entries) watchSeens.put(write, rowOf(entry));
      });
    },
    remove: (folderId, relPath) => {
      inWrite(db, (write) => {
        write.run('DELETE FROM watch_seen WHERE folder_id = ? AND rel_path = ?', folderId, relPath);
      });
    },
    byIdentity: (folderId, dev, ino) =>
      watchSeens
        .all(db.read, 'WHERE folder_id = ? AND dev = ? AND ino = ?', folderId, String(dev), String(ino))
        .map(entryOf),
    count: (folderId) =>
      db.read.get<{ n: number }>('SELECT count(*) AS n FROM watch_seen WHERE folder_id = ?', folderId)?.n ?? 0,
    all: (folderId, after, limit) =>
      watchSeens
        .all(db.read, 'WHERE folder_id = ? AND rel_path > ? ORDER BY rel_path LIMIT ?', folderId, after ?? '', limit)
        .map(entryOf),
  };
}

function rowOf({ dev, ino, ...entry }: SeenEntry): SeenRow {
  return { ...entry, dev: String(dev), ino: String(ino), detail: null };
}

function entryOf({ detail: _none, dev, ino, state, ...row }: SeenRow): SeenEntry {
  return { ...row, dev: Number(dev), ino: Number(ino), state: state === 'ignored' ? 'ignored' : 'taken' };
}
