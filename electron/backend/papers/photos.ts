import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../../../core/result.ts';
import { type ArrivalRow, arrivals } from '../../../db/files-tables.ts';
import { arriveWith } from './arrive.ts';
import type { Came, PapersDeps } from './types.ts';

/** Kinds that are photos of pages: they become PDFs, and are kept as they came. */
const PHOTOS: ReadonlySet<string> = new Set(['jpeg', 'png', 'heic']);

export function isPhoto(row: Pick<ArrivalRow, 'kind'>): boolean {
  return PHOTOS.has(row.kind);
}

interface Asked {
  readonly signal: AbortSignal;
  readonly tell?: (done: number, total: number) => void;
  /** Items that wait no more once it is there, such as the files that were made of these photos before. */
  readonly replaces?: readonly string[];
}

/**
 * Makes one PDF of photos, in their order, and lets it arrive in their place. Each photo is kept, and known as a page of
 * it. The same photos in the same order give the same bytes, so a repeat is found as the same file.
 */
export async function photosToArrival(
  deps: PapersDeps,
  photos: readonly ArrivalRow[],
  { signal, tell, replaces = [] }: Asked,
): Promise<Result<ArrivalRow, { readonly type: string; readonly sentence: string }>> {
  const [first] = photos;
  if (first === undefined) return err({ type: 'Empty', sentence: 'There is no photo in it.' });
  const pages = photos.map((row) => ({ path: deps.vault.pathOf(row.sha256) ?? '', name: row.fileName }));
  const made = await withOutput(deps, async (output) => {
    const onProgress = ({ done, total }: { readonly done: number; readonly total: number }) => tell?.(done, total);
    const pdf = await deps.pdf.run('photos', { photos: pages, output }, { signal, onProgress });
    return pdf.ok ? await deps.vault.add({ path: output }, { signal }) : pdf;
  });
  if (!made.ok) return made;
  const came: Came = {
    source: 'photos',
    fileName: `${nameOf(photos)}.pdf`,
    relPath: first.relPath,
    parentId: photos.length === 1 ? first.id : first.parentId,
    folderId: first.folderId,
    sender: first.senderAddress === '' ? null : { name: first.senderName, address: first.senderAddress },
    subject: first.subject,
    dealId: first.hintDealId,
    lineId: first.hintLineId,
    // The same pages again are the same file; other pages are another.
    id: `${first.id}.${made.value.sha256.slice(0, 16)}`,
  };
  // In one step with the photos: a crash in between would let them come again one by one.
  const row = await arriveWith(deps, made.value, came, (write, pdf) => {
    const decidedAt = deps.now().toISOString();
    const set = { state: 'opened', sentence: `A page of ${pdf.fileName}.`, decidedAt, decidedBy: 'rule' } as const;
    const parent = photos.length > 1 ? { parentId: pdf.id } : {};
    for (const { id } of photos) arrivals.update(write, { ...set, ...parent }, 'id = ?', id);
    for (const id of replaces) if (id !== pdf.id) arrivals.update(write, set, 'id = ?', id);
  });
  return ok(row);
}

/** The photos that a PDF was made of, in page order. */
export function photosOf(deps: PapersDeps, row: ArrivalRow): readonly ArrivalRow[] {
  if (isPhoto(row)) return [row];
  const pages = arrivals.all(deps.db.read, 'WHERE parent_id = ? ORDER BY at, id', row.id).filter(isPhoto);
  if (pages.length > 0) return pages;
  const parent = row.parentId === null ? [] : arrivals.all(deps.db.read, 'WHERE id = ?', row.parentId);
  return parent.filter(isPhoto);
}

/** "IMG_4471", or "IMG_4471 and 3 more". */
function nameOf(photos: readonly ArrivalRow[]): string {
  const stem = (photos[0]?.fileName ?? 'Photos').replace(/\.[^.]+$/, '');
  return photos.length === 1 ? stem : `${stem} and ${photos.length - 1} more`;
}

/** A path to write a made file to; whatever is left there is removed. */
export async function withOutput<T>(deps: PapersDeps, work: (path: string) => Promise<T>, name?: string): Promise<T> {
  const folder = makingFolder(deps.folder);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${deps.newId()}${name ?? '.pdf'}`);
  try {
    return await work(path);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

/** Copies for other programs. Emptied at each start. */
export function outGoingFolder(dataFolder: string): string {
  return join(dataFolder, 'out-going');
}

/** Where PDFs are made before they go into the vault. Emptied at each start. */
export function makingFolder(dataFolder: string): string {
  return join(dataFolder, 'making');
}
