import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { type Answer, readAnswer } from '../../../core/deals/intake-answers.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Facts } from '../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import { actHandler, NOT_HERE } from './acting.ts';
import { isAsked, knownOf, questionsOf } from './home/forms.ts';
import type { PersonHandlers } from './types.ts';

const sendForm = actHandler('send-form', ({ context, eye, at }, { formId, answers }) => {
  const form = eye.kept.deal.forms.find(({ id, personId }) => id === formId && personId === eye.person.id);
  if (form === undefined || form.state === 'withdrawn') return err(NOT_HERE);
  const asked = questionsOf(form, context.rules.questions());
  const read = readAnswers(asked, answers, { known: knownOf(eye.kept.deal), today: eye.counted.today });
  return read.ok ? ok({ name: 'sendForm', args: { formId, answers: read.value, at } }) : read;
});

export const formActs = { 'send-form': sendForm } satisfies PersonHandlers;

type Given = Readonly<Record<string, unknown>>;

/** Every question in its order, each in the form in which it is kept; what does not apply after the others is left out. */
function readAnswers(
  asked: readonly Question[],
  given: Given,
  { known, today }: { readonly known: Facts; readonly today: PlainDate },
): Result<Readonly<Record<string, Answer>>, ApiError> {
  const strange = Object.keys(given).find((id) => !asked.some((question) => question.id === id));
  if (strange !== undefined) return err(badAnswer('That question is not part of this form. Open it again.', strange));
  const answers: Record<string, Answer> = {};
  for (const question of asked) {
    if (!isAsked(question, asked, { ...known, ...answers })) continue;
    const read = readAnswer(question, Object.hasOwn(given, question.id) ? given[question.id] : null, today);
    if (!read.ok) return err(badAnswer(read.error.message, question.id));
    answers[question.id] = read.value;
  }
  return ok(answers);
}

function badAnswer(message: string, questionId: string): ApiError {
  return { type: 'bad-request', message, questionId };
}
