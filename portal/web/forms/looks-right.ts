import type { FormQuestion } from '../../api/person-home.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOOKS: Readonly<Partial<Record<FormQuestion['kind'], RegExp>>> = {
  year: /^\d{4}$/,
  money: /^\$? ?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/,
  phone: /^(?:\D*\d){10,15}\D*$/,
  state: /^[A-Za-z .]{2,30}$/,
  zip: /^\d{5}(?:-?\d{4})?$/,
  day: DAY,
};
const LONGEST_TEXT = 200;

/**
 * Whether an answer may well be right, so that a slip is said before anything is sent. The portal decides, by
 * core/deals/intake-answers.ts: whatever that takes must look right here.
 */
export function looksRight({ kind, options }: FormQuestion, text: string): boolean {
  if (kind === 'choice') return options.some(({ value }) => value === text);
  if (kind === 'yes-no') return text === 'yes' || text === 'no';
  if (kind === 'text') return text.length <= LONGEST_TEXT;
  return LOOKS[kind]?.test(text) ?? true;
}
