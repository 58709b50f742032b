import type { DocumentFacts } from '../../../core/documents/document.ts';
import { documentsFor } from '../../../core/documents/document-facts.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import { may } from '../../../core/permissions/may.ts';
import { err, ok } from '../../../core/result.ts';
import { DOCUMENT_PATH } from '../../api/person-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { type OpenedDocument, openDocument } from '../files/open-document.ts';
import { watchRight } from '../files/watch-right.ts';
import type { CodeRow } from '../store/areas/codes.ts';
import { contextOf } from './deal-facts.ts';
import { note, personOf } from './home-call.ts';
import { count, look } from './limits.ts';
import { sha256 } from './secrets.ts';
import { isLinkOpen, isSessionOpen } from './session.ts';
import type { PersonHandler, PersonHandlers, Visitor } from './types.ts';

/** A ticket is for one download that begins within a minute. */
const TICKET_MS = 60_000;

const NOT_YOURS: ApiError = {
  type: 'not-available',
  message: 'This paper is not here for you. Ask your coordinator if you expected it.',
};
const LOOK_ONLY: ApiError = {
  type: 'not-allowed',
  message: 'You are looking as somebody else, so no file is handed out here. Open it on the page of the deal.',
};

const documentTicket: PersonHandler<'document-ticket'> = async (context, { visitor }, { versionId, use }) => {
  const of = visitor.session.sessionHash;
  const busy = (await look(context, { rule: 'denials', of })) ?? (await count(context, { rule: 'reads', of }));
  if (busy !== null) return err(busy);
  if (visitor.isPreview) return err(LOOK_ONLY);
  const judged = await judge(context, visitor, { versionId, use });
  if (judged.document === null) {
    await count(context, { rule: 'denials', of });
    // What was asked for is told only where it is one of this deal: anything else is a guess.
    await note(context, visitor, 'denied', { title: judged.title, versionId: judged.title === '' ? null : versionId });
    return err(NOT_YOURS);
  }
  const ticket = await makeTicket(context, visitor, { versionId, use });
  return ok({ url: `${context.config.filesUrl}${DOCUMENT_PATH}`, ticket, fileName: judged.document.fileName });
};

export const documentHandlers = { 'document-ticket': documentTicket } satisfies Partial<PersonHandlers>;

/** Reading shows a paper on the page, also where the link hands out no files; a download is a file of one's own. */
interface Wish {
  readonly versionId: string;
  readonly use: 'read' | 'download';
}

interface Judged {
  /** Null when it is not for this person now, or there is none: both are told alike. */
  readonly document: DocumentFacts | null;
  /** Of the line, as the team reads it; empty for what is not on this deal. */
  readonly title: string;
}

async function judge(context: PortalContext, visitor: Visitor, { versionId, use }: Wish): Promise<Judged> {
  const found = await personOf(context, visitor);
  if (found === null) return { document: null, title: '' };
  const { kept, person } = found;
  const off = visitor.link.mayDownload ? [] : [person.id];
  const document = documentsFor(kept.deal, person.role).find(({ id }) => id === versionId) ?? null;
  const actor = partyActor(person, kept.deal.row);
  const action = use === 'read' ? 'see' : 'download';
  const isTheirs = document !== null && may(actor, action, { type: 'document', document }, contextOf(kept, off)).ok;
  const lineId = kept.deal.versions.find(({ id }) => id === versionId)?.lineId;
  const title = kept.deal.lines.find(({ id }) => id === lineId)?.title ?? '';
  return { document: isTheirs ? document : null, title };
}

async function makeTicket(context: PortalContext, { session }: Visitor, wish: Wish): Promise<string> {
  const { workspaceId } = context;
  const now = context.now();
  const ticket = context.newToken();
  await context.store.transaction(workspaceId, ({ codes }) =>
    codes.put({
      ...{ workspaceId, codeId: context.newId(), kind: 'ticket', subject: session.sessionHash },
      address: `${wish.use} ${wish.versionId}`,
      ...{ browserHash: session.browserHash, hash: sha256(ticket), madeAt: now.toISOString(), triesLeft: 1 },
      expiresAt: new Date(now.getTime() + TICKET_MS).toISOString(),
    }),
  );
  return ticket;
}

/**
 * What a ticket fetches: once, within its minute, while its session and link count, and only if the person may have the
 * document at this moment. Null otherwise, whatever the reason.
 */
export async function redeem(
  context: PortalContext,
  ticket: string,
): Promise<(OpenedDocument & Pick<Wish, 'use'>) | null> {
  const { workspaceId, store } = context;
  const at = context.now().toISOString();
  const taken = await store.transaction(workspaceId, async ({ codes }): Promise<CodeRow | null> => {
    const kept = await codes.byHash(workspaceId, 'ticket', sha256(ticket));
    return kept !== null && (await codes.use(workspaceId, kept.codeId, at)) ? kept : null;
  });
  if (taken === null) return null;
  const visitor = await holderOf(context, taken.subject);
  if (visitor === null) return null;
  const wish = wishOf(taken);
  const { document } = await judge(context, visitor, wish);
  if (document === null) return null;
  const { dealId } = visitor.link;
  const opened = await openDocument(context, { workspaceId, dealId, versionId: document.id });
  if (!opened.ok) return null;
  const { sha256: contents, title, version } = document;
  const kind = wish.use === 'read' ? 'view' : 'download';
  await note(context, visitor, kind, { versionId: document.id, sha256: contents, title, version }).catch((error) => {
    opened.value.stream.destroy();
    throw error;
  });
  const { facts, stream } = opened.value;
  // A right that ends while the paper is on its way ends the way.
  const isAllowed = () => mayStill(context, taken);
  const onLost = () => void stream.destroy(new Error('the right to this paper ended'));
  stream.once('close', watchRight({ context, dealId, memberId: null, isAllowed, onLost }));
  return { ...opened.value, use: wish.use, facts: { ...facts, title, fileName: document.fileName } };
}

/** What a ticket was given for; one of before there were two uses is a download. */
function wishOf({ address }: Pick<CodeRow, 'address'>): Wish {
  const [use, ...rest] = address.split(' ');
  if (rest.length === 0) return { use: 'download', versionId: address };
  return { use: use === 'read' ? 'read' : 'download', versionId: rest.join(' ') };
}

/** Whether whoever holds a ticket may still have its paper. Time without use counts nothing while it is on its way. */
async function mayStill(context: PortalContext, { subject, address }: CodeRow): Promise<boolean> {
  const { workspaceId } = context;
  const found = await context.store.read(({ sessions }) => sessions.byHash(workspaceId, subject));
  if (found === null || found.session.revokedAt !== null || !isLinkOpen(found.link, context.now())) return false;
  return (await judge(context, { ...found, isPreview: false }, wishOf({ address }))).document !== null;
}

async function holderOf({ store, workspaceId, now }: PortalContext, sessionHash: string): Promise<Visitor | null> {
  const found = await store.read(({ sessions }) => sessions.byHash(workspaceId, sessionHash));
  if (found === null || found.session.confirmedAt === null || found.link.kind === 'preview') return null;
  const isOpen = isSessionOpen(found.session, now()) && isLinkOpen(found.link, now());
  return isOpen ? { ...found, isPreview: false } : null;
}
