import { expect, test } from 'vitest';
import { opened } from '../changes/testing.ts';
import { anchorWith, dealWith, personWith, taskWith } from '../checklists/testing.ts';
import { plainDate } from '../deadlines/plain-date.ts';
import { mayLeaveStage, mayMoveStage, missingForStage, stageNotDoneSentence } from './definition-of-done.ts';
import type { Member } from './model.ts';

const members: readonly Member[] = [{ id: 'noor', name: 'Noor Haddad', role: 'tc', email: 'noor@example.com' }];

test('a stage is done when its required tasks are done or waived', () => {
  const open = taskWith('open', { stage: 'disclosures' });
  const deal = dealWith({
    row: { stage: 'disclosures' },
    anchors: [anchorWith('acceptance', '2026-06-02')],
    tasks: [
      taskWith('done', { stage: 'disclosures', doneOn: plainDate('2026-06-03') }),
      taskWith('waived', {
        stage: 'disclosures',
        waivedOn: plainDate('2026-06-03'),
        waiverReason: 'not in this county',
      }),
      taskWith('optional', { stage: 'disclosures', isRequired: false }),
      taskWith('later', { stage: 'closing' }),
      open,
    ],
  });
  expect(missingForStage(deal, 'disclosures').map((missing) => missing.id)).toEqual(['open']);
  const after = {
    ...deal,
    tasks: deal.tasks.map((task) => (task.id === 'open' ? { ...task, doneOn: plainDate('2026-06-04') } : task)),
  };
  expect(missingForStage(after, 'disclosures')).toEqual([]);
  expect(mayLeaveStage(after)).toEqual({ ok: true, value: null });
});

test('each missing thing says who has it and since when', () => {
  const deal = dealWith({
    row: { stage: 'milestones' },
    people: [personWith('lender', { name: 'Dana Osei' })],
    anchors: [anchorWith('closing', '2026-07-15')],
    tasks: [
      taskWith('order', { position: 1, doneOn: plainDate('2026-06-05') }),
      taskWith('appraise', { position: 2, assigneeRole: 'lender', dependsOn: ['order'] }),
      taskWith('review', { position: 3, dependsOn: ['appraise'] }),
      taskWith('insure', { position: 4, assigneeRole: 'client' }),
    ],
  });
  expect(missingForStage(deal, 'milestones', members)).toEqual([
    {
      kind: 'task',
      id: 'appraise',
      what: 'Do appraise',
      ownerRole: 'lender',
      ownerId: 'p-lender',
      ownerName: 'Dana Osei',
      since: '2026-06-05',
      state: 'waiting',
    },
    {
      kind: 'task',
      id: 'review',
      what: 'Do review',
      ownerRole: 'tc',
      ownerId: 'noor',
      ownerName: 'Noor Haddad',
      since: null,
      state: 'blocked',
    },
    {
      kind: 'task',
      id: 'insure',
      what: 'Do insure',
      ownerRole: 'client',
      ownerId: null,
      ownerName: 'the client',
      since: deal.row.stageSince,
      state: 'waiting',
    },
  ]);
});

test('intake and parties name what they lack', () => {
  const bare = dealWith({ row: { stage: 'intake', street: '', ownerId: '', state: '' } });
  expect(missingForStage(bare, 'intake').map((missing) => missing.id)).toEqual(['address', 'state', 'owner']);
  expect(missingForStage(bare, 'parties').map((missing) => missing.what)).toEqual([
    'Name the client',
    'Name the agent on our side',
    'Name the lender',
    'Name the title or escrow company',
    'Name the agent of the other side, or the other side itself',
  ]);
  expect(missingForStage(bare, 'parties').every((missing) => missing.since === null)).toBe(true);
});

test('a client without phone and e-mail cannot be reached', () => {
  const deal = dealWith({ people: [personWith('client')] });
  expect(missingForStage(deal, 'parties').map((missing) => missing.id)).toContain('client-reach');
  const reached = dealWith({ people: [personWith('client', { phone: '+19165550123' })] });
  expect(missingForStage(reached, 'parties').map((missing) => missing.id)).not.toContain('client-reach');
});

test.each([
  ['cash', false],
  ['conventional', true],
  ['unknown', true],
  [null, true],
])('financing %s: a lender is needed: %s', (financing, needed) => {
  const deal = dealWith({ row: { facts: { financing } } });
  expect(missingForStage(deal, 'parties').some((missing) => missing.id === 'lender')).toBe(needed);
});

test('a rental needs neither lender nor title company, and a buyer before the offer no address', () => {
  const rental = dealWith({
    row: { scenario: 'rent', side: 'tenant', templateId: 'rental-onboarding/rent/tenant/CA' },
  });
  expect(missingForStage(rental, 'parties').map((missing) => missing.id)).toEqual(['client', 'agent']);
  const buyer = dealWith({ row: { street: '', city: '', templateId: 'buyer-intake/buy/buyer/CA' } });
  expect(missingForStage(buyer, 'intake')).toEqual([]);
});

test('moving forward asks for every stage between, back for none', () => {
  const deal = dealWith({
    row: { stage: 'disclosures' },
    anchors: [anchorWith('acceptance', '2026-06-02'), anchorWith('closing', '2026-07-15')],
    tasks: [taskWith('a', { stage: 'milestones' }), taskWith('b', { stage: 'milestones' })],
  });
  expect(mayMoveStage(deal, 'milestones').ok).toBe(true);
  expect(mayMoveStage(deal, 'intake').ok).toBe(true);
  expect(mayMoveStage(deal, 'closing')).toMatchObject({
    ok: false,
    error: {
      type: 'StageNotDone',
      stage: 'milestones',
      to: 'closing',
      message: 'Not ready for Closing. Milestones is done when these two are in.',
    },
  });
});

test('the sentence counts in words', () => {
  expect(stageNotDoneSentence('disclosures', 'milestones', 1)).toBe(
    'Not ready for Milestones. Disclosures is done when this one is in.',
  );
  expect(stageNotDoneSentence('intake', 'parties', 12)).toBe(
    'Not ready for Parties. Intake is done when these 12 are in.',
  );
});

test('a request for change on its way keeps Changes from being done, and no other stage', () => {
  const request = { ...opened('closing-date'), dealId: 'deal-1', sentToOtherSideAt: null };
  const deal = { ...dealWith({ row: { stage: 'changes', ownerId: 'noor' } }), changes: [request] };
  expect(missingForStage(deal, 'changes', members)).toEqual([
    {
      kind: 'change',
      id: 'r-closing-date',
      what: 'Settle the request to change the closing date',
      ownerRole: 'tc',
      ownerId: 'noor',
      ownerName: 'Noor Haddad',
      since: request.openedAt,
      state: 'open',
    },
  ]);
  expect(missingForStage(deal, 'milestones').some(({ kind }) => kind === 'change')).toBe(false);
  expect(mayMoveStage(deal, 'closing').ok).toBe(false);
  const agreed = { ...deal, changes: [{ ...request, state: 'approved' as const }] };
  expect(missingForStage(agreed, 'changes')[0]?.what).toBe('Bring the signed paper for the change of the closing date');
  for (const state of ['executed', 'declined', 'expired', 'withdrawn'] as const)
    expect(missingForStage({ ...deal, changes: [{ ...request, state }] }, 'changes')).toEqual([]);
});

test('open requests come in the order in which they were asked', () => {
  const later = { ...opened('price', {}, 5), dealId: 'deal-1', sentToOtherSideAt: null };
  const first = { ...opened('closing-date'), dealId: 'deal-1', sentToOtherSideAt: null };
  const deal = { ...dealWith({ row: { stage: 'changes' } }), changes: [later, first] };
  expect(missingForStage(deal, 'changes').map(({ id }) => id)).toEqual(['r-closing-date', 'r-price']);
});
