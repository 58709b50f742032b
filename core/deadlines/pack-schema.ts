import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { HOLIDAY_SETS } from './calendars/sets.ts';
import { ZONES } from './count-words.ts';
import { parsePlainDate } from './plain-date.ts';

const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const Sentence = z.string().min(1);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Zone = z.string().refine((zone) => zone in ZONES, 'a time zone that a US property can be in');
const Days = z.int().min(0).max(3650);
const DayKindSchema = z.enum(['calendar', 'business', 'trid']);
const RollTo = z.enum(['next', 'previous', 'none']);

const RollSpec = z.strictObject({
  /** Where a day that is a weekend or holiday moves to, when no option says otherwise. */
  to: RollTo,
  /** Said when the count does land there and no option was chosen, because the form leaves it open. */
  warning: Sentence.optional(),
  option: Name.optional(),
  choices: z.record(z.string(), RollTo).optional(),
});

const Counting = z.strictObject({
  holidaySet: z.enum(HOLIDAY_SETS),
  countsObserved: z.boolean(),
  dayKind: DayKindSchema,
  /** Periods of at most this many days count business days only. */
  shortPeriodUpTo: Days.nullable(),
  rollAfter: RollSpec,
  rollBefore: RollSpec,
  /** Counting back from a day that does not count starts at the counting day before it. */
  anchorRollsBefore: z.boolean(),
  endsAt: Time,
  endWarning: Sentence.nullable(),
  /** What is received after this time counts as the next day. */
  lateAfter: Time.nullable(),
  sources: z.array(Sentence),
});

const Anchor = z.strictObject({
  id: Name,
  title: Sentence,
  /** What the day is called while it is unknown: "acceptance date". */
  dateName: Sentence,
  /** What has to have happened, in the form's terms. */
  means: Sentence,
  trigger: z.enum(['signature', 'delivery', 'receipt', 'event']),
  sources: z.array(Sentence),
});

const Option = z.strictObject({
  id: Name,
  title: Sentence,
  shape: z.enum(['choice', 'time']),
  choices: z.array(Name),
  sources: z.array(Sentence),
});

const Deadline = z.strictObject({
  id: Name,
  title: Sentence,
  /** What the client reads; no acronyms. */
  clientTitle: Sentence,
  /** An anchor, or a deadline of this pack. */
  from: Name,
  /** Counted from here while `from` is unknown. */
  fallback: Name.optional(),
  /** Null when only the signed form can say: then `asks` is the question. */
  days: Days.nullable(),
  asks: Sentence.optional(),
  /** What a blank box means on this form, to offer beside the question. */
  blankMeans: Days.optional(),
  direction: z.enum(['after', 'before']),
  finds: z.enum(['last-day', 'first-day']),
  dayKind: DayKindSchema.optional(),
  /** False: the pack's short-period rule does not apply. */
  shortPeriod: z.literal(false).optional(),
  roll: RollSpec.optional(),
  endsAt: Time.optional(),
  endWarning: Sentence.nullable().optional(),
  /** An option of shape `time` that sets the end of day. */
  endsOption: Name.optional(),
  /** Paragraph or box of the form; null where no source names it. */
  clause: Sentence.nullable(),
  sources: z.array(Sentence).min(1),
  status: z.enum(['confirmed', 'unconfirmed']),
  /** Said with every date of this deadline. */
  warning: Sentence.optional(),
  onMiss: Sentence,
  expires: z.enum(['by-itself', 'needs-notice', 'not-said']),
  /** Revisions of the form that have it; absent means all. */
  revisions: z.array(Sentence).optional(),
});

const PackShape = z.strictObject({
  id: Name,
  title: Sentence,
  form: Sentence,
  revision: Sentence,
  revisions: z.array(
    z.strictObject({
      id: Sentence,
      /** First day on which this revision is the one to use, as text `YYYY-MM-DD`. */
      since: z
        .string()
        .refine((text) => parsePlainDate(text) !== null)
        .nullable(),
      note: z.string(),
    }),
  ),
  state: z.string().min(2),
  zone: Zone,
  /** Whether the form itself names the zone, so that the property's place does not matter. */
  zoneIsFixed: z.boolean(),
  isLocked: z.boolean(),
  /** The pack that an office copied this from. */
  basedOn: Name.nullable(),
  isOverlay: z.boolean(),
  /** The anchor that opens the file: acceptance, effective date, MEC. */
  dayZero: Name,
  anchors: z.array(Anchor).min(1),
  options: z.array(Option),
  counting: Counting,
  /** What a person should know about this form's counting, with its source. */
  notes: z.array(Sentence),
  deadlines: z.array(Deadline),
});

const PackSchema = PackShape.superRefine((pack, context) => {
  for (const message of faultsOf(pack)) context.addIssue({ code: 'custom', message });
});

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

export type Pack = DeepReadonly<z.infer<typeof PackShape>>;
export type PackDeadline = Pack['deadlines'][number];
export type PackRoll = Pack['counting']['rollAfter'];

export type PackError = { readonly type: 'PackInvalid'; readonly faults: readonly string[]; readonly message: string };

/** A pack from JSON, or every fault that it has, each as a sentence with its place. */
export function parsePack(json: unknown): Result<Pack, PackError> {
  const parsed = PackSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'pack'}: ${issue.message}`);
  return err({ type: 'PackInvalid', faults, message: `This rule pack cannot be used. ${faults.join('; ')}.` });
}

/** What the shape alone cannot say: references that exist, questions for open counts, no circle. */
function faultsOf(pack: z.infer<typeof PackShape>): readonly string[] {
  const faults: string[] = [];
  const anchors = new Set(pack.anchors.map((anchor) => anchor.id));
  const deadlines = new Map(pack.deadlines.map((deadline) => [deadline.id, deadline]));
  const ids = [...pack.anchors, ...pack.deadlines].map((item) => item.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push(`${id} is used twice`);
  if (!anchors.has(pack.dayZero)) faults.push(`day zero ${pack.dayZero} is no anchor`);
  if (!pack.revisions.some((revision) => revision.id === pack.revision)) faults.push('revision is not in revisions');
  for (const deadline of pack.deadlines) {
    for (const from of [deadline.from, deadline.fallback]) {
      if (from !== undefined && !anchors.has(from) && !deadlines.has(from))
        faults.push(`${deadline.id} counts from ${from}, which is unknown`);
    }
    if (deadline.days === null && deadline.asks === undefined)
      faults.push(`${deadline.id} has no count and no question`);
    if (deadline.status === 'unconfirmed' && deadline.days !== null)
      faults.push(`${deadline.id} is unconfirmed, so its count must be asked`);
    if (isCircular(deadline.id, deadlines)) faults.push(`${deadline.id} depends on itself`);
  }
  const options = new Set(pack.options.map((option) => option.id));
  const rolls = [pack.counting.rollAfter, pack.counting.rollBefore, ...pack.deadlines.flatMap((d) => d.roll ?? [])];
  for (const option of [...rolls.map((roll) => roll.option), ...pack.deadlines.map((d) => d.endsOption)]) {
    if (option !== undefined && !options.has(option)) faults.push(`option ${option} is unknown`);
  }
  return faults;
}

function isCircular(
  id: string,
  deadlines: ReadonlyMap<string, { from: string; fallback?: string | undefined }>,
): boolean {
  const seen = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const deadline = deadlines.get(next);
    if (deadline === undefined) continue;
    for (const from of [deadline.from, deadline.fallback]) {
      if (from === id) return true;
      if (from !== undefined && !seen.has(from)) open.push(from);
    }
    seen.add(next);
  }
  return false;
}
