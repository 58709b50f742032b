import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server, type ServerOptions, type Upload } from '@tus/server';
import { z } from 'zod';
import { DESK_PATH } from '../../api/device-calls.ts';
import { Id, Sha256, STATUS_OF } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { isKeepableText } from '../http/keepable.ts';
import { storeFailureOf } from '../store/failures.ts';
import { finishUpload } from './finish.ts';
import { createUploadLocker } from './lock.ts';
import { notAvailable, refused, UploadRefusal } from './refusal.ts';
import { filesOfMember } from './rights.ts';
import { traceOnce } from './trace.ts';
import { UPLOAD_LIFE_MS, UploadFiles, type UploadFilesDeps } from './upload-files.ts';

export const UPLOADS_PATH = `${DESK_PATH}/uploads`;

const Facts = z.object({
  dealId: Id.refine(isKeepableText),
  sha256: Sha256,
  name: z.string().max(300).refine(isKeepableText).default(''),
});

type Request = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0];

export interface Uploads {
  /** Answers one request of tus. Whoever asks has shown their key. */
  handle(request: IncomingMessage, response: ServerResponse, caller: DeviceCaller): Promise<void>;
}

/** Uploads of desktops by tus 1.0: creation, expiration, termination, and nothing else of it. */
export function createUploads(context: PortalContext, disk: Pick<UploadFilesDeps, 'openFile'> = {}): Uploads {
  const callers = new WeakMap<IncomingMessage, DeviceCaller>();
  const callerOf = (request: Request): DeviceCaller => {
    const node = request.runtime?.node?.req as IncomingMessage | undefined;
    const caller = node === undefined ? undefined : callers.get(node);
    if (caller === undefined) throw refused('not-signed-in', 'Sign in again.');
    return caller;
  };
  const locker = createUploadLocker(context);
  const server = new Server({
    path: UPLOADS_PATH,
    datastore: new UploadFiles({ context, locker, ...disk }),
    locker,
    // What holds an upload because its line is dead lets go of it so long after somebody else asks.
    lockDrainTimeout: 1_000,
    relativeLocation: true,
    // Desktops are no web page: no other origin is ever let in.
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => context.newId(),
    getFileIdFromRequest: (request) => /\/uploads\/([A-Za-z0-9-]{1,64})\/?$/.exec(new URL(request.url).pathname)?.[1],
    onIncomingRequest: async (request, id) => {
      if (request.method !== 'POST') await goOn(context, callerOf(request), id);
    },
    onUploadCreate: async (request, upload) => {
      await promise(context, callerOf(request), upload);
      return {};
    },
    onUploadFinish: async (_request, { id }) => {
      const finished = await finishUpload(context, id);
      if (!finished.ok) throw new UploadRefusal(finished.error, STATUS_OF[finished.error.type]);
      return {};
    },
    onResponseError: (_request, error) => answerTo(context, error, DESK_WORDS),
  });
  return {
    handle: async (request, response, caller) => {
      callers.set(request, caller);
      await server.handle(request, response);
    },
  };
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
  const finished = await finishUpload(context, uploadId);
  if (!finished.ok) throw new UploadRefusal(finished.error, STATUS_OF[finished.error.type]);
}

type Told = Extract<NonNullable<ServerOptions['onResponseError']>, (...asked: never[]) => unknown>;

/** What is told when an upload fails for a reason that the library, the database or a defect gave. */
export interface FailureWords {
  readonly defect: string;
  readonly away: string;
}

const DESK_WORDS: FailureWords = {
  defect: 'Something went wrong on the portal. The file is kept on this computer and is sent again.',
  away: 'The portal cannot reach its records just now. The file is sent again in a while.',
};

/** Nothing of a defect's own words goes out; what the library refuses keeps its status. */
export function answerTo(
  context: Pick<PortalContext, 'log'>,
  error: Parameters<Told>[1],
  words: FailureWords,
): { status_code: number; body: string } | undefined {
  if (error instanceof UploadRefusal) return undefined;
  if ('status_code' in error && error.status_code < 500) {
    const type = error.status_code === 404 || error.status_code === 410 ? 'not-available' : 'bad-request';
    const { body } = type === 'not-available' ? notAvailable() : refused(type, 'This is not how an upload goes on.');
    return { status_code: error.status_code, body };
  }
  const away = storeFailureOf(error);
  if (away === null) context.log.defect('an upload', error);
  const { status_code, body } = away === null ? refused('defect', words.defect) : refused('away', words.away);
  return { status_code, body };
}
