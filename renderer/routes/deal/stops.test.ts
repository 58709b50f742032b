import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { DateView } from '../../../electron/contract/values.ts';
import { countedWeeks, stopsOf } from './stops.ts';

const TODAY = plainDate('2026-06-17');
const day = plainDate;

function dateOf(id: string, on: string | null, change: Partial<DateView> = {}): DateView {
  // Only what the line reads.
  return { id, title: id, on: on === null ? null : day(on), state: 'none', ifMissed: '', ...change } as DateView;
}

test('stops stand in order of days, ends carry both lines, the money is on the critical path', () => {
  const stops = stopsOf(
    {
      anchors: [
        { name: 'closing', title: 'Close of escrow', on: day('2026-07-02'), evidence: '' },
        { name: 'acceptance', title: 'Acceptance', on: day('2026-06-02'), evidence: 'by e-mail' },
        { name: 'notice', title: 'Notice', on: null, evidence: '' },
      ],
      dates: [
        dateOf('loan-contingency', '2026-06-23', { isCritical: true }),
        dateOf('investigation-contingency', '2026-06-22'),
        dateOf('close-of-escrow', '2026-07-02', { title: 'Close of escrow' }),
        dateOf('response', null),
      ],
      ...{ closedOn: null, outcome: null },
    },
    TODAY,
  );
  expect(stops.map((stop) => [stop.id, stop.lane])).toEqual([
    ['acceptance', 'both'],
    ['investigation-contingency', 'b'],
    ['loan-contingency', 'a'],
    ['close-of-escrow', 'both'],
  ]);
  expect(stops[0]?.isDone).toBe(true);
  expect(stops.some(({ isOver }) => isOver)).toBe(false);
});

test('days behind the end of a deal count no longer, and its closing is done', () => {
  const ended = (outcome: 'closed' | 'withdrawn', closing: string) =>
    stopsOf(
      {
        anchors: [{ name: 'closing', title: 'Close of escrow', on: day(closing), evidence: '' }],
        dates: [
          dateOf('deposit', '2026-06-05', { state: 'done' }),
          dateOf('loan-contingency', '2026-06-12'),
          dateOf('walk-through', '2026-06-30'),
        ],
        ...{ closedOn: day('2026-06-16'), outcome },
      },
      TODAY,
    ).map(({ id, isDone, isOver }) => [id, isDone, isOver]);
  expect(ended('closed', '2026-06-16')).toEqual([
    ['deposit', true, false],
    ['loan-contingency', false, false],
    ['closing', true, false],
    ['walk-through', false, true],
  ]);
  expect(ended('withdrawn', '2026-07-02').at(-1)).toEqual(['closing', false, true]);
});

test('the calendar counts forward from day 0, leaves out closed days and ends on the date', () => {
  const weeks = countedWeeks(
    {
      from: day('2026-06-17'),
      on: day('2026-06-23'),
      raw: null,
      closedDays: [day('2026-06-19'), day('2026-06-20'), day('2026-06-21')],
    },
    TODAY,
  );
  const labels = weeks?.flat().map((cell) => cell.label);
  expect(labels).toEqual(['', '', 'day 0', '1', 'closed', 'closed', 'closed', '2', 'ends', '', '', '', '', '']);
  expect(weeks?.[0]?.[2]).toMatchObject({ day: '2026-06-17', isToday: true, kind: 'zero' });
});

test('the day on which the count would have ended is shown for what it is', () => {
  const closedDays = [day('2026-06-19'), day('2026-06-20'), day('2026-06-21')];
  const date = { from: day('2026-06-16'), on: day('2026-06-22'), raw: day('2026-06-19'), closedDays };
  const labels = countedWeeks(date, TODAY)
    ?.flat()
    .map((cell) => cell.label);
  expect(labels?.slice(0, 8)).toEqual(['', 'day 0', '1', '2', 'day 3', 'closed', 'closed', 'ends']);
});

test('the calendar counts backward too', () => {
  const weeks = countedWeeks({ from: day('2026-06-26'), on: day('2026-06-23'), raw: null, closedDays: [] }, TODAY);
  expect(weeks?.flat().map((cell) => cell.label)).toEqual(['', 'due', '2', '1', 'day 0', '', '']);
});

test('nothing is drawn without two days or over more than ten weeks', () => {
  expect(countedWeeks({ from: null, on: day('2026-06-23'), raw: null, closedDays: [] }, TODAY)).toBeNull();
  expect(countedWeeks({ from: day('2026-01-01'), on: day('2026-06-23'), raw: null, closedDays: [] }, TODAY)).toBeNull();
});
