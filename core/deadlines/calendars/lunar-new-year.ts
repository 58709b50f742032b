import { fromDayNumber, type PlainDate, plainDateOf, toDayNumber } from '../plain-date.ts';
import { dayNumberAt, julianDayOf, lunationNear, newMoon, sunLongitude } from './moon-and-sun.ts';

/** Days of the Chinese calendar change at midnight in Beijing; California keeps Pacific Standard Time in winter. */
const BEIJING = 8;
const PACIFIC = -8;

export interface LunarNewYear {
  /** The day that is known as Lunar New Year, as the Chinese calendar dates it. */
  readonly on: PlainDate;
  /** The California day on which that new moon falls; up to a day earlier. */
  readonly newMoonInCaliforniaOn: PlainDate;
}

/**
 * "The second new moon following the winter solstice, or the third should an intercalary month intervene"
 * (Cal. Gov. Code 6700(a)(4)). The new moon is dated where the calendar is kept, in Beijing: Feb 6, 2027 there is four
 * minutes before midnight, so the instants have to be right to the minute.
 */
export function lunarNewYear(year: number): LunarNewYear {
  const first = monthOfSolstice(year - 1);
  const next = monthOfSolstice(year);
  const hasLeapMonth = next - first === 13;
  const months = hasLeapMonth && intervenes(first) ? 3 : 2;
  const instant = newMoon(first + months);
  return {
    on: fromDayNumber(dayNumberAt(instant, BEIJING)),
    newMoonInCaliforniaOn: fromDayNumber(dayNumberAt(instant, PACIFIC)),
  };
}

/** The number of the new moon that opens the month in which the winter solstice of a year falls. */
function monthOfSolstice(year: number): number {
  const solsticeDay = solsticeDayNumber(year);
  let k = lunationNear(julianDayOf(solsticeDay, BEIJING));
  while (dayNumberAt(newMoon(k), BEIJING) > solsticeDay) k -= 1;
  while (dayNumberAt(newMoon(k + 1), BEIJING) <= solsticeDay) k += 1;
  return k;
}

function solsticeDayNumber(year: number): number {
  let day = toDayNumber(plainDateOf(year, 12, 20));
  while (sunLongitude(julianDayOf(day + 1, BEIJING)) < 270) day += 1;
  return day;
}

/** Whether the leap month of the year comes before its first month: the first month after the solstice's own without a major term. */
function intervenes(first: number): boolean {
  return lacksMajorTerm(first + 1) || lacksMajorTerm(first + 2);
}

/** A month lacks a major term when the sun enters no 30-degree sector between its first day and the next month's. */
function lacksMajorTerm(k: number): boolean {
  const start = dayNumberAt(newMoon(k), BEIJING);
  const end = dayNumberAt(newMoon(k + 1), BEIJING);
  return sectorAt(start) === sectorAt(end);
}

function sectorAt(dayNumber: number): number {
  return Math.floor(sunLongitude(julianDayOf(dayNumber, BEIJING)) / 30);
}
