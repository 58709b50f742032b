import { z } from 'zod';
import { type PlainDate, parsePlainDate } from '../deadlines/plain-date.ts';
import type { Facts, Id, Instant } from '../deals/model.ts';

/** Shapes that the arguments of several commands share. Limits keep a stray paste from becoming a row. */

export const IdArg: z.ZodType<Id> = z.string().min(1).max(200);
export const DayArg = z
  .string()
  .refine((text) => parsePlainDate(text) !== null, { error: 'not a calendar day' })
  .transform((text) => text as PlainDate);
export const InstantArg: z.ZodType<Instant> = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'an instant in UTC with milliseconds');
export const Line = z.string().trim().min(1, 'nothing is written there').max(300, 'at most 300 characters');
export const OptionalLine = z.string().trim().max(300, 'at most 300 characters');
export const Body = z.string().trim().min(1, 'nothing is written there').max(20_000, 'at most 20,000 characters');
/** Whole cents, up to ten billion dollars. */
export const Cents = z.int().min(0).max(1_000_000_000_000);
export const FactsArg: z.ZodType<Facts> = z
  .record(z.string().max(60), z.union([z.string().max(300), z.number(), z.boolean(), z.null()]))
  .refine((facts) => Object.keys(facts).length <= 200, { error: 'at most 200 facts' });
