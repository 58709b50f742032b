import { z } from 'zod';
import { SCENARIOS } from '../deals/model.ts';
import { err, ok, type Result } from '../result.ts';

/** Days that a retention clock may start from. For a lease, `closing` is the day it was signed. */
export const CLOCK_EVENTS = [
  'closing',
  'listing',
  'termination',
  'end-of-transaction',
  'funds-received',
  'agreement-executed',
  'funds-disbursed',
  'conclusion',
  'agency-ended',
  'lease-start',
] as const;
export type ClockEvent = (typeof CLOCK_EVENTS)[number];

const Event = z.enum(CLOCK_EVENTS);
const Years = z.int().min(1).max(30);
const Sources = z.array(z.strictObject({ id: z.string(), url: z.url(), says: z.string() })).min(1);
const Clock = z.strictObject({
  /** Which of the known events counts: the latest, or the first of the list. */
  pick: z.enum(['latest', 'first']),
  /** Whether all of `events` must be known, or one is enough. */
  needs: z.enum(['all', 'one']),
  events: z.array(Event).min(1),
  alsoIfKnown: z.array(Event),
});
const StateRule = z.strictObject({
  state: z.string().regex(/^[A-Z]{2}$/),
  years: Years,
  /** `verify`: seen once, on a secondary page. Never used as a number. */
  status: z.enum(['confirmed', 'verify']),
  /** Scenarios the rule speaks of. */
  scenarios: z.array(z.enum(SCENARIOS)).min(1),
  clock: z.strictObject({ closed: Clock, withdrawn: Clock }),
  litigationYearsAfterEnd: Years.optional(),
  note: z.string(),
  sources: Sources,
});
const RetentionRulesSchema = z
  .strictObject({
    version: z.int(),
    states: z.array(StateRule),
    lead: z.strictObject({ years: Years, builtBefore: z.int(), sale: Event, lease: Event, sources: Sources }),
  })
  .refine(({ states }) => new Set(states.map(({ state }) => state)).size === states.length, 'a state has two rules');

/** resources/retention/retention.json: domain.md section 11 as data. Statutory minimums for the broker. */
export type RetentionRules = z.infer<typeof RetentionRulesSchema>;
export type StateRetention = z.infer<typeof StateRule>;
export type RetentionClock = z.infer<typeof Clock>;

export interface BadRetentionRules {
  readonly type: 'BadRetentionRules';
  readonly sentence: string;
}

/** The rules from parsed JSON, or where they are wrong. */
export function parseRetentionRules(json: unknown): Result<RetentionRules, BadRetentionRules> {
  const parsed = RetentionRulesSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const first = parsed.error.issues[0];
  const where = first === undefined ? '' : ` At ${first.path.join('.') || 'the top'}: ${first.message}.`;
  return err({
    type: 'BadRetentionRules',
    sentence: `The retention rules cannot be read.${where} Reinstall Closeboard.`,
  });
}
