import { answerOf } from '../../../core/checklists/conditions.ts';
import { formatMoney } from '../../../core/commands/words.ts';
import { dayText } from '../../../core/deadlines/day-text.ts';
import { parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Deal, Facts, FormRow, Id, Member } from '../../../core/deals/model.ts';
import type { FormView, ProposedView } from '../../contract/portal-rows.ts';

export interface FormsOf {
  readonly deal: Deal;
  readonly members: readonly Member[];
  readonly questions: readonly Question[];
}

/** Sent ones first, then those that a person has, then the settled ones; in each, the newest first. */
export function formViews(of: FormsOf): readonly FormView[] {
  return of.deal.forms
    .toSorted((one, other) => RANK[one.state] - RANK[other.state] || (one.askedAt < other.askedAt ? 1 : -1))
    .map((form) => formView(of, form));
}

const RANK: Readonly<Record<FormRow['state'], number>> = { sent: 0, returned: 1, asked: 1, taken: 2, withdrawn: 3 };

function formView({ deal, members, questions }: FormsOf, form: FormRow): FormView {
  const { id, personId, title, state, reason, askedAt, sentAt, decidedAt } = form;
  return {
    ...{ id, personId, title, state, reason, askedAt, sentAt, decidedAt },
    person: nameOf(deal.people, personId) ?? 'Somebody who has left the deal',
    askedBy: nameOf(members, form.askedBy) ?? 'A colleague',
    questions: form.questionIds.map((name) => {
      const question = questions.find((one) => one.id === name);
      return {
        id: name,
        // A question of a later release is still shown by what it is called.
        ask: question?.ask ?? name,
        answer: answerText(question, form.answers),
        now: answerOf(deal.row.facts, name) === undefined ? '' : answerText(question, deal.row.facts, name),
      };
    }),
  };
}

/** An answer in words; empty when there is none. */
export function answerText(question: Question | undefined, facts: Facts, name = question?.id ?? ''): string {
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (value === undefined || value === null || value === '') return '';
  if (value === 'unknown') return 'Does not know';
  if (value === true) return 'Yes';
  if (value === false) return 'No';
  if (question?.kind === 'money' && typeof value === 'number') return formatMoney(value);
  if (question?.kind === 'day') {
    const day = parsePlainDate(String(value));
    return day === null ? String(value) : dayText(day);
  }
  return question?.options.find((option) => option.value === value)?.label ?? String(value);
}

/** People whom others want on the deal: those to decide about first, the oldest on top. */
export function proposalViews({ deal, members }: Pick<FormsOf, 'deal' | 'members'>): readonly ProposedView[] {
  const rank = ({ state }: Deal['proposals'][number]) => (state === 'open' ? 0 : 1);
  return deal.proposals
    .toSorted((one, other) => rank(one) - rank(other) || (one.proposedAt < other.proposedAt ? -1 : 1))
    .map((row) => {
      const { id, role, name, company, email, phone, words, state, decidedAt, reason, personId } = row;
      const alike = deal.people.filter(
        (person) => person.id !== personId && (person.role === role || sameName(person.name, name)),
      );
      return {
        ...{ id, role, name, company, email, phone, words, state, decidedAt, reason, personId },
        by: nameOf(deal.people, row.proposedBy) ?? nameOf(members, row.proposedBy) ?? 'Somebody who has left the deal',
        byId: row.proposedBy,
        at: row.proposedAt,
        decidedBy: row.decidedBy === null ? '' : (nameOf(members, row.decidedBy) ?? 'a colleague'),
        alike: alike.map((person) => ({ personId: person.id, name: person.name })),
      };
    });
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function nameOf(among: readonly { readonly id: Id; readonly name: string }[], id: Id): string | undefined {
  return among.find((one) => one.id === id)?.name;
}
