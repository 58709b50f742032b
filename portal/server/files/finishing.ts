import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { UploadRow } from '../store/areas/files.ts';
import type { Read } from '../store/types.ts';
import { holdLease, uploadLease } from './lock.ts';

/** Where the bytes of an upload lie while they come in. */
export function incomingPath(context: Pick<PortalContext, 'blobs'>, uploadId: string): string {
  return join(context.blobs.incoming, uploadId);
}

/** What differs between the uploads of desktops and those of people, once all bytes are here. */
export interface Finishing<Row extends UploadRow, Found> {
  readonly busy: ApiError;
  /** Nobody knows the upload, or it was dropped before. */
  readonly gone: ApiError;
  readonly find: (read: Read, of: Pick<UploadRow, 'workspaceId' | 'uploadId'>) => Promise<Row | null>;
  /** Looks at the bytes: what they are, or why they are dropped. */
  readonly judge: (context: PortalContext, row: Row) => Promise<Result<Found, ApiError>>;
  /** Keeps them and says so in one transaction. An error is of this moment only, and drops nothing. */
  readonly keep: (context: PortalContext, row: Row, found: Found) => Promise<Result<null, ApiError>>;
}

const MISSING: ApiError = { type: 'conflict', message: 'Bytes are still missing. Go on sending.' };

/**
 * All bytes of an upload are here: judged, then kept or dropped, by one process at a time. Whatever ends it on the way,
 * calling it again goes on; once it was done it answers the same.
 */
export async function finishAs<Row extends UploadRow, Found>(
  context: PortalContext,
  uploadId: string,
  how: Finishing<Row, Found>,
): Promise<Result<null, ApiError>> {
  const lease = await holdLease(context, { name: uploadLease(uploadId) });
  if (lease === null) return err(how.busy);
  try {
    return await finishHeld(context, uploadId, how);
  } finally {
    await lease.release();
  }
}

async function finishHeld<Row extends UploadRow, Found>(
  context: PortalContext,
  uploadId: string,
  how: Finishing<Row, Found>,
): Promise<Result<null, ApiError>> {
  const { store, workspaceId } = context;
  const row = await store.read((read) => how.find(read, { workspaceId, uploadId }));
  if (row === null || row.state === 'failed') return err(how.gone);
  if (row.state === 'done') return ok(null);
  if (row.received < row.bytes) return err(MISSING);
  const found = await how.judge(context, row);
  if (found.ok) return await how.keep(context, row, found.value);
  await dropUpload(context, row, found.error);
  return err(found.error);
}

/** The bytes are of no use to anybody. The row says so first, and stays for its week, so that who asks again hears it. */
export async function dropUpload(context: PortalContext, row: UploadRow, error: ApiError): Promise<void> {
  const { workspaceId, uploadId, dealId: unitId, actor, bytes } = row;
  const at = context.now().toISOString();
  await context.store.transaction(workspaceId, async (tx) => {
    await tx.files.setUploadState(workspaceId, uploadId, 'failed');
    const details = { what: 'upload-failed', sentence: error.message, bytes, ...namedOf(row) };
    await tx.audit.append({ workspaceId, unitId, at, actor, kind: 'other', details });
  });
  await rm(incomingPath(context, uploadId), { force: true });
  context.log.warn('an upload was not kept', { type: error.type, bytes });
}

/** A file of a desktop is known by the hash that it announced; what a person sends has none yet. */
function namedOf({ sha256, actor }: UploadRow): object {
  return sha256 === '' ? { personId: actor.replace(/^party:/, '') } : { sha256 };
}
