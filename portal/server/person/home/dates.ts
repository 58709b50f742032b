import { deadlineGroup, isAfterClosing } from '../../../../core/deadlines/deadline-readers.ts';
import type { KeyDate } from '../../../api/person-home.ts';
import { compareDays, type Eye } from './eye.ts';

const DATE_STATES: Readonly<Record<string, KeyDate['state'] | null>> = {
  open: 'ahead',
  done: 'done',
  waived: null,
  tbd: null,
  'not-applicable': null,
};

/** A date of this person, with what a page is not told: which one it is, by an id that stays, and in which zone its time is. */
export interface OwnDate extends KeyDate {
  readonly id: string;
  readonly zone: string;
  /** Ahead on a deal that is over, so nothing happens on that day any more. */
  readonly isOff: boolean;
}

export function datesOf(eye: Eye, closing: string | null): KeyDate[] {
  return ownDatesOf(eye, closing)
    .filter(({ isOff }) => !isOff)
    .map(({ id: _id, zone: _zone, isOff: _isOff, ...date }) => date);
}

/** The dates that this person sees, in the order of their days. */
export function ownDatesOf(eye: Eye, closing: string | null): OwnDate[] {
  const { view, counted } = eye;
  const ends = new Map(counted.deadlines.map((deadline) => [deadline.id, deadline]));
  const dates = view.deadlines.flatMap(({ id = '', title = '', on = null, state = 'tbd', why = '' }): OwnDate[] => {
    const known = DATE_STATES[state] ?? null;
    if (on === null || known === null || title === '') return [];
    const isClosing = deadlineGroup(id) === 'closing';
    const { at = '', zone = '' } = ends.get(id) ?? {};
    const isEndOfDay = at === '23:59' || at === '24:00' || isClosing;
    const told = known === 'ahead' && on < counted.today ? 'past' : known;
    const isOff = told === 'ahead' && isOffOf(eye, id);
    return [{ id, title, on, at: isEndOfDay ? '' : at, zone, state: told, why, isClosing, isOff }];
  });
  const agreed = view.anchors.flatMap(({ name = '', on }): OwnDate[] => {
    const isClosing = name === 'closing';
    const title = counted.anchorTitles.get(name) ?? (isClosing ? 'Closing' : undefined);
    if (
      on === undefined ||
      title === undefined ||
      (isClosing && dates.some((date) => date.isClosing && date.on === on))
    )
      return [];
    const state = on < counted.today ? 'done' : 'ahead';
    const isOff = state === 'ahead' && isOffOf(eye, name);
    return [{ id: `anchor ${name}`, title, on, at: '', zone: '', state, why: '', isClosing, isOff }];
  });
  // The form's closing day may be rolled; the agreed one is what people plan for.
  const all = [...dates, ...agreed].filter(({ isClosing, on }) => !isClosing || closing === null || on === closing);
  return all.toSorted((a, b) => compareDays(a.on, b.on) || Number(a.isClosing) - Number(b.isClosing));
}

/** Of a deal that fell through nothing holds; of one that closed, early perhaps, only what comes after it. */
function isOffOf({ kept, isOver }: Eye, id: string): boolean {
  return isOver && (kept.deal.row.outcome !== 'closed' || !isAfterClosing(id));
}
