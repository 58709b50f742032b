import { workflowOfTemplateId } from '../checklists/compose.ts';
import { type Answers, visibleQuestions } from './intake.ts';
import type { Answer } from './intake-answers.ts';
import type { Question } from './intake-schema.ts';
import type { Deal } from './model.ts';

/** One question of the intake with what the deal says to it now. */
export interface AnsweredQuestion {
  readonly question: Question;
  readonly answer: Exclude<Answer, null>;
}

/**
 * What a deal says to the questions of the intake, in their order, without those that nobody answered. Right after it came
 * in that is what the person answered; later it is what the deal says now.
 */
export function intakeOfDeal(
  questions: readonly Question[],
  deal: Pick<Deal, 'row' | 'people'>,
): readonly AnsweredQuestion[] {
  const answers: Answers = Object.fromEntries(questions.map((question) => [question.id, answerOf(question, deal)]));
  return visibleQuestions({ questions }, answers).flatMap((question) => {
    const answer = answers[question.id] ?? null;
    return answer === null || answer === '' ? [] : [{ question, answer }];
  });
}

function answerOf({ id, target }: Question, { row, people }: Pick<Deal, 'row' | 'people'>): Answer {
  const person = (role: string) => people.find((one) => one.role === role);
  switch (target) {
    case 'fact':
      return row.facts[id] ?? null;
    case 'workflow':
      return workflowOfTemplateId(row.templateId);
    case 'price':
      return row.priceCents;
    case 'client-name':
      return person('client')?.name ?? null;
    case 'client-email':
      return person('client')?.email ?? null;
    case 'client-phone':
      return person('client')?.phone ?? null;
    case 'co-client-name':
      return person('co-client')?.name ?? null;
    case 'co-client-email':
      return person('co-client')?.email ?? null;
    case 'lender-name':
      return person('lender')?.name ?? null;
    case 'attorney-name':
      return person('attorney')?.name ?? null;
    default:
      return row[target];
  }
}
