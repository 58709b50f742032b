import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { calendarFile, type FeedDate } from './calendar-file.ts';

const NOW = new Date('2026-06-17T16:00:05.123Z');
const DATE: FeedDate = {
  ...{ uid: 'ab12@portal.office.example', on: plainDate('2026-07-31'), at: '', zone: 'America/Los_Angeles' },
  ...{ title: 'Closing', isCancelled: false },
};
const fileOf = (...dates: readonly Partial<FeedDate>[]) =>
  calendarFile({ name: 'Dates', sequence: 7, dates: dates.map((date) => ({ ...DATE, ...date })) }, NOW);

/** As a calendar reads it: lines put together again, then split into name and value, with text unescaped. */
function read(text: string): readonly (readonly [name: string, value: string])[] {
  return text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf(':');
      const value = line
        .slice(at + 1)
        .replaceAll(/\\(n|.)/gu, (_whole, after: string) => (after === 'n' ? '\n' : after));
      return [line.slice(0, at), value];
    });
}

test('a feed says what it is, and each date with its day and its title and no more', () => {
  expect(fileOf({})).toBe(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Closeboard//Dates//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
      ...['NAME:Dates', 'X-WR-CALNAME:Dates', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'],
      ...['BEGIN:VEVENT', 'UID:ab12@portal.office.example', 'DTSTAMP:20260617T160005Z', 'SEQUENCE:7'],
      ...['DTSTART;VALUE=DATE:20260731', 'DTEND;VALUE=DATE:20260801', 'SUMMARY:Closing', 'STATUS:CONFIRMED'],
      ...['TRANSP:TRANSPARENT', 'END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  );
});

test.each([
  ['2026-07-31', '17:00', 'America/Los_Angeles', '20260801T000000Z'],
  ['2026-12-31', '17:00', 'America/Chicago', '20261231T230000Z'],
  ['2026-03-08', '02:30', 'America/New_York', '20260308T073000Z'],
  ['2026-11-01', '01:30', 'America/New_York', '20261101T053000Z'],
])('%s at %s in %s is the instant %s, also where clocks are moved', (on, at, zone, instant) => {
  const lines = read(fileOf({ on: plainDate(on), at, zone }));
  expect(lines).toContainEqual(['DTSTART', instant]);
  expect(lines.some(([name]) => name.startsWith('DTEND'))).toBe(false);
});

test('a day that will not be is called off', () => {
  expect(read(fileOf({ isCancelled: true }))).toContainEqual(['STATUS', 'CANCELLED']);
});

test('whatever a title holds, it is one line of at most 75 octets after another, and reads as it was', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('\r', '\n', ';', ',', '\\', ':', '"', 'é', '😀', ' '),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 200,
  });
  fc.assert(
    fc.property(text, (raw) => {
      const title = raw.toWellFormed();
      const file = fileOf({ title });
      expect(file.endsWith('\r\n')).toBe(true);
      const lines = file.split('\r\n');
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\r\n]/);
      }
      const summary = read(file).filter(([name]) => name === 'SUMMARY');
      const kept = title.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, '');
      expect(summary).toEqual([['SUMMARY', kept]]);
      expect(read(file).filter(([name]) => name === 'BEGIN')).toHaveLength(2);
    }),
    { numRuns: 500 },
  );
});
