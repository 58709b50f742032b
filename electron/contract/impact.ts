import { z } from 'zod';
import { CONFLICT_KINDS, IMPACT_KINDS } from '../../core/deals/impact-shape.ts';
import { SCENARIOS, SIDES } from '../../core/deals/model.ts';
import { DateView, Day, Id, Refused } from './values.ts';

/** What a step would do, looked at before it is taken. The rules are in core/deals/impact.ts. */

const Row = z.object({
  id: Id,
  title: z.string(),
  kind: z.enum(IMPACT_KINDS),
  from: Day.nullable(),
  to: Day.nullable(),
  days: z.int().nullable(),
  why: z.string(),
});

export const ImpactView = z.object({
  said: z
    .array(
      z.object({
        kind: z.enum(['anchor', 'date']),
        id: Id,
        title: z.string(),
        from: Day.nullable(),
        to: Day.nullable(),
      }),
    )
    .readonly(),
  dates: z.array(Row.extend({ isSaid: z.boolean() })).readonly(),
  stays: z.array(z.object({ because: z.string(), titles: z.array(z.string()).readonly() })).readonly(),
  tasks: z.array(Row).readonly(),
  tasksThatStay: z.int(),
  finishedTasks: z.int(),
  conflicts: z
    .array(z.object({ kind: z.enum(CONFLICT_KINDS), id: Id, title: z.string(), sentence: z.string() }))
    .readonly(),
  isTermOfContract: z.boolean(),
});
export type ImpactView = z.infer<typeof ImpactView>;

/** A step of a deal that is there, as `deals:command` would take it. */
export const PreviewInput = z
  .object({ dealId: Id, name: z.string().max(60), args: z.record(z.string(), z.unknown()) })
  .strict();

/** `label` is the sentence the step would leave in the history; empty when there is nothing to do. */
export const PreviewReply = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('impact'), impact: ImpactView, label: z.string() }),
  z.object({ outcome: z.literal('refused'), refusal: Refused }),
]);
export type PreviewReply = z.infer<typeof PreviewReply>;

/** What the dates of a new deal depend on; nothing else that is asked moves one. */
export const NewDatesInput = z
  .object({
    packId: Id,
    packRevision: z.string().max(100),
    state: z.string().regex(/^[A-Z]{2}$/),
    side: z.enum(SIDES),
    scenario: z.enum(SCENARIOS),
    workflow: z.string().max(60),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    anchors: z.array(z.object({ name: z.string().min(1).max(60), on: Day }).strict()).max(20),
  })
  .strict();

export const NewDatesReply = z.discriminatedUnion('outcome', [
  /** `tasks` and `documents` are what the checklist opens with. */
  z.object({ outcome: z.literal('dates'), dates: z.array(DateView), tasks: z.int(), documents: z.int() }),
  z.object({ outcome: z.literal('refused'), refusal: Refused }),
]);
export type NewDatesReply = z.infer<typeof NewDatesReply>;
