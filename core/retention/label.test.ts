import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type PlainDate, plainDate, yearOf } from '../deadlines/plain-date.ts';
import type { Actor } from '../permissions/actor.ts';
import { addYears, labelFor, mayDestroy, type RetentionInput } from './label.ts';
import { CLOCK_EVENTS, type ClockEvent, parseRetentionRules } from './rules.ts';
import { stateName } from './states.ts';

const json: unknown = JSON.parse(
  readFileSync(new URL('../../resources/retention/retention.json', import.meta.url), 'utf8'),
);
const parsed = parseRetentionRules(json);
if (!parsed.ok) throw new Error(parsed.error.sentence);
const rules = parsed.value;

const d = plainDate;
const admin: Actor = { kind: 'member', memberId: 'm', role: 'admin' };
function input(more: Partial<RetentionInput>): RetentionInput {
  return {
    state: 'CA',
    scenario: 'sell',
    outcome: 'closed',
    events: { closing: d('2026-07-15') },
    yearBuilt: 1990,
    legalHold: null,
    litigation: null,
    brokerYears: null,
    ...more,
  };
}
const of = (more: Partial<RetentionInput>) => labelFor(input(more), rules);

/** [row of domain.md section 11, what is known, destroy-after] */
const ROWS: readonly (readonly [string, Partial<RetentionInput>, string | null])[] = [
  ['CA 3 years from closing', {}, '2029-07-15'],
  [
    'CA not consummated: from the listing',
    { outcome: 'withdrawn', events: { listing: d('2026-03-01'), termination: d('2026-06-01') } },
    '2029-03-01',
  ],
  ['TX 4 years from closing', { state: 'TX' }, '2030-07-15'],
  [
    'TX from termination',
    { state: 'TX', outcome: 'withdrawn', events: { termination: d('2026-06-01') } },
    '2030-06-01',
  ],
  [
    'TX from the end of the transaction',
    { state: 'TX', outcome: 'withdrawn', events: { 'end-of-transaction': d('2026-06-09') } },
    '2030-06-09',
  ],
  [
    'TX end of transaction after closing',
    { state: 'TX', events: { closing: d('2026-07-15'), 'end-of-transaction': d('2026-08-01') } },
    '2030-08-01',
  ],
  [
    'FL 5 years from receipt of funds',
    { state: 'FL', events: { 'funds-received': d('2026-06-03'), 'agreement-executed': d('2026-06-20') } },
    '2031-06-03',
  ],
  ['FL else from execution', { state: 'FL', events: { 'agreement-executed': d('2026-06-20') } }, '2031-06-20'],
  ['FL closing alone is no clock', { state: 'FL' }, null],
  [
    'FL litigation: 2 years after its end',
    { state: 'FL', events: { 'funds-received': d('2026-06-03') }, litigation: { endedOn: d('2031-01-05') } },
    '2033-01-05',
  ],
  [
    'FL litigation: never less than 5',
    { state: 'FL', events: { 'funds-received': d('2026-06-03') }, litigation: { endedOn: d('2027-01-05') } },
    '2031-06-03',
  ],
  ['NY 3 years', { state: 'NY' }, '2029-07-15'],
  [
    'NY leases are left out',
    { state: 'NY', scenario: 'rent', events: { closing: d('2026-07-15'), 'lease-start': d('2026-08-01') } },
    null,
  ],
  [
    'NC the latest of three',
    {
      state: 'NC',
      events: { 'funds-disbursed': d('2026-07-16'), conclusion: d('2026-07-20'), 'agency-ended': d('2026-07-18') },
    },
    '2029-07-20',
  ],
  [
    'NC one of three unknown',
    { state: 'NC', events: { 'funds-disbursed': d('2026-07-16'), conclusion: d('2026-07-20') } },
    null,
  ],
  [
    'NC no sale',
    {
      state: 'NC',
      outcome: 'withdrawn',
      events: { conclusion: d('2026-07-20'), 'agency-ended': d('2026-07-22'), 'funds-disbursed': d('2026-08-02') },
    },
    '2029-08-02',
  ],
  ['CO is not used until verified', { state: 'CO' }, null],
  ['federal lead: 3 years, later than nothing', { state: 'CA', yearBuilt: 1977 }, '2029-07-15'],
  [
    'federal lead, lease from its start',
    {
      state: 'CA',
      scenario: 'rent',
      yearBuilt: 1950,
      events: { closing: d('2026-07-15'), 'lease-start': d('2026-09-01') },
    },
    '2029-09-01',
  ],
  [
    'unknown year is before 1978',
    {
      state: 'CA',
      scenario: 'rent',
      yearBuilt: null,
      events: { closing: d('2026-07-15'), 'lease-start': d('2026-09-01') },
    },
    '2029-09-01',
  ],
  [
    '1978 itself has no lead form',
    { state: 'CA', scenario: 'rent', yearBuilt: 1978, events: { closing: d('2026-07-15') } },
    '2029-07-15',
  ],
  [
    'no sale, no lead clock',
    { yearBuilt: 1950, outcome: 'withdrawn', events: { listing: d('2026-03-01') } },
    '2029-03-01',
  ],
  ['NJ has no number', { state: 'NJ' }, null],
  ['the broker decided', { state: 'OH', brokerYears: 7 }, '2033-07-15'],
  ['the broker never shortens', { state: 'TX', brokerYears: 1 }, '2030-07-15'],
  ['a deal that runs', { outcome: null }, null],
];

describe('labelFor, row by row of domain.md section 11', () => {
  test.each(ROWS)('%s', (_row, more, expected) => {
    expect(of(more).destroyAfter).toBe(expected);
  });

  test.each(['NJ', 'IL', 'AZ', 'WA', 'GA', 'PA', 'OH', 'MA', 'CO'])('%s has no number and says so', (state) => {
    const { status, sentences } = of({ state });
    expect(status).toBe('no-number');
    expect(sentences).toEqual([
      `No retention number is confirmed for ${stateName(state)}. Keep the file and ask your broker.`,
    ]);
  });

  test('Ohio, word for word; a state that nobody named is not an empty word', () => {
    expect(of({ state: 'OH' }).sentences[0]).toBe(
      'No retention number is confirmed for Ohio. Keep the file and ask your broker.',
    );
    expect(of({ state: '' }).sentences[0]).toContain('a state nobody has named');
  });

  test('a lead form alone is no number for the whole file', () => {
    const label = of({ state: 'OH', yearBuilt: 1950 });
    expect(label).toMatchObject({
      status: 'no-number',
      destroyAfter: null,
      parts: [{ rule: 'federal-lead', until: '2029-07-15' }],
    });
  });

  test('a missing clock names the day to say', () => {
    const label = of({ outcome: 'withdrawn', events: {} });
    expect(label).toMatchObject({ status: 'clock-unknown', missingEvents: ['listing'] });
    expect(label.sentences[0]).toBe(
      'The years count from a day that nobody has said: the listing. Keep the file, and say the day.',
    );
  });

  test('explains each part with its source', () => {
    const { parts } = of({ state: 'TX', yearBuilt: null });
    expect(parts.map(({ sources }) => sources)).toEqual([['RT2'], ['LP3']]);
    expect(parts[0]?.sentence).toBe('Texas counts 4 years from the closing, July 15, 2026: until July 15, 2030.');
    expect(parts[1]?.sentence).toContain('Nobody has said when it was built');
  });
});

describe('leap days', () => {
  test.each([
    ['2024-02-29', 4, '2028-02-29'],
    ['2024-02-29', 3, '2027-03-01'],
    ['2096-02-29', 4, '2100-03-01'],
    ['2023-02-28', 5, '2028-02-28'],
  ])('%s + %i years is %s', (from, years, expected) => {
    expect(addYears(d(from), years)).toBe(expected);
  });
});

describe('mayDestroy', () => {
  test('an admin, by hand, after the day; nobody else and no job', () => {
    const label = of({});
    expect(mayDestroy(label, admin, d('2029-07-15')).ok).toBe(false);
    expect(mayDestroy(label, admin, d('2029-07-16')).ok).toBe(true);
    for (const actor of [{ kind: 'system' }, { kind: 'member', memberId: 'm', role: 'tc' }] as const)
      expect(mayDestroy(label, actor, d('2040-01-01')).ok).toBe(false);
  });

  test.each<Partial<RetentionInput>>([
    { legalHold: { since: d('2026-08-01'), reason: 'subpoena' } },
    { litigation: { endedOn: null } },
    { state: 'OH' },
    { outcome: null },
    { events: {} },
  ])('never while %o', (more) => {
    const verdict = mayDestroy(of(more), admin, d('2099-01-01'));
    expect(verdict).toMatchObject({ ok: false, code: 'Held' });
    expect(verdict.ok ? '' : verdict.reason).toMatch(/^[A-Z].*[.]$/);
  });
});

const anyDay = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays(d('2020-01-01'), days));
const anyInput: fc.Arbitrary<RetentionInput> = fc.record({
  state: fc.constantFrom('CA', 'TX', 'FL', 'NY', 'NC', 'CO', 'OH', ''),
  scenario: fc.constantFrom('buy', 'sell', 'rent', 'invest'),
  outcome: fc.constantFrom('closed', 'withdrawn', null),
  events: fc
    .dictionary(fc.constantFrom(...CLOCK_EVENTS), anyDay)
    .map((events): Partial<Record<ClockEvent, PlainDate>> => events),
  yearBuilt: fc.constantFrom(null, 1950, 1977, 1978, 2020),
  legalHold: fc.constantFrom(null, { since: d('2026-08-01'), reason: '' }),
  litigation: fc.oneof(fc.constant(null), fc.record({ endedOn: fc.option(anyDay) })),
  brokerYears: fc.option(fc.integer({ min: 1, max: 20 })),
});

describe('laws', () => {
  test('destroy-after is the latest of all parts, and every label says a sentence', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const label = labelFor(given, rules);
        for (const sentence of label.sentences) expect(sentence).toMatch(/^[A-Z].*[.]$/);
        expect(label.destroyAfter !== null).toBe(label.status === 'keep-until');
        if (label.destroyAfter === null) return;
        const untils = label.parts.map(({ until }) => until);
        expect(label.destroyAfter).toBe([...untils].sort().at(-1));
        for (const { from, years, until } of label.parts) expect(yearOf(until) - yearOf(from)).toBe(years);
        expect(['CO', 'OH', ''].includes(given.state) && given.brokerYears === null).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a hold, a lawsuit, an older house or a longer wish of the broker never brings the day nearer', () => {
    const far = '9999-12-31';
    fc.assert(
      fc.property(anyInput, anyDay, (given, endedOn) => {
        const plain = { ...given, legalHold: null, litigation: null, brokerYears: null, yearBuilt: 2020 };
        const without = labelFor(plain, rules);
        if (without.destroyAfter === null) return;
        const stricter: readonly Partial<RetentionInput>[] = [
          { legalHold: { since: endedOn, reason: '' } },
          { litigation: { endedOn: null } },
          { litigation: { endedOn } },
          { yearBuilt: null },
          { brokerYears: 9 },
        ];
        for (const more of stricter)
          expect((labelFor({ ...plain, ...more }, rules).destroyAfter ?? far) >= without.destroyAfter).toBe(true);
      }),
    );
  });
});

describe('the data', () => {
  test('has the rows of the section, each with a source, and no more', () => {
    const rows = rules.states.map(
      ({ state, years, status, sources }) => `${state} ${years} ${status} ${sources.map(({ id }) => id).join('+')}`,
    );
    expect(rows).toEqual([
      'CA 3 confirmed RT1+RT6',
      'TX 4 confirmed RT2',
      'FL 5 confirmed RT3',
      'NY 3 confirmed RT4',
      'NC 3 confirmed RT5',
      'CO 4 verify RT7',
    ]);
  });

  test('data that is wrong is refused with the place', () => {
    expect(parseRetentionRules({ ...rules, states: [{ ...rules.states[0], years: 0 }] })).toMatchObject({
      error: { type: 'BadRetentionRules', sentence: expect.stringContaining('states.0.years') },
    });
    expect(parseRetentionRules({ ...rules, states: [rules.states[0], rules.states[0]] }).ok).toBe(false);
    expect(parseRetentionRules(null).ok).toBe(false);
  });
});
