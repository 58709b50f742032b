import type { ExtraClosedDay } from './calendars/calendar.ts';
import type { CountResult } from './count.ts';
import type { DueTask, ScheduledTask } from './due-tasks.ts';
import { dueTasks } from './due-tasks.ts';
import type { OptionValues } from './pack.ts';
import { calendarsOf, type PackCalendars } from './pack-rule.ts';
import type { Pack, PackDeadline } from './pack-schema.ts';
import { placeDeadline } from './place-deadline.ts';
import type { PlainDate } from './plain-date.ts';
import type { Step } from './steps.ts';

export type DeadlineStateName = 'open' | 'completed' | 'waived' | 'tbd' | 'not-applicable';

export interface DeadlineState {
  readonly state: DeadlineStateName;
  readonly reason: string;
}

/** A count or a day that a person set, with the document that says so. Exactly one of `days` and `on` is not null. */
export interface DeadlineOverride {
  readonly deadlineId: string;
  readonly days: number | null;
  readonly on: PlainDate | null;
  readonly documentId: string | null;
  readonly reason: string;
}

export interface ScheduleInput {
  /** The contract form first, then overlays such as the closing disclosure rule. */
  readonly packs: readonly Pack[];
  readonly anchors: Readonly<Record<string, PlainDate>>;
  readonly overrides?: readonly DeadlineOverride[];
  readonly states?: Readonly<Record<string, DeadlineState>>;
  readonly options?: OptionValues;
  readonly extraClosed?: readonly ExtraClosedDay[];
  readonly tasks?: readonly DueTask[];
}

export interface ScheduledDeadline {
  readonly id: string;
  readonly packId: string;
  /** Form and revision that the date rests on. */
  readonly form: string;
  readonly revision: string;
  /** The pack's words and sources for it. */
  readonly rule: PackDeadline;
  readonly state: DeadlineStateName;
  readonly stateReason: string;
  readonly on: PlainDate | null;
  /** Local end of the day, `HH:MM`, and where; the instant is `instantOf({on, at, zone})`. */
  readonly at: string;
  readonly zone: string;
  /** Where the count landed before any roll; null without a date. */
  readonly raw: PlainDate | null;
  readonly steps: readonly Step[];
  /** A sentence when there is no date: what it waits for, or the question to answer. */
  readonly waitsFor: string | null;
  readonly override: DeadlineOverride | null;
}

export interface Schedule {
  readonly deadlines: readonly ScheduledDeadline[];
  readonly tasks: readonly ScheduledTask[];
  /** Overrides and states for deadlines that no pack here has; they change nothing. */
  readonly unplaced: readonly string[];
}

/** What placing one deadline may read. */
export interface Placing {
  readonly input: ScheduleInput;
  readonly overrides: ReadonlyMap<string, DeadlineOverride>;
  readonly calendars: ReadonlyMap<string, PackCalendars>;
  /** Title and, once known, day of an anchor or deadline. */
  baseOf(id: string): Base;
}

export interface Base {
  readonly title: string;
  readonly on: PlainDate | null;
  /** A sentence when `on` is null. */
  readonly waitsFor: string;
}

export type Placed = Pick<CountResult, 'steps'> & {
  readonly on: PlainDate | null;
  readonly at: string;
  readonly zone: string;
  readonly raw: PlainDate | null;
  readonly waitsFor: string | null;
};

/**
 * All deadlines and due days of a deal, from its packs, anchors, overrides and states.
 * Always answers: what cannot be dated yet says what it waits for. Order is that of the packs.
 */
export function scheduleOf(input: ScheduleInput): Schedule {
  const placing = createPlacing(input);
  const deadlines = [...placing.rules.keys()].flatMap((id) => placing.place(id) ?? []);
  const tasks = dueTasks(input.tasks ?? [], placing);
  const named = [...placing.overrides.keys(), ...Object.keys(input.states ?? {})];
  return { deadlines, tasks, unplaced: [...new Set(named)].filter((id) => !placing.rules.has(id)) };
}

/** The due days alone: only the deadlines that a task counts from are placed. The same days as in the whole schedule. */
export function dueDaysOf(input: ScheduleInput): readonly ScheduledTask[] {
  return dueTasks(input.tasks ?? [], createPlacing(input));
}

/** Places deadlines when they are asked for, each once, since they may count from each other. */
function createPlacing(input: ScheduleInput) {
  const rules = rulesOf(input.packs);
  const placed = new Map<string, ScheduledDeadline>();
  const overrides = new Map((input.overrides ?? []).map((override) => [override.deadlineId, override]));
  const placing = { input, rules, overrides, calendars: calendarsByPack(input), place, baseOf };
  return placing;

  function place(id: string): ScheduledDeadline | null {
    const known = placed.get(id);
    const found = rules.get(id);
    if (known !== undefined || found === undefined) return known ?? null;
    const deadline = toScheduled(found.pack, found.rule, placing);
    placed.set(id, deadline);
    return deadline;
  }

  function baseOf(id: string): Base {
    const anchorOn = input.anchors[id] ?? null;
    const anchor = findAnchor(input.packs, id);
    if (anchor !== null) return { title: anchor.title, on: anchorOn, waitsFor: `Waits for the ${anchor.dateName}.` };
    const deadline = place(id);
    if (deadline === null) return { title: id, on: anchorOn, waitsFor: `Waits for a date named ${id}.` };
    return { title: deadline.rule.title, on: deadline.on, waitsFor: waitsForDeadline(deadline) };
  }
}

/** Every deadline with its pack; of two with one id the first pack's counts. */
function rulesOf(packs: readonly Pack[]): ReadonlyMap<string, { readonly pack: Pack; readonly rule: PackDeadline }> {
  const rules = new Map<string, { readonly pack: Pack; readonly rule: PackDeadline }>();
  for (const pack of packs)
    for (const rule of pack.deadlines) if (!rules.has(rule.id)) rules.set(rule.id, { pack, rule });
  return rules;
}

function toScheduled(pack: Pack, rule: PackDeadline, placing: Placing): ScheduledDeadline {
  const given = placing.input.states?.[rule.id];
  const state = given?.state ?? 'open';
  const override = placing.overrides.get(rule.id) ?? null;
  const { on, at, zone, raw, steps, waitsFor } = placeDeadline(pack, rule, placing, state, override);
  const { form, revision } = pack;
  const stateReason = given?.reason ?? '';
  return {
    id: rule.id,
    packId: pack.id,
    form,
    revision,
    rule,
    state,
    stateReason,
    on,
    at,
    zone,
    raw,
    steps,
    waitsFor,
    override,
  };
}

function calendarsByPack({ packs, options = {}, extraClosed = [] }: ScheduleInput): ReadonlyMap<string, PackCalendars> {
  return new Map(packs.map((pack) => [pack.id, calendarsOf(pack, options, extraClosed)]));
}

function findAnchor(packs: readonly Pack[], id: string): Pack['anchors'][number] | null {
  for (const pack of packs) {
    const anchor = pack.anchors.find((each) => each.id === id);
    if (anchor !== undefined) return anchor;
  }
  return null;
}

function waitsForDeadline(deadline: ScheduledDeadline): string {
  if (deadline.state === 'not-applicable') return `Counts from “${deadline.rule.title}”, which does not apply.`;
  return `Waits for “${deadline.rule.title}”. ${deadline.waitsFor ?? ''}`.trim();
}
