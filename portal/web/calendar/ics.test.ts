import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarDay, icsOf } from './ics.ts';

const NOW = new Date('2026-06-17T16:05:09.123Z');
const DAY: CalendarDay = {
  uid: 'a1@closing',
  on: '2026-12-31',
  title: 'Loan answer due, until 5:00 PM',
  text: '17 days after acceptance.\nClause 3; form "A".',
  place: '1847 Marlowe Ave, Sacramento, CA 95816',
};

test('a day is an all-day event that ends on the next', () => {
  expect(icsOf(DAY, NOW).split('\r\n')).toEqual([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Closeboard//Closing//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...['BEGIN:VEVENT', 'UID:a1@closing', 'DTSTAMP:20260617T160509Z'],
    ...['DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270101', 'SUMMARY:Loan answer due\\, until 5:00 PM'],
    'DESCRIPTION:17 days after acceptance.\\nClause 3\\; form "A".',
    'LOCATION:1847 Marlowe Ave\\, Sacramento\\, CA 95816',
    ...['TRANSP:TRANSPARENT', 'END:VEVENT', 'END:VCALENDAR', ''],
  ]);
});

test('what is not known is left out', () => {
  expect(icsOf({ ...DAY, text: '', place: '' }, NOW)).not.toMatch(/DESCRIPTION|LOCATION/);
});

test('whatever stands in a title, no line is too long, none is added, and the title comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const text = icsOf({ ...DAY, title }, NOW);
      const lines = text.split('\r\n');
      for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      const whole = text.replaceAll('\r\n ', '').split('\r\n');
      expect(whole).toHaveLength(17);
      const summary = whole.find((line) => line.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length);
      const back = summary?.replaceAll(/\\(.)/g, (_all, each: string) => (each === 'n' ? '\n' : each));
      expect(back).toBe(title.replaceAll(/\r\n|\r/g, '\n'));
    }),
  );
});
