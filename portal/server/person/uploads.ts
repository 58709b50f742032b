import type { Upload } from '@tus/server';
import { z } from 'zod';
import { answerRefusal } from '../../../core/commands/paper-commands.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import { MOST_PAGES, PERSON_UPLOADS } from '../../api/person-calls.ts';
import { type ApiError, Id } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { refusalOf, refused } from '../files/refusal.ts';
import { UPLOAD_LIFE_MS } from '../files/upload-files.ts';
import { createUploadServer, type FailureWords, throwRefusal, type UploadServer } from '../files/upload-server.ts';
import { isKeepableText } from '../http/keepable.ts';
import { personOf } from './home-call.ts';
import { count } from './limits.ts';
import { WRONG_KIND } from './part-kinds.ts';
import { finishPart, PART_GONE } from './parts.ts';
import { NOT_SIGNED_IN } from './session.ts';
import type { Visitor } from './types.ts';

const Facts = z.object({
  sendingId: Id.refine(isKeepableText),
  name: z.string().max(300).refine(isKeepableText).default(''),
  place: z.coerce.number().int().min(1).max(10_000),
  lineId: Id.optional(),
});

/** What may lie here of one person of a deal, not filed yet. */
const MOST_PARTS = 2 * MOST_PAGES;
const MOST_BYTES = 400_000_000;

const WORDS: FailureWords = {
  wrongKind: WRONG_KIND.message,
  diskFull: 'There is no room on the portal just now. What you have stays on your device; try again later.',
  defect: 'Something went wrong on the portal. What you have stays on your device and is sent again.',
  away: 'The portal cannot be reached properly just now. What you have stays on your device and is sent again.',
};
const LOOK_ONLY: ApiError = {
  type: 'not-allowed',
  message: 'You are looking as somebody else, so nothing can be sent from here. Drop the file on the deal instead.',
};
const TOO_MUCH: ApiError = {
  type: 'too-large',
  message: 'A lot is here already that was not sent yet. Send or remove what you began before, then add more.',
};
const QUOTA: ApiError = {
  type: 'too-large',
  message: 'There is no room for files on the portal just now. Keep yours and tell your coordinator.',
};

/** What people send from their page, by tus 1.0, file by file. `send-paper` files it; until then it lies here for a week. */
export function createPersonUploads(context: PortalContext): UploadServer<Visitor> {
  return createUploadServer<Visitor>({
    ...{ context, path: PERSON_UPLOADS, words: WORDS, notSignedIn: NOT_SIGNED_IN },
    // A page that was sent may be taken out again before the whole is filed.
    mayTakeBack: true,
    create: (visitor, upload) => promise(context, visitor, upload),
    goOn: (visitor, of) => goOn(context, visitor, of),
    finish: (uploadId) => finishPart(context, uploadId),
  });
}

/** A new file: of somebody on the deal, for a line that is theirs where it names one, within what may lie here. */
async function promise(context: PortalContext, visitor: Visitor, upload: Upload): Promise<void> {
  const { config, workspaceId } = context;
  if (visitor.isPreview) throw refusalOf(LOOK_ONLY);
  const facts = Facts.safeParse(upload.metadata ?? {});
  if (!facts.success) throw refused('bad-request', 'The page and the portal do not fit together. Load the page again.');
  const bytes = upload.size ?? 0;
  if (bytes < 1) throw refused('bad-request', 'This file is empty. Choose it again, or another one.');
  if (bytes > config.maxFileBytes) throw refused('too-large', tooLarge(config.maxFileBytes));
  const busy = await count(context, { rule: 'uploads', of: visitor.session.sessionHash });
  if (busy !== null) throw refusalOf(busy);
  await judgeLine(context, visitor, facts.data.lineId);
  const at = context.now();
  const { dealId, personId } = visitor.link;
  const { sendingId, place, name: fileName } = facts.data;
  const row = { workspaceId, uploadId: upload.id, dealId, actor: `party:${personId}`, fileName, sha256: '', bytes };
  const expiresAt = new Date(at.getTime() + UPLOAD_LIFE_MS).toISOString();
  const problem = await context.store.transaction(workspaceId, async ({ files, parts }) => {
    const mine = await parts.usageOf({ workspaceId, dealId, personId });
    if (mine.count >= MOST_PARTS || mine.bytes + bytes > MOST_BYTES) return TOO_MUCH;
    const { kept, promised } = await files.usage(workspaceId);
    if (kept + promised + bytes > config.quotaBytes) return QUOTA;
    await files.putUpload({ ...row, madeAt: at.toISOString(), expiresAt });
    await parts.putPart({ workspaceId, dealId, personId, uploadId: upload.id, sendingId, place });
    return null;
  });
  if (problem !== null) throw refusalOf(problem);
}

/** What is never kept here is refused before its first byte comes. */
async function judgeLine(context: PortalContext, visitor: Visitor, lineId: string | undefined): Promise<void> {
  const found = await personOf(context, visitor);
  if (found === null) throw refusalOf(NOT_SIGNED_IN);
  if (lineId === undefined) return;
  const { deal } = found.kept;
  const line = deal.lines.find(({ id }) => id === lineId);
  const refusal = line === undefined ? null : answerRefusal(deal, partyActor(found.person, deal.row), line);
  // A paper that went away meanwhile is told when it is sent; until then the photos are welcome.
  if (line === undefined || refusal?.type === 'DocumentNotAvailable')
    throw refused('not-available', 'This paper is not asked from you any more. Go back and look at your page again.');
  if (refusal !== null && !STALE.has(refusal.type)) throw refused('not-allowed', refusal.message);
}

/** Reasons that end with a word of the coordinator: what is on its way goes on, and `send-paper` says so. */
const STALE: ReadonlySet<string> = new Set(['AlreadyApproved', 'NotNeeded']);

function tooLarge(most: number): string {
  return `Files of up to ${Math.floor(most / 1_000_000)} MB can be sent here. Send a smaller one, or photos of its pages.`;
}

/**
 * Whoever goes on with an upload is the person who began it, in whichever session. One that is not there is answered as
 * one of somebody else. What a crash left whole and unchecked is checked here.
 */
async function goOn(
  context: PortalContext,
  visitor: Visitor,
  { uploadId, method }: { readonly uploadId: string; readonly method: string },
): Promise<void> {
  const { store, workspaceId } = context;
  if (visitor.isPreview) throw refusalOf(LOOK_ONLY);
  const { dealId, personId } = visitor.link;
  const part = await store.read(({ parts }) => parts.part(workspaceId, uploadId));
  if (part === null || part.dealId !== dealId || part.personId !== personId) throw refusalOf(PART_GONE);
  if (Date.parse(part.expiresAt) <= context.now().getTime()) throw refused('not-available', PART_GONE.message, 410);
  if ((await personOf(context, visitor)) === null) throw refusalOf(NOT_SIGNED_IN);
  if (method === 'DELETE' || part.received < part.bytes || part.state !== 'receiving') return;
  throwRefusal(await finishPart(context, uploadId));
}
