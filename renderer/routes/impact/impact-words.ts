import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ImpactKind } from '../../../core/deals/impact-shape.ts';
import type { ImpactView } from '../../../electron/contract/impact.ts';
import { rowDay, shortDay } from '../../ui/days.ts';

export type Said = ImpactView['said'][number];
export type Row = ImpactView['tasks'][number];

/** How a step on one day is called, and what its buttons say. */
export interface StepWords {
  /** "Move close of escrow", before the days. */
  readonly title: string;
  readonly verb: string;
  readonly leave: string;
}

export function stepWords({ title, from, to }: Said, today: PlainDate): StepWords {
  const leave = from === null ? 'Leave it open' : `Keep ${shortDay(from, today)}`;
  const name = inSentence(title);
  if (to === null) return { title: `Take away the day of ${name}`, verb: 'Take the day away', leave };
  if (from === null) return { title: `Set ${name}`, verb: `Set it to ${shortDay(to, today)}`, leave };
  if (from === to) return { title: `Set ${name}`, verb: `Keep ${shortDay(to, today)} by this`, leave: 'Leave it' };
  return { title: `Move ${name}`, verb: `Move it to ${shortDay(to, today)}`, leave };
}

/** "Close of escrow" inside a sentence; "MEC" stays. */
export function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

const ORDER: readonly ImpactKind[] = ['moves', 'gets', 'loses', 'new', 'opens', 'dropped', 'closes'];
const ONE: Record<ImpactKind, string> = {
  moves: 'moves',
  gets: 'gets its day',
  loses: 'loses its day',
  new: 'new',
  opens: 'counts again',
  dropped: 'dropped',
  closes: 'ends',
};
const MORE: Record<ImpactKind, string> = {
  ...ONE,
  moves: 'move',
  gets: 'get their day',
  loses: 'lose their day',
  opens: 'count again',
  closes: 'end',
};

/** "14 move, 3 new, 1 dropped" */
export function countWords(rows: readonly Pick<Row, 'kind'>[]): string {
  return ORDER.flatMap((kind) => {
    const count = rows.filter((row) => row.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? ONE[kind] : MORE[kind]}`];
  }).join(', ');
}

/** The head over the tasks, and what stands small behind it: "12 tasks move with them". */
export function tasksHead({ dates, tasks }: Pick<ImpactView, 'dates' | 'tasks'>): readonly [string, string] {
  const [first] = tasks;
  if (first === undefined) return ['', ''];
  const noun = tasks.length === 1 ? 'task' : 'tasks';
  if (!tasks.every(({ kind }) => kind === first.kind)) return [`${tasks.length} ${noun} change`, countWords(tasks)];
  const words = (tasks.length === 1 ? ONE : MORE)[first.kind];
  if (words === 'new' || words === 'dropped') return [`${tasks.length} ${words} ${noun}`, ''];
  const along = dates.length === 0 || first.kind !== 'moves' ? '' : dates.length === 1 ? ' with it' : ' with them';
  return [`${tasks.length} ${noun} ${words}${along}`, ''];
}

/** The head over the dates, and what stands small behind it. */
export function datesHead({ dates, said }: ImpactView): readonly [string, string] {
  if (dates.length === 0) return ['No date moves', ''];
  const [first] = dates;
  const isOneKind = dates.every(({ kind }) => kind === first?.kind);
  const noun = dates.length === 1 ? 'date' : 'dates';
  if (!isOneKind || first === undefined) return [`${dates.length} ${noun} change`, countWords(dates)];
  const words = (dates.length === 1 ? ONE : MORE)[first.kind];
  const head =
    words === 'new' || words === 'dropped' ? `${dates.length} ${words} ${noun}` : `${dates.length} ${noun} ${words}`;
  return [head, said.length === 1 && dates.length > 1 ? shiftWords(dates) : ''];
}

/** "8 days later, unless a rule says otherwise" */
function shiftWords(dates: ImpactView['dates']): string {
  const days = dates.find(({ isSaid }) => isSaid)?.days ?? null;
  if (days === null || days === 0) return '';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  const isAll = dates.every((row) => row.days === days);
  return `${count} ${days > 0 ? 'later' : 'earlier'}${isAll ? '' : ', unless a rule says otherwise'}`;
}

/** The two cells of a row: where it stands, and where it would. */
export function cellsOf({ kind, from, to }: Row, today: PlainDate): readonly [string, string] {
  const day = (on: PlainDate | null, none: string) => (on === null ? none : rowDay(on, today));
  if (kind === 'new') return ['new', day(to, 'no day yet')];
  if (kind === 'dropped') return [day(from, 'no day yet'), 'not asked for'];
  if (kind === 'closes') return [day(from, 'no day yet'), 'counts no more'];
  if (kind === 'opens') return ['counts again', day(to, 'no day yet')];
  return [day(from, 'no day yet'), day(to, 'no day')];
}

/** What stays, as a count and a sentence: "Appraisal contingency (counted from Acceptance)". */
export function staysWords({ stays }: ImpactView): readonly [number, string] {
  const count = stays.reduce((sum, { titles }) => sum + titles.length, 0);
  return [count, stays.map(({ because, titles }) => `${titles.join(', ')} (${because})`).join('; ')];
}

/** Whether anything moves beside the day that is said. */
export function movesOthers({ dates, tasks }: ImpactView): boolean {
  return tasks.length > 0 || dates.some(({ isSaid }) => !isSaid);
}
