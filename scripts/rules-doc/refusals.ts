import { countByPack, type PackCountRequest } from '../../core/deadlines/count-by-pack.ts';
import { dayProblem } from '../../core/deadlines/day-problem.ts';
import { editPack, packAtRevision } from '../../core/deadlines/pack.ts';
import { type Pack, parsePack } from '../../core/deadlines/pack-schema.ts';
import { plainDate } from '../../core/deadlines/plain-date.ts';
import { scheduleOf } from '../../core/deadlines/schedule.ts';

const FROM = plainDate('2026-06-02');

/** Every refusal of the deadlines, brought about and quoted, so that no sentence here is one that nobody can meet. */
export function refusalSection(packs: readonly Pack[]): string {
  const lines = [...countRefusals(packs), ...packRefusals(packs), ...dayRefusals(), ...waits(packs)];
  return ['## What it says when it cannot', '', ...lines.map(([when, says]) => `- ${when}: “${says}”`)].join('\n');
}

type Line = readonly [when: string, says: string];

function countRefusals(packs: readonly Pack[]): readonly Line[] {
  const ask = (packId: string, request: Partial<PackCountRequest>): string => {
    const result = countByPack(named(packs, packId), { from: FROM, days: 3, ...request });
    if (result.ok) throw new Error('this count was meant to be refused');
    return result.error.message;
  };
  return [
    ['A negative count', ask('ca-car-rpa', { days: -3 })],
    ['A count that is no whole number', ask('ca-car-rpa', { days: 2.5 })],
    ['A year without known holidays', ask('ca-car-rpa', { from: plainDate('2019-12-31') })],
    ['A deadline that the form does not have', ask('nj-broker', { deadlineId: 'deposit' })],
    ['An option that the form does not have', ask('ca-car-rpa', { options: { extend: 'will' } })],
    ['An option with a value it cannot take', ask('co-cbs', { options: { extend: 'maybe' } })],
    ['A time that is none', ask('nj-broker', { options: { received: '5 PM' } })],
    ['Another zone on a form that names its own', ask('co-cbs', { options: { zone: 'America/New_York' } })],
  ];
}

function packRefusals(packs: readonly Pack[]): readonly Line[] {
  const texas = named(packs, 'tx-trec-1-4');
  const edited = editPack(texas, (pack) => pack);
  const old = packAtRevision(texas, '20-17');
  const broken = parsePack({ ...texas, dayZero: 'signing', revision: '1' });
  if (edited.ok || old.ok || broken.ok) throw new Error('these packs were meant to be refused');
  return [
    ['A change to a locked pack', edited.error.message],
    ['A revision that is not kept', old.error.message],
    ['A pack that does not fit together', broken.error.message],
  ];
}

function dayRefusals(): readonly Line[] {
  return [
    ['A day that does not exist', dayProblem('2026-06-31')],
    ['A month that does not exist', dayProblem('2026-13-01')],
    ['A day 00', dayProblem('2026-06-00')],
    ['Anything else for a day', dayProblem('tomorrow')],
  ];
}

function waits(packs: readonly Pack[]): readonly Line[] {
  const california = named(packs, 'ca-car-rpa');
  const says = (id: string, input: Partial<Parameters<typeof scheduleOf>[0]>): string => {
    const found = scheduleOf({ packs: [california], anchors: {}, ...input }).deadlines.find(
      (deadline) => deadline.id === id,
    );
    return found?.waitsFor ?? '';
  };
  const loan = 'loan-contingency';
  return [
    ['A date whose first day is unknown', says('deposit', {})],
    ['A date whose count is asked', says(loan, { anchors: { acceptance: FROM } })],
    ['A date that counts from another that is open', says('notice-to-perform-earliest', {})],
    ['A date to be decided', says(loan, { states: { [loan]: { state: 'tbd', reason: '' } } })],
    ['A date that does not apply', says(loan, { states: { [loan]: { state: 'not-applicable', reason: 'Cash' } } })],
  ];
}

function named(packs: readonly Pack[], id: string): Pack {
  const pack = packs.find((each) => each.id === id);
  if (pack === undefined) throw new Error(`no pack ${id}`);
  return pack;
}
