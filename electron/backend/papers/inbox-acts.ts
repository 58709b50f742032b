import type { Refusal } from '../../../core/commands/types.ts';
import type { Id } from '../../../core/deals/model.ts';
import { type ArrivalRow, arrivals } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { arrivalOf, blobOf, textOf } from '../../../db/read/files.ts';
import type { Cut } from '../../contract/papers.ts';
import { suggestCuts } from '../pdf/edit/suggest-cuts.ts';
import type { JobEnd } from '../services/jobs.ts';
import type { CommandOutcome } from '../services/run-command.ts';
import { arriveWith } from './arrive.ts';
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
  const content = await readPdf(deps, row.sha256, opened.value.sha256);
  if (content !== 'stopped') keepContent(deps, row.sha256, content);
  // Read anew, with its text: the reader proposes again.
  inWrite(deps.db, (write) =>
    arrivals.update(write, { state: 'reading', sentence: '' }, "id = ? AND state = 'new'", row.id),
  );
  return { outcome: 'done', label: 'Opened it', changes: 1 };
}

/** Where a bundle may be cut: what its pages say of themselves. One range over all of it when nothing does. */
export function cutsOf(deps: PapersDeps, row: ArrivalRow): { readonly pages: number; readonly cuts: readonly Cut[] } {
  const text = textOf(deps.db.read, row.sha256);
  const pages = row.pages ?? blobOf(deps.db.read, row.sha256)?.pages ?? 0;
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

/** Each range of pages becomes an item of its own; the bundle is kept and waits no more. */
export async function splitBundle(
  deps: PapersDeps,
  { row, cuts }: { readonly row: ArrivalRow; readonly cuts: readonly Cut[] },
  { signal, tell }: Asked,
): Promise<JobEnd> {
  const path = deps.vault.pathOf(blobOf(deps.db.read, row.sha256)?.openedSha256 ?? row.sha256) ?? '';
  let parts = 0;
  for (const [at, cut] of cuts.entries()) {
    if (signal.aborted) break;
    tell(at, cuts.length);
    const name = `${row.fileName.replace(/\.pdf$/i, '')} pages ${cut.from}-${cut.to}.pdf`;
    const made = await withOutput(deps, async (output) => {
      const ranges = [{ from: cut.from, to: cut.to, output, title: cut.title || name }];
      const madeAt = row.at;
      const done = await deps.pdf.run('split', { path, name: row.fileName, ranges, madeAt }, { signal });
      return done.ok ? await deps.vault.add({ path: output }, { signal }) : done;
    });
    if (!made.ok) return { state: signal.aborted ? 'cancelled' : 'failed', sentence: made.error.sentence };
    const { senderName: sender, senderAddress: address } = row;
    await arriveWith(deps, made.value, {
      source: 'split',
      fileName: name,
      relPath: name,
      parentId: row.id,
      folderId: row.folderId,
      dealId: row.hintDealId,
      sender: address === '' ? null : { name: sender, address },
      subject: row.subject,
      id: `${row.id}.p${cut.from}-${cut.to}`,
    });
    parts += 1;
  }
  if (signal.aborted)
    return { state: 'cancelled', sentence: `Stopped. ${parts} parts are in the inbox; the bundle is too.` };
  close(deps, [row.id], `Split into ${parts} parts.`);
  tell(cuts.length, cuts.length);
  return { state: 'done', sentence: `Split into ${parts} parts. Each waits in the inbox.` };
}

/** Photos, or PDFs made of them, become one PDF in the given order. */
export async function joinPhotos(deps: PapersDeps, rows: readonly ArrivalRow[], asked: Asked): Promise<JobEnd> {
  const photos = rows.flatMap((row) => photosOf(deps, row));
  if (photos.length < 2 || rows.some((row) => photosOf(deps, row).length === 0))
    return { state: 'failed', sentence: 'Only photos can be joined here. Choose two or more of them.' };
  const joined = await photosToArrival(deps, photos, asked);
  if (!joined.ok) return { state: asked.signal.aborted ? 'cancelled' : 'failed', sentence: joined.error.sentence };
  const old = rows.filter((row) => row.id !== joined.value.id).map((row) => row.id);
  close(deps, old, `A page of ${joined.value.fileName}.`);
  return { state: 'done', sentence: `${photos.length} photos are one file now: ${joined.value.fileName}.` };
}

function close(deps: PapersDeps, ids: readonly Id[], sentence: string): void {
  const decidedAt = deps.now().toISOString();
  inWrite(deps.db, (write) => {
    for (const id of ids)
      arrivals.update(write, { state: 'opened', sentence, decidedAt, decidedBy: 'you' }, 'id = ?', id);
  });
}
