import { randomBytes } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../core/deals/model.ts';
import { safeSegment } from '../../../core/documents/file-name.ts';
import { writeFailureOf } from '../../../db/failures.ts';
import { searchAll } from '../../../db/search/search.ts';
import type { CallError } from '../../contract/calls.ts';
import { MAX_READ_BYTES, type UploadFacts } from '../../contract/files.ts';
import type { LineView, ReviewItem, SearchHit } from '../../contract/papers.ts';
import { isContentWithheld } from '../papers/held.ts';
import { arrangeVersion, checklistOf, mergeVersions, packetOf, stampVersion } from '../papers/paper-jobs.ts';
import { outGoingFolder } from '../papers/photos.ts';
import { reviewQueue } from '../papers/review.ts';
import { addSampleFiles } from '../papers/sample-files.ts';
import { lineViews, ON_ITS_WAY } from '../papers/views.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { JobEnd, LongJob } from '../services/jobs.ts';
import { type ParsedInput, unanswered } from '../types.ts';
import type { WithPapers } from './context.ts';

const HELD = 'Held: looks like wire instructions. It is opened by nobody until the sender was called.';
const NO_ROOM = 'The copy could not be made: the disk is full or may not be written to. Nothing was changed.';

/** Bytes of one content; fewer than asked for at its end. */
export async function readFileBytes(open: WithPapers, { sha256, from, to }: ParsedInput<'files:read'>) {
  const { vault } = open.papers.deps;
  if (isContentWithheld(open.db.read, sha256)) return unanswered(notHere(HELD));
  const there = await stat(vault.pathOf(sha256) ?? '').catch(() => null);
  if (there === null) return unanswered(notHere(ON_ITS_WAY));
  const bytes = await vault.read(sha256, { from, to: Math.min(to, from + MAX_READ_BYTES) });
  // As its own buffer: it crosses to another process.
  return bytes.ok
    ? { bytes: new Uint8Array(bytes.value), size: there.size }
    : unanswered(notHere(bytes.error.sentence));
}

/** A file that lies nowhere yet, put where uploads lie until they are taken in. */
export async function putFile(open: WithPapers, { name, lastModified, bytes }: ParsedInput<'files:put'>) {
  const folder = join(open.deps.folder, 'incoming');
  const uploadId = randomBytes(16).toString('hex');
  const facts: UploadFacts = { name, relativePath: name, size: bytes.byteLength, lastModified };
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${uploadId}.file`), bytes, { flush: true });
    await writeFile(join(folder, `${uploadId}.json`), JSON.stringify(facts), { flush: true });
  } catch {
    return unanswered(notHere('This could not be written beside the records. Make room on the disk, then try again.'));
  }
  return { uploadId };
}

/** A copy for other programs, in a folder of its own that is emptied at each start. The vault's own file is never handed out. */
export async function copyOut(open: WithPapers, { sha256, name }: ParsedInput<'files:copy-out'>) {
  if (isContentWithheld(open.db.read, sha256)) return unanswered(notHere(HELD));
  const folder = join(outGoingFolder(open.deps.folder), open.newId());
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const failure = writeFailureOf(error);
    if (failure === null) throw error;
    return unanswered(notHere(NO_ROOM));
  }
  const path = join(folder, safeSegment(name));
  const copied = await open.papers.deps.vault.copyOut(sha256, path);
  return copied.ok ? { path } : unanswered(notHere(copied.error.sentence));
}

export function listLines(open: WithPapers, { dealId }: ParsedInput<'papers:lines'>): LineView[] {
  const deal = dealCacheOf(open.db).get(open.db.read, dealId);
  return deal === null ? [] : [...lineViews(open.db.read, deal, open.office.members())];
}

export function listReview(open: WithPapers, { dealId }: ParsedInput<'review:queue'>): ReviewItem[] {
  return [...reviewQueue(open, dealId ?? null)];
}

export function findAll(open: WithPapers, query: ParsedInput<'search:all'>): SearchHit[] {
  return searchAll(open.db.read, query).map((found) => ({
    kind: found.kind,
    refId: found.refId,
    deal: { dealId: found.dealId, plate: found.plate, street: found.streetName, side: found.side },
    lineId: found.lineId,
    title: found.title,
    detail: found.detail,
    snippet: [...found.snippet],
  }));
}

export function arrange(open: WithPapers, input: ParsedInput<'papers:arrange'>): { jobId: Id } {
  const { deps } = open.papers;
  return job(open, 'Putting the pages in order', (tell, signal) => arrangeVersion(deps, input, { tell, signal }));
}

export function stamp(open: WithPapers, input: ParsedInput<'papers:stamp'>): { jobId: Id } {
  const { deps } = open.papers;
  return job(open, 'Stamping the pages', (tell, signal) => stampVersion(deps, input, { tell, signal }));
}

export function merge(open: WithPapers, input: ParsedInput<'papers:merge'>): { jobId: Id } {
  const { deps } = open.papers;
  return job(open, 'Making one file', (tell, signal) => mergeVersions(deps, input, { tell, signal }));
}

export function printChecklist(open: WithPapers, { dealId }: ParsedInput<'papers:checklist'>): { jobId: Id } {
  const { deps } = open.papers;
  return job(open, 'Making the checklist', (tell, signal) => checklistOf(deps, dealId, { tell, signal }));
}

export function buildPacket(open: WithPapers, input: ParsedInput<'papers:packet'>): { jobId: Id } {
  const { deps } = open.papers;
  return job(open, 'Making the closing packet', (tell, signal) => packetOf(deps, input, { tell, signal }));
}

/** The papers of the sample deals, once the deals are there. */
export function addSamplePapers(open: WithPapers): { jobId: Id } {
  const { deps } = open.papers;
  return job(open, 'Adding sample papers', (tell, signal) => addSampleFiles(deps, { tell, signal }));
}

/** Brings the deal's folder in step and says where it lies. */
export async function dealFolder(open: WithPapers, { dealId }: ParsedInput<'papers:folder'>) {
  return await open.papers.folders.sync(dealId);
}

export function listFolders(open: WithPapers) {
  return [...open.papers.watching.list()];
}

export async function addFolder(open: WithPapers, { path }: ParsedInput<'folders:add'>) {
  const { folder, sentence } = await open.papers.watching.add(path);
  return { folder, sentence };
}

export async function saveFolder(open: WithPapers, input: ParsedInput<'folders:save'>) {
  return [...(await open.papers.watching.save(input))];
}

export async function removeFolder(open: WithPapers, { id }: ParsedInput<'folders:remove'>) {
  return [...(await open.papers.watching.remove(id))];
}

export function rescanFolders(open: WithPapers, { id }: ParsedInput<'folders:rescan'>): { done: true } {
  open.papers.watching.rescan(id);
  return { done: true };
}

function job(open: WithPapers, title: string, work: LongJob['work']): { jobId: Id } {
  const told = async (...asked: Parameters<LongJob['work']>): Promise<JobEnd> => {
    const end = await work(...asked);
    // What was made is read for the search, and may wait in the inbox.
    open.papers.reader.wake();
    open.papers.tell();
    return end;
  };
  return { jobId: open.jobs.run({ title, total: 1, work: told }) };
}

function notHere(message: string): CallError {
  return { type: 'not-here', message };
}
