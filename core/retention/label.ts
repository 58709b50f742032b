import { dayOfMonth, isLeapYear, monthOf, type PlainDate, plainDateOf, yearOf } from '../deadlines/plain-date.ts';
import type { Outcome, Scenario } from '../deals/model.ts';
import { dayInWords } from '../documents/day-words.ts';
import type { Actor } from '../permissions/actor.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import type { ClockEvent, RetentionClock, RetentionRules, StateRetention } from './rules.ts';
import { stateName } from './states.ts';

export interface RetentionInput {
  /** Two-letter postal code. */
  readonly state: string;
  readonly scenario: Scenario;
  /** Null while the deal runs. */
  readonly outcome: Outcome | null;
  readonly events: Readonly<Partial<Record<ClockEvent, PlainDate>>>;
  /** Null when nobody has said: then as if built before 1978. */
  readonly yearBuilt: number | null;
  readonly legalHold: { readonly since: PlainDate; readonly reason: string } | null;
  /** A lawsuit about the deal; `endedOn` null while it runs. */
  readonly litigation: { readonly endedOn: PlainDate | null } | null;
  /** Years that the broker decided for this file; adds to the rules and never shortens them. */
  readonly brokerYears: number | null;
}

/** One reason to keep a file until a day. */
export interface RetentionPart {
  readonly rule: 'state' | 'federal-lead' | 'litigation' | 'broker';
  /** The day the years count from. */
  readonly from: PlainDate;
  readonly years: number;
  readonly until: PlainDate;
  readonly sources: readonly string[];
  readonly sentence: string;
}

export type RetentionStatus = 'keep-until' | 'deal-open' | 'legal-hold' | 'litigation' | 'no-number' | 'clock-unknown';

export interface RetentionLabel {
  readonly status: RetentionStatus;
  /** A person may destroy the file after this day, never on it; null in every status but `keep-until`. */
  readonly destroyAfter: PlainDate | null;
  readonly parts: readonly RetentionPart[];
  /** Clock events that somebody must say before there is a day. */
  readonly missingEvents: readonly ClockEvent[];
  readonly sentences: readonly string[];
}

/**
 * How long a deal's file is kept: state, outcome, clock event, lead paint, lawsuit, legal hold, and the latest of all
 * (domain.md section 11). A state without a confirmed number gets none. A label deletes nothing: a person does.
 */
export function labelFor(input: RetentionInput, rules: RetentionRules): RetentionLabel {
  if (input.outcome === null)
    return label('deal-open', [], 'The deal is still running. Its file is kept; the label comes when it ends.');
  const rule = rules.states.find(({ state }) => state === input.state);
  const found = stateParts(input, input.outcome, rule);
  const lead = leadPart(input, input.outcome, rules);
  const parts = [...found.parts, ...lead.parts];
  const missing = [...new Set([...found.missing, ...lead.missing])];
  const { legalHold, litigation } = input;
  if (legalHold !== null) {
    const reason = legalHold.reason === '' ? '' : ` (${legalHold.reason})`;
    return label(
      'legal-hold',
      parts,
      `On legal hold since ${dayInWords(legalHold.since)}${reason}. Nothing of it may be destroyed.`,
    );
  }
  if (litigation !== null && litigation.endedOn === null)
    return label('litigation', parts, 'A lawsuit about this deal is running. Keep the file until it has ended.');
  if (found.noNumber !== null) return label('no-number', parts, found.noNumber);
  if (missing.length > 0) return { ...label('clock-unknown', parts, missingSentence(missing)), missingEvents: missing };
  const destroyAfter = latest(parts.map(({ until }) => until));
  if (destroyAfter === null) return label('no-number', parts, noNumber(input.state));
  return {
    ...label(
      'keep-until',
      parts,
      `Keep the file until ${dayInWords(destroyAfter)}. After that a person may destroy it.`,
    ),
    destroyAfter,
  };
}

/** Destroying a file is an admin's own act, after the day and never under a hold. No job may. */
export function mayDestroy(retention: RetentionLabel, actor: Actor, today: PlainDate): Verdict {
  if (actor.kind === 'system')
    return no('PeopleOnly', 'No file is destroyed by itself. A broker or admin does it by hand.');
  if (actor.kind !== 'member' || actor.role !== 'admin')
    return no('NotYourRole', 'Only a broker or admin destroys a file. Ask them if it must go.');
  if (retention.destroyAfter === null) return no('Held', retention.sentences.join(' '));
  if (today <= retention.destroyAfter)
    return no(
      'Held',
      `Keep the file until ${dayInWords(retention.destroyAfter)}. It may be destroyed from the day after.`,
    );
  return YES;
}

/** The same day years later; February 29 becomes March 1 in a year without one, because keeping a day longer harms nobody. */
export function addYears(day: PlainDate, years: number): PlainDate {
  const year = yearOf(day) + years;
  if (monthOf(day) === 2 && dayOfMonth(day) === 29 && !isLeapYear(year)) return plainDateOf(year, 3, 1);
  return plainDateOf(year, monthOf(day), dayOfMonth(day));
}

interface Found {
  readonly parts: readonly RetentionPart[];
  readonly missing: readonly ClockEvent[];
  /** Why there is no number; null when there is one. */
  readonly noNumber: string | null;
}

const EVENT_WORDS: Readonly<Record<ClockEvent, string>> = {
  closing: 'the closing',
  listing: 'the listing',
  termination: 'the end of the contract',
  'end-of-transaction': 'the end of the transaction',
  'funds-received': 'the day funds were received',
  'agreement-executed': 'the signing of the agreement',
  'funds-disbursed': 'the day all funds were disbursed',
  conclusion: 'the conclusion',
  'agency-ended': 'the end of the agency',
  'lease-start': 'the start of the lease',
};

function stateParts(input: RetentionInput, outcome: Outcome, rule: StateRetention | undefined): Found {
  const broker = brokerPart(input, outcome);
  if (rule?.status !== 'confirmed' || !rule.scenarios.includes(input.scenario))
    return input.brokerYears === null ? { parts: [], missing: [], noNumber: whyNoNumber(input.state, rule) } : broker;
  const start = startOf(rule.clock[outcome], input.events);
  if (start.on === null) return { parts: broker.parts, missing: [...start.missing, ...broker.missing], noNumber: null };
  const { years } = rule;
  const counts = `${stateName(input.state)} counts ${years} years from ${EVENT_WORDS[start.event]}`;
  const part = partOf(
    'state',
    start.on,
    years,
    rule.sources.map(({ id }) => id),
    counts,
  );
  return { parts: [part, ...litigationPart(input, rule), ...broker.parts], missing: broker.missing, noNumber: null };
}

function litigationPart({ litigation, state }: RetentionInput, rule: StateRetention): readonly RetentionPart[] {
  const years = rule.litigationYearsAfterEnd;
  if (years === undefined || litigation === null || litigation.endedOn === null) return [];
  const counts = `${stateName(state)} asks for ${years} years after the end of the lawsuit`;
  return [
    partOf(
      'litigation',
      litigation.endedOn,
      years,
      rule.sources.map(({ id }) => id),
      counts,
    ),
  ];
}

/** Counted from the closing, or from whatever day the deal ended. */
function brokerPart({ brokerYears, events }: RetentionInput, outcome: Outcome): Found {
  if (brokerYears === null) return { parts: [], missing: [], noNumber: null };
  const event: ClockEvent = outcome === 'closed' ? 'closing' : 'termination';
  const on = events[event] ?? null;
  if (on === null) return { parts: [], missing: [event], noNumber: null };
  const counts = `Your broker decided on ${brokerYears} years from ${EVENT_WORDS[event]}`;
  return { parts: [partOf('broker', on, brokerYears, [], counts)], missing: [], noNumber: null };
}

/** Built before 1978 or nobody knows when: the lead form is kept from the completed sale or the start of the lease. */
function leadPart({ yearBuilt, scenario, events }: RetentionInput, outcome: Outcome, { lead }: RetentionRules): Found {
  const isOld = yearBuilt === null || yearBuilt < lead.builtBefore;
  if (!isOld || outcome !== 'closed') return { parts: [], missing: [], noNumber: null };
  const event = scenario === 'rent' ? lead.lease : lead.sale;
  const on = events[event] ?? null;
  if (on === null) return { parts: [], missing: [event], noNumber: null };
  const age =
    yearBuilt === null ? 'Nobody has said when it was built, so the lead form is kept' : 'The lead form is kept';
  const counts = `${age} ${lead.years} years from ${EVENT_WORDS[event]}`;
  return {
    parts: [
      partOf(
        'federal-lead',
        on,
        lead.years,
        lead.sources.map(({ id }) => id),
        counts,
      ),
    ],
    missing: [],
    noNumber: null,
  };
}

type Start =
  | { readonly on: PlainDate; readonly event: ClockEvent }
  | { readonly on: null; readonly missing: readonly ClockEvent[] };

function startOf(clock: RetentionClock, events: RetentionInput['events']): Start {
  const unknown = clock.events.filter((event) => events[event] === undefined);
  const isShort = clock.needs === 'all' ? unknown.length > 0 : unknown.length === clock.events.length;
  if (isShort) return { on: null, missing: clock.needs === 'all' ? unknown : clock.events };
  const known = [...clock.events, ...clock.alsoIfKnown].flatMap((event) => {
    const on = events[event];
    return on === undefined ? [] : [{ event, on }];
  });
  const first = known[0];
  if (first === undefined) return { on: null, missing: clock.events };
  return clock.pick === 'first' ? first : known.reduce((best, each) => (each.on > best.on ? each : best), first);
}

function partOf(
  rule: RetentionPart['rule'],
  from: PlainDate,
  years: number,
  sources: readonly string[],
  counts: string,
): RetentionPart {
  const until = addYears(from, years);
  return { rule, from, years, until, sources, sentence: `${counts}, ${dayInWords(from)}: until ${dayInWords(until)}.` };
}

function label(status: RetentionStatus, parts: readonly RetentionPart[], sentence: string): RetentionLabel {
  return {
    status,
    destroyAfter: null,
    parts,
    missingEvents: [],
    sentences: [sentence, ...parts.map((part) => part.sentence)],
  };
}

function latest(days: readonly PlainDate[]): PlainDate | null {
  return days.reduce<PlainDate | null>((best, day) => (best === null || day > best ? day : best), null);
}

function noNumber(state: string): string {
  return `No retention number is confirmed for ${stateName(state)}. Keep the file and ask your broker.`;
}

function whyNoNumber(state: string, rule: StateRetention | undefined): string {
  const isLeftOut = rule?.status === 'confirmed';
  if (isLeftOut) return `The rule of ${stateName(state)} does not speak of leases. Keep the file and ask your broker.`;
  return noNumber(state);
}

function missingSentence(missing: readonly ClockEvent[]): string {
  const words = missing.map((event) => EVENT_WORDS[event]).join(', ');
  return `The years count from a day that nobody has said: ${words}. Keep the file, and say the day.`;
}
