import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { UploadRow } from '../store/areas/files.ts';
import type { Tx } from '../store/types.ts';
import { type Finishing, finishAs, incomingPath } from './finishing.ts';
import { keptKindOf } from './kinds.ts';
import { blobLease, holdLease } from './lock.ts';

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

interface Bytes {
  readonly kind: string;
  /** Moves them among the blobs, if they are not there yet. */
  readonly take: () => Promise<void>;
}

/** Bytes of a desktop: hashed, compared with what was announced, and moved among the blobs. */
const OF_DESKTOPS: Finishing<UploadRow, Bytes> = {
  busy: BUSY,
  gone: GONE,
  find: ({ files }, { workspaceId, uploadId }) => files.upload(workspaceId, uploadId),
  judge,
  keep,
};

/** All bytes of a desktop's upload are here: keeps them as a blob, or drops them. Calling it again answers the same. */
export function finishUpload(context: PortalContext, uploadId: string): Promise<Result<null, ApiError>> {
  return finishAs(context, uploadId, OF_DESKTOPS);
}

async function judge(context: PortalContext, row: UploadRow): Promise<Result<Bytes, ApiError>> {
  const { workspaceId, uploadId, sha256 } = row;
  await context.store.transaction(workspaceId, ({ files }) => files.setUploadState(workspaceId, uploadId, 'verifying'));
  const path = incomingPath(context, uploadId);
  if (!(await isFile(path))) return await judgeMoved(context, row);
  if ((await sha256Of(path)) !== sha256) return err(WRONG_HASH);
  const kind = await keptKindOf(path);
  return kind === null ? err(WRONG_KIND) : ok({ kind: kind.mime, take: () => context.blobs.take(path, sha256) });
}

/** The bytes left for the blobs, by a process that ended before it could say so. */
async function judgeMoved(context: PortalContext, { sha256, bytes }: UploadRow): Promise<Result<Bytes, ApiError>> {
  if ((await context.blobs.size(sha256)) !== bytes) return err(GONE);
  return ok({ kind: 'application/octet-stream', take: async () => {} });
}

/** A lease on the content keeps the job that empties the trash from deleting the bytes between moving and saying so. */
async function keep(context: PortalContext, row: UploadRow, { kind, take }: Bytes): Promise<Result<null, ApiError>> {
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

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
