import { rm } from 'node:fs/promises';
import { ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { type Finishing, finishAs, incomingPath } from '../files/finishing.ts';
import type { PartRow } from '../store/areas/parts.ts';
import { type PartKind, partKindOf } from './part-kinds.ts';

const BUSY: ApiError = { type: 'conflict', message: 'This file is being checked. Try again in a moment.' };
export const PART_GONE: ApiError = {
  type: 'not-available',
  message: 'This page is not here any more. Add it again.',
};

/** Bytes of a person: known by what is in them, and kept where they came in until all that goes together is filed. */
const OF_PEOPLE: Finishing<PartRow, PartKind> = {
  busy: BUSY,
  gone: PART_GONE,
  find: ({ parts }, { workspaceId, uploadId }) => parts.part(workspaceId, uploadId),
  judge: (context, part) => partKindOf(incomingPath(context, part.uploadId), part),
  keep: async ({ store }, { workspaceId, uploadId }) => {
    await store.transaction(workspaceId, ({ files }) => files.setUploadState(workspaceId, uploadId, 'done'));
    return ok(null);
  },
};

/** All bytes of a part are here: keeps it until it is filed, or drops it. Calling it again answers the same. */
export function finishPart(context: PortalContext, uploadId: string): Promise<Result<null, ApiError>> {
  return finishAs(context, uploadId, OF_PEOPLE);
}

/** Rows first, so that nothing is filed of what is half gone. A file that is left is collected by the job for strays. */
export async function removeParts(context: PortalContext, parts: readonly PartRow[]): Promise<void> {
  const { store, workspaceId } = context;
  await store.transaction(workspaceId, async ({ files }) => {
    for (const { uploadId } of parts) await files.deleteUpload(workspaceId, uploadId);
  });
  for (const { uploadId } of parts) await rm(incomingPath(context, uploadId), { force: true });
}
