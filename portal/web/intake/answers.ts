import { STATE_NAMES } from '../../../core/deals/address-states.ts';
import type { IntakeDraft } from '../../api/intake-calls.ts';
import type { FormQuestion } from '../../api/person-home.ts';
import { longDay } from '../format.ts';
import type { IntakeMessages } from '../messages/intake.ts';

export type AnswerValue = IntakeDraft['answers'][string];
type Draft = Pick<IntakeDraft, 'questions' | 'answers'>;

/** Whether a person has dealt with a question: answered it, said that they do not know, or skipped what may be skipped. */
export function isSettled(question: FormQuestion, { answers }: Pick<Draft, 'answers'>): boolean {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  return answer !== undefined && !(question.isRequired && answer === null);
}

export function openOnes(draft: Draft): readonly FormQuestion[] {
  return draft.questions.filter((question) => !isSettled(question, draft));
}

/** Where a person is to go on: the first open question after this one, else the first open one, else none. */
export function nextAfter(draft: Draft, questionId: string | null): FormQuestion | null {
  const at = draft.questions.findIndex(({ id }) => id === questionId);
  const open = openOnes(draft);
  return open.find((question) => draft.questions.indexOf(question) > at) ?? open[0] ?? null;
}

/** An answer as a person reads it; null where there is none yet. `today` only decides whether a year is named. */
export function said(
  question: FormQuestion,
  answer: AnswerValue | undefined,
  { words, today }: { readonly words: IntakeMessages; readonly today: string },
): string | null {
  if (answer === undefined) return null;
  if (answer === null || answer === '') return question.isRequired ? null : words.review.skipped;
  if (answer === 'unknown') return words.review.unknown;
  if (typeof answer === 'boolean') return answer ? words.question.yes : words.question.no;
  const text = String(answer);
  switch (question.kind) {
    case 'money':
      return moneyText(Number(answer), words.locale);
    case 'choice':
      return question.options.find(({ value }) => value === answer)?.label ?? text;
    case 'state':
      return STATE_NAMES.get(text) ?? text;
    case 'day':
      return longDay(text, today, words.locale);
    case 'phone':
      return phoneText(text);
    default:
      return text;
  }
}

/** Whole cents as "$650,000", with cents only where there are some. */
export function moneyText(cents: number, locale: string): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  const options = { style: 'currency', currency: 'USD', minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, options as Intl.NumberFormatOptions).format(cents / 100);
}

/** "(916) 555-0123" for a number of this country; any other stays as it is kept. */
export function phoneText(phone: string): string {
  const [, area, first, last] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? [];
  return area === undefined ? phone : `(${area}) ${first}-${last}`;
}

/** What stands in the field when somebody comes back to a question: as they may type it again. */
export function typed(question: FormQuestion, answer: AnswerValue | undefined): string {
  if (answer === undefined || answer === null || answer === 'unknown' || typeof answer === 'boolean') return '';
  if (question.kind === 'money') return (Number(answer) / 100).toFixed(Number(answer) % 100 === 0 ? 0 : 2);
  return question.kind === 'phone' ? phoneText(String(answer)) : String(answer);
}
