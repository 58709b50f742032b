import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createCalendar } from './calendars/calendar.ts';
import { HOLIDAY_SETS } from './calendars/sets.ts';
import { type CountResult, type CountRule, countDays } from './count.ts';
import { addDays, fromDayNumber, type PlainDate, plainDate, toDayNumber } from './plain-date.ts';
import { replay } from './steps.ts';

vi.setConfig({ testTimeout: 120_000 });

const RUNS = Number(process.env.CLOSEBOARD_RUNS ?? 10_000);
const SEED = Number(process.env.CLOSEBOARD_SEED ?? Date.now() % 2 ** 31);
console.info(`properties: CLOSEBOARD_SEED=${SEED}`);

const calendars = HOLIDAY_SETS.flatMap((setId) =>
  [true, false].map((countsObserved) => createCalendar({ setId, countsObserved })),
);
const calendar = fc.constantFrom(...calendars);
const from = fc
  .integer({ min: toDayNumber(plainDate('2020-06-01')), max: toDayNumber(plainDate('2060-06-01')) })
  .map((day) => fromDayNumber(day));
const days = fc.oneof(fc.nat(12), fc.nat(120));
const kind = fc.constantFrom('calendar' as const, 'business' as const);
const direction = fc.constantFrom('after' as const, 'before' as const);

function rule(over: Partial<CountRule>): CountRule {
  return {
    direction: 'after',
    dayKind: 'calendar',
    shortPeriod: null,
    roll: { to: 'next', warning: null },
    anchorRolls: false,
    lateAfter: null,
    endsAt: '23:59',
    endWarning: null,
    finds: 'last-day',
    remarks: [],
    zone: 'America/New_York',
    calendar: calendars[0] as CountRule['calendar'],
    ...over,
  };
}

function count(over: Partial<CountRule>, start: PlainDate, n: number): CountResult {
  const result = countDays(rule(over), { from: start, days: n, anchor: 'Starting day' });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function check<T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void {
  fc.assert(property, { numRuns: RUNS, seed: SEED });
}

describe(`for any calendar, day and period (${RUNS} runs each, seed ${SEED})`, () => {
  test('under a rolling rule the day is never closed, and the roll skipped no open day', () => {
    check(
      fc.property(
        calendar,
        from,
        days,
        direction,
        fc.constantFrom('next' as const, 'previous' as const),
        (c, start, n, d, to) => {
          const result = count({ calendar: c, direction: d, roll: { to, warning: null } }, start, n);
          expect(c.closedOn(toDayNumber(result.on))).toBeNull();
          const sign = to === 'next' ? 1 : -1;
          for (let day = toDayNumber(result.raw); day !== toDayNumber(result.on); day += sign) {
            expect(c.closedOn(day)).not.toBeNull();
          }
        },
      ),
    );
  });

  test('without a roll the day is the raw one', () => {
    check(
      fc.property(calendar, from, days, (c, start, n) => {
        const result = count({ calendar: c, roll: { to: 'none', warning: null } }, start, n);
        expect(result.on).toBe(addDays(start, n));
      }),
    );
  });

  test('one more holiday never makes a forward date earlier, nor a backward one later', () => {
    check(
      fc.property(fc.constantFrom(...HOLIDAY_SETS), from, days, kind, fc.nat(40), (setId, start, n, dayKind, at) => {
        const plain = createCalendarOnce(setId);
        const extraClosed = [at, -at].map((more) => ({ setId, on: addDays(start, more), name: 'Closed' }));
        const more = createCalendar({ setId, countsObserved: true, extraClosed });
        const later = count({ calendar: more, dayKind }, start, n).on;
        expect(later >= count({ calendar: plain, dayKind }, start, n).on).toBe(true);
        const back = { direction: 'before', dayKind, roll: { to: 'previous', warning: null } } as const;
        const earlier = count({ ...back, calendar: more }, start, n).on;
        expect(earlier <= count({ ...back, calendar: plain }, start, n).on).toBe(true);
      }),
    );
  });

  test('a longer period never ends earlier, and a business count moves with every day', () => {
    check(
      fc.property(calendar, from, fc.nat(60), kind, (c, start, n, dayKind) => {
        const shorter = count({ calendar: c, dayKind }, start, n).on;
        const longer = count({ calendar: c, dayKind }, start, n + 1).on;
        expect(dayKind === 'business' && n > 0 ? longer > shorter : longer >= shorter).toBe(true);
      }),
    );
  });

  test('business days forward, then back, lead home from an open day', () => {
    check(
      fc.property(calendar, from, fc.nat(60), (c, start, n) => {
        const home = count({ calendar: c, dayKind: 'business' }, start, 0).on;
        const there = count({ calendar: c, dayKind: 'business' }, home, n).on;
        expect(count({ calendar: c, dayKind: 'business', direction: 'before' }, there, n).on).toBe(home);
      }),
    );
  });

  test('the latest receipt of a closing disclosure permits the closing, and the next counting day does not', () => {
    const trid = createCalendar({ setId: 'us-trid', countsObserved: false });
    const back = {
      calendar: trid,
      dayKind: 'trid',
      direction: 'before',
      anchorRolls: true,
      roll: { to: 'none', warning: null },
    } as const;
    check(
      fc.property(from, (closing) => {
        const latest = count(back, closing, 3).on;
        expect(count({ calendar: trid, dayKind: 'trid' }, latest, 3).on <= closing).toBe(true);
        const next = count({ calendar: trid, dayKind: 'trid' }, latest, 1).on;
        expect(count({ calendar: trid, dayKind: 'trid' }, next, 3).on > closing).toBe(true);
      }),
    );
  });

  test('the explanation, walked again from its data alone, reaches the same day', () => {
    const over = fc.record({
      calendar,
      direction,
      dayKind: kind,
      roll: fc.constantFrom('next' as const, 'previous' as const, 'none' as const).map((to) => ({ to, warning: null })),
      shortPeriod: fc.constantFrom(null, { upTo: 5 }),
      anchorRolls: fc.boolean(),
    });
    check(
      fc.property(over, from, days, (parts, start, n) => {
        const { steps, on } = count(parts, start, n);
        expect(replay(steps)).toBe(on);
        for (const step of steps) expect(step.why).toMatch(/^[A-Z0-9].*\.$/);
      }),
    );
  });
});

const made = new Map<string, CountRule['calendar']>();

function createCalendarOnce(setId: (typeof HOLIDAY_SETS)[number]): CountRule['calendar'] {
  const known = made.get(setId) ?? createCalendar({ setId, countsObserved: true });
  made.set(setId, known);
  return known;
}
