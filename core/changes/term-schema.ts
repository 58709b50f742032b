import { z } from 'zod';
import { DayArg, IdArg, Line, OptionalLine } from '../commands/schemas.ts';
import { PARTY_ROLES } from '../deals/model.ts';
import type { ProposedTerm } from './request.ts';

const Amount = z.int().min(0).max(1_000_000_000_000);
const Day = DayArg;

/** One proposed term as it is sent. */
export const ProposedTermArg: z.ZodType<ProposedTerm> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('anchor'), name: z.string().min(1).max(60), from: Day.nullable(), to: Day }),
  z.strictObject({ type: z.literal('price'), fromCents: Amount.nullable(), toCents: Amount }),
  z.strictObject({ type: z.literal('credit'), fromCents: Amount, toCents: Amount }),
  z.strictObject({ type: z.literal('override'), deadlineId: IdArg, from: Day.nullable(), to: Day }),
  z.strictObject({
    type: z.literal('repair'),
    taskId: IdArg,
    title: Line,
    clientTitle: OptionalLine,
    by: z.enum(PARTY_ROLES),
  }),
  z.strictObject({ type: z.literal('add-party'), personId: IdArg, name: Line, role: z.enum(PARTY_ROLES) }),
  z.strictObject({ type: z.literal('remove-party'), personId: IdArg }),
  z.strictObject({
    type: z.literal('paper'),
    what: z.enum(['power-of-attorney', 'entity', 'trust']),
    personId: IdArg,
  }),
  z.strictObject({ type: z.literal('new-version'), lineId: IdArg }),
  z.strictObject({ type: z.literal('amended-disclosure'), lineId: IdArg, disclosure: z.enum(['TDS', 'NHD']) }),
  z.strictObject({ type: z.literal('cancel'), reason: OptionalLine }),
  z.strictObject({ type: z.literal('contact'), personId: IdArg, field: z.enum(['email', 'phone']), to: Line }),
  z.strictObject({ type: z.literal('bank'), personId: IdArg }),
]);
