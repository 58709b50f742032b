import { expect, test } from 'vitest';
import type { Change } from '../../../core/commands/types.ts';
import type { HostEvent } from '../../contract/events.ts';
import type { DealDates } from './deal-dates.ts';
import { personActs } from './person-acts.ts';
import { createTellActs } from './tell-acts.ts';
import { at, by, dealOf, later, names, portalDeal, step } from './testing-portal.ts';

type Bench = ReturnType<typeof portalDeal>;
const told = (bench: Bench, changes: readonly Change[]) =>
  personActs(dealOf(bench), changes, names(bench)).map(({ personId, did, to }) => `${personId} ${did} -> ${to}`);
const message = (id: string) => ({
  ...{
    messageId: id,
    personId: 'p-priya',
    aboutType: 'deal',
    aboutId: '',
    body: 'When do we get the keys?',
    at: at(17),
  },
});

test('what a person asks, answers, writes and sends is told, with where to look', () => {
  const bench = portalDeal();
  expect(told(bench, step(bench, 'askChange', later('r1'), by(bench, 'p-priya')))).toEqual([
    'p-priya asks: Move close of escrow -> changes',
  ]);
  const agree = { changeId: 'r1', at: at(18), as: 'own-principal' };
  expect(told(bench, step(bench, 'approveChange', agree, by(bench, 'p-daniel')))).toEqual([
    'p-daniel agrees: Move close of escrow -> changes',
  ]);
  const no = { changeId: 'r1', at: at(18), as: 'other-principal', reason: '' };
  step(bench, 'sendChange', { changeId: 'r1', at: at(18) });
  expect(told(bench, step(bench, 'declineChange', no, by(bench, 'p-gloria')))).toEqual([
    'p-gloria says no: Move close of escrow -> changes',
  ]);
  expect(told(bench, step(bench, 'writeMessage', message('m1'), by(bench, 'p-priya')))).toEqual([
    'p-priya wrote “When do we get the keys?” -> messages',
  ]);
  const sent = {
    ...{ versionId: 'v1', lineId: 'l-new', newTitle: 'Repair invoice', sha256: 'c'.repeat(64), bytes: 9 },
    ...{ extension: 'pdf', originalName: 'a.pdf', on: '2026-06-02', at: at(17) },
  };
  expect(told(bench, step(bench, 'sendDocument', sent, by(bench, 'p-priya')))).toEqual([
    'p-priya sent Repair invoice -> review',
  ]);
});

test('what a colleague does, what comes twice, and the past of a new deal are no news', () => {
  const bench = portalDeal();
  expect(told(bench, step(bench, 'askChange', later('r1')))).toEqual([]);
  expect(told(bench, step(bench, 'writeMessage', message('m1')))).toEqual([]);
  const changes = step(bench, 'writeMessage', message('m2'), by(bench, 'p-priya'));
  expect(told(bench, [...changes, ...changes])).toHaveLength(1);
  expect(told(bench, [...(bench.journal[0]?.changes ?? []), ...changes])).toEqual([]);
});

test('nothing is told before it is on disk, and then once, with the deal beside it', () => {
  const bench = portalDeal();
  const events: HostEvent[] = [];
  const dates = { anchors: () => [], dates: () => [] } as unknown as DealDates;
  const acts = createTellActs({
    dealOf: (dealId) => (dealId === 'd1' ? dealOf(bench) : null),
    datesOf: () => dates,
    today: () => '2026-06-02' as never,
    emit: (event) => void events.push(event),
  });
  acts.note(step(bench, 'writeMessage', message('m1'), by(bench, 'p-priya')));
  expect(events).toEqual([]);
  acts.tell(['d1', 'elsewhere']);
  acts.tell(['d1']);
  expect(events).toMatchObject([
    {
      type: 'people:acted',
      acts: [
        { dealId: 'd1', plate: '1847', street: 'Marlowe Ave', person: 'Priya Raman', to: 'messages', id: 'p-priya' },
      ],
    },
  ]);
});
