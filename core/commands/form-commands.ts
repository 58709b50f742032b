import { z } from 'zod';
import type { FormRow } from '../deals/model.ts';
import { type Actor, mayChangeDeal } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, isSame, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { decideFacts } from './milestone-commands.ts';
import { bankNumberIn, idTaken, needsReason, notOnDeal } from './refusals.ts';
import { FactsArg, IdArg, InstantArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

const QuestionId = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);
const OnForm = z.strictObject({ formId: IdArg, at: InstantArg });

/** The commands on forms: questions for one person, whose answers become facts once the coordinator has taken them. */
export const formCommands = {
  askForm: defineCommand({
    args: OnForm.extend({ personId: IdArg, title: Line, questionIds: z.array(QuestionId).min(1).max(40) }),
    mayRun: mayChangeDeal,
    decide: (scope, { formId: id, at, ...words }, actor) => {
      const deal = scope.deal;
      if (deal === null || !deal.people.some((person) => person.id === words.personId)) return err(notOnDeal);
      const there = deal.forms.find((form) => form.id === id);
      if (there !== undefined) return isSame(there.questionIds, words.questionIds) ? ok([]) : err(idTaken('form'));
      const row: FormRow = {
        ...words,
        ...{ id, dealId: deal.row.id, state: 'asked', answers: {}, askedBy: idOf(actor) ?? 'system', askedAt: at },
        ...{ sentAt: null, decidedAt: null, reason: '' },
      };
      return ok([insert('form', row)]);
    },
    label: ({ title, personId }, _changes, scope) => `Asked ${nameOf(scope, personId)}: ${quote(title)}`,
  }),

  /** The person's answers, checked against the questions by whoever takes them in. */
  sendForm: defineCommand({
    args: OnForm.extend({ answers: FactsArg }),
    mayRun: (actor, scope, { formId }) => mayAnswer(actor, scope, formId),
    decide: (scope, { formId, answers, at }) =>
      onForm(scope, formId, (form) => {
        if (form.state === 'sent' && isSame(form.answers, answers)) return ok([]);
        if (form.state === 'taken' || form.state === 'withdrawn') return err(isOver);
        const asked = new Set(form.questionIds);
        if (Object.keys(answers).some((name) => !asked.has(name)))
          return err({ type: 'BadArgs', message: 'That question is not part of this form. Open it again.' });
        const bank = bankNumberIn(Object.values(answers).filter((answer) => typeof answer === 'string'));
        if (bank !== null) return err(bank);
        return ok(update('form', form, { answers, state: 'sent', sentAt: at, reason: '' }));
      }),
    label: ({ formId }, _changes, scope) => `Answered ${titleOf(scope, formId)}`,
  }),

  takeForm: defineCommand({
    /** `sentAt`: of the answers that the coordinator read. A step of before there was this has none. */
    args: OnForm.extend({ sentAt: InstantArg.nullable().optional() }),
    mayRun: mayChangeDeal,
    decide: (scope, { formId, at, sentAt }) =>
      onForm(scope, formId, (form) => {
        if (form.state === 'taken') return ok([]);
        if (form.state !== 'sent') return err(notSent);
        if (sentAt !== undefined && sentAt !== form.sentAt) return err(answeredAgain);
        const facts = decideFacts(scope, form.answers);
        return facts.ok ? ok([...facts.value, ...update('form', form, { state: 'taken', decidedAt: at })]) : facts;
      }),
    label: ({ formId }, _changes, scope) => `Took the answers of ${titleOf(scope, formId)}`,
  }),

  returnForm: defineCommand({
    args: OnForm.extend({ reason: OptionalLine }),
    mayRun: mayChangeDeal,
    decide: (scope, { formId, reason, at }) =>
      onForm(scope, formId, (form) => {
        if (form.state === 'returned') return ok([]);
        if (form.state !== 'sent') return err(notSent);
        if (reason === '') return err(needsReason('what is to be answered again'));
        return ok(update('form', form, { state: 'returned', decidedAt: at, reason }));
      }),
    label: ({ formId, reason }, _changes, scope) => `Sent back ${titleOf(scope, formId)}: ${quote(reason)}`,
  }),

  withdrawForm: defineCommand({
    args: OnForm,
    mayRun: mayChangeDeal,
    decide: (scope, { formId, at }) =>
      onForm(scope, formId, (form) =>
        form.state === 'taken' ? err(isOver) : ok(update('form', form, { state: 'withdrawn', decidedAt: at })),
      ),
    label: ({ formId }, _changes, scope) => `Took back ${titleOf(scope, formId)}`,
  }),
};

/** "Missing" and "not yours" read the same. */
function mayAnswer(actor: Actor, { deal }: Scope, formId: string): Verdict {
  const form = deal?.forms.find(({ id }) => id === formId);
  if (actor.kind === 'party' && form?.personId === actor.personId) return YES;
  return no('NotYours', 'That form is not on your list. Ask your coordinator if you expected it here.');
}

function onForm(
  scope: Scope,
  formId: string,
  rule: (form: FormRow) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const form = scope.deal?.forms.find(({ id }) => id === formId);
  return form === undefined
    ? err({ type: 'FormNotAvailable', message: 'Those questions are not on this deal any more. Nothing was changed.' })
    : rule(form);
}

const isOver: Refusal = {
  type: 'FormIsOver',
  message: 'These questions are settled already. Nothing was changed. Write to your coordinator if an answer is wrong.',
};
const notSent: Refusal = {
  type: 'NotSent',
  message: 'The answers are not in yet, or were sent back. Nothing was changed. Look again.',
};
const answeredAgain: Refusal = {
  type: 'Moved',
  message: 'They answered again after you looked. Nothing was changed. Read the new answers, then take them.',
};

function nameOf({ deal }: Scope, personId: string): string {
  return quote(deal?.people.find(({ id }) => id === personId)?.name ?? 'a person');
}

function titleOf({ deal }: Scope, formId: string): string {
  const title = deal?.forms.find(({ id }) => id === formId)?.title;
  return title === undefined ? 'a form' : `“${quote(title)}”`;
}
