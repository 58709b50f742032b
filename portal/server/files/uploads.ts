import type { Upload } from '@tus/server';
import { z } from 'zod';
import { DESK_PATH } from '../../api/device-calls.ts';
import { Id, Sha256 } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { isKeepableText } from '../http/keepable.ts';
import { finishUpload, WRONG_KIND } from './finish.ts';
import { notAvailable, refused } from './refusal.ts';
import { filesOfMember } from './rights.ts';
import { traceOnce } from './trace.ts';
import { UPLOAD_LIFE_MS, type UploadFilesDeps } from './upload-files.ts';
import { createUploadServer, type FailureWords, throwRefusal, type UploadServer } from './upload-server.ts';

export const UPLOADS_PATH = `${DESK_PATH}/uploads`;

const Facts = z.object({
  dealId: Id.refine(isKeepableText),
  sha256: Sha256,
  name: z.string().max(300).refine(isKeepableText).default(''),
});

const WORDS: FailureWords = {
  wrongKind: WRONG_KIND.message,
  diskFull: 'The disk of the portal is full. The file is kept on this computer and is sent when there is room.',
  defect: 'Something went wrong on the portal. The file is kept on this computer and is sent again.',
  away: 'The portal cannot reach its records just now. The file is sent again in a while.',
};

/** Uploads of desktops. */
export function createUploads(
  context: PortalContext,
  disk: Pick<UploadFilesDeps, 'openFile'> = {},
): UploadServer<DeviceCaller> {
  return createUploadServer<DeviceCaller>({
    ...{ context, path: UPLOADS_PATH, words: WORDS, mayTakeBack: false, ...disk },
    notSignedIn: { type: 'not-signed-in', message: 'Sign in again.' },
    create: (caller, upload) => promise(context, caller, upload),
    goOn: (caller, { uploadId }) => goOn(context, caller, uploadId),
    finish: (uploadId) => finishUpload(context, uploadId),
  });
}

/** A new upload: of bytes that a file of this deal is made of, for somebody who may have that file, within the quota. */
async function promise(context: PortalContext, { member }: DeviceCaller, upload: Upload): Promise<void> {
  const { config, store, workspaceId } = context;
  const facts = Facts.safeParse(upload.metadata ?? {});
  if (!facts.success) throw refused('bad-request', 'An upload names its deal and the SHA-256 of its file.');
  const { dealId, sha256, name } = facts.data;
  const bytes = upload.size ?? 0;
  if (bytes < 1) throw refused('bad-request', 'This file is empty. There is nothing to send.');
  if (bytes > config.maxFileBytes) throw refused('too-large', tooLarge(config.maxFileBytes));
  const actor = `member:${member.memberId}`;
  const theirs = await store.read((read) => filesOfMember(read, member, { workspaceId, dealId }));
  if (theirs === null || theirs.filed(sha256).length === 0) {
    const details = { what: 'upload', sha256 };
    await traceOnce(context, { actor, dealId, kind: 'denied', details }, sha256);
    throw notAvailable();
  }
  const at = context.now();
  const fileName = name || (theirs.filed(sha256)[0]?.line.title ?? '');
  const row = { workspaceId, uploadId: upload.id, dealId, actor, fileName, sha256, bytes };
  const expiresAt = new Date(at.getTime() + UPLOAD_LIFE_MS).toISOString();
  const isPromised = await store.transaction(workspaceId, async ({ files }) => {
    const { kept, promised } = await files.usage(workspaceId);
    if (kept + promised + bytes > config.quotaBytes) return false;
    await files.putUpload({ ...row, madeAt: at.toISOString(), expiresAt });
    return true;
  });
  if (!isPromised) throw refused('too-large', QUOTA);
}

const QUOTA =
  'The room for files on the portal is used up. The file is kept on this computer; ask whoever runs the portal for more room.';

function tooLarge(most: number): string {
  return `The portal takes files of up to ${Math.floor(most / 1_000_000)} MB. This one stays on the computer that has it.`;
}

/** Of no deal: what is tried of it is told of the workspace. */
const NO_DEAL = 'none';

/**
 * Whoever goes on with an upload made it, and may still have the file. What a crash left unfinished is finished here. One
 * that is not there is answered as one of somebody else, after the same reads and writes.
 */
async function goOn(context: PortalContext, { member }: DeviceCaller, uploadId: string): Promise<void> {
  const { store, workspaceId } = context;
  const actor = `member:${member.memberId}`;
  const { row, isTheirs } = await store.read(async (read) => {
    const kept = await read.files.upload(workspaceId, uploadId);
    const theirs = await filesOfMember(read, member, { workspaceId, dealId: kept?.dealId ?? NO_DEAL });
    const mayHave = kept?.actor === actor && (theirs?.filed(kept.sha256).length ?? 0) > 0;
    return { row: kept, isTheirs: mayHave };
  });
  if (row === null || !isTheirs) {
    const details = { what: 'upload', sha256: row?.sha256 ?? null };
    const act = { actor, dealId: row?.dealId ?? NO_DEAL, kind: 'denied', details } as const;
    await traceOnce(context, act, uploadId);
    throw notAvailable();
  }
  if (row.received < row.bytes || row.state === 'done' || row.state === 'failed') return;
  throwRefusal(await finishUpload(context, uploadId));
}
