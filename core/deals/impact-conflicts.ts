import { isLive } from '../changes/conflicts.ts';
import { CHANGE_RULES } from '../changes/rules.ts';
import { countText, dayText, listText } from '../deadlines/day-text.ts';
import { calendarsOf } from '../deadlines/pack-rule.ts';
import { type PlainDate, toDayNumber, yearOf } from '../deadlines/plain-date.ts';
import type { Conflict, ConflictKind, ImpactDate, ImpactRow, SaidDay, Side } from './impact-shape.ts';
import type { Id } from './model.ts';
import { closingDay } from './summarise.ts';

interface Seen {
  readonly was: Side;
  readonly will: Side;
  readonly said: readonly SaidDay[];
  readonly dates: readonly ImpactDate[];
  readonly tasks: readonly ImpactRow[];
  readonly today: PlainDate;
}

/** What a step brings about that is worth saying, the worst first. Only what the step itself brings: what stood so before is not repeated. */
export function conflictsOf(seen: Seen): readonly Conflict[] {
  return [
    ...pastDates(seen),
    ...afterClosing(seen),
    ...openRequests(seen),
    ...lateTasks(seen),
    ...closedDays(seen),
    ...doneBefore(seen),
  ];
}

function pastDates({ dates, will, today }: Seen): readonly Conflict[] {
  const past = dates.filter(({ id, kind, from, to }) => {
    const deadline = will.schedule.deadlines.find((each) => each.id === id);
    const isEnd = deadline?.state === 'open' && deadline.rule.finds === 'last-day';
    return isEnd && kind !== 'closes' && isOver(to, today) && !isOver(from, today);
  });
  return grouped('past', past, today, {
    one: 'One date would be in the past',
    more: (count) => `${count} dates would be in the past`,
    advice: 'Look what was done by then: mark it done, or agree on another day.',
  });
}

/** Dates that count from closing may follow it; all others are to be over by then. */
function afterClosing({ was, will, today }: Seen): readonly Conflict[] {
  const closing = closingDay(will.deal);
  const before = closingDay(was.deal);
  if (closing === null) return [];
  const after = will.schedule.deadlines.flatMap(({ id, rule, on: to, state }) => {
    const old = was.schedule.deadlines.find((each) => each.id === id)?.on ?? null;
    const isOld = old !== null && before !== null && old > before;
    const isAfter = to !== null && to > closing && (state === 'open' || state === 'tbd');
    const isMeant = rule.from === 'closing' || rule.finds === 'first-day';
    return isAfter && !isOld && !isMeant ? [{ id, title: rule.title, to }] : [];
  });
  return grouped('after-closing', after, today, {
    one: 'One date would end after closing',
    more: (count) => `${count} dates would end after closing`,
    advice: `The closing day is ${say(closing, today)}. Agree on another day for one or the other.`,
  });
}

/** A request on its way that asks for the same: two signed papers cannot both be the last. */
function openRequests({ was, will, said, today }: Seen): readonly Conflict[] {
  const names = new Set(said.map(({ kind, id }) => `${kind} ${id}`));
  return will.deal.changes.flatMap((request) => {
    // The step's own request is not in its own way.
    const isOwn = was.deal.changes.find(({ id }) => id === request.id) !== request;
    const term = request.terms.find(
      (each) =>
        (each.type === 'anchor' && names.has(`anchor ${each.name}`)) ||
        (each.type === 'override' && names.has(`date ${each.deadlineId}`)),
    );
    if (isOwn || !isLive(request) || (term?.type !== 'anchor' && term?.type !== 'override')) return [];
    const title = `An open request changes ${CHANGE_RULES[request.kind].words}`;
    const sentence = `It asks for ${say(term.to, today)} and came first. Settle it with this one.`;
    return [{ kind: 'request', id: request.id, title, sentence }];
  });
}

function lateTasks({ tasks, will, today }: Seen): readonly Conflict[] {
  const open = new Set(will.schedule.tasks.filter(({ isOpen }) => isOpen).map(({ id }) => id));
  const late = tasks.filter(({ id, from, to }) => open.has(id) && isOver(to, today) && !isOver(from, today));
  return grouped('late-task', late, today, {
    one: 'One task would be late at once',
    more: (count) => `${count} tasks would be late at once`,
    advice: 'Do what can be done today, and set another day for the rest.',
  });
}

/** One for each closed day that something is put on. The count of a form may end there; people still may not be reached. */
function closedDays({ dates, will, today }: Seen): readonly Conflict[] {
  const byDay = new Map<PlainDate, { readonly name: string; readonly rows: ImpactDate[] }>();
  for (const row of dates) {
    const name = row.to === null || row.kind === 'closes' ? null : closedName(will, row.id, row.to);
    if (name === null || row.to === null) continue;
    const met = byDay.get(row.to) ?? { name, rows: [] };
    byDay.set(row.to, { name: met.name, rows: [...met.rows, row] });
  }
  return [...byDay].flatMap(([day, { name, rows }]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const falls = `${named(rows.map(({ title }) => title))} ${rows.length === 1 ? 'falls' : 'fall'} on it.`;
    const advice = 'Offices may be closed: ask, or have it done the working day before.';
    return [
      {
        kind: 'closed-day' as const,
        id: first.id,
        title: `${say(day, today)} is ${name}`,
        sentence: `${falls} ${advice}`,
      },
    ];
  });
}

function closedName(will: Side, id: Id, on: PlainDate): string | null {
  const deadline = will.schedule.deadlines.find((each) => each.id === id);
  const pack = will.packs.find((each) => each.id === deadline?.packId) ?? will.packs[0];
  if (pack === undefined || deadline?.rule.finds === 'first-day') return null;
  const { own, trid } = calendarsOf(pack, {}, []);
  const closed = (deadline?.rule.dayKind === 'trid' ? trid() : own).closedOn(toDayNumber(on));
  if (closed === null) return null;
  return closed.isHoliday ? closed.name : 'on a weekend';
}

/** Finished work is not touched. Where the day it was for moves, somebody looks whether it holds. */
function doneBefore({ was, will }: Seen): readonly Conflict[] {
  const before = new Map(was.schedule.tasks.map((task) => [task.id, task]));
  const moved = will.schedule.tasks.filter((task) => {
    const old = before.get(task.id);
    return !task.isOpen && old !== undefined && !old.isOpen && old.dueOn !== task.dueOn;
  });
  const [first] = moved;
  if (first === undefined) return [];
  const title = `${countText(moved.length, 'finished task')} ${moved.length === 1 ? 'was' : 'were'} for the old days`;
  const stays = moved.length === 1 ? 'It stays done' : 'They stay done';
  const sentence = `${named(moved.map((task) => task.title))}. ${stays}. Look whether that still holds.`;
  return [{ kind: 'done-before', id: first.id, title, sentence }];
}

interface Words {
  readonly one: string;
  readonly more: (count: number) => string;
  readonly advice: string;
}

/** One conflict for all rows of a kind, each named with its day. */
function grouped(
  kind: ConflictKind,
  rows: readonly Pick<ImpactRow, 'id' | 'title' | 'to'>[],
  today: PlainDate,
  { one, more, advice }: Words,
): readonly Conflict[] {
  const [first] = rows;
  if (first === undefined) return [];
  const title = rows.length === 1 ? one : more(rows.length);
  const sentence = `${named(
    rows.map((row) => row.title),
    rows.map(({ to }) => (to === null ? '' : say(to, today))),
  )}. ${advice}`;
  return [{ kind, id: first.id, title, sentence }];
}

const MOST_NAMED = 4;

/** "“A”, “B” and 3 more", each with what stands in brackets behind it. */
function named(titles: readonly string[], behind: readonly string[] = []): string {
  const all = titles.map((title, index) => `“${title}”${behind[index] ? ` (${behind[index]})` : ''}`);
  if (all.length <= MOST_NAMED) return listText(all);
  return `${all.slice(0, MOST_NAMED - 1).join(', ')} and ${all.length - MOST_NAMED + 1} more`;
}

function isOver(day: PlainDate | null, today: PlainDate): boolean {
  return day !== null && day < today;
}

function say(day: PlainDate, today: PlainDate): string {
  return dayText(day, yearOf(today));
}
