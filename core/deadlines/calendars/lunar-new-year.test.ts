import { expect, test } from 'vitest';
import { lunarNewYear } from './lunar-new-year.ts';

/** The published dates of the Chinese calendar (Hong Kong Observatory), typed in, not computed. 2034 follows a leap month. */
const KNOWN =
  `2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13
2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24
2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17 2046-02-06 2047-01-26 2048-02-14 2049-02-02
2050-01-23 2051-02-11 2052-02-01 2053-02-19 2054-02-08 2055-01-28 2056-02-15 2057-02-04 2058-01-24 2059-02-12 2060-02-02`.split(
    /\s/,
  );

test('every Lunar New Year from 2020 to 2060', () => {
  expect(KNOWN.map((day) => lunarNewYear(Number(day.slice(0, 4))).on)).toEqual(KNOWN);
});

test('says when the new moon falls a day earlier in California', () => {
  expect(lunarNewYear(2026).newMoonInCaliforniaOn).toBe('2026-02-17');
  expect(lunarNewYear(2024).newMoonInCaliforniaOn).toBe('2024-02-09');
});
