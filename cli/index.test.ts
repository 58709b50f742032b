import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';

// Each test starts processes of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 });

const CLI = fileURLToPath(new URL('index.ts', import.meta.url));

interface Run {
  code: number | null;
  json: unknown;
  out: string;
  err: string;
}

function run(...words: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { encoding: 'utf8' });
  return { code: status, json: stdout === '' ? null : JSON.parse(stdout), out: stdout, err: stderr };
}

const COUNT = ['count', '--pack', 'ca-car-rpa', '--from', '2026-06-02'];

describe('packs', () => {
  test('lists the eight packs with their anchors and deadlines', () => {
    const { code, json, err } = run('packs');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const packs = json as { id: string; anchors: string[]; deadlines: { id: string }[] }[];
    expect(packs.map(({ id }) => id).sort()).toEqual(
      [
        'ca-car-rpa',
        'co-cbs',
        'fl-farbar-asis',
        'generic',
        'nj-broker',
        'tx-trec-1-4',
        'us-trid',
        'wa-nwmls-21',
      ].sort(),
    );
    const texas = packs.find(({ id }) => id === 'tx-trec-1-4');
    expect(texas).toMatchObject({ revision: '20-19', state: 'TX', zone: 'America/Chicago' });
    expect(texas?.anchors.slice(0, 2)).toEqual(['effective-date', 'closing']);
    expect(texas?.deadlines[0]).toMatchObject({
      id: 'earnest-money',
      anchor: 'effective-date',
      days: 3,
      dayKind: 'calendar',
    });
  });
});

describe('count', () => {
  test('gives the day, its end, the raw day and the steps', () => {
    const { code, json, err } = run(...COUNT, '--days', '17');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toMatchObject({ on: '2026-06-22', at: '23:59', zone: 'America/Los_Angeles', raw: '2026-06-19' });
    expect(json).toMatchObject({ form: 'C.A.R. RPA', revision: '12/22' });
    const { steps } = json as { steps: { rule: string; from: string; to: string; why: string }[] };
    expect(steps.map(({ rule }) => rule)).toEqual(['day-zero', 'count', 'roll', 'ends']);
    expect(steps[2]).toMatchObject({
      from: '2026-06-19',
      to: '2026-06-22',
      why: expect.stringContaining('Juneteenth'),
    });
  });

  test.each([
    ['--before', [...COUNT, '--days', '5', '--before'], '2026-05-28'],
    ['--business', [...COUNT, '--days', '5', '--business'], '2026-06-09'],
    ['--deadline', [...COUNT, '--days', '3', '--deadline', 'deposit'], '2026-06-05'],
    [
      '--option',
      ['count', '--pack', 'co-cbs', '--from', '2026-06-25', '--days', '10', '--option', 'extend=will'],
      '2026-07-06',
    ],
    [
      '--option received',
      ['count', '--pack', 'nj-broker', '--from', '2026-07-09', '--days', '3', '--option', 'received=17:30'],
      '2026-07-15',
    ],
    ['--closed', [...COUNT, '--days', '17', '--closed', '2026-06-22=Office closed'], '2026-06-23'],
    [
      '--revision',
      ['count', '--pack', 'tx-trec-1-4', '--revision', '20-18', '--from', '2026-07-01', '--days', '3'],
      '2026-07-04',
    ],
  ])('%s', (_name, words, on) => {
    expect(run(...words)).toMatchObject({ code: 0, json: { on } });
  });
});

describe('dates', () => {
  test('dates what is known and says what the rest waits for', () => {
    const { code, json } = run(
      'dates',
      '--pack',
      'tx-trec-1-4',
      '--anchor',
      'effective-date=2026-07-01',
      '--override',
      'option-period=3',
    );
    expect(code).toBe(0);
    const dates = json as { id: string; on: string | null; at: string; waitsFor: string | null }[];
    expect(dates.find(({ id }) => id === 'earnest-money')).toMatchObject({
      on: '2026-07-06',
      at: '23:59',
      waitsFor: null,
    });
    expect(dates.find(({ id }) => id === 'option-period')).toMatchObject({ on: '2026-07-04', at: '17:00' });
    expect(dates.find(({ id }) => id === 'closing-day')).toMatchObject({
      on: null,
      waitsFor: 'Waits for the closing date.',
    });
  });

  test('takes several anchors and a fixed day', () => {
    const { json } = run(
      ...['dates', '--pack', 'co-cbs', '--anchor', 'mec=2026-06-25', '--anchor', 'closing=2026-08-03'],
      ...['--override', 'objection=2026-07-10', '--option', 'time-of-day=18:00'],
    );
    const dates = json as { id: string; on: string | null; at: string }[];
    expect(dates.find(({ id }) => id === 'objection')).toMatchObject({ on: '2026-07-10', at: '18:00' });
    expect(dates.find(({ id }) => id === 'closing-day')).toMatchObject({ on: '2026-08-03' });
  });
});

describe('holidays', () => {
  test('gives day, name and the day kept instead', () => {
    const { code, json } = run('holidays', '--set', 'us-federal', '--year', '2026');
    expect(code).toBe(0);
    expect(json).toHaveLength(11);
    expect(json).toContainEqual({ on: '2026-07-04', name: 'Independence Day', observedOn: '2026-07-03' });
    expect(run('holidays', '--set', 'us-ca', '--year', '2026', '--option', 'diwali=on').out).toContain('2026-11-08');
  });
});

describe('refusals: exit 1, the error as JSON, the sentence for people', () => {
  const DATES = ['dates', '--pack', 'ca-car-rpa'];
  test.each<[string, string[], string, string]>([
    [
      'unknown pack',
      ['count', '--pack', 'nv', '--from', '2026-06-02', '--days', '1'],
      'UnknownPack',
      'Use one of: ca-car-rpa',
    ],
    [
      'no such day',
      ['count', '--pack', 'ca-car-rpa', '--from', '2026-06-31', '--days', '1'],
      'NotADay',
      'June 2026 has 30 days',
    ],
    ['no day at all', ['count', '--pack', 'ca-car-rpa', '--from', 'tomorrow', '--days', '1'], 'NotADay', 'YYYY-MM-DD'],
    ['year', ['count', '--pack', 'ca-car-rpa', '--from', '2019-06-01', '--days', '1'], 'DayOutOfRange', '2020 to 2060'],
    ['negative days', [...COUNT, '--days', '-3'], 'DaysOutOfRange', 'To count back'],
    ['huge days', [...COUNT, '--days', '100000'], 'DaysOutOfRange', '0 to 3650'],
    ['more days than digits in use', [...COUNT, '--days', '1000000000'], 'DaysOutOfRange', '0 to 3650'],
    ['words for days', [...COUNT, '--days', 'three'], 'NotANumber', 'whole number'],
    ['half a day', [...COUNT, '--days', '1.5'], 'NotANumber', 'whole number'],
    ['unknown deadline', [...COUNT, '--days', '1', '--deadline', 'nothing'], 'UnknownDeadline', 'Use one of: deposit'],
    ['unknown option', [...COUNT, '--days', '1', '--option', 'extend=will'], 'UnknownOption', 'no option extend'],
    [
      'bad option',
      ['count', '--pack', 'co-cbs', '--from', '2026-06-02', '--days', '1', '--option', 'extend=maybe'],
      'BadOptionValue',
      'will, will-not',
    ],
    [
      'bad time',
      ['count', '--pack', 'nj-broker', '--from', '2026-06-02', '--days', '1', '--option', 'received=25:00'],
      'BadOptionValue',
      '17:30',
    ],
    ['unknown revision', [...COUNT, '--days', '1', '--revision', '1'], 'UnknownRevision', 'Use one of: 12/22'],
    ['unknown anchor', [...DATES, '--anchor', 'mec=2026-06-02'], 'UnknownAnchor', 'Use one of: acceptance'],
    ['a name no object should take', [...DATES, '--anchor', '__proto__=2026-06-02'], 'UnknownAnchor', '__proto__'],
    [
      'anchor twice',
      [...DATES, '--anchor', 'closing=2026-06-02', '--anchor', 'closing=2026-06-03'],
      'GivenTwice',
      'Keep one',
    ],
    ['anchor year', [...DATES, '--anchor', 'closing=2061-01-01'], 'DayOutOfRange', '--anchor closing'],
    ['override of nothing', [...DATES, '--override', 'nothing=3'], 'UnknownDeadline', 'no deadline nothing'],
    ['negative override', [...DATES, '--override', 'deposit=-3'], 'DaysOutOfRange', '0 to 3650'],
    ['override with words', [...DATES, '--override', 'deposit=soon'], 'NotANumber', 'whole number'],
    ['override with no day', [...DATES, '--override', 'deposit=2026-02-30'], 'NotADay', 'February 2026 has 28 days'],
    ['unknown set', ['holidays', '--set', 'us-nv', '--year', '2026'], 'UnknownSet', 'us-federal'],
    ['year of a set', ['holidays', '--set', 'us-ca', '--year', '1999'], 'YearOutOfRange', '2020 to 2060'],
    [
      'switch of a set',
      ['holidays', '--set', 'us-wa', '--year', '2026', '--option', 'diwali=on'],
      'UnknownOption',
      'has none',
    ],
    [
      'switch value',
      ['holidays', '--set', 'us-ca', '--year', '2026', '--option', 'diwali=yes'],
      'BadOptionValue',
      'on or off',
    ],
  ])('%s', (_name, words, type, says) => {
    const { code, json, err } = run(...words);
    expect({ code, json }).toMatchObject({
      code: 1,
      json: { error: { type, message: expect.stringContaining(says) } },
    });
    expect(err).toContain(says);
  });
});

describe('wrong usage: exit 2, nothing on standard output, the usage for people', () => {
  test.each<[string, string[], string]>([
    ['no command', [], 'Usage:'],
    ['unknown command', ['portals'], 'There is no command portals.'],
    ['a command that is not built', ['toString'], 'There is no command toString.'],
    ['no pack', ['count', '--from', '2026-06-02', '--days', '1'], '--pack is missing.'],
    ['no day', ['count', '--pack', 'ca-car-rpa', '--days', '1'], '--from is missing.'],
    ['no days', COUNT, '--days is missing.'],
    ['an empty flag', [...COUNT, '--days', '1', '--deadline', ''], '--deadline is missing.'],
    ['two counts', [...COUNT, '--days', '3', '--days', '4'], '--days is given twice. Keep one of them.'],
    ['two days', [...COUNT, '--from', '2026-07-01', '--days', '3'], '--from is given twice.'],
    ['unknown flag', [...COUNT, '--days', '1', '--fast'], "Unknown option '--fast'."],
    ['stray word', ['packs', 'all'], "Unexpected argument 'all'."],
    ['flag without value', ['holidays', '--set'], "Option '--set <value>' argument missing."],
    ['no year', ['holidays', '--set', 'us-ca'], '--year is missing.'],
    ['option without value', [...COUNT, '--days', '1', '--option', 'extend'], 'NAME=VALUE'],
    ['anchor without value', ['dates', '--pack', 'ca-car-rpa', '--anchor', 'closing='], 'NAME=VALUE'],
  ])('%s', (_name, words, says) => {
    const { code, out, err } = run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).toContain('Usage:');
  });

  test('help is no mistake', () => {
    const { code, out, err } = run('--help');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    for (const name of ['packs', 'count', 'dates', 'holidays']) expect(err).toContain(`closeboard ${name}`);
  });
});
