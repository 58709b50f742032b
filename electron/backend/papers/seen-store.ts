import { watchSeens } from '../../../db/files-tables.ts';
import { type Db, inWrite } from '../../../db/handles.ts';
import type { SeenEntry, SeenStore } from '../watch/types.ts';

type SeenRow = ReturnType<typeof watchSeens.all>[number];

/** What was seen in watched folders, in the records: a restart takes nothing twice. Paths compare by their bytes. */
export function createSeenStore(db: Db): SeenStore {
  return {
    getMany: (folderId, relPaths) => {
      const known = relPaths.flatMap((relPath) => {
        const row = watchSeens.get(db.read, 'WHERE folder_id = ? AND rel_path = ?', folderId, relPath);
        return row === null ? [] : [[relPath, entryOf(row)] as const];
      });
      return new Map(known);
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
