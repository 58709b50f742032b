import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ApiError, type ApiReply, Id, Sha256, STATUS_OF } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { API_POLICY } from '../http/headers.ts';
import { isKeepableText } from '../http/keepable.ts';
import { openBytes } from './open-document.ts';
import { filesOfMember } from './rights.ts';
import { isFirst, trace, traceOnce } from './trace.ts';
import { watchRight } from './watch-right.ts';

const Params = z.object({ dealId: Id.refine(isKeepableText), sha256: Sha256 });

/** What every file leaves with: nothing in it may act as a page, whoever opens it. */
export const FILE_HEADERS = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `${API_POLICY}; sandbox`,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
} as const;

/** `GET /api/desk/file/<dealId>/<sha256>`: the bytes of a file of a deal, for a member who may have it now. */
export async function downloadFile(
  context: PortalContext,
  caller: DeviceCaller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = Params.safeParse(request.params);
  if (!asked.success) return notThere(reply);
  const { dealId, sha256 } = asked.data;
  const { workspaceId, store } = context;
  const actor = `member:${caller.member.memberId}`;
  const theirs = await store.read((read) => filesOfMember(read, caller.member, { workspaceId, dealId }));
  const filed = theirs?.filed(sha256)[0];
  if (filed === undefined) {
    await traceOnce(context, { actor, dealId, kind: 'denied', details: { what: 'download', sha256 } }, sha256);
    return notThere(reply);
  }
  const etag = `"${sha256}"`;
  const isOther = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
  const opened = await openBytes(context, sha256, isOther ? undefined : request.headers.range);
  if (!opened.ok && opened.error.type === 'range') {
    const told = { ...FILE_HEADERS, 'content-range': `bytes */${opened.error.bytes}` };
    return reply.code(416).headers(told).send('');
  }
  if (!opened.ok) return notThere(reply);
  const { stream, range, bytes } = opened.value;
  try {
    const details = { sha256, versionId: filed.version.id, title: filed.line.title };
    await traceDownload(context, { actor, dealId, details, from: range?.from ?? 0 });
  } catch (error) {
    stream.destroy();
    throw error;
  }
  const stop = watchRight({
    ...{ context, dealId, memberId: caller.member.memberId },
    isAllowed: () => mayStill(context, caller, { dealId, sha256 }),
    onLost: () => stream.destroy(new Error('the right to this file ended')),
  });
  stream.once('close', stop);
  const length = range === null ? bytes : range.to - range.from + 1;
  reply.headers({ ...FILE_HEADERS, etag, 'content-length': length });
  if (range !== null) reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${bytes}`);
  return reply.send(stream);
}

interface Downloaded {
  readonly actor: string;
  readonly dealId: string;
  readonly details: { readonly sha256: string; readonly versionId: string; readonly title: string };
  readonly from: number;
}

/** Written before the first byte leaves. Further ranges of one download are one download. */
async function traceDownload(context: PortalContext, { actor, dealId, details, from }: Downloaded): Promise<void> {
  const isFirstRange = await isFirst(context, `download:${actor}:${dealId}:${details.sha256}`);
  if (from === 0 || isFirstRange) await trace(context, { actor, dealId, kind: 'download', details });
}

interface Wanted {
  readonly dealId: string;
  readonly sha256: string;
}

/** The device, its member and the file, all as they are now. */
async function mayStill(context: PortalContext, { device, member }: DeviceCaller, wanted: Wanted): Promise<boolean> {
  const { workspaceId } = context;
  return await context.store.read(async (read) => {
    const now = await read.devices.get(workspaceId, device.deviceId);
    if (now === null || now.revokedAt !== null) return false;
    const theirs = await filesOfMember(read, member, { workspaceId, dealId: wanted.dealId });
    return (theirs?.filed(wanted.sha256).length ?? 0) > 0;
  });
}

function notThere(reply: FastifyReply): FastifyReply {
  const error: ApiError = { type: 'not-available', message: 'This file is not on the portal, or not for you.' };
  const answer: ApiReply<never> = { ok: false, error };
  return reply.code(STATUS_OF[error.type]).header('cache-control', 'no-store').send(answer);
}
