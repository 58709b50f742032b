import { instantOf } from '../../../core/deadlines/instant.ts';
import { addDays, type PlainDate } from '../../../core/deadlines/plain-date.ts';

/** One date of a feed (RFC 5545): when, and a short title. Nothing else of a deal goes into it. */
export interface FeedDate {
  /** Stays the same for the same date of the same deal, wherever it moves. */
  readonly uid: string;
  readonly on: PlainDate;
  /** Local time of that day, `HH:MM`; empty for the whole day, which no zone can move. */
  readonly at: string;
  /** Of `at`: the IANA name of the zone of the property. */
  readonly zone: string;
  readonly title: string;
  /** Nothing will happen on that day any more. */
  readonly isCancelled: boolean;
}

export interface Feed {
  /** What calendars call it. */
  readonly name: string;
  /** Grows whenever one of the dates may have changed. */
  readonly sequence: number;
  readonly dates: readonly FeedDate[];
}

const MOST_OCTETS = 75;
/** How often calendars are asked to look again. */
const EVERY = 'PT1H';

/** The text of the feed; `now` is when it was made. Lines end in CRLF and are folded at 75 octets. */
export function calendarFile({ name, sequence, dates }: Feed, now: Date): string {
  const stamp = compactInstant(now.toISOString());
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Closeboard//Dates//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${EVERY}`,
    `X-PUBLISHED-TTL:${EVERY}`,
    ...dates.flatMap((date) => eventOf(date, sequence, stamp)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf(date: FeedDate, sequence: number, stamp: string): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(date.uid)}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequence}`,
    ...timesOf(date),
    `SUMMARY:${escaped(date.title)}`,
    `STATUS:${date.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    // A deadline takes nobody's time: the day stays free for meetings.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** An all-day event ends on the day after it; one with a time is an instant, which every calendar puts in its own zone. */
function timesOf({ on, at, zone }: FeedDate): readonly string[] {
  if (at !== '') return [`DTSTART:${compactInstant(instantOf({ on, at, zone }))}`];
  return [`DTSTART;VALUE=DATE:${compact(on)}`, `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`];
}

function compact(day: PlainDate): string {
  return day.replaceAll('-', '');
}

function compactInstant(at: string): string {
  return at.replaceAll(/[-:]|\.\d+/g, '');
}

/** No line break, comma, semicolon or backslash of a title ends or splits a property; other control characters go. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');
}

/** A longer line goes on in the next, which begins with a space; no character is cut in two. */
function folded(line: string): string {
  let out = '';
  let room = MOST_OCTETS;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (size > room) {
      out += '\r\n ';
      room = MOST_OCTETS - 1;
    }
    out += character;
    room -= size;
  }
  return out;
}
