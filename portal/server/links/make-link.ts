import type { PersonRow } from '../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { DeviceOutput, DeviceParsed } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { contextOf, type KeptDeal } from '../person/deal-facts.ts';
import { MIN_WORD, normalWord, sha256, slowHash } from '../person/secrets.ts';
import type { NewLink } from '../store/areas/links.ts';
import { linkViewOf, whyNoLink } from './access-view.ts';
import { closingOf, expiryFor, lastDayOf } from './expiry.ts';

/** A preview is opened at once, or not at all. */
const PREVIEW_MS = 60_000;

export type LinkAsk = DeviceParsed<'access/make-link'>;

/** Makes a link for one person of one deal. The deal was read by the caller. */
export async function makeLink(
  context: PortalContext,
  caller: DeviceCaller,
  kept: KeptDeal,
  ask: LinkAsk,
): Promise<Result<DeviceOutput<'access/make-link'>, ApiError>> {
  const person = kept.deal.people.find(({ id }) => id === ask.personId);
  if (person === undefined) return err(notThere());
  const refusal = whyNot(context, kept, person, ask);
  if (refusal !== null) return err(refusal);
  const wordHash = ask.secondStep === 'word' ? await slowHash(normalWord(ask.word)) : '';
  const { token, link } = newLink(context, caller, ask);
  const closing = closingOf(kept.deal.anchors.map((row) => ({ table: 'anchor' as const, row: { ...row } })));
  const made: NewLink = {
    ...{ ...link, kind: 'portal', secondStep: ask.secondStep, wordHash, mayDownload: ask.mayDownload },
    address: ask.secondStep === 'code' ? person.email : '',
    expiresAt: ask.expiresAt ?? expiryFor(closing, context.now()),
    isTiedToClosing: ask.expiresAt === null,
  };
  await keep(context, made, 'make-link');
  const view = linkViewOf({ ...made, revokedAt: null, usedAt: null }, kept.members, context.now());
  return ok({ link: view, url: urlOf(context, token) });
}

/** An address that shows what a person sees: good once, for a minute. */
export async function makePreview(
  context: PortalContext,
  caller: DeviceCaller,
  kept: KeptDeal,
  ask: { readonly dealId: string; readonly personId: string },
): Promise<Result<{ readonly url: string }, ApiError>> {
  const person = kept.deal.people.find(({ id }) => id === ask.personId);
  if (person === undefined) return err(notThere());
  const reason = whyNoLink(person, contextOf(kept, []));
  if (reason !== '') return err({ type: 'not-allowed', message: reason });
  const { token, link } = newLink(context, caller, ask);
  const expiresAt = new Date(context.now().getTime() + PREVIEW_MS).toISOString();
  const open = { kind: 'preview', secondStep: 'none', wordHash: '', address: '', mayDownload: true } as const;
  await keep(context, { ...link, ...open, expiresAt, isTiedToClosing: false }, 'preview');
  return ok({ url: urlOf(context, token) });
}

export function notThere(): ApiError {
  return {
    type: 'not-available',
    message: 'This deal, person or link is not there, or not for you. Nothing was changed.',
  };
}

function whyNot(context: PortalContext, kept: KeptDeal, person: PersonRow, ask: LinkAsk): ApiError | null {
  const reason = whyNoLink(person, contextOf(kept, []));
  if (reason !== '') return { type: 'not-allowed', message: reason };
  if (ask.secondStep === 'word') {
    if (normalWord(ask.word).length < MIN_WORD)
      return bad(
        `Agree on a word of at least ${MIN_WORD} letters, on the phone. Capitals and extra spaces do not count.`,
      );
  } else if (context.mailer === null) {
    return bad('This portal cannot send mail, so no code can go out. Agree on a word instead.');
  } else if (!/^\S+@\S+$/.test(person.email)) {
    return bad(`${person.name} has no e-mail address on this deal. Add one, or agree on a word instead.`);
  }
  if (ask.expiresAt !== null && !(Date.parse(ask.expiresAt) > context.now().getTime()))
    return bad('The last day of the link is over. Choose a later one.');
  return null;
}

function bad(message: string): ApiError {
  return { type: 'bad-request', message };
}

function newLink(context: PortalContext, caller: DeviceCaller, ask: { dealId: string; personId: string }) {
  const token = context.newToken();
  const { workspaceId } = context;
  const { dealId, personId } = ask;
  const madeBy = `member:${caller.member.memberId}`;
  const madeAt = context.now().toISOString();
  return {
    token,
    link: { workspaceId, linkId: context.newId(), dealId, personId, tokenHash: sha256(token), madeAt, madeBy },
  };
}

async function keep(context: PortalContext, link: NewLink, kind: 'make-link' | 'preview'): Promise<void> {
  const { workspaceId, linkId, personId, dealId: unitId, secondStep, mayDownload, expiresAt, madeBy: actor } = link;
  const until = { expiresAt: lastDayOf(expiresAt), endsAt: expiresAt };
  const details = { linkId, personId, secondStep, mayDownload, ...until };
  const at = link.madeAt;
  await context.store.transaction(workspaceId, async (tx) => {
    await tx.links.put(link);
    await tx.audit.append({ workspaceId, unitId, at, actor, kind, details });
  });
}

/** Browsers keep what follows # to themselves: no server, log or referrer sees it. */
function urlOf({ config }: PortalContext, token: string): string {
  return `${config.publicUrl}/#/open/${token}`;
}
