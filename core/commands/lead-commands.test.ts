import { expect, test } from 'vitest';
import { type Bench, CREATE, run } from './testing.ts';

const AT = '2026-06-17T09:00:00.000Z';

/** A deal that came in by an intake link. */
function arrived() {
  const made: Bench = { deal: null, journal: [] };
  let n = 0;
  const act = (name: string, args: object) => run(made, { id: `c-${++n}`, name, args });
  expect(act('createDeal', { ...CREATE, lead: { intakeId: 'i1', words: 'We look for a home' } })).toBeNull();
  const lead = () => made.deal?.leads[0];
  return { act, lead, last: () => `c-${n}` };
}
const ends = [
  ['declineLead', { at: AT, on: '2026-06-17', reason: 'Too far away' }, 'declined'],
  ['mergeLead', { at: AT, on: '2026-06-17', intoDealId: 'd2', intoName: '12 Elm St' }, 'merged'],
] as const;

test.each(ends)('a deal that ended by %s waits for a decision again once it is reopened', (name, args, state) => {
  const { act, lead, last } = arrived();
  const before = lead();
  expect(act(name, args)).toBeNull();
  expect(lead()?.state).toBe(state);
  expect(act('reopenDeal', {})).toBeNull();
  expect(lead()).toEqual(before);
  expect(act('undo', { commandId: last() })).toBeNull();
  expect(lead()?.state).toBe(state);
  expect(act('reopenDeal', {})).toBeNull();
  expect(act('acceptLead', { at: AT })).toBeNull();
  expect(lead()?.state).toBe('accepted');
});

test('a deal that was accepted and withdrawn later stays accepted when it is reopened', () => {
  const { act, lead } = arrived();
  act('acceptLead', { at: AT });
  act('withdrawDeal', { on: '2026-06-17', reason: 'They moved away' });
  expect(act('reopenDeal', {})).toBeNull();
  expect(lead()).toMatchObject({ state: 'accepted', decidedAt: AT });
});
