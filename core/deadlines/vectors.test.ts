import { describe, expect, test } from 'vitest';
import type { CountResult } from './count.ts';
import { countByPack, type PackCountRequest } from './count-by-pack.ts';
import { plainDate } from './plain-date.ts';
import { scheduleOf } from './schedule.ts';
import { explain, replay } from './steps.ts';
import { packNamed } from './testing.ts';

type Ask = Omit<PackCountRequest, 'from' | 'days'>;

function count(packId: string, from: string, days: number, ask: Ask = {}): CountResult {
  const result = countByPack(packNamed(packId), { from: plainDate(from), days, ...ask });
  if (!result.ok) throw new Error(result.error.message);
  expect(replay(result.value.steps)).toBe(result.value.on);
  return result.value;
}

const CA = 'ca-car-rpa';
const TX = 'tx-trec-1-4';
const FL = 'fl-farbar-asis';
const WA = 'wa-nwmls-21';
const CO = 'co-cbs';
const NJ = 'nj-broker';
const TRID = 'us-trid';

describe('test vectors of domain.md 1.2', () => {
  test.each<[string, string, string, number, Ask, string, string]>([
    ['CA 17 Days After', CA, '2026-06-02', 17, {}, '2026-06-19', '2026-06-22 23:59'],
    ['CA deposit 3 business days', CA, '2026-03-27', 3, { deadlineId: 'deposit' }, '2026-04-02', '2026-04-02 23:59'],
    ['CA 2-Day Notice to Perform', CA, '2026-07-02', 2, {}, '2026-07-04', '2026-07-06 23:59'],
    ['CA 5 Days Prior', CA, '2026-07-13', 5, { before: true }, '2026-07-08', '2026-07-08 23:59'],
    ['TX earnest money 3 days', TX, '2026-07-01', 3, { deadlineId: 'earnest-money' }, '2026-07-04', '2026-07-06 23:59'],
    ['TX option 3 days', TX, '2026-07-01', 3, { deadlineId: 'option-period' }, '2026-07-04', '2026-07-04 17:00'],
    ['FL 15 days, rev 6+', FL, '2026-06-18', 15, {}, '2026-07-03', '2026-07-06 23:59'],
    [
      'FL "at least 5 days prior"',
      FL,
      '2026-09-11',
      5,
      { before: true, options: { prior: 'at-least' } },
      '2026-09-06',
      '2026-09-04 23:59',
    ],
    ['WA 5 days', WA, '2026-06-15', 5, {}, '2026-06-23', '2026-06-23 21:00'],
    ['WA 6 days', WA, '2026-06-15', 6, {}, '2026-06-21', '2026-06-22 21:00'],
    ['CO 10 days, box unchecked', CO, '2026-06-25', 10, {}, '2026-07-05', '2026-07-05 23:59'],
    ['CO 10 days, "Will"', CO, '2026-06-25', 10, { options: { extend: 'will' } }, '2026-07-05', '2026-07-06 23:59'],
    ['NJ review', NJ, '2026-07-09', 3, { deadlineId: 'attorney-review' }, '2026-07-14', '2026-07-14 23:59'],
    ['TRID 3 specific business days', TRID, '2026-07-01', 3, {}, '2026-07-06', '2026-07-06 23:59'],
    [
      'TRID + mailbox, deemed received',
      TRID,
      '2026-07-01',
      3,
      { deadlineId: 'cd-deemed-received' },
      '2026-07-06',
      '2026-07-06 23:59',
    ],
    [
      'TRID + mailbox, close',
      TRID,
      '2026-07-06',
      3,
      { deadlineId: 'closing-disclosure' },
      '2026-07-09',
      '2026-07-09 23:59',
    ],
    ['TRID, Columbus Day', TRID, '2026-10-09', 3, {}, '2026-10-14', '2026-10-14 23:59'],
    ['TRID, Thanksgiving', TRID, '2026-11-23', 3, {}, '2026-11-27', '2026-11-27 23:59'],
  ])('%s', (_row, packId, from, days, ask, raw, end) => {
    const result = count(packId, from, days, ask);
    expect({ raw: result.raw, end: `${result.on} ${result.at}` }).toEqual({ raw, end });
  });
});

describe('rules of domain.md table 1.1', () => {
  const end = (...args: Parameters<typeof count>) => count(...args).on;
  const said = (...args: Parameters<typeof count>) => explain(count(...args).steps).join(' ');

  test('CA: only the last day moves; days on the way are counted whatever they are', () => {
    expect(end(CA, '2026-06-17', 7)).toBe('2026-06-24');
  });

  test('CA: the state list, not the federal one', () => {
    expect(end(CA, '2026-02-10', 2)).toBe('2026-02-13'); // Lincoln Day
    expect(end(CA, '2026-02-10', 7)).toBe('2026-02-18'); // Lunar New Year
    expect(end(CA, '2026-09-08', 1)).toBe('2026-09-10'); // Admission Day
    expect(end(CA, '2026-09-24', 1)).toBe('2026-09-28'); // Native American Day
    expect(end(CA, '2026-04-21', 3)).toBe('2026-04-27'); // Genocide Remembrance Day
  });

  test('CA Days Prior: the form Which way a day counted back moves, so it stays and says so', () => {
    expect(end(CA, '2026-07-10', 5, { before: true })).toBe('2026-07-05');
    expect(said(CA, '2026-07-10', 5, { before: true })).toContain('Which way a day counted back moves');
    expect(said(CA, '2026-07-13', 5, { before: true })).not.toContain('Which way a day counted back moves');
  });

  test('TX: all days count, and only earnest money and option fee move', () => {
    expect(end(TX, '2026-07-01', 3)).toBe('2026-07-04');
    expect(end(TX, '2026-07-01', 3, { deadlineId: 'option-fee' })).toBe('2026-07-06');
    expect(end(TX, '2026-06-30', 5, { deadlineId: 'third-party-financing' })).toBe('2026-07-05');
  });

  test('TX: an end other than the option period’s is said to be unconfirmed', () => {
    expect(said(TX, '2026-07-01', 10)).toContain('only the 5:00 PM end of the option period is confirmed');
    expect(said(TX, '2026-07-01', 10, { deadlineId: 'option-period' })).not.toContain('is confirmed');
  });

  test('TX: an observed Friday does not count, and is named', () => {
    expect(end(TX, '2026-06-30', 3, { deadlineId: 'earnest-money' })).toBe('2026-07-03');
    expect(said(TX, '2026-06-30', 3, { deadlineId: 'earnest-money' })).toContain(
      'Independence Day falls on Sat, July 4',
    );
  });

  test('FL: observed days are holidays; plain days prior go later, at least goes earlier, and silence is said', () => {
    expect(end(FL, '2026-09-11', 5, { before: true, options: { prior: 'plain' } })).toBe('2026-09-08'); // Labor Day
    expect(end(FL, '2026-09-11', 5, { before: true })).toBe('2026-09-04');
    expect(said(FL, '2026-09-11', 5, { before: true })).toContain('The words of the clause decide');
    expect(said(FL, '2026-09-11', 5, { before: true, options: { prior: 'at-least' } })).not.toContain('The words of');
  });

  test('WA: Columbus Day counts, Native American Heritage Day does not, possession is exempt', () => {
    expect(end(WA, '2026-10-09', 1)).toBe('2026-10-12');
    expect(end(WA, '2026-11-25', 1)).toBe('2026-11-30');
    expect(end(WA, '2026-07-02', 2, { deadlineId: 'possession' })).toBe('2026-07-04');
  });

  test('WA: Saturday holidays close the Friday before', () => {
    expect(end(WA, '2027-12-24', 7)).toBe('2028-01-03');
  });

  test('CO: Mountain time for everyone, the Time of Day Deadline where the contract has one', () => {
    expect(count(CO, '2026-06-25', 10).zone).toBe('America/Denver');
    const refused = countByPack(packNamed(CO), {
      from: plainDate('2026-06-25'),
      days: 1,
      options: { zone: 'America/New_York' },
    });
    expect(refused).toMatchObject({ ok: false, error: { type: 'UnknownOption' } });
    expect(count(CO, '2026-06-25', 8, { deadlineId: 'objection', options: { 'time-of-day': '18:00' } }).at).toBe(
      '18:00',
    );
    expect(count(CO, '2026-06-25', 8, { deadlineId: 'earnest-money', options: { 'time-of-day': '18:00' } }).at).toBe(
      '23:59',
    );
  });

  test('CO: a date that met Cabrini Day says that the list is not confirmed', () => {
    const will = { options: { extend: 'will' } };
    expect(end(CO, '2026-10-01', 4, will)).toBe('2026-10-06');
    expect(said(CO, '2026-10-01', 4, will)).toContain('The list of Colorado holidays used here is not confirmed');
    expect(end(CO, '2026-10-01', 4, { options: { extend: 'will', cabrini: 'off' } })).toBe('2026-10-05');
  });

  test('NJ: after 5:00 PM counts as the next day; 5:00 PM itself does not', () => {
    expect(end(NJ, '2026-07-09', 3, { options: { received: '17:01' } })).toBe('2026-07-15');
    expect(end(NJ, '2026-07-09', 3, { options: { received: '17:00' } })).toBe('2026-07-14');
    expect(said(NJ, '2026-07-10', 3, { options: { received: '18:00' } })).toContain('this is the earlier reading');
    expect(end(NJ, '2026-10-30', 3)).toBe('2026-11-05'); // Election Day
    expect(said(NJ, '2026-10-30', 3)).toContain('not confirmed where it differs');
  });

  test('NJ: a late receipt shifts what counts from the receipt, never the closing day or what counts back from it', () => {
    const deadlines = scheduleOf({
      packs: [packNamed(NJ)],
      anchors: { 'received-by-both': plainDate('2026-07-09'), closing: plainDate('2026-08-14') },
      options: { received: '17:30' },
      overrides: [{ deadlineId: 'final-walkthrough', days: 1, on: null, documentId: null, reason: 'Contract' }],
    }).deadlines;
    const on = Object.fromEntries(deadlines.map((each) => [each.id, each.on]));
    expect(on).toMatchObject({
      'attorney-review': '2026-07-15',
      'closing-day': '2026-08-14',
      'final-walkthrough': '2026-08-13',
    });
    const received = { received: '17:30' };
    expect(end(NJ, '2026-08-14', 0, { deadlineId: 'closing-day', options: received })).toBe('2026-08-14');
  });

  test('an observed day that moved a date is named, so that nobody takes the landing for it', () => {
    const will = { options: { extend: 'will' } };
    expect(said(CO, '2026-06-23', 10, will)).toContain(
      'Independence Day falls on Sat, July 4, 2026 and is kept on Fri, July 3.',
    );
    expect(said(NJ, '2026-07-01', 3)).toContain('is kept on Fri, July 3. That a New Jersey contract counts that day');
  });

  test('a first day is said to be one, also where it is not a thing that may happen', () => {
    expect(said(TRID, '2026-07-01', 3, { deadlineId: 'cd-deemed-received' })).toContain(
      'The first day is Mon, July 6, 2026. Days count here, not hours.',
    );
  });

  test('a move is told in one sentence', () => {
    expect(said(CA, '2026-06-02', 17)).toContain(
      'It cannot fall on Fri, June 19 (Juneteenth), Sat, June 20 or Sun, June 21, so it moves to the next open day, Mon, June 22.',
    );
  });

  test('TRID: the latest receipt for a Sunday closing is counted from the day before that counts', () => {
    expect(end(TRID, '2026-07-06', 3, { before: true })).toBe('2026-07-01');
    expect(end(TRID, '2026-07-05', 3, { before: true })).toBe('2026-06-30');
  });

  test('leap days and year ends', () => {
    expect(end(CA, '2028-02-26', 3)).toBe('2028-02-29');
    expect(end(CA, '2027-02-26', 3)).toBe('2027-03-01');
    expect(end(FL, '2027-12-28', 3)).toBe('2028-01-03');
    expect(end(TRID, '2027-12-30', 3)).toBe('2028-01-04');
  });
});

test('a period that runs past the known years says so', () => {
  const result = count(CA, '2060-12-20', 30);
  expect(result.on).toBe('2061-01-19');
  expect(explain(result.steps).join(' ')).toContain('as if no law changes');
});

test('refuses what cannot be counted, with a sentence', () => {
  const pack = packNamed(CA);
  const from = plainDate('2026-06-02');
  const refuse = (request: PackCountRequest) => {
    const result = countByPack(pack, request);
    return result.ok ? null : { type: result.error.type, message: result.error.message };
  };
  expect(refuse({ from, days: -1 })?.message).toContain('To count back, ask for days before');
  expect(refuse({ from, days: 9999 })?.message).not.toContain('To count back');
  expect(refuse({ from, days: 1.5 })?.type).toBe('DaysOutOfRange');
  expect(refuse({ from, days: 99_999 })?.type).toBe('DaysOutOfRange');
  expect(refuse({ from: plainDate('2019-12-31'), days: 1 })?.type).toBe('DayOutOfRange');
  expect(refuse({ from: plainDate('2061-01-01'), days: 1 })?.message).toContain('2020 to 2060');
  expect(refuse({ from, days: 1, deadlineId: 'nothing' })?.message).toContain('Use one of: deposit');
  expect(refuse({ from, days: 1, options: { extend: 'will' } })?.type).toBe('UnknownOption');
  expect(refuse({ from, days: 1, options: { 'good-friday': 'yes' } })?.message).toContain('on, off');
});
