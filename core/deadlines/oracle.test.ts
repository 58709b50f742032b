import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countByPack } from './count-by-pack.ts';
import { plainDate } from './plain-date.ts';
import { packNamed } from './testing.ts';

/**
 * A second opinion, written another way on purpose: it walks the platform's own dates one day at a time and asks of each
 * day whether it is a holiday, where the engine lists the holidays of a year and looks days up. Shares no code with it.
 */
const DAY = 86_400_000;
const RUNS = Number(process.env.CLOSEBOARD_RUNS ?? 10_000);
const SEED = Number(process.env.CLOSEBOARD_SEED ?? Date.now() % 2 ** 31);

const LUNAR = new Set(
  `2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11
  2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12 2041-02-01 2042-01-22
  2043-02-10 2044-01-30 2045-02-17 2046-02-06 2047-01-26 2048-02-14 2049-02-02 2050-01-23 2051-02-11 2052-02-01
  2053-02-19 2054-02-08 2055-01-28 2056-02-15 2057-02-04 2058-01-24 2059-02-12 2060-02-02 2061-01-21`.split(/\s+/),
);

interface Parts {
  y: number;
  md: string;
  wd: number;
  week: number;
  isLastWeek: boolean;
}

function partsOf(t: number): Parts {
  const d = new Date(t);
  const md = `${d.getUTCMonth() + 1}/${d.getUTCDate()}`;
  const week = Math.ceil(d.getUTCDate() / 7);
  const isLastWeek = new Date(t + 7 * DAY).getUTCMonth() !== d.getUTCMonth();
  return { y: d.getUTCFullYear(), md, wd: d.getUTCDay(), week, isLastWeek };
}

const isMonday = (p: Parts, month: number, week: number) =>
  p.wd === 1 && p.week === week && p.md.startsWith(`${month}/`);
const isMemorial = (p: Parts) => p.wd === 1 && p.isLastWeek && p.md.startsWith('5/');
const isThanksgiving = (p: Parts) => p.wd === 4 && p.week === 4 && p.md.startsWith('11/');
const isFederalDate = (p: Parts) => ['1/1', '7/4', '11/11', '12/25'].includes(p.md) || (p.md === '6/19' && p.y >= 2021);

function isFederalMonday(p: Parts): boolean {
  return (
    isMonday(p, 1, 3) ||
    isMonday(p, 2, 3) ||
    isMemorial(p) ||
    isMonday(p, 9, 1) ||
    isMonday(p, 10, 2) ||
    isThanksgiving(p)
  );
}

/** A fixed date is kept on its own day, on the Monday after a Sunday, on the Friday before a Saturday. */
function isKept(t: number, isDate: (p: Parts) => boolean, shift: 'none' | 'monday' | 'both'): boolean {
  const p = partsOf(t);
  if (isDate(p)) return true;
  if (shift !== 'none' && p.wd === 1 && isDate(partsOf(t - DAY))) return true;
  return shift === 'both' && p.wd === 5 && isDate(partsOf(t + DAY));
}

const isFederal = (t: number, shift: 'none' | 'both') => isFederalMonday(partsOf(t)) || isKept(t, isFederalDate, shift);

function isCalifornia(t: number): boolean {
  const p = partsOf(t);
  const iso = new Date(t).toISOString().slice(0, 10);
  const isDate = (q: Parts) =>
    ['1/1', '2/12', '3/31', '7/4', '9/9', '12/25'].includes(q.md) || (['4/24', '6/19'].includes(q.md) && q.y >= 2023);
  return (
    isFederalMonday(p) ||
    isKept(t, isDate, 'monday') ||
    isKept(t, (q) => q.md === '11/11', 'both') ||
    (p.wd === 5 && p.week === 4 && p.md.startsWith('9/')) ||
    LUNAR.has(iso)
  );
}

function isWashington(t: number): boolean {
  const p = partsOf(t);
  if (isMonday(p, 10, 2)) return isKept(t, () => false, 'both');
  const isDate = (q: Parts) => isFederalDate(q) && !(q.md === '6/19' && q.y < 2022);
  return isFederalMonday(p) || isKept(t, isDate, 'both') || isThanksgiving(partsOf(t - DAY));
}

/** Easter by Gauss's method, two days back. */
function isGoodFriday(t: number): boolean {
  const easter = new Date(t + 2 * DAY);
  const y = easter.getUTCFullYear();
  const d = (19 * (y % 19) + 24) % 30;
  const e = (2 * (y % 4) + 4 * (y % 7) + 6 * d + 5) % 7;
  let march = 22 + d + e;
  if (march === 57 || (march === 56 && d === 28 && y % 19 > 10)) march -= 7;
  return Date.UTC(y, 2, march) === t + 2 * DAY;
}

function isNewJersey(t: number): boolean {
  const p = partsOf(t);
  const isDate = (q: Parts) => ['1/1', '7/4', '11/11', '12/25'].includes(q.md);
  return (
    isFederalMonday(p) ||
    isKept(t, isDate, 'both') ||
    isGoodFriday(t) ||
    (p.y >= 2021 && p.wd === 5 && p.week === 3 && p.md.startsWith('6/')) ||
    (p.wd === 2 && isMonday(partsOf(t - DAY), 11, 1))
  );
}

const isColorado = (t: number) => isFederal(t, 'both') || isMonday(partsOf(t), 10, 1);
const isWeekend = (t: number) => [0, 6].includes(new Date(t).getUTCDay());

const SHUT: Record<string, (t: number) => boolean> = {
  'ca-car-rpa': (t) => isWeekend(t) || isCalifornia(t),
  'tx-trec-1-4': (t) => isWeekend(t) || isFederal(t, 'none'),
  'fl-farbar-asis': (t) => isWeekend(t) || isFederal(t, 'both'),
  'wa-nwmls-21': (t) => isWeekend(t) || isWashington(t),
  'co-cbs': (t) => isWeekend(t) || isColorado(t),
  'nj-broker': (t) => isWeekend(t) || isNewJersey(t),
  'us-trid': (t) => new Date(t).getUTCDay() === 0 || isFederal(t, 'none'),
  generic: (t) => isWeekend(t) || isFederal(t, 'both'),
};

/** How each row of domain.md table 1.1 counts forward; `open` counts open days only. */
interface Way {
  pack: string;
  ask: { deadlineId?: string; options?: Record<string, string>; before?: boolean; business?: boolean };
  open?: (days: number) => boolean;
  landing?: 1 | -1;
}

const WAYS: readonly Way[] = [
  { pack: 'ca-car-rpa', ask: {}, landing: 1 },
  { pack: 'ca-car-rpa', ask: { deadlineId: 'deposit' }, open: () => true, landing: 1 },
  { pack: 'ca-car-rpa', ask: { before: true } },
  { pack: 'tx-trec-1-4', ask: {} },
  { pack: 'tx-trec-1-4', ask: { deadlineId: 'option-period' } },
  { pack: 'tx-trec-1-4', ask: { deadlineId: 'earnest-money' }, landing: 1 },
  { pack: 'tx-trec-1-4', ask: { deadlineId: 'option-fee' }, landing: 1 },
  { pack: 'fl-farbar-asis', ask: {}, landing: 1 },
  { pack: 'fl-farbar-asis', ask: { before: true, options: { prior: 'at-least' } }, landing: -1 },
  { pack: 'fl-farbar-asis', ask: { before: true, options: { prior: 'plain' } }, landing: 1 },
  { pack: 'wa-nwmls-21', ask: {}, open: (days) => days <= 5, landing: 1 },
  { pack: 'wa-nwmls-21', ask: { deadlineId: 'possession' } },
  { pack: 'co-cbs', ask: {} },
  { pack: 'co-cbs', ask: { options: { extend: 'will-not' } } },
  { pack: 'co-cbs', ask: { options: { extend: 'will' } }, landing: 1 },
  { pack: 'nj-broker', ask: {}, open: () => true },
  { pack: 'us-trid', ask: {}, open: () => true },
  { pack: 'generic', ask: {} },
  { pack: 'generic', ask: { business: true }, open: () => true },
  { pack: 'fl-farbar-asis', ask: { business: true }, open: () => true, landing: 1 },
];

function naive({ pack, ask, open, landing }: Way, from: number, days: number): string {
  const shut = SHUT[pack];
  if (shut === undefined) throw new Error(pack);
  const step = ask.before ? -DAY : DAY;
  let t = from;
  for (let left = days; left > 0; ) {
    t += step;
    if (!open?.(days) || !shut(t)) left -= 1;
  }
  while (landing !== undefined && shut(t)) t += landing * DAY;
  return new Date(t).toISOString().slice(0, 10);
}

test(`agrees with a day-by-day count on ${RUNS} random counts (seed ${SEED})`, () => {
  console.info(`oracle: CLOSEBOARD_SEED=${SEED}`);
  const anyDay = fc.integer({ min: Date.UTC(2020, 1, 1) / DAY, max: Date.UTC(2060, 11, 31) / DAY });
  // Half of all counts start around a year's end or a leap day, where mistakes gather.
  const edge = fc
    .tuple(fc.integer({ min: 2021, max: 2059 }), fc.constantFrom([11, 15], [1, 20], [5, 10], [10, 1]), fc.nat(20))
    .map(([y, [month, day], more]) => Date.UTC(y, month ?? 0, (day ?? 1) + more) / DAY);
  const days = fc.oneof(fc.nat(12), fc.nat(60));
  fc.assert(
    fc.property(fc.constantFrom(...WAYS), fc.oneof(anyDay, edge), days, (way, from, n) => {
      const day = new Date(from * DAY).toISOString().slice(0, 10);
      const result = countByPack(packNamed(way.pack), { from: plainDate(day), days: n, ...way.ask });
      expect(result.ok && result.value.on, JSON.stringify({ day, n, way })).toBe(naive(way, from * DAY, n));
    }),
    { numRuns: RUNS, seed: SEED },
  );
}, 120_000);

test('agrees on every start of a leap year, 2028, by every way and 0 to 10 days', () => {
  for (const way of WAYS) {
    for (let t = Date.UTC(2027, 11, 20); t < Date.UTC(2029, 0, 10); t += DAY * 3) {
      const day = new Date(t).toISOString().slice(0, 10);
      for (const n of [0, 1, 3, 5, 6, 10]) {
        const result = countByPack(packNamed(way.pack), { from: plainDate(day), days: n, ...way.ask });
        expect(result.ok && result.value.on, JSON.stringify({ day, n, way })).toBe(naive(way, t, n));
      }
    }
  }
}, 120_000);
