import { createHash } from 'node:crypto';
import type { Command } from '../../../core/commands/types.ts';
import type { PartyActor, SystemActor } from '../../../core/permissions/actor.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { Answer } from '../../../core/sync/accept.ts';
import { digestOf } from '../../../core/sync/canonical.ts';
import { DEFECT_TYPE } from '../../../core/sync/decide.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { isLinkOpen, NOT_SIGNED_IN } from '../person/session.ts';
import { storeFailureOf } from '../store/failures.ts';
import type { Read } from '../store/types.ts';
import { answerOf } from './command-answer.ts';
import { dealCacheOf } from './deal-cache.ts';
import type { Author } from './decide-on.ts';
import { type Judged, judge } from './judge.ts';

/** Who acts at the server itself: a person through their page, or a job of ours. */
export interface Acting {
  readonly actor: PartyActor | SystemActor;
  /** `party:<personId>` or `system`: in log and trail. */
  readonly trailActor: string;
  /** Into the trail with it. A person's names their link (`linkId`), which must count when the act is written. */
  readonly details?: Readonly<Record<string, string>>;
}

export interface Act {
  /** Made once for each act by whoever acts; sent again it is answered as before. */
  readonly commandId: string;
  readonly dealId: string;
  readonly name: string;
  readonly args: unknown;
  /** What was sent, by which a repeat is known; the arguments without the server's times (`at`, `on`) when not given. */
  readonly words?: unknown;
}

type Acted = Result<{ readonly done: true }, ApiError>;

/**
 * One command of a person or of a job, in one transaction as those of desktops: the same rule, then rows, log and trail,
 * and a poke to every desktop that sees the deal. A rule's refusal is `refused` with its sentence, a rule that throws is a
 * `defect`; both are kept, so that a repeat is answered alike. Throws only where the database cannot be reached: then
 * nothing was written, and the same act may be sent again.
 */
export async function actAs(context: PortalContext, who: Acting, act: Act): Promise<Acted> {
  const { commandId: id, dealId, name, args } = act;
  const command: Command = { id, dealId, name, args, at: context.now().toISOString() };
  const judged = await takeAct(context, who, { command, digest: digestOfAct(act) });
  if (judged === null) return err(NOT_SIGNED_IN);
  for (const thrown of judged.thrown) context.log.defect(`command ${id}`, thrown);
  if (judged.kept !== null) dealCacheOf(context.store).put(dealId, judged.kept);
  return replyOf(judged.answer);
}

/**
 * How this very act was answered before; null for a new one, or for other words under its id. Whatever the deal is like by
 * now, a repeat is told what became of it then.
 */
export async function answeredBefore(
  { store, workspaceId }: PortalContext,
  { trailActor }: Pick<Acting, 'trailActor'>,
  act: Omit<Act, 'name' | 'args'> & { readonly words: unknown },
): Promise<Acted | null> {
  const known = await store.read((read) => read.commands.byId(workspaceId, act.commandId));
  const isSame = known !== null && known.actor === trailActor && known.digest === digestOfAct(act);
  return isSame ? replyOf(answerOf(known.reply)) : null;
}

interface Wanted {
  readonly command: Command;
  readonly digest: string;
}

/** Null when the person is not on the deal any more, or their link is over. */
async function takeAct(context: PortalContext, who: Acting, wanted: Wanted): Promise<Judged | null> {
  const { store, workspaceId, log } = context;
  const author = authorOf(who);
  const run = (isPoisoned: boolean) =>
    store.transaction(workspaceId, async (tx) => {
      if (who.actor.kind === 'party' && !(await mayStillAct(context, tx, who, wanted.command.dealId))) return null;
      const deps = { context, cache: dealCacheOf(store), tx, author };
      return judge(deps, { ...wanted, deviceId: null, isPoisoned });
    });
  try {
    return await run(false);
  } catch (error) {
    if (storeFailureOf(error) !== null) throw error;
    log.defect(`command ${wanted.command.id}`, error);
    return run(true);
  }
}

/** Looked at again inside the transaction: a link that was revoked a moment ago writes nothing. */
async function mayStillAct(
  { workspaceId, now }: PortalContext,
  read: Read,
  { actor, details }: Acting,
  dealId: string,
): Promise<boolean> {
  if (actor.kind !== 'party') return true;
  const person = await read.rows.get(workspaceId, dealId, 'person', actor.personId);
  if (person?.row?.role !== actor.role) return false;
  const { linkId } = details ?? {};
  if (linkId === undefined) return true;
  const link = await read.links.get(workspaceId, linkId);
  return link !== null && link.dealId === dealId && link.personId === actor.personId && isLinkOpen(link, now());
}

/** A person is on the deal, or nothing of theirs is judged (`mayStillAct`); a job of ours is on every one. */
function authorOf({ actor, trailActor, details }: Acting): Author {
  return { actor, name: trailActor, details: details ?? {}, memberId: null, isOnDeal: async () => true };
}

function replyOf(answer: Answer): Acted {
  if (answer.outcome === 'done') return ok({ done: true });
  const { type, message } = answer.refusal;
  return err({ type: type === DEFECT_TYPE ? 'defect' : 'refused', message });
}

/** Of what was sent, not of when: the server's clock goes on between two times of the same act. */
function digestOfAct({ commandId: id, dealId, ...act }: Pick<Act, 'commandId' | 'dealId'> & Partial<Act>): string {
  const said = { id, dealId, at: '' };
  if (act.words !== undefined) return digestOf({ ...said, name: '', args: act.words }, sha256);
  const { name = '', args } = act;
  const isPlain = typeof args !== 'object' || args === null;
  const words = isPlain
    ? args
    : Object.fromEntries(Object.entries(args).filter(([key]) => key !== 'at' && key !== 'on'));
  return digestOf({ ...said, name, args: words }, sha256);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
