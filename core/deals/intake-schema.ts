import { z } from 'zod';
import { Condition, factsOf } from '../checklists/conditions.ts';
import { err, ok, type Result } from '../result.ts';

/** How a question is asked and checked. Values: choice text, `yes-no` boolean, year number, money whole cents, the rest text. */
export const QUESTION_KINDS = [
  'choice',
  'yes-no',
  'year',
  'money',
  'text',
  'email',
  'phone',
  'state',
  'zip',
  'day',
] as const;

/** Where an answer goes: a column of the deal, a person on it, or a fact. */
const ANSWER_TARGETS = [
  'scenario',
  'side',
  'workflow',
  'street',
  'unit',
  'city',
  'state',
  'zip',
  'price',
  'client-name',
  'client-email',
  'client-phone',
  'co-client-name',
  'co-client-email',
  'lender-name',
  'attorney-name',
  'fact',
] as const;

const QuestionShape = z.strictObject({
  /** Also the name of the fact, where the target is one. */
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** What the client reads: a question in plain words. */
  ask: z.string().min(5).max(160),
  help: z.string().max(300).default(''),
  kind: z.enum(QUESTION_KINDS),
  options: z.array(z.strictObject({ value: z.string().min(1), label: z.string().min(1).max(80) })).default([]),
  target: z.enum(ANSWER_TARGETS),
  required: z.boolean().default(true),
  /** "I do not know" is an answer; it is kept as "unknown" and never read as no. */
  allowUnknown: z.boolean().default(false),
  /** Reads earlier answers by question id. Absent: always asked. */
  when: Condition.optional(),
});

const IntakeShape = z.strictObject({
  id: z.literal('intake'),
  version: z.int().min(1),
  title: z.string().min(3),
  questions: z.array(QuestionShape).min(1),
});

export type Question = z.infer<typeof QuestionShape>;
export type Intake = z.infer<typeof IntakeShape>;

export interface BadIntake {
  readonly type: 'BadIntake';
  readonly problems: readonly string[];
}

/** Reads resources/templates/intake.json, already parsed as JSON. Questions may only depend on questions before them. */
export function parseIntake(json: unknown): Result<Intake, BadIntake> {
  const read = IntakeShape.safeParse(json);
  if (!read.success)
    return err({
      type: 'BadIntake',
      problems: read.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
    });
  const problems: string[] = [];
  const before = new Set<string>();
  for (const question of read.data.questions) {
    if (before.has(question.id)) problems.push(`${question.id} is asked twice.`);
    if ((question.kind === 'choice') !== question.options.length > 0)
      problems.push(`${question.id}: a choice has options, and nothing else does.`);
    for (const name of question.when === undefined ? [] : factsOf(question.when))
      if (!before.has(name)) problems.push(`${question.id} depends on ${name}, which is not asked before it.`);
    before.add(question.id);
  }
  return problems.length > 0 ? err({ type: 'BadIntake', problems }) : ok(read.data);
}
