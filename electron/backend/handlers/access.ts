import { renderSVG } from 'uqr';
import { addDays } from '../../../core/deadlines/plain-date.ts';
import { unitFacts } from '../../../db/sync/load-unit.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { Answered } from '../../contract/sync.ts';
import { askPortal } from '../sync/ask-portal.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

/** Who may see what of a deal, and the links of its people: kept and judged by the portal. */

export async function getAccess(
  { sync, db }: Open,
  input: ParsedInput<'access:get'>,
): Promise<CallOutput<'access:get'>> {
  const answer = await askPortal(sync, 'access/get', input);
  if (answer.kind === 'ok' || answer.type !== 'refused') return answer;
  // The portal does not know a deal that was opened a moment ago: it will, so this is worth asking again.
  const isOnItsWay = unitFacts(db.read, input.dealId)?.version === 0;
  return isOnItsWay ? { kind: 'no', type: 'offline', sentence: ON_ITS_WAY } : answer;
}

const ON_ITS_WAY = 'This deal is on its way to the portal. Nothing is lost; ask again in a moment.';

export async function setDealMember(
  open: Open,
  input: ParsedInput<'access:set-member'>,
): Promise<CallOutput<'access:set-member'>> {
  return changed(open, input, await askPortal(open.sync, 'access/set-member', input));
}

/**
 * The address and its picture are told this once. The last day counts to its end wherever in the country it ends last,
 * as for links that follow the closing date.
 */
export async function makeLink(
  open: Open,
  { expiresOn, ...input }: ParsedInput<'access:make-link'>,
): Promise<CallOutput<'access:make-link'>> {
  const expiresAt = expiresOn === null ? null : `${addDays(expiresOn, 1)}T12:00:00.000Z`;
  const made = changed(open, input, await askPortal(open.sync, 'access/make-link', { ...input, expiresAt }));
  if (made.kind === 'no') return made;
  const qr = renderSVG(made.value.url, { ecc: 'M', border: 2 });
  return { kind: 'ok', value: { ...made.value, qr } };
}

export async function revokeLink(
  open: Open,
  input: ParsedInput<'access:revoke-link'>,
): Promise<CallOutput<'access:revoke-link'>> {
  return changed(open, input, await askPortal(open.sync, 'access/revoke-link', input));
}

export async function setLinkDownload(
  open: Open,
  input: ParsedInput<'access:set-download'>,
): Promise<CallOutput<'access:set-download'>> {
  return changed(open, input, await askPortal(open.sync, 'access/set-download', input));
}

export async function previewAs(
  open: Open,
  input: ParsedInput<'access:preview'>,
): Promise<CallOutput<'access:preview'>> {
  return changed(open, input, await askPortal(open.sync, 'access/preview', input));
}

/** Tells every window that shows who has access to this deal, or its trail. */
function changed<T>(open: Open, { dealId }: { readonly dealId: string }, answer: Answered<T>): Answered<T> {
  if (answer.kind === 'ok') open.deps.emit({ type: 'access:changed', dealId });
  return answer;
}
