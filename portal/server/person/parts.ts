import { rm } from 'node:fs/promises';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { incomingPath } from '../files/finish.ts';
import { holdLease, uploadLease } from '../files/lock.ts';
import type { PartRow } from '../store/areas/parts.ts';
import { partKindOf } from './part-kinds.ts';

const BUSY: ApiError = { type: 'conflict', message: 'This file is being checked. Try again in a moment.' };
export const PART_GONE: ApiError = {
  type: 'not-available',
  message: 'This page is not here any more. Add it again.',
};

/** All bytes of a part are here: says what it is and keeps it, or refuses it. Calling it again answers the same. */
export async function finishPart(context: PortalContext, uploadId: string): Promise<Result<null, ApiError>> {
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
  const part = await store.read(({ parts }) => parts.part(workspaceId, uploadId));
  if (part === null || part.state === 'failed') return err(PART_GONE);
  if (part.state === 'done') return ok(null);
  if (part.received < part.bytes) return err({ type: 'conflict', message: 'Bytes are still missing. Go on sending.' });
  const kind = await partKindOf(incomingPath(context, uploadId), part);
  if (!kind.ok) return await fail(context, part, kind.error);
  await store.transaction(workspaceId, ({ files }) => files.setUploadState(workspaceId, uploadId, 'done'));
  return ok(null);
}

/** The row says so first, and stays for its week, so that a page that asks again hears that it is over. */
async function fail(context: PortalContext, part: PartRow, error: ApiError): Promise<Result<null, ApiError>> {
  const { workspaceId, uploadId, dealId: unitId, actor, bytes, personId } = part;
  const at = context.now().toISOString();
  await context.store.transaction(workspaceId, async (tx) => {
    await tx.files.setUploadState(workspaceId, uploadId, 'failed');
    const details = { what: 'upload-failed', sentence: error.message, bytes, personId };
    await tx.audit.append({ workspaceId, unitId, at, actor, kind: 'other', details });
  });
  await rm(incomingPath(context, uploadId), { force: true });
  return err(error);
}

/** Rows first, so that nothing is filed of what is half gone. A file that is left is collected by the job for strays. */
export async function removeParts(context: PortalContext, parts: readonly PartRow[]): Promise<void> {
  const { store, workspaceId } = context;
  await store.transaction(workspaceId, async ({ files }) => {
    for (const { uploadId } of parts) await files.deleteUpload(workspaceId, uploadId);
  });
  for (const { uploadId } of parts) await rm(incomingPath(context, uploadId), { force: true });
}
