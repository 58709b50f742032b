import { expect, test } from 'vitest';
import { type Bench, openDeal, run, TC } from './testing.ts';

/** Asking a person of the deal for a document: one step, one undo. */

function bench() {
  const made: Bench = openDeal();
  let n = 0;
  const act = (name: string, args: unknown) => run(made, { id: `c-${++n}`, name, args }, TC);
  const add = (personId: string, role: string, name: string) =>
    act('addPerson', { personId, name, role, company: '', email: `${personId}@example.com`, phone: '' });
  add('p-aiko', 'lender', 'Aiko Bergström');
  const line = (id: string) => made.deal?.lines.find((one) => one.id === id);
  return { made, act, line, last: () => `c-${n}` };
}

const newLine = (lineId: string, more: object = {}) => ({
  ...{ lineId, title: 'Proof of funds', clientTitle: '', stage: 'intake', ownerRole: 'title' },
  ...{ class: 'correspondence', isRequired: false, ...more },
});
const review = (lineId: string, act: string, reason = '') => ({
  ...{ lineId, act, versionId: null, reason, on: '2026-06-17' },
});

test('a new document is on the list under the role of whoever is asked, in words that a client reads, and undo takes it off', () => {
  const { act, line, last } = bench();
  expect(act('askDocument', { lineId: 'l-funds', personId: 'p-priya', newLine: newLine('l-funds') })).toBeNull();
  expect(line('l-funds')).toMatchObject({ ownerRole: 'client', clientTitle: 'Proof of funds', state: 'requested' });
  expect(act('askDocument', { lineId: 'l-funds', personId: 'p-priya', newLine: newLine('l-funds') })).toBeNull();
  expect(act('undo', { commandId: 'c-2' })).toBeNull();
  expect(line('l-funds')).toBeUndefined();
  expect(last()).toBe('c-4');
});

test('what is not needed is asked for again of the person named, and only as long as it stands as it was seen', () => {
  const { act, line } = bench();
  act('reviewLine', review('d1.doc-tds', 'waive', 'A bank sells it.'));
  const ask = { lineId: 'd1.doc-tds', personId: 'p-aiko', expected: 'requested' };
  expect(act('askDocument', ask)?.message).toContain('not needed');
  act('editLine', { lineId: 'd1.doc-tds', class: 'correspondence' });
  expect(act('askDocument', { ...ask, expected: 'waived' })).toBeNull();
  expect(line('d1.doc-tds')).toMatchObject({ state: 'requested', reason: '', ownerRole: 'lender' });
});

test('nobody is asked for what their page cannot take, for what waits for a look, or who is not on the deal', () => {
  const { act, line } = bench();
  const settlement = newLine('l-cd', { class: 'settlement' });
  const refusal = act('askDocument', { lineId: 'l-cd', personId: 'p-priya', newLine: settlement });
  expect(refusal?.message).toMatch(/Priya Raman cannot send a paper of this kind/);
  expect(line('l-cd')).toBeUndefined();
  expect(act('askDocument', { lineId: 'd1.doc-tds', personId: 'p-nobody' })?.type).toBe('PersonNotAvailable');
  expect(act('askDocument', { lineId: 'l-x', personId: 'p-priya', newLine: newLine('l-y') })?.type).toBe('BadArgs');
  expect(act('askDocument', { lineId: 'l-none', personId: 'p-priya' })?.type).toBe('DocumentNotAvailable');
  act('fileVersion', {
    ...{ versionId: 'v1', lineId: 'd1.doc-contract', sha256: 'a'.repeat(64), bytes: 1200, extension: 'pdf' },
    ...{ originalName: 'Contract.pdf', suffix: 'FE', documentOn: '2026-06-17', receivedAt: '2026-06-17T09:00:00.000Z' },
    ...{ sentBy: '', isHeld: false, toReview: true },
  });
  expect(act('askDocument', { lineId: 'd1.doc-contract', personId: 'p-priya' })?.type).toBe('IsHere');
});
