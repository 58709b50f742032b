import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Id } from '../../../core/deals/model.ts';
import type { FilingRule } from '../../../core/documents/propose/types.ts';
import { type WatchFolderRow, watchFolders } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { arrivalsWith } from '../../../db/read/files.ts';
import { FolderRule, type WatchedFolder } from '../../contract/papers.ts';
import type { VaultFailure } from '../vault/failures.ts';
import type { ArrivedFile, FolderState, Taken } from '../watch/types.ts';
import { createWatcher } from '../watch/watcher.ts';
import { arriveWith } from './arrive.ts';
import { moveAside, TAKEN_FOLDER } from './move-aside.ts';
import { createSeenStore } from './seen-store.ts';
import type { PapersDeps } from './types.ts';

/** The watched folders of this computer. */
export interface Watching {
  list(): readonly WatchedFolder[];
  /** Null with a sentence when the folder can not be watched. */
  add(path: string): Promise<{ readonly folder: WatchedFolder | null; readonly sentence: string }>;
  save(folder: Omit<WatchedFolder, 'path' | 'state'>): Promise<readonly WatchedFolder[]>;
  remove(id: Id): Promise<readonly WatchedFolder[]>;
  /** Looks again now, as after sleep or when the window comes back to the front. */
  rescan(id?: Id): void;
  rulesOf(folderId: Id | null): readonly FilingRule[];
  close(): Promise<void>;
}

export interface WatchingDeps extends PapersDeps {
  readonly onTaken: () => void;
  /** Places of ours that are never watched. */
  readonly ownPlaces: () => readonly string[];
}

const AGAIN_MS = 2_000;
const FULL_MS = 30_000;
const BEAT_MS = 30_000;
const SLEPT_MS = 60_000;
const FRESH: FolderState = {
  kind: 'scanning',
  files: 0,
  waiting: 0,
  method: 'events',
  sentence: '',
  lastScanAt: null,
  held: [],
};

export function openWatching(deps: WatchingDeps): Watching {
  const states = new Map<Id, FolderState>();
  const rows = () => watchFolders.all(deps.db.read, 'ORDER BY added_at, id');
  const watcher = createWatcher({
    store: createSeenStore(deps.db),
    onFile: (file) => take(deps, file),
    onState: (id, state) => {
      states.set(id, state);
      deps.emit({ type: 'folders:changed' });
    },
    log: deps.log,
    now: () => deps.now().getTime(),
    ownPlaces: () => [...deps.ownPlaces(), ...rows().map((row) => join(row.path, TAKEN_FOLDER))],
    mayHydrate: (id) => rows().find((row) => row.id === id)?.mayHydrate ?? false,
  });
  const start = (row: WatchFolderRow) =>
    watcher.add({
      id: row.id,
      path: row.path,
      policy: row.policy,
      isPaused: row.isPaused,
      ...sinceOf(deps, row),
    });
  const begun = Promise.all(rows().map(start)).catch((error: unknown) => deps.log.defect('watching folders', error));
  const stateOf = ({ id, isPaused }: WatchFolderRow): FolderState =>
    states.get(id) ?? (isPaused ? { ...FRESH, kind: 'paused' } : FRESH);
  const list = () => rows().map((row) => viewOf(row, stateOf(row)));
  // A beat that comes far too late: the computer has slept, and events of that time are lost.
  let beatAt = deps.now().getTime();
  const heart = setInterval(() => {
    const now = deps.now().getTime();
    const hasSlept = now - beatAt > BEAT_MS + SLEPT_MS;
    beatAt = now;
    if (hasSlept)
      watcher.wake().catch((error: unknown) => deps.log.defect('looking through folders after sleep', error));
  }, BEAT_MS);
  heart.unref();
  return {
    list,
    add: async (path) => {
      await begun;
      const row = newRow(deps, path);
      const accepted = await start(row);
      if (!accepted.ok) return { folder: null, sentence: accepted.error.sentence };
      inWrite(deps.db, (write) => watchFolders.insert(write, row));
      return { folder: viewOf(row, stateOf(row)), sentence: '' };
    },
    save: async ({ id, isPaused, ...wanted }) => {
      await begun;
      inWrite(deps.db, (write) => watchFolders.update(write, { ...wanted, isPaused }, 'id = ?', id));
      if (isPaused) await watcher.pause(id);
      else watcher.resume(id);
      return list();
    },
    remove: async (id) => {
      await begun;
      await watcher.remove(id);
      inWrite(deps.db, (write) => {
        write.run('DELETE FROM watch_folder WHERE id = ?', id);
        write.run('DELETE FROM watch_seen WHERE folder_id = ?', id);
      });
      states.delete(id);
      return list();
    },
    rescan: (id) => {
      watcher.rescan(id).catch((error: unknown) => deps.log.defect('looking through a folder', error));
    },
    rulesOf: (folderId) => {
      const row = folderId === null ? null : watchFolders.get(deps.db.read, 'WHERE id = ?', folderId);
      return row === null ? [] : rulesOfRow(row);
    },
    close: async () => {
      clearInterval(heart);
      await watcher.close();
    },
  };
}

/** One stable file: into the vault, then its row. The same file after a crash is found by its place and content. */
async function take(deps: WatchingDeps, file: ArrivedFile): Promise<Taken> {
  const added = await deps.vault.add({ path: file.path }, { signal: deps.closing });
  if (!added.ok) return notTaken(added.error);
  const { sha256 } = added.value;
  const isKnown = arrivalsWith(deps.db.read, sha256).some(
    (row) => row.folderId === file.folderId && row.relPath === file.relPath,
  );
  // Content that the path held before and holds again is told again.
  if (!isKnown || file.isNewContent) {
    const { folderId, relPath } = file;
    await arriveWith(deps, added.value, { source: 'watch', fileName: basename(relPath), relPath, folderId });
    deps.onTaken();
  }
  // As the person wants it by now, not as it was when the folder was first looked at.
  const isMoved = watchFolders.get(deps.db.read, 'WHERE id = ?', file.folderId)?.policy === 'move';
  if (isMoved) await moveAside(deps, file, sha256);
  return { type: 'taken', sha256 };
}

/**
 * What lay there before it was watched is the person's past, not today's work. An instant that is still to come is the
 * word of a clock that was wrong: then everything that was not seen arrives, since a file too many is put aside, and one
 * too few is missed.
 */
function sinceOf(deps: PapersDeps, { addedAt }: WatchFolderRow): { readonly sinceMs?: number } {
  const sinceMs = Date.parse(addedAt);
  return sinceMs > deps.now().getTime() ? {} : { sinceMs };
}

function notTaken({ type, sentence }: VaultFailure): Taken {
  if (type === 'SourceChanged' || type === 'SourceBusy' || type === 'SourceGone' || type === 'Cancelled')
    return { type: 'again', inMs: AGAIN_MS };
  if (type === 'NoSpace' || type === 'ReadOnly') return { type: 'again', inMs: FULL_MS };
  return { type: 'refused', sentence };
}

function newRow(deps: PapersDeps, path: string): WatchFolderRow {
  return {
    id: deps.newId(),
    path,
    policy: 'leave',
    isPaused: false,
    mayFileAlone: false,
    mayHydrate: false,
    rules: [],
    addedAt: deps.now().toISOString(),
  };
}

function rulesIn(row: WatchFolderRow): readonly FolderRule[] {
  const kept = z.array(FolderRule).safeParse(row.rules);
  return kept.success ? kept.data : [];
}

function rulesOfRow(row: WatchFolderRow): readonly FilingRule[] {
  const own = rulesIn(row).map(({ id, from, nameHas, dealId, lineTitle, mayFileAlone }) => ({
    id,
    when: { ...(from === '' ? {} : { from }), ...(nameHas === '' ? {} : { nameHas }) },
    does: {
      ...(dealId === null ? {} : { dealId }),
      ...(lineTitle === '' ? {} : { lineTitle }),
      mayFileAlone,
    },
  }));
  return row.mayFileAlone ? [...own, { id: row.id, when: {}, does: { mayFileAlone: true } }] : own;
}

function viewOf(row: WatchFolderRow, state: FolderState): WatchedFolder {
  const { id, path, policy, isPaused, mayFileAlone, mayHydrate } = row;
  const { kind, files, waiting, sentence, lastScanAt, held } = state;
  const first = held[0];
  const said = sentence || (first === undefined ? '' : `${first.relPath}: ${first.sentence}`);
  return {
    ...{ id, path, policy, isPaused, mayFileAlone, mayHydrate },
    rules: [...rulesIn(row)],
    state: {
      kind,
      files,
      waiting,
      sentence: said,
      lastScanAt: lastScanAt === null ? null : new Date(lastScanAt).toISOString(),
    },
  };
}
