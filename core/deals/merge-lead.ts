import { formatPhone } from '../parties/phone.ts';
import { intakeOfDeal } from './intake-of-deal.ts';
import type { Question } from './intake-schema.ts';
import type { Deal, Id, Instant } from './model.ts';

export interface MergeArgs {
  /** The deal that came in by the link. */
  readonly from: Deal;
  readonly questions: readonly Question[];
  /** Says an answer as a person reads it: "$650,000", "Yes". */
  readonly say: (question: Question, answer: string | number | boolean) => string;
  readonly newId: () => Id;
  readonly noteId: Id;
  readonly at: Instant;
}

/**
 * The arguments of takeIn on the other deal. Answers fill only what nobody had said there, and people only who was not
 * there; so the note keeps all of it in words, and nothing that the person wrote is lost.
 */
export function takeInArgs({ from, questions, say, newId, noteId, at }: MergeArgs) {
  const lead = from.leads[0];
  const answers = intakeOfDeal(questions, from).map(
    ({ question, answer }) => `${question.ask} ${say(question, answer)}`,
  );
  const words = lead === undefined || lead.words === '' ? [] : [`They wrote: “${lead.words}”`];
  return {
    fromDealId: from.row.id,
    people: from.people.map(({ name, role, company, email, phone }) => ({
      ...{ id: newId(), name, role, company, email },
      phone: formatPhone(phone),
    })),
    facts: from.row.facts,
    noteId,
    note: ['Came in by the intake link.', ...words, ...answers].join('\n').slice(0, 20_000),
    at,
  };
}
