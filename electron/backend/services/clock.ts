import { type PlainDate, plainDateOf } from '../../../core/deadlines/plain-date.ts';

/** Today on this computer. The deadlines themselves are counted in the zone of the form or the property. */
export function localDay(now: Date): PlainDate {
  return plainDateOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
