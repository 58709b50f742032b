import { evaluate, factsOf } from '../checklists/conditions.ts';
import { WORKFLOWS, type Workflow } from '../checklists/template-schema.ts';
import type { PlainDate } from '../deadlines/plain-date.ts';
import { err, ok, type Result } from '../result.ts';
import { type Answer, type BadAnswer, readAnswer } from './intake-answers.ts';
import type { Question } from './intake-schema.ts';
import { type Facts, type PartyRole, SCENARIOS, type Scenario, SIDES, type Side } from './model.ts';

/** The questions alone: of the file, or of a form that asks some of them. */
export interface Intake {
  readonly questions: readonly Question[];
}

/** By question id. A question without an entry was not asked yet; null was skipped. Plain JSON, so it can be resumed. */
export type Answers = Readonly<Record<string, Answer>>;

/** What a finished intake says, in the words of a deal. Empty text: not asked or skipped. */
export interface IntakeResult {
  readonly scenario: Scenario;
  readonly side: Side;
  readonly workflow: Workflow;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly priceCents: number | null;
  readonly facts: Facts;
  readonly people: readonly IntakePerson[];
}

export interface IntakePerson {
  readonly role: PartyRole;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export interface IntakeOpen {
  readonly type: 'IntakeOpen';
  /** Question ids, in order. */
  readonly open: readonly string[];
  readonly message: string;
}

/** The questions of the branches that the answers so far lead to, in order. */
export function visibleQuestions(intake: Intake, answers: Answers): readonly Question[] {
  const seen = new Set<string>();
  return intake.questions.filter((question) => {
    const isAsked = question.when === undefined || isOnPath(question.when, answers, seen);
    if (isAsked) seen.add(question.id);
    return isAsked;
  });
}

/** The next question, or null when every one that applies has been answered or skipped. */
export function nextQuestion(intake: Intake, answers: Answers): Question | null {
  return visibleQuestions(intake, answers).find((question) => !isSettled(question, answers)) ?? null;
}

/** How far a person is: "7 of 12". The total grows and shrinks with the branches. */
export function intakeProgress(
  intake: Intake,
  answers: Answers,
): { readonly answered: number; readonly total: number } {
  const visible = visibleQuestions(intake, answers);
  return { answered: visible.filter((question) => isSettled(question, answers)).length, total: visible.length };
}

/**
 * The answers with one more, checked and brought to its kept form. Answers on other branches stay, so a person who
 * changes their mind twice has lost nothing; they count for nothing while their question does not apply.
 */
export function answerQuestion(
  intake: Intake,
  answers: Answers,
  given: { readonly questionId: string; readonly value: unknown; readonly today: PlainDate },
): Result<Answers, BadAnswer> {
  const question = visibleQuestions(intake, answers).find((one) => one.id === given.questionId);
  if (question === undefined)
    return err({
      type: 'BadAnswer',
      questionId: given.questionId,
      message: 'That question no longer applies. Go on with the next one.',
    });
  const read = readAnswer(question, given.value, given.today);
  return read.ok ? ok({ ...answers, [question.id]: read.value }) : read;
}

/** Every required question that has no answer yet, with its question as the sentence. */
export function openQuestions(intake: Intake, answers: Answers): readonly Question[] {
  return visibleQuestions(intake, answers).filter((question) => question.required && !isSettled(question, answers));
}

/** What the answers make of a deal; refused with the open questions while a required one is missing. */
export function finishIntake(intake: Intake, answers: Answers): Result<IntakeResult, IntakeOpen> {
  const open = openQuestions(intake, answers);
  const asked = visibleQuestions(intake, answers);
  const scenario = SCENARIOS.find((one) => one === textOf(asked, answers, 'scenario'));
  if (open.length > 0 || scenario === undefined) {
    const what = open.map((question) => question.ask).join(' ');
    const message = open.length === 1 ? `One question is open: ${what}` : `${open.length} questions are open: ${what}`;
    return err({ type: 'IntakeOpen', open: open.map((question) => question.id), message });
  }
  const read = (target: Question['target']) => textOf(asked, answers, target);
  const price = asked.find((question) => question.target === 'price');
  const cents = price === undefined ? null : answers[price.id];
  return ok({
    scenario,
    side: sideOf(scenario, read('side')),
    workflow: workflowOf(scenario, read('workflow')),
    street: read('street'),
    unit: read('unit'),
    city: read('city'),
    state: read('state'),
    zip: read('zip'),
    priceCents: typeof cents === 'number' ? cents : null,
    facts: factsFrom(asked, answers),
    people: peopleFrom(read),
  });
}

/** A follow-up is asked once everything it depends on was asked and answered, unless the answer is a clear no. */
function isOnPath(condition: NonNullable<Question['when']>, answers: Answers, seen: ReadonlySet<string>): boolean {
  const names = factsOf(condition);
  const onPath = Object.fromEntries(
    names.filter((name) => seen.has(name)).map((name) => [name, answers[name] ?? null]),
  );
  const truth = evaluate(condition, onPath, new Map());
  if (truth !== 'unknown') return truth === 'yes';
  // "I do not know" never means no; not asked, or skipped, leads nowhere.
  return names.some((name) => onPath[name] === 'unknown');
}

function isSettled(question: Question, answers: Answers): boolean {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  return answer !== undefined && !(question.required && answer === null);
}

function textOf(asked: readonly Question[], answers: Answers, target: Question['target']): string {
  for (const question of asked) {
    const answer = question.target === target ? answers[question.id] : null;
    if (typeof answer === 'string' && answer !== 'unknown') return answer;
  }
  return '';
}

function factsFrom(asked: readonly Question[], answers: Answers): Facts {
  const facts = asked.filter((question) => question.target === 'fact' && answers[question.id] != null);
  return Object.fromEntries(facts.map((question) => [question.id, answers[question.id] ?? null]));
}

function peopleFrom(read: (target: Question['target']) => string): readonly IntakePerson[] {
  const people: readonly IntakePerson[] = [
    { role: 'client', name: read('client-name'), email: read('client-email'), phone: read('client-phone') },
    { role: 'co-client', name: read('co-client-name'), email: read('co-client-email'), phone: '' },
    { role: 'lender', name: read('lender-name'), email: '', phone: '' },
    { role: 'attorney', name: read('attorney-name'), email: '', phone: '' },
  ];
  return people.filter((person) => person.name !== '');
}

function sideOf(scenario: Scenario, answer: string): Side {
  const chosen = SIDES.find((side) => side === answer);
  if (chosen !== undefined) return chosen;
  return scenario === 'sell' ? 'seller' : scenario === 'rent' ? 'tenant' : 'buyer';
}

function workflowOf(scenario: Scenario, answer: string): Workflow {
  const chosen = WORKFLOWS.find((workflow) => workflow === answer);
  if (chosen !== undefined) return chosen;
  return scenario === 'sell' ? 'seller-onboarding' : scenario === 'rent' ? 'rental-onboarding' : 'buyer-intake';
}
