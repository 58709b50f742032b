import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLibrary } from '../../resources/library.ts';
import { applyToDeal } from '../commands/apply.ts';
import { CreateDealArgs, createDeal } from '../commands/create-deal.ts';
import { NOOR, WORKSPACE } from '../commands/testing.ts';
import { plainDate } from '../deadlines/plain-date.ts';
import { STATE_NAMES } from './address-states.ts';
import { dealOfIntake, formOfState } from './deal-of-intake.ts';
import { type Answers, answerQuestion, finishIntake, nextQuestion } from './intake.ts';
import { intakeOfDeal } from './intake-of-deal.ts';
import type { Question } from './intake-schema.ts';
import { leadTitle } from './lead-title.ts';
import { takeInArgs } from './merge-lead.ts';
import type { Deal } from './model.ts';

const library = createLibrary();
const intake = { questions: library.questions() };
const workspace = { ...WORKSPACE, template: library.template, packNames: library.packNames };
const AT = '2026-06-18T16:00:00.000Z';
const today = plainDate('2026-06-18');

/** What a person might answer, by how it is asked. */
function pickFor(question: Question, n: number): unknown {
  if (question.allowUnknown && n % 5 === 0) return 'unknown';
  if (!question.required && n % 3 === 0) return null;
  const values: Readonly<Record<Question['kind'], readonly unknown[]>> = {
    choice: question.options.map((option) => option.value),
    'yes-no': [true, false],
    year: [1931, 1990],
    money: ['650,000', 2100],
    text: ['12 Oak St', 'Maria Ortiz', 'x'.repeat(200)],
    email: ['Maria@Example.com'],
    phone: ['(916) 555-0123'],
    state: [...STATE_NAMES.keys()],
    zip: ['95816'],
    day: ['2026-07-15'],
  };
  const all = values[question.kind];
  return all[n % all.length];
}

function answerAll(numbers: readonly number[]): Answers {
  let answers: Answers = {};
  for (let step = 0; step < 60; step += 1) {
    const question = nextQuestion(intake, answers);
    if (question === null) return answers;
    const value = pickFor(question, numbers[step % numbers.length] ?? 0);
    const next = answerQuestion(intake, answers, { questionId: question.id, value, today });
    if (!next.ok) throw new Error(next.error.message);
    answers = next.value;
  }
  throw new Error('the questions have no end');
}

function openedWith(answers: Answers): Deal {
  const finished = finishIntake(intake, answers);
  if (!finished.ok) throw new Error(finished.error.message);
  const args = dealOfIntake({
    ...{ result: finished.value, forms: library.stateForms(), dealId: 'd1', ownerId: NOOR },
    ...{ intakeId: 'link-1', words: 'Please call after six.', answeredOn: today, at: AT },
  });
  const created = createDeal(
    { dealId: 'd1', deal: null, workspace, journal: { byCommand: () => null, lastChangeOf: () => null } },
    CreateDealArgs.parse(args),
  );
  if (!created.ok) throw new Error(created.error.message);
  const deal = applyToDeal(null, created.value);
  if (deal === null) throw new Error('there is no deal');
  return deal;
}

const numbers = fc.array(fc.nat(59), { minLength: 1, maxLength: 40 });

test('whatever a person answers on whichever branch becomes a deal in the first stage with its lead', () => {
  fc.assert(
    fc.property(numbers, (given) => {
      const deal = openedWith(answerAll(given));
      expect(deal.row).toMatchObject({ stage: 'intake', ownerId: NOOR, closedOn: null });
      expect(deal.leads).toMatchObject([{ id: 'd1.lead', intakeId: 'link-1', state: 'new', arrivedAt: AT }]);
      expect(new Set(deal.people.map((person) => person.id)).size).toBe(deal.people.length);
      expect(deal.tasks.length).toBeGreaterThan(0);
      const asked = deal.tasks.filter(({ templateTaskId }) => templateTaskId === 'questions');
      for (const task of asked) expect(task).toMatchObject({ doneOn: today, doneBy: 'd1.person.1' });
      expect(deal.tasks.filter(({ doneOn }) => doneOn !== null)).toEqual(asked);
      expect(leadTitle(deal)).toMatch(/ wants to (buy|sell|rent|rent out) /);
    }),
  );
});

test('the deal says back what was answered: nothing is lost between the questions and the desk', () => {
  fc.assert(
    fc.property(numbers, (given) => {
      const answers = answerAll(given);
      const asked = new Map(
        intakeOfDeal(intake.questions, openedWith(answers)).map((one) => [one.question.id, one.answer]),
      );
      for (const [id, answer] of Object.entries(answers))
        if (answer !== null) expect([id, asked.get(id)]).toEqual([id, answer]);
    }),
  );
});

test('a merge carries people, answers and words, and keeps the whole in a note', () => {
  const answers = answerAll([1]);
  const from = openedWith(answers);
  let made = 0;
  const args = takeInArgs({
    ...{ from, questions: intake.questions, noteId: 'n1', at: AT },
    say: (_question, answer) => String(answer),
    newId: () => {
      made += 1;
      return `new-${made}`;
    },
  });
  expect(args.people.map((person) => person.id)).toEqual(from.people.map((_, index) => `new-${index + 1}`));
  expect(args.facts).toEqual(from.row.facts);
  expect(args.note).toContain('They wrote: “Please call after six.”');
  for (const { question } of intakeOfDeal(intake.questions, from)) expect(args.note).toContain(question.ask);
});

test('the form is that of the state, its newest revision, else the one for any state', () => {
  const forms = library.stateForms();
  expect(formOfState('CA', forms)?.packId).toBe('ca-car-rpa');
  expect(formOfState('NV', forms)?.packId).toBe('generic');
  expect(forms.some((form) => form.packId === 'us-trid')).toBe(false);
  for (const form of forms) expect(library.packNames(form.packId, form.revision)).not.toBeNull();
  expect(
    dealOfIntake({
      result: {} as never,
      forms: [],
      dealId: 'd',
      ownerId: 'o',
      intakeId: 'i',
      words: '',
      answeredOn: today,
      at: AT,
    }),
  ).toBeNull();
});
