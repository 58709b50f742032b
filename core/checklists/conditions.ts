import { z } from 'zod';
import type { Facts } from '../deals/model.ts';

/** An answer that a condition can compare with. "unknown" is no such answer: it means that nobody has said. */
const Scalar = z.union([z.string(), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof Scalar>;

/** When a task or a document belongs on the checklist. Read with three values: yes, no, and nobody has said. */
export type Condition =
  | { readonly fact: string; readonly is: Scalar }
  | { readonly fact: string; readonly oneOf: readonly Scalar[] }
  | { readonly fact: string; readonly below: number }
  | { readonly fact: string; readonly atLeast: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const fact = z.string().min(1);
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ fact, is: Scalar }),
    z.strictObject({ fact, oneOf: z.array(Scalar).min(1) }),
    z.strictObject({ fact, below: z.number() }),
    z.strictObject({ fact, atLeast: z.number() }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

export type Truth = 'yes' | 'no' | 'unknown';

/** What is read for a fact that nobody has answered: "an unknown year built counts as before 1978". */
export type Assumptions = ReadonlyMap<string, Scalar>;

/** Unknown stays unknown unless the other branches decide it: `any` of yes and unknown is yes, `all` of no and unknown is no. */
export function evaluate(condition: Condition, facts: Facts, assumed: Assumptions): Truth {
  if ('all' in condition) return fold(condition.all, 'no', (part) => evaluate(part, facts, assumed));
  if ('any' in condition) return fold(condition.any, 'yes', (part) => evaluate(part, facts, assumed));
  if ('not' in condition) return opposite(evaluate(condition.not, facts, assumed));
  const value = answerOf(facts, condition.fact) ?? assumed.get(condition.fact);
  if (value === undefined) return 'unknown';
  return holds(condition, value) ? 'yes' : 'no';
}

/** The answer on record, or undefined when nobody has said (missing, null, empty or "unknown"). */
export function answerOf(facts: Facts, name: string): Scalar | undefined {
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  return value === undefined || value === null || value === '' || value === 'unknown' ? undefined : value;
}

/** Every fact that a condition reads. */
export function factsOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  if ('not' in condition) return factsOf(condition.not);
  return [condition.fact];
}

function holds(test: Extract<Condition, { fact: string }>, value: Scalar): boolean {
  if ('is' in test) return value === test.is;
  if ('oneOf' in test) return test.oneOf.includes(value);
  // A year that arrived as text still is a year.
  const number = typeof value === 'number' ? value : Number(value);
  return 'below' in test ? number < test.below : number >= test.atLeast;
}

function fold(parts: readonly Condition[], decisive: 'yes' | 'no', read: (part: Condition) => Truth): Truth {
  const truths = parts.map(read);
  if (truths.includes(decisive)) return decisive;
  if (truths.includes('unknown')) return 'unknown';
  return opposite(decisive);
}

function opposite(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'yes' ? 'no' : 'yes';
}
