import { Temporal } from 'temporal-polyfill';
import type { PlainDate } from './plain-date.ts';

/**
 * The instant of a local time in a zone, as ISO 8601 UTC with milliseconds.
 * A time that the clocks skip is taken after the gap, one that happens twice the first time: never later than people expect.
 */
export function instantOf({
  on,
  at,
  zone,
}: {
  readonly on: PlainDate;
  readonly at: string;
  readonly zone: string;
}): string {
  return Temporal.PlainDateTime.from(`${on}T${at}`)
    .toZonedDateTime(zone, { disambiguation: 'compatible' })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });
}
