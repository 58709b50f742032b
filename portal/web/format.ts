const DAY_MS = 86_400_000;

/** Days are calendar days, so they are read and written in UTC: no zone may move one. */
const formatOf = (options: Intl.DateTimeFormatOptions, locale: string) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });

function at(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** "Mon, Jun 22", for a row. */
export function shortDay(day: string, locale: string): string {
  return formatOf({ weekday: 'short', month: 'short', day: 'numeric' }, locale).format(at(day));
}

/** "Monday, June 22", in a sentence; with its year when that is not the year of `today`. */
export function longDay(day: string, today: string, locale: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return formatOf({ weekday: 'long', month: 'long', day: 'numeric', ...year }, locale).format(at(day));
}

/** "August 1". */
export function plainDay(day: string, today: string, locale: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return formatOf({ month: 'long', day: 'numeric', ...year }, locale).format(at(day));
}

/** The day of an instant where this device is, as `momentOf` says it: at nine in the evening it is not tomorrow yet. */
export function dayOf(instant: string): string {
  const at = new Date(instant);
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${at.getFullYear()}-${month}-${day}`;
}

/** "5:00 PM" from `17:00`. */
export function hourOf(time: string, locale: string): string {
  const moment = new Date(`2000-01-01T${time}:00.000Z`);
  return formatOf({ hour: 'numeric', minute: '2-digit' }, locale).format(moment);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((at(to).getTime() - at(from).getTime()) / DAY_MS);
}

/** House number and the rest of "1847 Marlowe Ave"; no number for a street without one. */
export function partsOfStreet(street: string): { readonly number: string; readonly name: string } {
  const found = /^(\d[\w-]{0,7})\s+(.+)$/.exec(street.trim());
  return found === null ? { number: '', name: street.trim() } : { number: found[1] ?? '', name: found[2] ?? '' };
}

export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** "NH". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.charAt(0) ?? ''}${words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : ''}`.toUpperCase();
}

/** For `tel:`; what a person wrote around the digits stays behind. */
export function dialled(phone: string): string {
  return phone.replaceAll(/[^\d+]/g, '');
}

/** "1847 Marlowe Ave, Unit 2, Sacramento, CA 95816"; what is not known is left out. */
export function addressOf(place: {
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}): string {
  const { street, unit, city, state, zip } = place;
  const end = [state, zip].filter((part) => part !== '').join(' ');
  return [street, unit, city, end].filter((part) => part !== '').join(', ');
}

/** "June 22 at 3:04 PM", where this device is; with its year when that is not this year. */
export function momentOf(instant: string, now: Date, locale: string): string {
  const at = new Date(instant);
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  const day = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', ...year }).format(at);
  const hour = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
  return `${day} at ${hour}`;
}
