/**
 * New moons and the sun's longitude, for holidays that follow the moon.
 * Source: Jean Meeus, Astronomical Algorithms (2nd ed.), chapters 25, 27 and 49; good to about a minute for a new
 * moon and a quarter of an hour for a longitude between 2000 and 2100. Times are Julian days in UTC.
 */

const RADIANS = Math.PI / 180;
/** Julian day of 1970-01-01T00:00Z. */
const UNIX_EPOCH = 2_440_587.5;
/** Meeus 49: the number of lunations of the mean synodic month after the first new moon of 2000. */
const SYNODIC_MONTH = 29.530_588_861;

/** The calendar day (as a day number since 1970) on which an instant falls at a clock `hours` ahead of UTC. */
export function dayNumberAt(julianDay: number, hours: number): number {
  return Math.floor(julianDay - UNIX_EPOCH + hours / 24);
}

export function julianDayOf(dayNumber: number, hours: number): number {
  return dayNumber + UNIX_EPOCH - hours / 24;
}

/** The last new moon whose number (0 is 2000-01-06) starts at or before a rough instant. */
export function lunationNear(julianDay: number): number {
  return Math.round((julianDay - 2_451_550.097_66) / SYNODIC_MONTH);
}

/** The instant of new moon `k`, counted from the first one of the year 2000. */
export function newMoon(k: number): number {
  const t = k / 1236.85;
  const mean =
    2_451_550.097_66 + SYNODIC_MONTH * k + 0.000_154_37 * t ** 2 - 0.000_000_15 * t ** 3 + 0.000_000_000_73 * t ** 4;
  const e = 1 - 0.002_516 * t - 0.000_007_4 * t ** 2;
  const sun = (2.5534 + 29.105_356_7 * k - 0.000_001_4 * t ** 2) * RADIANS;
  const moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t ** 2 + 0.000_012_38 * t ** 3) * RADIANS;
  const f = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t ** 2 - 0.000_002_27 * t ** 3) * RADIANS;
  const node = (124.7746 - 1.563_755_88 * k + 0.002_067_2 * t ** 2) * RADIANS;
  let correction = 0;
  for (const [size, ePower, s, m, latitude, n] of NEW_MOON_TERMS) {
    correction += size * e ** ePower * Math.sin(s * sun + m * moon + latitude * f + n * node);
  }
  for (const [size, base, rate] of PLANET_TERMS) correction += size * Math.sin((base + rate * k) * RADIANS);
  correction += 0.000_325 * Math.sin((299.77 + 0.107_408 * k - 0.009_173 * t ** 2) * RADIANS);
  return mean + correction - clockLag(2000 + t * 100) / 86_400;
}

/** The sun's apparent longitude in degrees (0 at the March equinox, 270 at the winter solstice). */
export function sunLongitude(julianDay: number): number {
  const t = (julianDay - 2_451_545) / 36_525;
  const mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t ** 2;
  const anomaly = (357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t ** 2) * RADIANS;
  const centre =
    (1.914_602 - 0.004_817 * t - 0.000_014 * t ** 2) * Math.sin(anomaly) +
    (0.019_993 - 0.000_101 * t) * Math.sin(2 * anomaly) +
    0.000_289 * Math.sin(3 * anomaly);
  const node = (125.04 - 1934.136 * t) * RADIANS;
  const longitude = mean + centre - 0.005_69 - 0.004_78 * Math.sin(node);
  return ((longitude % 360) + 360) % 360;
}

/** Seconds by which the dynamical time of the formulas runs ahead of UTC (Espenak and Meeus, 2005-2050 branch). */
function clockLag(year: number): number {
  const t = year - 2000;
  return 62.92 + 0.322_17 * t + 0.005_589 * t ** 2;
}

/** Meeus, table 49.A, new moon: days, power of E, then multiples of sun, moon, latitude argument and node. */
const NEW_MOON_TERMS: ReadonlyArray<readonly [number, number, number, number, number, number]> = [
  [-0.4072, 0, 0, 1, 0, 0],
  [0.172_41, 1, 1, 0, 0, 0],
  [0.016_08, 0, 0, 2, 0, 0],
  [0.010_39, 0, 0, 0, 2, 0],
  [0.007_39, 1, -1, 1, 0, 0],
  [-0.005_14, 1, 1, 1, 0, 0],
  [0.002_08, 2, 2, 0, 0, 0],
  [-0.001_11, 0, 0, 1, -2, 0],
  [-0.000_57, 0, 0, 1, 2, 0],
  [0.000_56, 1, 1, 2, 0, 0],
  [-0.000_42, 0, 0, 3, 0, 0],
  [0.000_42, 1, 1, 0, 2, 0],
  [0.000_38, 1, 1, 0, -2, 0],
  [-0.000_24, 1, -1, 2, 0, 0],
  [-0.000_17, 0, 0, 0, 0, 1],
  [-0.000_07, 0, 2, 1, 0, 0],
  [0.000_04, 0, 0, 2, -2, 0],
  [0.000_04, 0, 3, 0, 0, 0],
  [0.000_03, 0, 1, 1, -2, 0],
  [0.000_03, 0, 0, 2, 2, 0],
  [-0.000_03, 0, 1, 1, 2, 0],
  [0.000_03, 0, -1, 1, 2, 0],
  [-0.000_02, 0, -1, 1, -2, 0],
  [-0.000_02, 0, 1, 3, 0, 0],
  [0.000_02, 0, 0, 4, 0, 0],
];

/** Meeus, planetary arguments A2 to A14: days, degrees at lunation 0, degrees a lunation. */
const PLANET_TERMS: ReadonlyArray<readonly [number, number, number]> = [
  [0.000_165, 251.88, 0.016_321],
  [0.000_164, 251.83, 26.651_886],
  [0.000_126, 349.42, 36.412_478],
  [0.000_11, 84.66, 18.206_239],
  [0.000_062, 141.74, 53.303_771],
  [0.000_06, 207.14, 2.453_732],
  [0.000_056, 154.84, 7.306_86],
  [0.000_047, 34.52, 27.261_239],
  [0.000_042, 207.19, 0.121_824],
  [0.000_04, 291.34, 1.844_379],
  [0.000_037, 161.72, 24.198_154],
  [0.000_035, 239.56, 25.513_099],
  [0.000_023, 331.55, 3.592_518],
];
