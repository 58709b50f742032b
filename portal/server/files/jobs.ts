import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PortalContext } from '../context.ts';
import type { BlobRow } from '../store/areas/files.ts';
import { finishUpload } from './finish.ts';
import { incomingPath } from './finishing.ts';
import { blobLease, holdLease } from './lock.ts';
import { UPLOAD_LIFE_MS } from './upload-files.ts';

/** Work that comes again and again. Running it twice, or in two processes at once, does no harm. */
export interface FileJob {
  readonly kind: string;
  readonly everyMs: number;
  readonly run: (context: PortalContext) => Promise<void>;
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const TRASH_MS = 30 * DAY_MS;
const CHECK_MS = 7 * DAY_MS;
const SLICE = 200;
/** A check reads at most so much at a time, in bytes: the disk has other work. */
const MOST_CHECKED = 4_000_000_000;

export const fileJobs: readonly FileJob[] = [
  { kind: 'files-uploads', everyMs: HOUR_MS, run: settleUploads },
  { kind: 'files-trash', everyMs: 6 * HOUR_MS, run: emptyTrash },
  { kind: 'files-check', everyMs: DAY_MS, run: checkBlobs },
];

/** Finishes what a crash left whole but unchecked, and lets go of what nobody went on with for a week. */
export async function settleUploads(context: PortalContext): Promise<void> {
  const { store, workspaceId } = context;
  const inState = (state: 'receiving' | 'verifying' | 'done' | 'failed', before: string) =>
    store.read(({ files }) => files.expired({ workspaceId, state, before, limit: SLICE }));
  for (const { uploadId } of await inState('verifying', '9999')) await finishUpload(context, uploadId);
  const now = context.now().toISOString();
  for (const state of ['receiving', 'done', 'failed'] as const) {
    for (const { uploadId } of await inState(state, now)) {
      await store.transaction(workspaceId, ({ files }) => files.deleteUpload(workspaceId, uploadId));
      await rm(incomingPath(context, uploadId), { force: true });
    }
  }
  await removeStrays(context);
}

/** Files of uploads that no row knows: the row was deleted, and the process ended before the file was. */
async function removeStrays(context: PortalContext): Promise<void> {
  const { store, workspaceId, blobs } = context;
  const before = context.now().getTime() - UPLOAD_LIFE_MS - DAY_MS;
  for (const name of await readdir(blobs.incoming)) {
    const path = join(blobs.incoming, name);
    const there = await stat(path).catch(() => null);
    if (there === null || !there.isFile() || there.mtimeMs > before) continue;
    if ((await store.read(({ files }) => files.upload(workspaceId, name))) === null) await rm(path, { force: true });
  }
}

/** What no row names goes to the trash after a day, and for good 30 days later. */
export async function emptyTrash(context: PortalContext): Promise<void> {
  const { store, workspaceId } = context;
  const now = context.now();
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString();
  for (const { sha256, addedAt } of await store.read(({ files }) => files.unreferenced(workspaceId, SLICE)))
    if (addedAt < before(DAY_MS))
      await store.transaction(workspaceId, ({ files }) => files.trash(workspaceId, sha256, now.toISOString()));
  for (const blob of await store.read(({ files }) => files.trashed(workspaceId, before(TRASH_MS), SLICE)))
    await deleteBlob(context, blob.sha256);
}

/** Under the content's lease: an upload of the same bytes that ends at this moment waits, and then brings them back. */
async function deleteBlob(context: PortalContext, sha256: string): Promise<void> {
  const lease = await holdLease(context, { name: blobLease(sha256) });
  if (lease === null) return;
  try {
    const { workspaceId } = context;
    const isGone = await context.store.transaction(workspaceId, ({ files }) => files.forget(workspaceId, sha256));
    if (isGone) await context.blobs.remove(sha256);
  } finally {
    await lease.release();
  }
}

/** Reads again what was not read for the longest time. Bytes that changed are put aside, so that a desktop sends them anew. */
export async function checkBlobs(context: PortalContext): Promise<void> {
  const { store, workspaceId, now } = context;
  const due = new Date(now().getTime() - CHECK_MS).toISOString();
  let left = MOST_CHECKED;
  for (const blob of await store.read(({ files }) => files.oldestChecked(workspaceId, SLICE))) {
    if (blob.checkedAt > due || left < 0) return;
    left -= blob.bytes;
    const found = await hashOf(context, blob.sha256);
    if (found !== blob.sha256) await damaged(context, blob, found === null);
    const at = now().toISOString();
    await store.transaction(workspaceId, ({ files }) => files.setChecked(workspaceId, blob.sha256, at));
  }
}

async function damaged(context: PortalContext, { sha256, bytes }: BlobRow, isMissing: boolean): Promise<void> {
  const { workspaceId, store, blobs, log, now } = context;
  if (!isMissing) await blobs.setAside(sha256);
  const sentence = isMissing
    ? 'A file is missing from the portal. A computer that has it sends it again.'
    : 'The disk of the portal has changed a file. It was put aside, and a computer that has it sends it again.';
  log.warn('a blob is not as it was', { sha256, bytes, isMissing });
  const details = { what: 'file-damaged', sentence, sha256, bytes };
  const row = { workspaceId, unitId: 'workspace', at: now().toISOString(), actor: 'system', kind: 'other', details };
  await store.transaction(workspaceId, ({ audit }) => audit.append(row));
}

async function hashOf({ blobs }: PortalContext, sha256: string): Promise<string | null> {
  const stream = await blobs.read(sha256);
  if (stream === null) return null;
  const hash = createHash('sha256');
  try {
    for await (const piece of stream) hash.update(piece as Buffer);
  } catch {
    // A disk that cannot give it back has lost it.
    return 'unread';
  }
  return hash.digest('hex');
}
