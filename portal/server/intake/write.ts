import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { answerQuestion } from '../../../core/deals/intake.ts';
import { err, ok } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { count } from '../person/limits.ts';
import { hiddenAddress, sha256 } from '../person/secrets.ts';
import type { FoundDraft } from '../store/areas/intakes.ts';
import { resumeMail } from './mail.ts';
import { draftView } from './place.ts';
import type { IntakeHandler, IntakeHandlers } from './types.ts';

/** Told to everybody whose answers or link do not count, whatever the reason. */
export const NO_ANSWERS: ApiError = {
  type: 'not-signed-in',
  message: 'Your answers are not here. Open the link that your coordinator gave you again.',
};

const answer: IntakeHandler<'answer'> = async (context, { found }, { questionId, value }) => {
  const { store, workspaceId, rules, now } = context;
  const { draftId, answers } = found.draft;
  const busy = await count(context, { rule: 'intakeAnswers', of: draftId });
  if (busy !== null) return err(busy);
  const at = now().toISOString();
  const today = plainDate(at.slice(0, 10));
  const next = answerQuestion({ questions: rules.questions() }, answers, { questionId, value, today });
  if (!next.ok) return err({ type: 'wrong-answer', message: next.error.message });
  const isKept = await store.transaction(workspaceId, ({ intakes }) =>
    intakes.setAnswers(workspaceId, draftId, next.value, at),
  );
  if (!isKept) return err(NO_ANSWERS);
  return ok(await draftView(context, { ...found, draft: { ...found.draft, answers: next.value, updatedAt: at } }));
};

const goOn: IntakeHandler<'continue'> = async (context, { found }) => {
  const busy = await count(context, { rule: 'intakeWaysBack', of: found.draft.draftId });
  if (busy !== null) return err(busy);
  const url = await wayBack(context, found);
  return url === null ? err(NO_ANSWERS) : ok({ url });
};

const mailLink: IntakeHandler<'mail-link'> = async (context, { found }) => {
  const { draft, link } = found;
  const to = draft.answers.clientEmail;
  if (context.mailer === null)
    return err({ type: 'not-allowed', message: 'This portal cannot send mail. Copy the link instead.' });
  if (typeof to !== 'string' || to === '')
    return err({ type: 'bad-request', message: 'Answer the question about your e-mail address first.' });
  const busy =
    (await count(context, { rule: 'intakeMails', of: draft.draftId })) ??
    (await count(context, { rule: 'intakeMailsPerLink', of: link.linkId }));
  if (busy !== null) return err(busy);
  const url = await wayBack(context, found);
  if (url === null) return err(NO_ANSWERS);
  const { office } = await draftView(context, found);
  const sent = await context.mailer.send(resumeMail({ to, url, office }));
  if (!sent.sent)
    return err({ type: 'away', message: 'The mail could not be sent now. Copy the link instead, or try again later.' });
  return ok({ sentTo: hiddenAddress(to) });
};

const clear: IntakeHandler<'clear'> = async ({ store, workspaceId }, { found, keep }) => {
  keep(null);
  await store.transaction(workspaceId, ({ intakes }) => intakes.deleteDraft(workspaceId, found.draft.draftId));
  return ok({ done: true });
};

export const writeHandlers = { answer, continue: goOn, 'mail-link': mailLink, clear } satisfies Partial<IntakeHandlers>;

/** An address with a new key; null once the answers were sent. Browsers keep what follows # to themselves. */
async function wayBack(context: PortalContext, { draft }: FoundDraft): Promise<string | null> {
  const { store, workspaceId, config } = context;
  const key = context.newToken();
  const at = context.now().toISOString();
  const isKept = await store.transaction(workspaceId, ({ intakes }) =>
    intakes.setResume(workspaceId, draft.draftId, sha256(key), at),
  );
  return isKept ? `${config.publicUrl}/begin#/resume/${key}` : null;
}
