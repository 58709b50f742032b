import { visibleQuestions } from '../../../core/deals/intake.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import { SCENARIOS, SIDES } from '../../../core/deals/model.ts';
import type { IntakeDraft, IntakePlace, IntakeSent } from '../../api/intake-calls.ts';
import type { FormQuestion } from '../../api/person-home.ts';
import type { PortalContext } from '../context.ts';
import type { FoundDraft, IntakeLinkRow, KeptAnswers } from '../store/areas/intakes.ts';
import { DRAFT_DAYS } from './cookie.ts';

/** Whether answers may still be begun and sent through a link. */
export function isIntakeOpen({ revokedAt, expiresAt, uses, maxUses }: IntakeLinkRow, now: Date): boolean {
  return revokedAt === null && Date.parse(expiresAt) > now.getTime() && uses < maxUses;
}

/** Whether a browser may still see what it has the key of. What was sent may be seen to be sent, whatever the link. */
export function isDraftThere({ draft, link }: FoundDraft, now: Date): boolean {
  const isFresh = now.getTime() - Date.parse(draft.updatedAt) < DRAFT_DAYS * 86_400_000;
  return isFresh && (draft.state === 'sent' || isIntakeOpen(link, now));
}

/** What is told of answers on their way. Answers on branches that were left are kept and not told. */
export async function draftView(context: PortalContext, { draft, link }: FoundDraft): Promise<IntakeDraft> {
  const asked = visibleQuestions({ questions: context.rules.questions() }, draft.answers);
  const deletedAt = new Date(Date.parse(draft.updatedAt) + DRAFT_DAYS * 86_400_000).toISOString();
  const { office, nameOf } = await namesOf(context);
  return {
    ...{ at: 'draft', office, askedBy: nameOf(link.madeBy), canMail: context.mailer !== null },
    questions: asked.map(questionView),
    answers: Object.fromEntries(
      asked.flatMap(({ id }) => (Object.hasOwn(draft.answers, id) ? [[id, draft.answers[id] ?? null]] : [])),
    ),
    endsAt: deletedAt < link.expiresAt ? deletedAt : link.expiresAt,
  };
}

/** What is kept of answers once they are those of a deal: enough for the page that says what happens next. */
export function leftOf(
  sent: Pick<IntakeSent, 'scenario' | 'side' | 'reach'> & { readonly ownerId: string },
): KeptAnswers {
  const { scenario, side, reach, ownerId } = sent;
  return { scenario, side, reach, ownerId };
}

export async function sentView(context: PortalContext, { draft, link }: FoundDraft): Promise<IntakeSent> {
  const { office, nameOf } = await namesOf(context);
  const { scenario, side, reach, ownerId } = draft.answers;
  return {
    ...{ at: 'sent', office, owner: nameOf(typeof ownerId === 'string' ? `member:${ownerId}` : link.madeBy) },
    sentAt: draft.sentAt ?? draft.updatedAt,
    scenario: SCENARIOS.find((one) => one === scenario) ?? 'buy',
    side: SIDES.find((one) => one === side) ?? 'buyer',
    reach: reach === 'phone' ? 'phone' : 'email',
  };
}

export function placeOf(context: PortalContext, found: FoundDraft | null): Promise<IntakePlace> {
  if (found === null) return Promise.resolve({ at: 'nobody' });
  return found.draft.state === 'sent' ? sentView(context, found) : draftView(context, found);
}

function questionView({ id, ask, help, kind, options, required, allowUnknown }: Question): FormQuestion {
  return { id, ask, help, kind, options: options.map((one) => ({ ...one })), isRequired: required, allowUnknown };
}

interface Names {
  readonly office: string;
  /** Of `member:<id>`, also of somebody who left; empty when nobody knows. */
  readonly nameOf: (actor: string) => string;
}

export async function namesOf({ store, workspaceId }: PortalContext): Promise<Names> {
  const { office, members } = await store.read(async (read) => ({
    office: (await read.workspaces.get(workspaceId))?.name ?? '',
    members: await read.members.list(workspaceId),
  }));
  const nameOf = (actor: string) => members.find(({ memberId }) => actor === `member:${memberId}`)?.name ?? '';
  return { office, nameOf };
}
