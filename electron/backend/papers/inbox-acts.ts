import type { Refusal } from '../../../core/commands/types.ts';
import type { Id } from '../../../core/deals/model.ts';
import { ok, type Result } from '../../../core/result.ts';
import { type ArrivalRow, arrivals } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { arrivalOf, blobOf, textOf } from '../../../db/read/files.ts';
import type { Cut } from '../../contract/papers.ts';
import { suggestCuts } from '../pdf/edit/suggest-cuts.ts';
import type { JobEnd } from '../services/jobs.ts';
import type { CommandOutcome } from '../services/run-command.ts';
import { type Arriving, insertArriving, keepBlob, keepOutOfTrash, sniffArriving } from './arrive.ts';
import { photosOf, photosToArrival, withOutput } from './photos.ts';
import { readPdf } from './read-content.ts';
import { keepContent } from './reader.ts';
import type { PapersDeps } from './types.ts';

/** What a person does with an item of the inbox besides filing it. */

const GONE: Refusal = {
  type: 'ArrivalNotAvailable',
  message: 'This file is not waiting any more. The inbox shows where it went.',
};

/** Opens a PDF behind a password, once: the opened copy is kept beside the file as it came. The password is not kept. */
export async function openWithPassword(deps: PapersDeps, arrivalId: Id, password: string): Promise<CommandOutcome> {
  const row = arrivalOf(deps.db.read, arrivalId);
  if (row === null || row.kind !== 'pdf') return { outcome: 'refused', refusal: GONE };
  const path = deps.vault.pathOf(row.sha256) ?? '';
  const opened = await withOutput(deps, async (output) => {
    const done = await deps.pdf.run('unlock', { path, password, output, name: row.fileName }, { signal: deps.closing });
    return done.ok ? await deps.vault.add({ path: output }, { signal: deps.closing }) : done;
  });
  if (!opened.ok) {
    const { type, sentence } = opened.error;
    return { outcome: 'refused', refusal: { type, message: sentence } };
  }
  const { sha256, bytes } = opened.value;
  // With a row of its own it is checked, and thrown away, like any other content.
  const kept = { sha256, bytes, kind: 'pdf', extension: 'pdf', reading: 'waiting' };
  inWrite(deps.db, (write) => keepBlob(write, deps, kept));
  const content = await readPdf(deps, row.sha256, sha256);
  if (content !== 'stopped') keepContent(deps, row.sha256, content);
  // Read anew, with its text: the reader proposes again.
  inWrite(deps.db, (write) =>
    arrivals.update(write, { state: 'reading', sentence: '' }, "id = ? AND state = 'new'", row.id),
  );
  return { outcome: 'done', label: 'Opened it', changes: 1 };
}

/** Where a bundle may be cut: what its pages say of themselves. One range over all of it when nothing does. */
export function cutsOf(deps: PapersDeps, row: ArrivalRow): { readonly pages: number; readonly cuts: readonly Cut[] } {
  const pages = row.pages ?? blobOf(deps.db.read, row.sha256)?.pages ?? 0;
  if (pages === 0 || row.state === 'held') return { pages: 0, cuts: [] };
  const text = textOf(deps.db.read, row.sha256);
  const starts = text === null ? [] : suggestCuts(text.split('\f').map((page) => ({ text: page })));
  const known = starts.filter((cut) => cut.page <= pages);
  const first = known.length === 0 ? [{ page: 1, title: null, reason: 'The whole file.' }] : known;
  const cuts = first.map((cut, at) => ({
    from: cut.page,
    to: (first[at + 1]?.page ?? pages + 1) - 1,
    title: cut.title ?? '',
    reason: cut.reason,
  }));
  return { pages, cuts };
}

interface Asked {
  readonly signal: AbortSignal;
  readonly tell: (done: number, total: number) => void;
}

/** Each range of pages becomes an item of its own, all at once; the bundle is kept and waits no more. */
export async function splitBundle(
  deps: PapersDeps,
  { row, cuts }: { readonly row: ArrivalRow; readonly cuts: readonly Cut[] },
  { signal, tell }: Asked,
): Promise<JobEnd> {
  const pages = row.pages ?? blobOf(deps.db.read, row.sha256)?.pages ?? 0;
  const no = refusalToOpen([row]) ?? wrongCuts(row, cuts, pages);
  if (no !== null) return { state: 'failed', sentence: no };
  const parts: Arriving[] = [];
  for (const [at, cut] of cuts.entries()) {
    tell(at, cuts.length);
    const part = await partOf(deps, { row, cut }, signal);
    if (!part.ok) return { state: signal.aborted ? 'cancelled' : 'failed', sentence: part.error.sentence };
    parts.push(part.value);
  }
  const isDone = inWrite(deps.db, (write) => {
    if (arrivalOf(write, row.id)?.state !== 'new') return false;
    for (const part of parts) insertArriving(write, deps, part);
    const decidedAt = deps.now().toISOString();
    const set = {
      state: 'opened',
      sentence: `Split into ${parts.length} parts.`,
      decidedAt,
      decidedBy: 'you',
    } as const;
    arrivals.update(write, set, 'id = ?', row.id);
    return true;
  });
  if (!isDone) return { state: 'failed', sentence: GONE.message };
  for (const part of parts) await keepOutOfTrash(deps, part);
  tell(cuts.length, cuts.length);
  return {
    state: 'done',
    sentence: `Split into ${parts.length} parts. Each waits in the inbox.${leftOut(cuts, pages)}`,
  };
}

async function partOf(
  deps: PapersDeps,
  { row, cut }: { readonly row: ArrivalRow; readonly cut: Cut },
  signal: AbortSignal,
): Promise<Result<Arriving, { readonly type: string; readonly sentence: string }>> {
  const path = deps.vault.pathOf(blobOf(deps.db.read, row.sha256)?.openedSha256 ?? row.sha256) ?? '';
  const name = `${row.fileName.replace(/\.pdf$/i, '')} pages ${cut.from}-${cut.to}.pdf`;
  const made = await withOutput(deps, async (output) => {
    const ranges = [{ from: cut.from, to: cut.to, output, title: cut.title || name }];
    const done = await deps.pdf.run('split', { path, name: row.fileName, ranges, madeAt: row.at }, { signal });
    return done.ok ? await deps.vault.add({ path: output }, { signal }) : done;
  });
  if (!made.ok) return made;
  const { senderName, senderAddress, subject, folderId, hintDealId } = row;
  const sender = senderAddress === '' ? null : { name: senderName, address: senderAddress };
  const came = {
    source: 'split',
    fileName: name,
    relPath: name,
    parentId: row.id,
    folderId,
    dealId: hintDealId,
  } as const;
  return ok(await sniffArriving(deps, made.value, { ...came, sender, subject }));
}

/** Why these ranges do not take a bundle apart; null when they do. */
function wrongCuts(row: ArrivalRow, cuts: readonly Cut[], pages: number): string | null {
  if (row.kind !== 'pdf' || pages === 0) return 'Only a PDF that can be read can be split. File it as it is.';
  const sorted = cuts.toSorted((a, b) => a.from - b.from);
  if (sorted.some(({ from, to }) => from < 1 || to < from || to > pages))
    return `This file has the pages 1 to ${pages}. Choose the cuts among them.`;
  const isTwice = sorted.some((cut, at) => at > 0 && cut.from <= (sorted[at - 1]?.to ?? 0));
  return isTwice ? 'A page is in two of the parts. Change the cuts so that each page is in one.' : null;
}

function leftOut(cuts: readonly Cut[], pages: number): string {
  const taken = cuts.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const left = pages - taken;
  if (left === 0) return '';
  return ` ${left === 1 ? 'One page is' : `${left} pages are`} in none of them; the whole file is kept as it came.`;
}

/** Photos, or PDFs made of them, become one PDF in the given order. */
export async function joinPhotos(deps: PapersDeps, rows: readonly ArrivalRow[], asked: Asked): Promise<JobEnd> {
  const no = refusalToOpen(rows);
  if (no !== null) return { state: 'failed', sentence: no };
  const photos = [...new Map(rows.flatMap((row) => photosOf(deps, row)).map((photo) => [photo.id, photo])).values()];
  if (photos.length < 2 || rows.some((row) => photosOf(deps, row).length === 0))
    return { state: 'failed', sentence: 'Only photos can be joined here. Choose two or more of them.' };
  const joined = await photosToArrival(deps, photos, { ...asked, replaces: rows.map((row) => row.id) });
  if (!joined.ok) return { state: asked.signal.aborted ? 'cancelled' : 'failed', sentence: joined.error.sentence };
  return { state: 'done', sentence: `${photos.length} photos are one file now: ${joined.value.fileName}.` };
}

/** What is held is not taken apart, and what was filed or set aside meanwhile is not either. */
function refusalToOpen(rows: readonly ArrivalRow[]): string | null {
  if (rows.some((row) => row.state === 'held'))
    return 'Held: looks like wire instructions. Call the sender on a number you knew before.';
  return rows.every((row) => row.state === 'new') ? null : GONE.message;
}
