import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { UploadRow } from '../store/areas/files.ts';
import type { Tx } from '../store/types.ts';
import { keptKindOf } from './kinds.ts';
import { blobLease, holdLease, uploadLease } from './lock.ts';

/** Where the bytes of an upload lie while they come in. */
export function incomingPath(context: Pick<PortalContext, 'blobs'>, uploadId: string): string {
  return join(context.blobs.incoming, uploadId);
}

const BUSY: ApiError = { type: 'conflict', message: 'This file is being checked. Ask again in a moment.' };
const GONE: ApiError = { type: 'not-available', message: 'This upload is over. Send the file again.' };
const WRONG_HASH: ApiError = {
  type: 'bad-request',
  message: 'The file that arrived is not the file that was announced, so it was not kept. It is sent again by itself.',
};
export const WRONG_KIND: ApiError = {
  type: 'not-allowed',
  message:
    'The portal keeps PDFs, photos, Office files, mail and plain text. This file is none of these and stays on the computer that has it.',
};

/**
 * All bytes are here: hashes them, compares, moves them among the blobs and says so in one transaction with the trail.
 * Whatever ends it on the way, calling it again goes on; once it was done it answers the same.
 */
export async function finishUpload(context: PortalContext, uploadId: string): Promise<Result<null, ApiError>> {
  const lease = await holdLease(context, { name: uploadLease(uploadId) });
  if (lease === null) return err(BUSY);
  try {
    return await finishHeld(context, uploadId);
  } finally {
    await lease.release();
  }
}

async function finishHeld(context: PortalContext, uploadId: string): Promise<Result<null, ApiError>> {
  const { store, workspaceId } = context;
  const row = await store.read(({ files }) => files.upload(workspaceId, uploadId));
  if (row === null || row.state === 'failed') return err(GONE);
  if (row.state === 'done') return ok(null);
  if (row.received < row.bytes) return err({ type: 'conflict', message: 'Bytes are still missing. Go on sending.' });
  await store.transaction(workspaceId, ({ files }) => files.setUploadState(workspaceId, uploadId, 'verifying'));
  const path = incomingPath(context, uploadId);
  if (!(await isFile(path))) return await finishMoved(context, row);
  if ((await sha256Of(path)) !== row.sha256) return await fail(context, row, WRONG_HASH);
  const kind = await keptKindOf(path);
  if (kind === null) return await fail(context, row, WRONG_KIND);
  return await settle(context, row, { kind: kind.mime, take: () => context.blobs.take(path, row.sha256) });
}

/** The bytes left for the blobs, by a process that ended before it could say so. */
async function finishMoved(context: PortalContext, row: UploadRow): Promise<Result<null, ApiError>> {
  const bytes = await context.blobs.size(row.sha256);
  if (bytes !== row.bytes) return await fail(context, row, GONE);
  return await settle(context, row, { kind: 'application/octet-stream', take: async () => {} });
}

interface Settle {
  readonly kind: string;
  readonly take: () => Promise<void>;
}

/** A lease on the content keeps the job that empties the trash from deleting the bytes between moving and saying so. */
async function settle(context: PortalContext, row: UploadRow, { kind, take }: Settle): Promise<Result<null, ApiError>> {
  const lease = await holdLease(context, { name: blobLease(row.sha256) });
  if (lease === null) return err(BUSY);
  try {
    await take();
    await context.store.transaction(row.workspaceId, (tx) => commit(context, tx, { row, kind }));
    return ok(null);
  } finally {
    await lease.release();
  }
}

async function commit(context: PortalContext, tx: Tx, { row, kind }: { row: UploadRow; kind: string }): Promise<void> {
  const { workspaceId, sha256, bytes, uploadId, dealId, actor, fileName } = row;
  const at = context.now().toISOString();
  await tx.files.putBlob({ workspaceId, sha256, bytes, kind, scan: 'not-scanned', addedAt: at });
  await tx.files.setUploadState(workspaceId, uploadId, 'done');
  const details = { sha256, bytes, title: fileName };
  await tx.audit.append({ workspaceId, unitId: dealId, at, actor, kind: 'upload', details });
}

/** The bytes are of no use to anybody: the row says so first, then they go. */
async function fail(context: PortalContext, row: UploadRow, error: ApiError): Promise<Result<null, ApiError>> {
  const { workspaceId, uploadId, dealId: unitId, actor, sha256, bytes } = row;
  const at = context.now().toISOString();
  await context.store.transaction(workspaceId, async (tx) => {
    await tx.files.setUploadState(workspaceId, uploadId, 'failed');
    const details = { what: 'upload-failed', sentence: error.message, sha256, bytes };
    await tx.audit.append({ workspaceId, unitId, at, actor, kind: 'other', details });
  });
  await rm(incomingPath(context, uploadId), { force: true });
  context.log.warn('an upload was not kept', { type: error.type, bytes });
  return err(error);
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
