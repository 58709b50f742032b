import { join } from 'node:path';
import type { Vault } from '../vault/vault.ts';
import { carryOut } from './carry-out.ts';
import { listDealFolder, readContents, SETTLE_MS } from './look.ts';
import type { DealFolderState, KnownFile, Observation, WantedFile } from './model.ts';
import { type Placed, placeFolder } from './place-folder.ts';
import { planDealFolder } from './plan.ts';
import { type FolderProblem, problem } from './problems.ts';

export interface DealFolderInput {
  /** The folder of all deals' folders. It must be there. */
  readonly root: string;
  readonly folderName: string;
  /** Names of the folders of all other deals. */
  readonly otherFolders: readonly string[];
  readonly wanted: readonly WantedFile[];
  readonly known: DealFolderState;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  /** Younger files are left for the next sync. 2 seconds unless said. */
  readonly settleMs?: number | undefined;
}

export interface DealFolderSync {
  /** To be kept in one transaction with what is made of the observations: then each is told once, and none is lost. */
  readonly state: DealFolderState;
  readonly observations: readonly Observation[];
  readonly problems: readonly FolderProblem[];
  /** False when something was too fresh or busy: sync again in a few seconds. */
  readonly isSettled: boolean;
}

/** Brings a deal's folder in step. One at a time for each deal. Expected troubles are `problems`; nothing is lost by them. */
export async function syncDealFolder(input: DealFolderInput): Promise<DealFolderSync> {
  const { root, known, wanted, vault, signal } = input;
  const nothingDone = (trouble: FolderProblem, placed?: Placed): DealFolderSync => ({
    state: { ...known, folder: placed?.folder ?? known.folder },
    observations: placed?.observations ?? [],
    problems: [...(placed?.problems ?? []), trouble],
    isSettled: false,
  });
  if (signal?.aborted) return nothingDone(problem('Cancelled'));
  const placed = await placeFolder(input);
  if ('sentence' in placed) return nothingDone(placed);
  const folder = join(root, placed.folder.name);
  const nowMs = input.now().getTime();
  const listing = await listDealFolder(folder, nowMs);
  if ('sentence' in listing) return nothingDone(listing, placed);
  const settleMs = input.settleMs ?? SETTLE_MS;
  const seen = await readContents(listing.files, {
    folder,
    known: known.files,
    wanted,
    vault,
    signal,
    nowMs,
    settleMs,
  });
  if (signal?.aborted) return nothingDone(problem('Cancelled'), placed);
  const plan = planDealFolder({ wanted, known: known.files, there: seen.there, occupied: listing.occupied });
  const done = await carryOut(plan.steps, { folder, vault, signal });
  const files = [...plan.kept, ...done.files].map((file) => provable(file, nowMs));
  return {
    state: { folder: placed.folder, files },
    observations: [...placed.observations, ...plan.observations],
    problems: [...placed.problems, ...seen.problems, ...done.problems],
    isSettled: seen.isSettled && done.isSettled,
  };
}

/** Disks keep times to two seconds at worst: a file as young as that may change and still look the same. */
function provable(file: KnownFile, nowMs: number): KnownFile {
  return file.mtimeMs > nowMs - SETTLE_MS ? { ...file, mtimeMs: -1 } : file;
}
