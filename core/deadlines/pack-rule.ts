import { type Calendar, createCalendar, type ExtraClosedDay } from './calendars/calendar.ts';
import type { CountRule, Roll } from './count.ts';
import { type OptionValues, switchValues } from './pack.ts';
import type { Pack, PackDeadline, PackRoll } from './pack-schema.ts';
import type { DayKind, Direction } from './steps.ts';

/** The calendars of a pack: its own, and that of closing disclosures, made when first needed. */
export interface PackCalendars {
  readonly own: Calendar;
  trid(): Calendar;
}

export interface RuleChoice {
  /** The deadline whose exceptions apply; null counts by the pack's general rule. */
  readonly deadline: PackDeadline | null;
  readonly direction?: Direction | undefined;
  readonly dayKind?: DayKind | undefined;
  readonly options: OptionValues;
}

/**
 * What was made before, by pack and switches. A calendar keeps what it worked out about its years, so a schedule that is
 * counted again and again does not work it out again; its answers are the same either way.
 */
const made = new WeakMap<Pack, Map<string, PackCalendars>>();

export function calendarsOf(pack: Pack, options: OptionValues, extraClosed: readonly ExtraClosedDay[]): PackCalendars {
  if (extraClosed.length > 0) return makeCalendars(pack, options, extraClosed);
  const key = JSON.stringify(switchValues(pack, options));
  const ofPack = made.get(pack) ?? new Map<string, PackCalendars>();
  made.set(pack, ofPack);
  const known = ofPack.get(key) ?? makeCalendars(pack, options, []);
  ofPack.set(key, known);
  return known;
}

function makeCalendars(pack: Pack, options: OptionValues, extraClosed: readonly ExtraClosedDay[]): PackCalendars {
  const { holidaySet: setId, countsObserved } = pack.counting;
  const own = createCalendar({ setId, countsObserved, switches: switchValues(pack, options), extraClosed });
  let trid: Calendar | null = setId === 'us-trid' ? own : null;
  return {
    own,
    trid() {
      trid ??= createCalendar({ setId: 'us-trid', countsObserved: false });
      return trid;
    },
  };
}

/** One counting rule with nothing left open: the pack's general rule, the deadline's exceptions, then what was chosen. */
export function ruleOf(pack: Pack, calendars: PackCalendars, choice: RuleChoice): CountRule {
  const { counting } = pack;
  const { deadline, options } = choice;
  const direction = choice.direction ?? deadline?.direction ?? 'after';
  const dayKind = choice.dayKind ?? deadline?.dayKind ?? counting.dayKind;
  const general = direction === 'after' ? counting.rollAfter : counting.rollBefore;
  const endsOption = deadline?.endsOption === undefined ? undefined : options[deadline.endsOption];
  return {
    direction,
    dayKind,
    shortPeriod:
      counting.shortPeriodUpTo === null || deadline?.shortPeriod === false ? null : { upTo: counting.shortPeriodUpTo },
    roll: rollOf(deadline?.roll ?? general, options),
    anchorRolls: direction === 'before' && counting.anchorRollsBefore,
    lateAfter: counting.lateAfter,
    endsAt: endsOption ?? deadline?.endsAt ?? counting.endsAt,
    endWarning: deadline?.endWarning === undefined ? counting.endWarning : deadline.endWarning,
    remarks: deadline?.warning === undefined ? [] : [deadline.warning],
    finds: deadline?.finds ?? 'last-day',
    zone: pack.zoneIsFixed ? pack.zone : (options.zone ?? pack.zone),
    calendar: dayKind === 'trid' ? calendars.trid() : calendars.own,
  };
}

function rollOf({ to, warning, option, choices }: PackRoll, options: OptionValues): Roll {
  const chosen = option === undefined ? undefined : choices?.[options[option] ?? ''];
  return chosen === undefined ? { to, warning: warning ?? null } : { to: chosen, warning: null };
}
