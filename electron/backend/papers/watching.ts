import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Id } from '../../../core/deals/model.ts';
import { freeSegment, nameKey } from '../../../core/documents/file-name.ts';
import type { FilingRule } from '../../../core/documents/propose/types.ts';
import { type WatchFolderRow, watchFolders } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { arrivalsWith } from '../../../db/read/files.ts';
import { FolderRule, type WatchedFolder } from '../../contract/papers.ts';
import type { VaultFailure } from '../vault/failures.ts';
import type { ArrivedFile, FolderState, Taken } from '../watch/types.ts';
import { createWatcher } from '../watch/watcher.ts';
import { arriveWith } from './arrive.ts';
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

/** Where files go that were to be moved once they are in. It is no part of what is watched. */
const TAKEN_FOLDER = 'Taken by Closeboard';
const AGAIN_MS = 2_000;
const FULL_MS = 30_000;
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
      // What lay there before it was watched is the person's past, not today's work.
      sinceMs: Date.parse(row.addedAt),
    });
  const begun = Promise.all(rows().map(start)).catch((error: unknown) => deps.log.defect('watching folders', error));
  const list = () => rows().map((row) => viewOf(row, states.get(row.id) ?? FRESH));
  return {
    list,
    add: async (path) => {
      await begun;
      const row = newRow(deps, path);
      const accepted = await start(row);
      if (!accepted.ok) return { folder: null, sentence: accepted.error.sentence };
      inWrite(deps.db, (write) => watchFolders.insert(write, row));
      return { folder: viewOf(row, states.get(row.id) ?? FRESH), sentence: '' };
    },
    save: async ({ id, isPaused, ...wanted }) => {
      inWrite(deps.db, (write) => watchFolders.update(write, { ...wanted, isPaused }, 'id = ?', id));
      if (isPaused) await watcher.pause(id);
      else watcher.resume(id);
      return list();
    },
    remove: async (id) => {
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
    close: () => watcher.close(),
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
  if (!isKnown) {
    const { folderId, relPath } = file;
    await arriveWith(deps, added.value, { source: 'watch', fileName: basename(relPath), relPath, folderId });
    deps.onTaken();
  }
  if (file.policy === 'move') await moveAside(deps, file);
  return { type: 'taken', sha256 };
}

function notTaken({ type, sentence }: VaultFailure): Taken {
  if (type === 'SourceChanged' || type === 'SourceBusy' || type === 'SourceGone' || type === 'Cancelled')
    return { type: 'again', inMs: AGAIN_MS };
  if (type === 'NoSpace' || type === 'ReadOnly') return { type: 'again', inMs: FULL_MS };
  return { type: 'refused', sentence };
}

/** Only when the person asked for it, and never over another file. What can not be moved stays, and is not taken twice. */
async function moveAside(deps: WatchingDeps, file: ArrivedFile): Promise<void> {
  const folder = join(file.path.slice(0, file.path.length - file.relPath.length), TAKEN_FOLDER);
  try {
    await mkdir(folder, { recursive: true });
    const there = new Set((await readdir(folder)).map(nameKey));
    await rename(file.path, join(folder, freeSegment(basename(file.relPath), there)));
  } catch (error) {
    deps.log.warn('a taken file could not be moved', { code: codeOf(error) });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
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
