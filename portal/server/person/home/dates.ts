import type { KeyDate } from '../../../api/person-calls.ts';
import { CLOSING_DEADLINES } from '../deal-facts.ts';
import { compareDays, type Eye } from './eye.ts';

const DATE_STATES: Readonly<Record<string, KeyDate['state'] | null>> = {
  open: 'ahead',
  done: 'done',
  waived: null,
  tbd: null,
  'not-applicable': null,
};

export function datesOf({ view, counted }: Eye, closing: string | null): KeyDate[] {
  const ends = new Map(counted.deadlines.map(({ id, at }) => [id, at]));
  const dates = view.deadlines.flatMap(({ id = '', title = '', on = null, state = 'tbd', why = '' }): KeyDate[] => {
    const known = DATE_STATES[state] ?? null;
    if (on === null || known === null || title === '') return [];
    const isClosing = CLOSING_DEADLINES.has(id);
    const at = ends.get(id) ?? '';
    const isEndOfDay = at === '23:59' || at === '24:00' || isClosing;
    const told = known === 'ahead' && on < counted.today ? 'past' : known;
    return [{ title, on, at: isEndOfDay ? '' : at, state: told, why, isClosing }];
  });
  const agreed = view.anchors.flatMap(({ name = '', on }): KeyDate[] => {
    const isClosing = name === 'closing';
    const title = counted.anchorTitles.get(name) ?? (isClosing ? 'Closing' : undefined);
    if (on === undefined || title === undefined || (isClosing && dates.some((date) => date.isClosing))) return [];
    return [{ title, on, at: '', state: on < counted.today ? 'done' : 'ahead', why: '', isClosing }];
  });
  // The form's closing day may be rolled; the agreed one is what people plan for.
  const all = [...dates, ...agreed].filter(({ isClosing, on }) => !isClosing || closing === null || on === closing);
  return all.toSorted((a, b) => compareDays(a.on, b.on) || Number(a.isClosing) - Number(b.isClosing));
}
