import { parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import { STATE_NAMES } from '../../../core/deals/address-states.ts';
import { intakeOfDeal } from '../../../core/deals/intake-of-deal.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { dayInWords } from '../../../core/documents/day-words.ts';
import { formatPhone } from '../../../core/parties/phone.ts';
import type { LeadView } from '../../contract/leads.ts';

/** What the deal says to the questions of the intake, as a person reads it. */
export function answersOf(questions: readonly Question[], deal: Deal): LeadView['answers'] {
  return intakeOfDeal(questions, deal).map(({ question, answer }) => ({
    ask: question.ask,
    answer: sayAnswer(question, answer),
  }));
}

export function sayAnswer(question: Question, answer: string | number | boolean): string {
  if (answer === 'unknown') return 'Does not know';
  if (typeof answer === 'boolean') return answer ? 'Yes' : 'No';
  if (question.kind === 'money') return dollars(Number(answer));
  const text = String(answer);
  const day = question.kind === 'day' ? parsePlainDate(text) : null;
  if (day !== null) return dayInWords(day);
  if (question.kind === 'phone') return formatPhone(text);
  if (question.kind === 'state') return STATE_NAMES.get(text) ?? text;
  return question.options.find(({ value }) => value === answer)?.label ?? text;
}

function dollars(cents: number): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  return `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}
