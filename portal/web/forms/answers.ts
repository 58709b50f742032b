import type { FormQuestion, OwnForm } from '../../api/person-home.ts';
import { looksRight } from './looks-right.ts';

type Answer = OwnForm['answers'][string];

/** What stands in the fields, by question id: text as it was typed, `yes` or `no`, the value of a choice, or `unknown`. */
export type Typed = Readonly<Record<string, string>>;
export const UNKNOWN = 'unknown';

/** Answers as the portal tells them, in the form in which they are typed. Money is dollars in both. */
export function typedOf(form: Pick<OwnForm, 'questions' | 'answers'>): Typed {
  return Object.fromEntries(
    form.questions.map((question) => [question.id, asTyped(question, form.answers[question.id])]),
  );
}

function asTyped({ kind }: FormQuestion, answer: Answer | undefined): string {
  if (answer === null || answer === undefined) return '';
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  return kind === 'money' ? grouped(String(answer)) : String(answer);
}

/** "650,000" from "650000"; what stands behind a point stays. */
function grouped(dollars: string): string {
  return dollars.replaceAll(/\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g, ',');
}

/** What a draft of another day still fits: only questions of this form, and only text. */
export function typedFrom(draft: unknown, form: Pick<OwnForm, 'questions' | 'answers'>): Typed {
  const typed = { ...typedOf(form) };
  if (typeof draft !== 'object' || draft === null) return typed;
  for (const [id, value] of Object.entries(draft)) if (id in typed && typeof value === 'string') typed[id] = value;
  return typed;
}

/** The first thing that is wrong with each question; `missing` for one that must be answered and is not. */
export function wrongIn(questions: readonly FormQuestion[], typed: Typed): ReadonlyMap<string, 'missing' | 'wrong'> {
  const wrong = new Map<string, 'missing' | 'wrong'>();
  for (const question of questions) {
    const text = (typed[question.id] ?? '').trim();
    if (text === '') {
      if (question.isRequired) wrong.set(question.id, 'missing');
    } else if (!(text === UNKNOWN && question.allowUnknown) && !looksRight(question, text))
      wrong.set(question.id, 'wrong');
  }
  return wrong;
}

/** What is sent: each answer as it was typed, which the portal reads by the rule of its question; nothing for one left out. */
export function answersOf(typed: Typed): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(typed)
      .map(([id, text]) => [id, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}
