import { evaluate, factsOf } from '../../../../core/checklists/conditions.ts';
import type { Question } from '../../../../core/deals/intake-schema.ts';
import type { Deal, Facts, FormRow } from '../../../../core/deals/model.ts';
import type { OwnForm } from '../../../api/person-home.ts';
import type { Eye } from './eye.ts';

/** Questions for this person, those to answer first. `questions` are those of the intake. */
export function formsOf({ kept, person, isOver }: Eye, questions: readonly Question[]): OwnForm[] {
  const own = kept.deal.forms.filter(({ personId, state }) => personId === person.id && state !== 'withdrawn');
  const rank = ({ state }: FormRow) => (state === 'returned' ? 0 : state === 'asked' ? 1 : state === 'sent' ? 2 : 3);
  return own
    .filter(({ state }) => !isOver || state === 'taken')
    .toSorted((a, b) => rank(a) - rank(b) || (a.askedAt < b.askedAt ? -1 : 1))
    .map((form) => ownForm(form, questions));
}

function ownForm(form: FormRow, questions: readonly Question[]): OwnForm {
  const asked = questionsOf(form, questions);
  const { id, title, state, reason, answers } = form;
  return {
    ...{ id, title, state: state === 'withdrawn' ? 'taken' : state, reason: state === 'returned' ? reason : '' },
    questions: asked.map((question) => ({
      ...{ id: question.id, ask: question.ask, help: question.help, kind: question.kind },
      options: question.options,
      // Whether it applies hangs on another answer of the same form: it may be left out, and is held against it when sent.
      isRequired: question.required && !isConditional(question, asked),
      allowUnknown: question.allowUnknown,
    })),
    answers: Object.fromEntries(
      asked.flatMap((question) => {
        const answer = answers[question.id];
        return answer === undefined ? [] : [[question.id, asSent(question, answer)] as const];
      }),
    ),
  };
}

/** The questions of a form in the order in which the coordinator chose them. */
export function questionsOf({ questionIds }: Pick<FormRow, 'questionIds'>, questions: readonly Question[]) {
  return questionIds.flatMap((id) => questions.find((question) => question.id === id) ?? []);
}

/**
 * Whether a question of a form applies, after what the deal knows and the answers before it. Where nobody can say, and where
 * it hangs on nothing that the form asks, it is asked: the coordinator chose it.
 */
export function isAsked(question: Question, asked: readonly Question[], known: Facts): boolean {
  if (question.when === undefined || !isConditional(question, asked)) return true;
  return evaluate(question.when, known, new Map()) !== 'no';
}

/** What the deal itself answers of the intake. */
export function knownOf({ row }: Pick<Deal, 'row'>): Facts {
  return { ...row.facts, scenario: row.scenario, state: row.state };
}

function isConditional({ when }: Question, asked: readonly Question[]): boolean {
  return when !== undefined && factsOf(when).some((name) => asked.some(({ id }) => id === name));
}

/** Money is kept in cents and written in dollars: what stands in the page can be sent again as it is. */
function asSent({ kind }: Question, answer: Facts[string] | undefined): string | number | boolean | null {
  if (kind !== 'money' || typeof answer !== 'number') return answer ?? null;
  return answer % 100 === 0 ? String(answer / 100) : (answer / 100).toFixed(2);
}
