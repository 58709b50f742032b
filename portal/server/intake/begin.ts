import { err, ok } from '../../../core/result.ts';
import type { PortalContext } from '../context.ts';
import { count } from '../person/limits.ts';
import { countMiss, DEAD_LINK, judgeMisses } from '../person/open.ts';
import { sha256 } from '../person/secrets.ts';
import type { FoundDraft } from '../store/areas/intakes.ts';
import type { Tx } from '../store/types.ts';
import { isDraftThere, isIntakeOpen, namesOf, placeOf } from './place.ts';
import type { IntakeHandler, IntakeHandlers, IntakeRequest } from './types.ts';

const where: IntakeHandler<'where'> = async (context, { found }) => ok(await placeOf(context, found));

/** Writes nothing of a link that works: programs that open links by themselves use nothing up. */
const look: IntakeHandler<'look'> = async (context, request, { token }) => {
  const busy = await judgeMisses(context, request.address);
  if (busy !== null) return err(busy);
  const { store, workspaceId, now } = context;
  const tokenHash = sha256(token);
  const link = await store.read(({ intakes }) => intakes.linkByTokenHash(workspaceId, tokenHash));
  const isMine = request.found !== null && request.found.link.tokenHash === tokenHash;
  if (link === null || !(isMine || isIntakeOpen(link, now()))) {
    await store.transaction(workspaceId, (tx) => deny(tx, context, link?.linkId ?? null));
    return miss(context, request);
  }
  const { office, nameOf } = await namesOf(context);
  return ok({ office, askedBy: nameOf(link.madeBy), hasBegun: isMine });
};

/** Whoever opens the link a second time in the same browser goes on where they were. */
const open: IntakeHandler<'open'> = async (context, request, { token }) => {
  const busy = (await judgeMisses(context, request.address)) ?? (await tooMany(context, request.address));
  if (busy !== null) return err(busy);
  const tokenHash = sha256(token);
  const own = request.found;
  if (own !== null && own.link.tokenHash === tokenHash) return ok(await placeOf(context, own));
  const key = context.newToken();
  const begun = await begin(context, tokenHash, sha256(key));
  if (begun === 'full') return err((await count(context, { rule: 'intakesPerLink', of: tokenHash })) ?? DEAD_LINK);
  if (begun === null) return miss(context, request);
  request.keep(key);
  return ok(await placeOf(context, begun));
};

const resume: IntakeHandler<'resume'> = async (context, request, { token }) => {
  const busy = (await judgeMisses(context, request.address)) ?? (await tooMany(context, request.address));
  if (busy !== null) return err(busy);
  const { store, workspaceId } = context;
  const found = await store.read(({ intakes }) => intakes.draftByKey(workspaceId, sha256(token)));
  if (found === null || !isDraftThere(found, context.now())) {
    await store.transaction(workspaceId, (tx) => deny(tx, context, found?.link.linkId ?? null));
    return miss(context, request);
  }
  request.keep(token);
  return ok(await placeOf(context, found));
};

export const beginHandlers = { where, look, open, resume } satisfies Partial<IntakeHandlers>;

function tooMany(context: PortalContext, address: string) {
  return count(context, { rule: 'intakesPerAddress', of: address });
}

async function miss(context: PortalContext, { address }: IntakeRequest) {
  await countMiss(context, address);
  return err(DEAD_LINK);
}

/** Whether the link is unknown, over, revoked or used up, the same is looked up and the same is written. */
async function begin(context: PortalContext, tokenHash: string, keyHash: string): Promise<FoundDraft | 'full' | null> {
  const { store, workspaceId } = context;
  const now = context.now();
  const link = await store.read(({ intakes }) => intakes.linkByTokenHash(workspaceId, tokenHash));
  if (link !== null && isIntakeOpen(link, now)) {
    if ((await count(context, { rule: 'intakesPerLink', of: tokenHash })) !== null) return 'full';
  }
  return store.transaction(workspaceId, async (tx) => {
    const held = await tx.intakes.linkByTokenHash(workspaceId, tokenHash);
    if (held === null || !isIntakeOpen(held, now)) {
      await deny(tx, context, held?.linkId ?? null);
      return null;
    }
    const [draftId, dealId] = [context.newId(), context.newId()];
    const { linkId } = held;
    await tx.intakes.putDraft({ workspaceId, draftId, linkId, keyHash, dealId, madeAt: now.toISOString() });
    return tx.intakes.draftByKey(workspaceId, keyHash);
  });
}

async function deny(tx: Tx, { workspaceId, now }: PortalContext, linkId: string | null): Promise<void> {
  const row = { workspaceId, unitId: 'workspace', at: now().toISOString(), actor: 'unknown', kind: 'denied' };
  await tx.audit.append({ ...row, details: { what: 'open', linkId } });
}
