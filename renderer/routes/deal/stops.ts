import { addDays, daysBetween, type PlainDate, weekdayOf } from '../../../core/deadlines/plain-date.ts';
import type { AnchorView, DateView, DealView, ItemState } from '../../../electron/contract/values.ts';

export interface Stop {
  readonly id: string;
  readonly title: string;
  readonly on: PlainDate;
  readonly state: ItemState;
  readonly isDone: boolean;
  /** `a` is the critical path, `b` runs beside it, `both` is where the two meet. */
  readonly lane: 'a' | 'b' | 'both';
  /** Null for a day that others count from: it was said, not counted. */
  readonly date: DateView | null;
  readonly detail: string;
  /** The deal ended before this day: it counts no longer. */
  readonly isOver: boolean;
}

type Days = Pick<DealView, 'anchors' | 'dates' | 'closedOn' | 'outcome'>;

/** The days at which both lines of the diagram meet. */
const ENDS = new Set(['acceptance', 'effective', 'effective-date', 'closing', 'closing-day', 'close-of-escrow']);

/**
 * The stops of the line diagram in order of days. A date is on the critical path when closing
 * waits for a task that counts from it; the others run beside it. A date without a day yet is no stop.
 */
export function stopsOf(deal: Days, today: PlainDate): readonly Stop[] {
  const counted = deal.dates.flatMap((date) => (date.on === null ? [] : [dateStop(deal, date, date.on)]));
  const said = deal.anchors.flatMap((anchor) => {
    const isCounted = counted.some(
      (stop) => stop.id === anchor.name || (stop.title === anchor.title && stop.on === anchor.on),
    );
    return anchor.on === null || isCounted ? [] : [anchorStop(deal, { anchor, on: anchor.on, today })];
  });
  const rank = (stop: Stop) => (stop.lane !== 'both' ? 1 : stop.id.startsWith('clos') ? 2 : 0);
  return [...said, ...counted].sort((one, other) =>
    one.on === other.on ? rank(one) - rank(other) : one.on < other.on ? -1 : 1,
  );
}

/** Whether a day that nobody is done with lies behind the end of the deal. */
export function isPastEnd({ closedOn }: Pick<DealView, 'closedOn'>, on: PlainDate): boolean {
  return closedOn !== null && on > closedOn;
}

function dateStop(deal: Days, date: DateView, on: PlainDate): Stop {
  const lane = ENDS.has(date.id) ? 'both' : date.isCritical ? 'a' : 'b';
  return {
    id: date.id,
    title: date.title,
    on,
    state: date.state,
    isDone: date.state === 'done',
    lane,
    date,
    detail: '',
    isOver: date.state !== 'done' && isPastEnd(deal, on),
  };
}

interface Said {
  readonly anchor: AnchorView;
  readonly on: PlainDate;
  readonly today: PlainDate;
}

function anchorStop(deal: Days, { anchor, on, today }: Said): Stop {
  // The closing itself is done when the deal says so, not when its day has come.
  const hasCome = anchor.name === 'closing' ? deal.outcome === 'closed' : on <= today;
  const isDone = hasCome && !isPastEnd(deal, on);
  return {
    id: anchor.name,
    title: anchor.title,
    on,
    state: isDone ? 'done' : 'none',
    isDone,
    lane: ENDS.has(anchor.name) ? 'both' : 'a',
    date: null,
    detail: anchor.evidence,
    isOver: isPastEnd(deal, on),
  };
}

/** What a date without a day waits for, as a sentence; empty when nobody can say. */
export function waitsText({ waitsFor }: Pick<DateView, 'waitsFor'>): string {
  if (waitsFor === '') return '';
  // A question that only the signed form answers stands as it is.
  const isWhole = /^waits /i.test(waitsFor) || waitsFor.includes('?');
  const sentence = isWhole ? waitsFor : `Waits for ${waitsFor}`;
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}

export interface CountedDay {
  readonly day: PlainDate;
  /** `nominal` is the last day of the count where it could not end. */
  readonly kind: 'outside' | 'zero' | 'counted' | 'nominal' | 'closed' | 'end';
  /** "day 0", "16", "closed", "ends"; empty outside of the count. */
  readonly label: string;
  readonly isToday: boolean;
}

/** Longer counts are told in words only. */
const MOST_DAYS = 70;

/** The count of a date as whole weeks, Monday first; null when there is nothing to draw. Closed days are not counted. */
export function countedWeeks(
  date: Pick<DateView, 'from' | 'on' | 'raw' | 'closedDays'>,
  today: PlainDate,
): readonly (readonly CountedDay[])[] | null {
  const { from, on } = date;
  if (from === null || on === null || from === on || Math.abs(daysBetween(from, on)) > MOST_DAYS) return null;
  const isBack = on < from;
  const labels = labelsOf({ from, on, raw: date.raw, closed: new Set(date.closedDays) });
  const [first, last] = isBack ? [on, from] : [from, on];
  const start = addDays(first, 1 - weekdayOf(first));
  const weeks = Math.ceil((daysBetween(start, last) + 1) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_day, weekday) => {
      const day = addDays(start, week * 7 + weekday);
      return { day, isToday: day === today, ...(labels.get(day) ?? { kind: 'outside' as const, label: '' }) };
    }),
  );
}

interface Count {
  readonly from: PlainDate;
  readonly on: PlainDate;
  readonly raw: PlainDate | null;
  readonly closed: ReadonlySet<PlainDate>;
}

function labelsOf({ from, on, raw, closed }: Count) {
  const labels = new Map<PlainDate, { kind: CountedDay['kind']; label: string }>();
  const step = on < from ? -1 : 1;
  labels.set(from, { kind: 'zero', label: 'day 0' });
  let count = 0;
  for (let day = addDays(from, step); day !== on; day = addDays(day, step)) {
    if (day === raw) labels.set(day, { kind: 'nominal', label: `day ${count + 1}` });
    else if (closed.has(day)) labels.set(day, { kind: 'closed', label: 'closed' });
    else {
      count += 1;
      labels.set(day, { kind: 'counted', label: String(count) });
    }
  }
  labels.set(on, { kind: 'end', label: step === 1 ? 'ends' : 'due' });
  return labels;
}
