import { createHash } from 'node:crypto';
import type { CommandName } from '../../../core/commands/registry.ts';
import { err, type Result } from '../../../core/result.ts';
import type { PersonCallName, PersonParsed } from '../../api/person-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { actAs, answeredBefore } from '../sync/act.ts';
import { countDeal } from './deal-facts.ts';
import { type Eye, eyeOf } from './home/eye.ts';
import { personOf } from './home-call.ts';
import { count } from './limits.ts';
import { secondStepOf } from './open.ts';
import { NOT_SIGNED_IN } from './session.ts';
import type { Visitor } from './types.ts';

/** What approves or acknowledges rests on a second step that is no older than this, in milliseconds. */
export const FRESH_MS = 15 * 60_000;

/** Told to a coordinator who looks as somebody else. */
export const LOOK_ONLY: ApiError = {
  type: 'not-allowed',
  message: 'You are looking as somebody else, so nothing can be done here. Do it on the deal itself.',
};
const DEAL_IS_OVER =
  'This deal is over, so nothing on it changes any more. Call your coordinator if something is missing or wrong.';

/** What is not there for somebody is told like what is not there at all. */
export const NOT_HERE: ApiError = {
  type: 'not-available',
  message: 'That is not here for you, or not any more. Load the page again, or ask your coordinator.',
};

/** Somebody who may act on their deal now, and the deal as they see it. */
export interface Ready {
  readonly context: PortalContext;
  readonly visitor: Visitor;
  readonly eye: Eye;
  readonly actId: string;
  /** The server's time. */
  readonly at: string;
}

/** The command that an act is. */
export interface Step {
  readonly name: CommandName;
  readonly args: unknown;
}

type ActName = {
  [N in PersonCallName]: PersonParsed<N> extends { readonly actId: string } ? N : never;
}[PersonCallName];
type Acted = Result<{ readonly done: true }, ApiError>;

/**
 * The handler of one act. Refused in a look as somebody else, too often, off the deal, and (`isFresh`) with a second step
 * older than 15 minutes: the page then asks for that step and sends the same act again. An act that was answered before is
 * answered alike, whatever the deal is like by now.
 */
export function actHandler<N extends ActName>(
  call: N,
  stepOf: (ready: Ready, words: PersonParsed<N>) => Result<Step, ApiError>,
  { isFresh = false }: { readonly isFresh?: boolean } = {},
): (
  context: PortalContext,
  request: { readonly visitor: Visitor },
  words: PersonParsed<N> & { readonly actId: string },
) => Promise<Acted> {
  return async (context, { visitor }, words) => {
    if (visitor.isPreview) return err(LOOK_ONLY);
    const busy = await count(context, { rule: 'acts', of: visitor.session.sessionHash });
    if (busy !== null) return err(busy);
    const { linkId, personId, dealId } = visitor.link;
    const trailActor = `party:${personId}`;
    const act = { commandId: words.actId, dealId, words: { call, ...words } };
    const before = await answeredBefore(context, { trailActor }, act);
    if (before !== null) return before;
    if (isFresh && !isSure(visitor, context.now())) return err(confirmAgain(visitor));
    const ready = await readyFor(context, visitor, words.actId);
    if (ready === null) return err(NOT_SIGNED_IN);
    const step = stepOf(ready, words);
    if (!step.ok) return step;
    const who = { actor: ready.eye.actor, trailActor, details: { linkId, personId } };
    const done = await actAs(context, who, { ...act, ...step.value });
    const isOver = !done.ok && done.error.type === 'refused' && ready.eye.isOver;
    return isOver ? err({ ...done.error, message: DEAL_IS_OVER }) : done;
  };
}

/** The deal as this person sees it now; null when they were taken off it. */
async function readyFor(context: PortalContext, visitor: Visitor, actId: string): Promise<Ready | null> {
  const found = await personOf(context, visitor);
  if (found === null) return null;
  const { kept, person } = found;
  const now = context.now();
  const counted = countDeal(kept, context.rules, now);
  const eye = eyeOf({ kept, person, counted, mayDownload: visitor.link.mayDownload });
  return eye === null ? null : { context, visitor, eye, actId, at: now.toISOString() };
}

/**
 * The id of a row that an act makes. Not the page's own: rows of all deals lie in one table on a desktop, and a page could
 * name one of another deal.
 */
export function rowIdOf({ visitor, actId }: Pick<Ready, 'visitor' | 'actId'>, part = ''): string {
  const { workspaceId, dealId, personId } = visitor.link;
  const text = [workspaceId, dealId, personId, actId, part].join('\n');
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function isSure({ session }: Visitor, now: Date): boolean {
  return session.confirmedAt !== null && now.getTime() - Date.parse(session.confirmedAt) <= FRESH_MS;
}

function confirmAgain({ link }: Visitor): ApiError {
  const how = link.secondStep === 'word' ? 'with the word you agreed on' : 'with a code from your e-mail';
  const message = `Show again that it is you, ${how}. What you chose is kept, and nothing was sent yet.`;
  return { type: 'confirm-again', message, second: secondStepOf(link) };
}
