import { describe, expect, test } from 'vitest';
import { diffSchedules } from './diff-schedules.ts';
import type { DueTask } from './due-tasks.ts';
import { instantOf } from './instant.ts';
import { type PlainDate, plainDate } from './plain-date.ts';
import { type DeadlineOverride, type ScheduledDeadline, type ScheduleInput, scheduleOf } from './schedule.ts';
import { explain, replay } from './steps.ts';
import { PACKS, packNamed } from './testing.ts';

const ca = packNamed('ca-car-rpa');
const trid = packNamed('us-trid');
const acceptance = plainDate('2026-06-02');
const closing = plainDate('2026-07-13');

function dateOf(input: ScheduleInput, id: string): ScheduledDeadline {
  const deadline = scheduleOf(input).deadlines.find((each) => each.id === id);
  if (deadline === undefined) throw new Error(`no deadline ${id}`);
  return deadline;
}

function override(deadlineId: string, change: { days?: number; on?: PlainDate }): DeadlineOverride {
  return { deadlineId, days: null, on: null, documentId: 'doc-1', reason: 'Extension signed by both', ...change };
}

function task(id: string, due: DueTask['dueRule'], more: Partial<DueTask> = {}): DueTask {
  return { id, title: id, dueOn: null, dueRule: due, doneOn: null, waivedOn: null, ...more };
}

describe('the schedule of a deal', () => {
  test('dates every deadline it can and says what the others wait for', () => {
    const { deadlines } = scheduleOf({ packs: [ca], anchors: { acceptance } });
    const shown = Object.fromEntries(deadlines.map(({ id, on, waitsFor }) => [id, on ?? waitsFor]));
    expect(shown).toMatchObject({
      deposit: '2026-06-05',
      'seller-disclosures': '2026-06-09',
      'investigation-contingency': '2026-06-22',
      'notice-to-perform-earliest': '2026-06-20',
      repairs: 'Waits for the closing date.',
      'loan-contingency':
        'How many days does box 3L say for the loan? Sources disagree between 17 and 21, and the signed form wins.',
    });
    expect(shown['notice-to-perform-earliest-loan']).toMatch(
      /^Waits for “Loan contingency”\. How many days does box 3L/,
    );
  });

  test('no unconfirmed count is ever a default, in any pack', () => {
    for (const pack of PACKS) {
      for (const deadline of pack.deadlines) {
        if (deadline.status === 'unconfirmed') expect(deadline.days, `${pack.id} ${deadline.id}`).toBeNull();
        expect(deadline.days !== null || deadline.asks !== undefined, `${pack.id} ${deadline.id}`).toBe(true);
      }
    }
    expect(
      packNamed('fl-farbar-asis')
        .deadlines.filter(({ days }) => days !== null)
        .map(({ id }) => id),
    ).toEqual(['deposit', 'hoa-cancellation', 'closing-day']);
  });

  test('dependents move when what they count from moves', () => {
    const later = {
      packs: [ca],
      anchors: { acceptance },
      overrides: [override('investigation-contingency', { days: 24 })],
    };
    expect(dateOf(later, 'investigation-contingency').on).toBe('2026-06-26');
    expect(dateOf(later, 'notice-to-perform-earliest').on).toBe('2026-06-24');
  });

  test('an override keeps its document and reason, and its explanation replays', () => {
    const byCount = dateOf(
      { packs: [ca], anchors: { acceptance }, overrides: [override('loan-contingency', { days: 21 })] },
      'loan-contingency',
    );
    expect(byCount).toMatchObject({
      on: '2026-06-23',
      override: { documentId: 'doc-1', reason: 'Extension signed by both' },
    });
    expect(explain(byCount.steps)[0]).toBe('21 days, as its document says: Extension signed by both.');
    expect(replay(byCount.steps)).toBe(byCount.on);
    const byDay = dateOf(
      {
        packs: [ca],
        anchors: { acceptance },
        overrides: [override('appraisal-contingency', { on: plainDate('2026-06-28') })],
      },
      'appraisal-contingency',
    );
    expect(byDay).toMatchObject({ on: '2026-06-28', raw: '2026-06-28' });
    expect(replay(byDay.steps)).toBe('2026-06-28');
  });

  test('states: waived and completed keep their date, TBD and not-applicable have none', () => {
    const input: ScheduleInput = {
      packs: [ca],
      anchors: { acceptance },
      states: {
        'appraisal-contingency': { state: 'waived', reason: 'Box 3L' },
        deposit: { state: 'completed', reason: '' },
        'seller-disclosures': { state: 'tbd', reason: '' },
        'loan-contingency': { state: 'not-applicable', reason: 'Cash' },
        'no-such': { state: 'waived', reason: '' },
      },
    };
    expect(dateOf(input, 'appraisal-contingency')).toMatchObject({
      state: 'waived',
      on: '2026-06-22',
      stateReason: 'Box 3L',
    });
    expect(dateOf(input, 'deposit')).toMatchObject({ state: 'completed', on: '2026-06-05' });
    expect(dateOf(input, 'seller-disclosures')).toMatchObject({
      on: null,
      waitsFor: expect.stringMatching(/^To be decided/),
    });
    expect(dateOf(input, 'loan-contingency')).toMatchObject({ on: null, waitsFor: 'Does not apply to this deal.' });
    expect(dateOf(input, 'notice-to-perform-earliest-loan').waitsFor).toBe(
      'Counts from “Loan contingency”, which does not apply.',
    );
    expect(scheduleOf(input).unplaced).toEqual(['no-such']);
  });

  test('the closing disclosure overlay: proof of receipt wins over the presumption, and the zone is the contract’s', () => {
    const sent = { packs: [ca, trid], anchors: { acceptance, closing, 'cd-sent': plainDate('2026-07-01') } };
    expect(dateOf(sent, 'cd-deemed-received').on).toBe('2026-07-06');
    expect(dateOf(sent, 'closing-disclosure')).toMatchObject({ on: '2026-07-09', zone: 'America/Los_Angeles' });
    const received = { ...sent, anchors: { ...sent.anchors, 'cd-received': plainDate('2026-07-01') } };
    expect(dateOf(received, 'closing-disclosure').on).toBe('2026-07-06');
    expect(dateOf(received, 'closing-disclosure-latest').on).toBe('2026-07-09');
  });

  test('an office’s closed day moves a date, and the reason is in the explanation', () => {
    const extraClosed = [{ setId: 'us-ca' as const, on: plainDate('2026-06-22'), name: 'Day of mourning' }];
    const deadline = dateOf({ packs: [ca], anchors: { acceptance }, extraClosed }, 'title-contingency');
    expect(deadline.on).toBe('2026-06-23');
    expect(explain(deadline.steps).join(' ')).toContain('Mon, June 22 (Day of mourning)');
  });

  test('a day closed for one set leaves the closing disclosure rule alone', () => {
    const extraClosed = [{ setId: 'us-ca' as const, on: plainDate('2026-07-10'), name: 'Lender closed' }];
    const input = { packs: [ca, trid], anchors: { acceptance, closing }, extraClosed };
    expect(dateOf(input, 'closing-disclosure-latest').on).toBe('2026-07-09');
    expect(dateOf(input, 'loan-funds').on).toBe('2026-07-09');
  });

  test('an anchor outside the known years has no date and says why', () => {
    const deadline = dateOf({ packs: [ca], anchors: { acceptance: plainDate('2019-05-01') } }, 'deposit');
    expect(deadline).toMatchObject({ on: null, waitsFor: expect.stringContaining('2020 to 2060') });
  });

  test('the instant of a deadline', () => {
    const deadline = dateOf({ packs: [ca], anchors: { acceptance } }, 'deposit');
    const { on, at, zone } = deadline;
    expect(on && instantOf({ on, at, zone })).toBe('2026-06-06T06:59:00.000Z');
  });

  test('every explanation of every pack replays, and names form and revision', () => {
    for (const pack of PACKS) {
      const anchors = Object.fromEntries(pack.anchors.map((anchor) => [anchor.id, plainDate('2026-08-14')]));
      const overrides = pack.deadlines.filter(({ days }) => days === null).map(({ id }) => override(id, { days: 9 }));
      for (const deadline of scheduleOf({ packs: [pack], anchors, overrides }).deadlines) {
        expect(deadline.on, `${pack.id} ${deadline.id}`).not.toBeNull();
        expect(replay(deadline.steps)).toBe(deadline.on);
        expect(deadline).toMatchObject({ form: pack.form, revision: pack.revision });
      }
    }
  });
});

describe('the difference of two schedules', () => {
  const tasks = [
    task('order', { from: 'closing', offset: -10, dayKind: 'calendar' }),
    task('done', { from: 'closing', offset: -3, dayKind: 'calendar' }, { doneOn: plainDate('2026-06-05') }),
    task('welcome', { from: 'acceptance', offset: 1, dayKind: 'calendar' }),
  ];
  const before: ScheduleInput = {
    packs: [ca],
    anchors: { acceptance, closing },
    tasks,
    states: { repairs: { state: 'completed', reason: '' } },
  };

  test('a later closing moves what hangs on it, and nothing that is done', () => {
    const after = { ...before, anchors: { acceptance, closing: plainDate('2026-07-20') } };
    const diff = diffSchedules(
      scheduleOf(before),
      scheduleOf(after),
      new Set(['order', 'welcome', 'final-verification']),
    );
    expect(diff.movedDates.map(({ id, days }) => [id, days])).toEqual([
      ['final-verification', 7],
      ['seller-signs-deed', 7],
      ['demand-to-close-earliest', 7],
      ['loan-funds', 7],
      ['close-of-escrow', 7],
    ]);
    expect(diff.movedTasks).toEqual([{ id: 'order', title: 'order', from: '2026-07-03', to: '2026-07-10', days: 7 }]);
    expect(diff.remindersToResend.map(({ id }) => id)).toEqual(['final-verification', 'order']);
    expect(diff).toMatchObject({ added: [], dropped: [] });
    expect(diff.unchanged).toBe(scheduleOf(before).deadlines.length - 1 - 5 + 1);
  });

  test('what gets its first day moves from none; other packs and tasks are added and dropped', () => {
    const after: ScheduleInput = {
      ...before,
      packs: [ca, trid],
      overrides: [override('loan-contingency', { days: 17 })],
      tasks: tasks.slice(1),
    };
    const diff = diffSchedules(scheduleOf(before), scheduleOf(after));
    expect(diff.movedDates.map(({ id, from, to, days }) => [id, from, to, days])).toEqual([
      ['loan-contingency', null, '2026-06-22', null],
      ['notice-to-perform-earliest-loan', null, '2026-06-20', null],
    ]);
    expect(diff.added).toEqual(['cd-deemed-received', 'closing-disclosure', 'closing-disclosure-latest']);
    expect(diff.dropped).toEqual(['order']);
  });

  test('nothing changed', () => {
    const diff = diffSchedules(scheduleOf(before), scheduleOf(before));
    expect(diff).toMatchObject({ movedDates: [], movedTasks: [], added: [], dropped: [], remindersToResend: [] });
  });
});

test('instants follow the zone and its clocks', () => {
  const at = '23:59';
  expect(instantOf({ on: plainDate('2026-06-22'), at, zone: 'America/Los_Angeles' })).toBe('2026-06-23T06:59:00.000Z');
  expect(instantOf({ on: plainDate('2026-12-22'), at, zone: 'America/Los_Angeles' })).toBe('2026-12-23T07:59:00.000Z');
  expect(instantOf({ on: plainDate('2026-07-04'), at: '17:00', zone: 'America/Chicago' })).toBe(
    '2026-07-04T22:00:00.000Z',
  );
  expect(instantOf({ on: plainDate('2026-03-08'), at: '02:30', zone: 'America/Denver' })).toBe(
    '2026-03-08T09:30:00.000Z',
  );
  expect(instantOf({ on: plainDate('2026-11-01'), at: '01:30', zone: 'America/Denver' })).toBe(
    '2026-11-01T07:30:00.000Z',
  );
});
