import { bankNumberIn } from '../../../core/commands/refusals.ts';
import { dealOfIntake, formOfState } from '../../../core/deals/deal-of-intake.ts';
import { finishIntake, type IntakeResult } from '../../../core/deals/intake.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import type { IntakeSent } from '../../api/intake-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { holdLease } from '../files/lock.ts';
import { dayIn } from '../person/deal-facts.ts';
import { count } from '../person/limits.ts';
import { sha256 } from '../person/secrets.ts';
import type { FoundDraft } from '../store/areas/intakes.ts';
import { actAs } from '../sync/act.ts';
import { ownerOf } from './owner.ts';
import { isDraftThere, leftOf, sentView } from './place.ts';
import type { IntakeHandler, IntakeHandlers } from './types.ts';
import { NO_ANSWERS } from './write.ts';

const NOT_TAKEN: ApiError = {
  type: 'conflict',
  message: 'Your answers could not be taken, and they are kept. Try again, or call your coordinator.',
};

/** A second send, by a button pressed twice or a lost answer, finds the deal there and says the same. */
const send: IntakeHandler<'send'> = async (context, { found }, { words }) => {
  if (found === null) return err(NO_ANSWERS);
  if (found.draft.state === 'sent') return ok(await sentView(context, found));
  const busy = await count(context, { rule: 'intakeSends', of: found.draft.draftId });
  if (busy !== null) return err(busy);
  // One after another through a link, so that one that is good for so many deals makes no more.
  const lease = await holdLease(context, { name: `intake:${found.link.linkId}` });
  if (lease === null) return err(NOT_TAKEN);
  try {
    return await sendHeld(context, found.draft.keyHash, words);
  } finally {
    await lease.release();
  }
};

async function sendHeld(context: PortalContext, keyHash: string, words: string): Promise<Result<IntakeSent, ApiError>> {
  const { store, workspaceId } = context;
  // Read anew: what was open a moment ago may be sent, or its link used up or revoked.
  const found = await store.read(({ intakes }) => intakes.draftByKey(workspaceId, keyHash));
  if (found === null || !isDraftThere(found, context.now())) return err(NO_ANSWERS);
  if (found.draft.state === 'sent') return ok(await sentView(context, found));
  const finished = finishIntake({ questions: context.rules.questions() }, found.draft.answers);
  if (!finished.ok) return err({ type: 'bad-request', message: finished.error.message });
  const said = Object.values(found.draft.answers).filter((answer) => typeof answer === 'string');
  const bank = bankNumberIn([words, ...said]);
  if (bank !== null) return err({ type: 'bad-request', message: bank.message });
  const ownerId = await ownerOf(context, found.link.madeBy, finished.value);
  if (ownerId === null) return err(NOT_TAKEN);
  const opened = await openDeal(context, found, { result: finished.value, ownerId, words });
  if (!opened.ok && !(await isThere(context, found))) return opened;
  const sent = await noteSent(context, found, { result: finished.value, ownerId });
  return sent === null ? err(NOT_TAKEN) : ok(await sentView(context, sent));
}

export const sendHandlers = { send } satisfies Partial<IntakeHandlers>;

interface Finished {
  readonly result: IntakeResult;
  readonly ownerId: string;
}

async function openDeal(
  context: PortalContext,
  { draft, link }: FoundDraft,
  { result, ownerId, words }: Finished & { readonly words: string },
): Promise<Result<null, ApiError>> {
  const { draftId, dealId } = draft;
  const { linkId: intakeId } = link;
  const at = context.now().toISOString();
  const forms = context.rules.stateForms();
  const zone = context.rules.pack(formOfState(result.state, forms)?.packId ?? '')?.zone ?? 'America/New_York';
  const answeredOn = dayIn(zone, context.now());
  const args = dealOfIntake({ result, forms, dealId, ownerId, intakeId, words, answeredOn, at });
  if (args === null) return err(NOT_TAKEN);
  const who = { actor: { kind: 'system' }, trailActor: 'system', details: { linkId: intakeId } } as const;
  const { at: _, ...said } = args;
  // Sent again as it was, it is the same act; with an answer changed it is another one.
  const commandId = `${draftId}.${sha256(canonicalJson(said)).slice(0, 16)}`;
  const done = await actAs(context, who, { commandId, dealId, name: 'createDeal', args });
  if (done.ok) return ok(null);
  context.log.warn('answers of an intake were not taken', { draftId, type: done.error.type });
  return err(done.error.type === 'away' ? done.error : NOT_TAKEN);
}

/** The deal was opened by the send before this one, whose end was lost. */
async function isThere({ store, workspaceId }: PortalContext, { draft }: FoundDraft): Promise<boolean> {
  const unit = await store.read((read) => read.units.get(workspaceId, draft.dealId));
  return unit !== null && unit.version > 0;
}

async function noteSent(
  { store, workspaceId, now }: PortalContext,
  { draft, link }: FoundDraft,
  { result, ownerId }: Finished,
): Promise<FoundDraft | null> {
  const { scenario, side, people } = result;
  const reach = people[0]?.phone ? 'phone' : 'email';
  return store.transaction(workspaceId, async ({ intakes }) => {
    await intakes.sent(workspaceId, draft.draftId, leftOf({ scenario, side, reach, ownerId }), now().toISOString());
    const kept = await intakes.draftByKey(workspaceId, draft.keyHash);
    return kept === null || kept.draft.state !== 'sent' ? null : { ...kept, link };
  });
}
