import { describe, expect, test } from 'vitest';
import { type PlainDate, plainDate, toDayNumber } from '../plain-date.ts';
import { createCalendar } from './calendar.ts';
import { HOLIDAY_SETS, type HolidaySetId, SETS, switchesOf } from './sets.ts';

function onDays(setId: HolidaySetId, year: number): string {
  const calendar = createCalendar({ setId, countsObserved: true });
  return calendar
    .holidaysOf(year)
    .map(({ on, observedOn }) => show(on, observedOn))
    .join(' ');
}

/** "01-01", or "07-04>07-03" when another day is kept. */
function show(on: PlainDate, observedOn: PlainDate): string {
  return on === observedOn ? on.slice(5) : `${on.slice(5)}>${observedOn.slice(5)}`;
}

describe('published lists', () => {
  test.each([
    // Office of Personnel Management, federal holidays.
    ['us-federal', 2020, '01-01 01-20 02-17 05-25 07-04>07-03 09-07 10-12 11-11 11-26 12-25'],
    ['us-federal', 2021, '01-01 01-18 02-15 05-31 06-19>06-18 07-04>07-05 09-06 10-11 11-11 11-25 12-25>12-24'],
    ['us-federal', 2026, '01-01 01-19 02-16 05-25 06-19 07-04>07-03 09-07 10-12 11-11 11-26 12-25'],
    ['us-federal', 2027, '01-01 01-18 02-15 05-31 06-19>06-18 07-04>07-05 09-06 10-11 11-11 11-25 12-25>12-24'],
    ['us-federal', 2028, '01-01>12-31 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-11>11-10 11-23 12-25'],
    // domain.md section 2: the days of 6103(a) themselves.
    ['us-trid', 2026, '01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25'],
    ['us-trid', 2027, '01-01 01-18 02-15 05-31 06-19 07-04 09-06 10-11 11-11 11-25 12-25'],
    [
      'us-ca',
      2026,
      '01-01 01-19 02-12 02-16 02-17 03-31 04-24 05-25 06-19 07-04 09-07 09-09 09-25 10-12 11-11 11-26 12-25',
    ],
    [
      'us-ca',
      2027,
      '01-01 01-18 02-06 02-12 02-15 03-31 04-24 05-31 06-19 07-04>07-05 09-06 09-09 09-24 10-11 11-11 11-25 12-25',
    ],
    ['us-wa', 2026, '01-01 01-19 02-16 05-25 06-19 07-04>07-03 09-07 11-11 11-26 11-27 12-25'],
    ['us-wa', 2027, '01-01 01-18 02-15 05-31 06-19>06-18 07-04>07-05 09-06 11-11 11-25 11-26 12-25>12-24'],
    ['us-co', 2026, '01-01 01-19 02-16 05-25 06-19 07-04>07-03 09-07 10-05 10-12 11-11 11-26 12-25'],
    ['us-nj', 2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-04>07-03 09-07 10-12 11-03 11-11 11-26 12-25'],
    ['us-nj', 2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-04>07-05 09-06 10-11 11-02 11-11 11-25 12-25>12-24'],
  ] as const)('%s %i', (setId, year, days) => {
    expect(onDays(setId, year)).toBe(days);
  });

  test('effective years', () => {
    expect(onDays('us-federal', 2020)).not.toContain('06-19');
    expect(onDays('us-ca', 2022)).not.toMatch(/04-24|02-01|06-19/);
    expect(onDays('us-ca', 2023)).toMatch(/01-22.*04-24.*06-19/);
    expect(onDays('us-wa', 2021)).not.toContain('06-19');
  });

  test('a California Sunday moves to Monday, a Saturday only on November 11', () => {
    expect(onDays('us-ca', 2023)).toContain('02-12>02-13');
    expect(onDays('us-ca', 2023)).toContain('11-11>11-10');
    expect(onDays('us-ca', 2026)).toContain('07-04 09-07');
  });
});

describe('closed days', () => {
  const closedName = (setId: HolidaySetId, day: string, options: object = {}) =>
    createCalendar({ setId, countsObserved: true, ...options }).closedOn(toDayNumber(plainDate(day)))?.name ?? null;

  test('an observed New Year’s Day closes the last day of the year before', () => {
    expect(closedName('us-federal', '2027-12-31')).toBe("New Year's Day, observed");
    expect(closedName('us-federal', '2060-12-31')).toBe("New Year's Day, observed");
    expect(closedName('us-trid', '2027-12-31')).toBeNull();
  });

  test('Saturdays count for closing disclosures, Sundays and the days of 6103(a) do not', () => {
    expect(closedName('us-trid', '2026-07-11')).toBeNull();
    expect(closedName('us-trid', '2026-07-12')).toBe('Sunday');
    expect(closedName('us-trid', '2026-07-03')).toBeNull();
    expect(closedName('us-trid', '2026-07-04')).toBe('Independence Day');
  });

  test('an office adds its own closed days', () => {
    const extraClosed = [{ setId: 'us-ca' as const, on: plainDate('2026-03-10'), name: 'County recorder closed' }];
    expect(closedName('us-ca', '2026-03-10')).toBeNull();
    expect(closedName('us-ca', '2026-03-10', { extraClosed })).toBe('County recorder closed');
  });

  test('uncertain days are switches that start off in California, with a sentence for who meets them', () => {
    expect(switchesOf('us-ca').map(({ id, isOn }) => [id, isOn])).toEqual([
      ['good-friday', false],
      ['day-after-thanksgiving', false],
      ['diwali', false],
    ]);
    for (const [id, day] of [
      ['good-friday', '2026-04-03'],
      ['day-after-thanksgiving', '2026-11-27'],
      ['diwali', '2027-10-29'],
    ] as const) {
      const off = createCalendar({ setId: 'us-ca', countsObserved: true });
      const on = createCalendar({ setId: 'us-ca', countsObserved: true, switches: { [id]: true } });
      expect(off.closedOn(toDayNumber(plainDate(day)))).toBeNull();
      expect(off.doubtAbout(toDayNumber(plainDate(day)))).toContain('switched off');
      expect(on.closedOn(toDayNumber(plainDate(day)))?.warnings.join()).toMatch(/Good Friday|Thanksgiving|Diwali/);
      expect(on.doubtAbout(toDayNumber(plainDate(day)))).toBeNull();
    }
    expect(onDays('us-ca', 2026)).not.toContain('11-08');
  });

  test('a switched-on holiday without a known day says so in the years it lacks', () => {
    const on = createCalendar({ setId: 'us-ca', countsObserved: true, switches: { diwali: true } });
    const off = createCalendar({ setId: 'us-ca', countsObserved: true });
    for (const calendar of [on, off]) calendar.closedOn(toDayNumber(plainDate('2028-06-01')));
    expect(on.gapAt(toDayNumber(plainDate('2028-06-01')))).toContain('Add it as a closed day');
    expect(on.gapAt(toDayNumber(plainDate('2027-06-01')))).toBeNull();
    expect(off.gapAt(toDayNumber(plainDate('2028-06-01')))).toBeNull();
  });

  test('an observed day that does not count is named', () => {
    const texas = createCalendar({ setId: 'us-federal', countsObserved: false });
    expect(texas.closedOn(toDayNumber(plainDate('2026-07-03')))).toBeNull();
    expect(texas.doubtAbout(toDayNumber(plainDate('2026-07-03')))).toContain(
      'Independence Day falls on Sat, July 4, 2026',
    );
  });
});

test('every holiday names its source, and every unconfirmed list says so', () => {
  for (const setId of HOLIDAY_SETS) {
    for (const rule of SETS[setId].rules) expect(rule.source, `${setId} ${rule.id}`).not.toBe('');
    expect(/UNCONFIRMED/.test(SETS[setId].source)).toBe(SETS[setId].unconfirmed !== null);
  }
});
