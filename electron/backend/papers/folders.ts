import { mkdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Deal, Id } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import { dealFolderFiles, dealFolders } from '../../../db/files-tables.ts';
import { inWrite, type Write } from '../../../db/handles.ts';
import { dealFolderName } from '../deal-folders/folder-name.ts';
import type { DealFolderState, KnownFile, KnownFolder, Observation, WantedFile } from '../deal-folders/model.ts';
import { syncDealFolder } from '../deal-folders/sync.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { type Arriving, insertArriving, keepOutOfTrash, sniffArriving } from './arrive.ts';
import { openCrowd } from './crowd.ts';
import type { PapersDeps } from './types.ts';
import { filedNameOf } from './views.ts';

/** The ordinary folder that each deal with files has, beside the records. */
export interface Folders {
  /** Brings one deal's folder in step now; where it lies, and what could not be done. */
  sync(dealId: Id): Promise<{ readonly path: string; readonly sentence: string }>;
  /** These deals changed: their folders follow in a moment. */
  changed(dealIds: readonly Id[]): void;
  close(): Promise<void>;
}

interface FoldersDeps extends PapersDeps {
  readonly onTaken: () => void;
}

const SOON_MS = 800;
const AGAIN_MS = 4_000;
const DEEPEST = 4;
/** More deals than this without a pause are a crowd: a first sync, or a start with folders of thousands of deals. */
const CROWD = 32;
const BURST_MS = 1_500;

function dealFoldersRoot(dataFolder: string): string {
  return join(dataFolder, 'Deals');
}

export function openFolders(deps: FoldersDeps): Folders {
  const root = dealFoldersRoot(deps.folder);
  const timers = new Map<Id, ReturnType<typeof setTimeout>>();
  const running = new Map<Id, Promise<unknown>>();
  let watcher: FSWatcher | null = null;
  const crowd = openCrowd((dealId) => sync(dealId), deps);
  let [burst, lastAt] = [0, 0];

  const later = (dealId: Id, ms: number) => {
    if (deps.closing.aborted || timers.has(dealId)) return;
    const at = performance.now();
    burst = at - lastAt > BURST_MS ? 1 : burst + 1;
    lastAt = at;
    if (burst > CROWD) return crowd.add(dealId);
    const run = () => {
      timers.delete(dealId);
      sync(dealId).catch((error: unknown) => deps.log.defect('keeping a deal folder in step', error));
    };
    timers.set(dealId, setTimeout(run, ms));
  };
  /** One at a time for each deal. */
  const sync = async (dealId: Id) => {
    while (running.has(dealId)) await running.get(dealId);
    const work = syncOne(deps, root, dealId);
    running.set(
      dealId,
      work.catch(() => {}),
    );
    try {
      const done = await work;
      if (!done.isSettled) later(dealId, AGAIN_MS);
      if (done.hasNews) deps.onTaken();
      return { path: done.path, sentence: done.sentence };
    } finally {
      running.delete(dealId);
    }
  };
  const start = async () => {
    await mkdir(root, { recursive: true });
    if (deps.closing.aborted) return;
    // Hints only: a folder is looked through whenever its deal changes, when it is opened, and at each start.
    watcher = watch(root, { ignoreInitial: true, followSymlinks: false, depth: DEEPEST });
    watcher.on('all', (_event, path) => {
      const dealId = dealOfPath(deps, relative(root, path).split(sep)[0] ?? '');
      if (dealId !== null) later(dealId, SOON_MS);
    });
    watcher.on('error', (error) => deps.log.warn('deal folders tell nothing', { error: String(error).slice(0, 80) }));
    for (const { dealId } of deps.db.read.all<{ dealId: Id }>('SELECT deal_id AS dealId FROM deal_folder'))
      later(dealId, SOON_MS);
  };
  const begun = start().catch((error: unknown) => deps.log.defect('opening the deal folders', error));
  return {
    sync,
    changed: (dealIds) => {
      for (const id of dealIds) if (hasFiles(deps, id)) later(id, SOON_MS);
    },
    close: async () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await crowd.close();
      await begun;
      await watcher?.close();
      await Promise.all(running.values());
    },
  };
}

function hasFiles(deps: PapersDeps, dealId: Id): boolean {
  const sql =
    'SELECT 1 AS n FROM version WHERE deal_id = ? UNION ALL SELECT 1 FROM deal_folder WHERE deal_id = ? LIMIT 1';
  return deps.db.read.get(sql, dealId, dealId) !== undefined;
}

function dealOfPath(deps: PapersDeps, name: string): Id | null {
  const sql = 'SELECT deal_id AS dealId FROM deal_folder WHERE name = ?';
  return deps.db.read.get<{ dealId: Id }>(sql, name)?.dealId ?? null;
}

interface SyncedOne {
  readonly path: string;
  readonly sentence: string;
  readonly isSettled: boolean;
  readonly hasNews: boolean;
}

async function syncOne(deps: PapersDeps, root: string, dealId: Id): Promise<SyncedOne> {
  const deal = dealCacheOf(deps.db).get(deps.db.read, dealId);
  if (deal === null)
    return { path: root, sentence: 'This deal is not here any more.', isSettled: true, hasNews: false };
  if (!(await isThere(root))) return { path: root, sentence: NO_ROOT, isSettled: true, hasNews: false };
  const known = stateOf(deps, dealId);
  const others = dealFolders.all(deps.db.read, 'WHERE deal_id <> ?', dealId).map((row) => row.name);
  const { state, observations, problems, isSettled } = await syncDealFolder({
    root,
    folderName: folderNameOf(deal),
    otherFolders: others,
    wanted: wantedOf(deal),
    known,
    vault: deps.vault,
    now: deps.now,
    signal: deps.closing,
  });
  const came = observations.filter((seen) => seen.type === 'edited' || seen.type === 'added');
  const arriving = await Promise.all(came.map((seen) => arrivingFrom(deps, deal, seen)));
  // In one step: what a person did in the folder is told once, after any end of the program.
  inWrite(deps.db, (write) => {
    for (const each of arriving) insertArriving(write, deps, each);
    keep(write, dealId, state);
  });
  for (const each of arriving) await keepOutOfTrash(deps, each);
  return {
    path: state.folder === null ? root : join(root, state.folder.name),
    sentence: problems.map((problem) => problem.sentence).join(' '),
    isSettled,
    hasNews: came.length > 0,
  };
}

type Came = Extract<Observation, { type: 'edited' | 'added' }>;

/** What a person changed in the folder comes in like any other file: an edited one for its own document. */
async function arrivingFrom(deps: PapersDeps, deal: Deal, seen: Came): Promise<Arriving> {
  const version = seen.type === 'edited' ? deal.versions.find((row) => row.id === seen.versionId) : undefined;
  const { relPath } = seen;
  const place = { dealId: deal.row.id, lineId: version?.lineId ?? null };
  return await sniffArriving(deps, seen, { source: 'folder', fileName: basename(relPath), relPath, ...place });
}

async function isThere(root: string): Promise<boolean> {
  try {
    await mkdir(root, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

const NO_ROOT =
  'The folder for your deals can not be made: the disk is full, may not be written to, or has a file of that name.';

function wantedOf(deal: Deal): readonly WantedFile[] {
  return deal.versions.flatMap((version) => {
    const line = deal.lines.find((row) => row.id === version.lineId);
    if (line === undefined || version.isHeld) return [];
    const { id: versionId, sha256, bytes } = version;
    return [{ versionId, sha256, bytes, name: filedNameOf(deal, line, version) }];
  });
}

function folderNameOf(deal: Deal): string {
  const clients = deal.people.filter(({ role }) => role === 'client' || role === 'co-client').map(({ name }) => name);
  return dealFolderName({
    plate: nameplateOf(deal).plate,
    street: dealName(deal),
    clientNames: clients,
    state: deal.row.outcome ?? 'open',
    closedOn: deal.row.closedOn,
  });
}

interface KeptFolder {
  readonly folder: KnownFolder;
}

/** `deal_folder.name` is the folder's name; its other facts lie in an entry of their own, under no version. */
const FOLDER_ENTRY = '';

function stateOf(deps: PapersDeps, dealId: Id): DealFolderState {
  const rows = dealFolderFiles.all(deps.db.read, 'WHERE deal_id = ? ORDER BY version_id', dealId);
  const folder = rows.find((row) => row.versionId === FOLDER_ENTRY)?.entry as KeptFolder | undefined;
  const files = rows.filter((row) => row.versionId !== FOLDER_ENTRY).map((row) => row.entry as KnownFile);
  return { folder: folder?.folder ?? null, files };
}

function keep(write: Write, dealId: Id, { folder, files }: DealFolderState): void {
  write.run('DELETE FROM deal_folder_file WHERE deal_id = ?', dealId);
  files.forEach((entry, at) => {
    dealFolderFiles.insert(write, { dealId, versionId: `${at}`, entry });
  });
  if (folder === null) return;
  dealFolderFiles.insert(write, { dealId, versionId: FOLDER_ENTRY, entry: { folder } });
  dealFolders.put(write, { dealId, name: folder.name });
}
