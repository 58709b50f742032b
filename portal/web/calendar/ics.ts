/** One day as a calendar takes it (RFC 5545): an all-day event, so no zone can move it. */
export interface CalendarDay {
  /** Stays the same for the same day of the same deal, so that adding it twice leaves one. */
  readonly uid: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly title: string;
  /** Empty for none. */
  readonly text: string;
  readonly place: string;
}

const MOST_OCTETS = 75;
const encoder = new TextEncoder();

/** The text of an .ics file; `now` is when it was made. Lines end in CRLF and are folded at 75 octets. */
export function icsOf(day: CalendarDay, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Closeboard//Closing//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${escaped(day.uid)}`,
    `DTSTAMP:${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${compact(day.on)}`,
    `DTEND;VALUE=DATE:${compact(nextDay(day.on))}`,
    `SUMMARY:${escaped(day.title)}`,
    ...(day.text === '' ? [] : [`DESCRIPTION:${escaped(day.text)}`]),
    ...(day.place === '' ? [] : [`LOCATION:${escaped(day.place)}`]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function compact(day: string): string {
  return day.replaceAll('-', '');
}

/** An all-day event ends on the day after it, which is not part of it. */
function nextDay(day: string): string {
  const next = new Date(`${day}T00:00:00.000Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** No line break, comma, semicolon or backslash of a title may end or split a property. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|[\r\n]/g, '\\n');
}

/** A line longer than 75 octets goes on in the next, which begins with a space; no character is cut in two. */
function folded(line: string): string {
  let out = '';
  let room = MOST_OCTETS;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (size > room) {
      out += '\r\n ';
      room = MOST_OCTETS - 1;
    }
    out += character;
    room -= size;
  }
  return out;
}
