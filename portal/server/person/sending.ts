import { randomUUID } from 'node:crypto';
import { constants, copyFile, rm, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { answerRefusal } from '../../../core/commands/paper-commands.ts';
import type { PersonRow } from '../../../core/deals/model.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { PersonParsed } from '../../api/person-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { sha256Of } from '../files/finish.ts';
import { incomingPath } from '../files/finishing.ts';
import { blobLease, holdLease } from '../files/lock.ts';
import type { PartRow } from '../store/areas/parts.ts';
import { actAs } from '../sync/act.ts';
import { rowIdOf } from './acting.ts';
import { countDeal, type KeptDeal } from './deal-facts.ts';
import { personOf } from './home-call.ts';
import { count } from './limits.ts';
import { partKindOf } from './part-kinds.ts';
import { finishPart, removeParts } from './parts.ts';
import { photosToPdf } from './photos.ts';
import { NOT_SIGNED_IN } from './session.ts';
import type { PersonHandler, PersonHandlers, Visitor } from './types.ts';

type Sent = PersonParsed<'send-paper'>;

const LOOK_ONLY: ApiError = {
  type: 'not-allowed',
  message: 'You are looking as somebody else, so nothing can be sent from here. Drop the file on the deal instead.',
};
const BUSY: ApiError = { type: 'conflict', message: 'This is being put together just now. Try again in a moment.' };
const GONE: ApiError = {
  type: 'not-available',
  message: 'Some of these pages are not on the portal any more. Add them again, then send.',
};
const ONE_FILE: ApiError = { type: 'bad-request', message: 'Send one file at a time, or photos as pages of one PDF.' };

const sendPaper: PersonHandler<'send-paper'> = async (context, { visitor }, sent) => {
  if (visitor.isPreview) return err(LOOK_ONLY);
  const busy = await count(context, { rule: 'acts', of: visitor.session.sessionHash });
  if (busy !== null) return err(busy);
  // The same sending twice at once: the second waits, and is answered like the first.
  const lease = await holdLease(context, { name: `sending:${visitor.link.personId}:${sent.sendingId}` });
  if (lease === null) return err(BUSY);
  try {
    return await sendHeld(context, visitor, sent);
  } finally {
    await lease.release();
  }
};

const dropSending: PersonHandler<'drop-sending'> = async (context, { visitor }, { sendingId }) => {
  if (visitor.isPreview) return err(LOOK_ONLY);
  const busy = await count(context, { rule: 'acts', of: visitor.session.sessionHash });
  if (busy !== null) return err(busy);
  await removeParts(context, await partsOf(context, visitor, sendingId));
  return ok({ done: true });
};

export const sendingHandlers = {
  'send-paper': sendPaper,
  'drop-sending': dropSending,
} satisfies Partial<PersonHandlers>;

async function sendHeld(context: PortalContext, visitor: Visitor, sent: Sent) {
  const found = await personOf(context, visitor);
  if (found === null) return err(NOT_SIGNED_IN);
  const { workspaceId, store } = context;
  // Its parts are gone when it was filed before: it is answered by what is kept of it.
  const known = await store.read(({ commands }) => commands.byId(workspaceId, sent.actId));
  if (known !== null) return await act(context, { visitor, sent, ...found, args: known.args });
  const refusal = refusalNow(found, sent);
  if (refusal !== null) return err(refusal);
  const parts = await partsOf(context, visitor, sent.sendingId);
  const byId = new Map(parts.map((part) => [part.uploadId, part]));
  const chosen = sent.uploads.flatMap((id) => byId.get(id) ?? []);
  if (chosen.length < sent.uploads.length || new Set(sent.uploads).size < sent.uploads.length) return err(GONE);
  const file = await fileOf(context, sent, chosen);
  if (!file.ok) return file;
  const filed = await keep(context, { visitor, sent, ...found }, file.value);
  if (filed.ok) await removeParts(context, parts);
  return filed;
}

/** Judged before anything is put together; the rule says it again when the file is written. */
function refusalNow({ kept, person }: { kept: KeptDeal; person: PersonRow }, { lineId }: Sent): ApiError | null {
  const line = kept.deal.lines.find(({ id }) => id === lineId);
  if (line === undefined) return null;
  const refusal = answerRefusal(kept.deal, partyActor(person, kept.deal.row), line);
  return refusal === null ? null : { type: 'refused', message: refusal.message };
}

async function partsOf({ store, workspaceId }: PortalContext, { link }: Visitor, sendingId: string) {
  const { dealId, personId } = link;
  return await store.read(({ parts }) => parts.ofSending({ workspaceId, dealId, personId, sendingId }));
}

interface Made {
  /** Lies among what comes in, to be taken away or removed. */
  readonly path: string;
  readonly mime: string;
  readonly extension: string;
}

/** The one file of a sending: a copy, so that the parts are there until it is filed. */
async function fileOf(context: PortalContext, sent: Sent, parts: readonly PartRow[]): Promise<Result<Made, ApiError>> {
  const [first] = parts;
  if (first === undefined || (sent.as === 'file' && parts.length > 1)) return err(ONE_FILE);
  for (const [index, part] of parts.entries()) {
    if (part.received < part.bytes) return err(notWhole(index, parts.length));
    const finished = await finishPart(context, part.uploadId);
    if (!finished.ok) return finished;
  }
  const path = incomingPath(context, `made-${randomUUID()}`);
  const paths = parts.map(({ uploadId }) => incomingPath(context, uploadId));
  if (sent.as === 'photos') {
    const pdf = await photosToPdf(paths);
    if (!pdf.ok) return pdf;
    await setImmediate();
    await writeFile(path, pdf.value);
    return ok({ path, mime: 'application/pdf', extension: 'pdf' });
  }
  const kind = await partKindOf(incomingPath(context, first.uploadId), first);
  if (!kind.ok) return kind;
  await copyFile(incomingPath(context, first.uploadId), path, constants.COPYFILE_FICLONE);
  return ok({ path, mime: kind.value.mime, extension: kind.value.extension });
}

function notWhole(index: number, of: number): ApiError {
  const what = of === 1 ? 'The file' : `Page ${index + 1}`;
  return { type: 'conflict', message: `${what} has not arrived whole yet. It is sent again when there is signal.` };
}

interface Filing {
  readonly visitor: Visitor;
  readonly sent: Sent;
  readonly kept: KeptDeal;
  readonly person: PersonRow;
}

/** Bytes among the blobs, then the command. Ended in between, bytes that nothing names go after a day. */
async function keep(context: PortalContext, filing: Filing, { path, mime, extension }: Made) {
  const sha256 = await sha256Of(path);
  const lease = await holdLease(context, { name: blobLease(sha256) });
  try {
    if (lease === null) return err(BUSY);
    await context.blobs.take(path, sha256);
    const bytes = (await context.blobs.size(sha256)) ?? 0;
    const originalName = fileNameOf(filing.sent.name, extension);
    await tell(context, filing.visitor, { sha256, bytes, mime, title: originalName });
    return await act(context, { ...filing, args: argsOf(context, filing, { sha256, bytes, extension, originalName }) });
  } finally {
    await lease?.release();
    await rm(path, { force: true });
  }
}

interface Told {
  readonly sha256: string;
  readonly bytes: number;
  readonly mime: string;
  readonly title: string;
}

async function tell(context: PortalContext, { link }: Visitor, { sha256, bytes, mime, title }: Told): Promise<void> {
  const { workspaceId, store } = context;
  const { linkId, personId, dealId: unitId } = link;
  const at = context.now().toISOString();
  const actor = `party:${personId}`;
  await store.transaction(workspaceId, async (tx) => {
    await tx.files.putBlob({ workspaceId, sha256, bytes, kind: mime, scan: 'not-scanned', addedAt: at });
    const details = { sha256, bytes, title, linkId, personId };
    await tx.audit.append({ workspaceId, unitId, at, actor, kind: 'upload', details });
  });
}

function argsOf(context: PortalContext, { visitor, sent, kept }: Filing, file: object) {
  const now = context.now();
  const { newTitle, actId } = sent;
  // A line that is opened gets an id of the server: a page could name one of another deal.
  const isThere = newTitle === null || kept.deal.lines.some(({ id }) => id === sent.lineId);
  const lineId = isThere ? sent.lineId : rowIdOf({ visitor, actId }, 'line');
  const title = newTitle === null ? {} : { newTitle };
  const { today: on } = countDeal(kept, context.rules, now);
  return { versionId: context.newId(), lineId, ...title, ...file, on, at: now.toISOString() };
}

async function act(context: PortalContext, { visitor, sent, kept, person, args }: Filing & { readonly args: unknown }) {
  const { dealId, linkId, personId } = visitor.link;
  const { actId: commandId, ...words } = sent;
  const who = { actor: partyActor(person, kept.deal.row), trailActor: `party:${personId}` };
  return await actAs(
    context,
    { ...who, details: { linkId, personId } },
    { commandId, dealId, name: 'sendDocument', args, words },
  );
}

const MOST_NAME = 200;

/** What the sender called it, with the ending of what it is, and nothing that a file system takes for more than a name. */
function fileNameOf(name: string, extension: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[\\/:*?"<>|]+/g, ' ')
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `${[...plain].slice(0, MOST_NAME).join('') || 'Document'}.${extension}`;
}
