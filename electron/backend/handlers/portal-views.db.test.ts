import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { backendsForTests, NOW } from './testing.ts';

/** Requests and conversations on a real file, called as a window calls them. */
const startAnother = backendsForTests();

/** Every step is taken, or the test ends. */
function start() {
  const { call, send: ask } = startAnother();
  const send = async (...step: Parameters<typeof ask>) => {
    const reply = await ask(...step);
    if (reply.outcome === 'refused') throw new Error(reply.refusal.message);
    return reply;
  };
  return { call, send };
}

async function newDeal({ call, send }: ReturnType<typeof start>): Promise<string> {
  const { profile } = await call('workspace:get', {});
  const dealId = v7();
  await send(dealId, 'createDeal', {
    ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816', side: 'buyer' },
    ...{ scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22', priceCents: null, facts: {} },
    ownerId: profile.memberId,
    anchors: [
      { name: 'acceptance', on: '2026-06-02', evidence: '' },
      { name: 'closing', on: '2026-07-02', evidence: '' },
    ],
    people: [{ id: 'p-priya', name: 'Priya Raman', role: 'client', company: '', email: 'p@x.example', phone: '' }],
    at: NOW.toISOString(),
  });
  return dealId;
}

const MOVE = {
  ...{ changeId: 'r1', kind: 'closing-date', reason: '', expiresAt: null, periodEndsAt: null },
  facts: { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
  terms: [{ type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-10' }],
  at: NOW.toISOString(),
};

test('requests are named in the words of the form, and stand in Today while they wait for us', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  expect(await desk.call('changes:of', { dealId })).toEqual([]);
  await desk.send(dealId, 'askChange', MOVE);
  const [view] = await desk.call('changes:of', { dealId });
  expect(view).toMatchObject({ title: 'Move close of escrow', isByPerson: false, next: { kind: 'send' } });
  const { items } = await desk.call('today:list', {});
  expect(items.find(({ about }) => about?.kind === 'change')).toMatchObject({
    taskId: `change:${dealId}:r1`,
    title: 'Send on: Move close of escrow',
    state: 'blocked',
    on: null,
  });
  await desk.send(dealId, 'withdrawChange', { changeId: 'r1', at: NOW.toISOString() });
  expect((await desk.call('today:list', {})).items.some(({ about }) => about !== undefined)).toBe(false);
});

test('the card of a deal says how many things of people wait for the team, and nothing when none does', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const waits = async () => {
    const { columns } = await desk.call('board:columns', { filter: {}, limit: 20 });
    return columns.flatMap(({ cards }) => cards).find(({ id }) => id === dealId)?.waits;
  };
  expect(await waits()).toBeUndefined();
  await desk.send(dealId, 'askChange', MOVE);
  expect(await waits()).toBe(1);
  await desk.send(dealId, 'withdrawChange', { changeId: 'r1', at: NOW.toISOString() });
  expect(await waits()).toBeUndefined();
});

test('no date of a deal that has ended is due', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const due = async () =>
    ((await desk.call('deals:get', { dealId }))?.dates ?? []).filter(
      ({ state }) => state === 'due' || state === 'late',
    );
  expect((await due()).length).toBeGreaterThan(0);
  await desk.send(dealId, 'withdrawDeal', { on: '2026-06-03', reason: 'The buyer lost their job.' });
  expect(await due()).toEqual([]);
});

test('a withdrawn request comes back with undo', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  await desk.send(dealId, 'askChange', MOVE);
  const { commandId } = await desk.send(dealId, 'withdrawChange', { changeId: 'r1', at: NOW.toISOString() });
  await desk.send(dealId, 'undo', { commandId });
  expect((await desk.call('changes:of', { dealId }))[0]?.state).toBe('open');
});

test('conversations are there for everybody, and of a deal that is not here there are none', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const about = { personId: 'p-priya', aboutType: 'date', aboutId: 'closing' };
  await desk.send(dealId, 'writeMessage', { messageId: 'm1', ...about, body: 'Still July 2.', at: NOW.toISOString() });
  const [thread] = await desk.call('messages:of', { dealId });
  expect(thread).toMatchObject({
    name: 'Priya Raman',
    open: 0,
    messages: [{ isMine: true, about: { title: 'Close of escrow' } }],
  });
  expect(await desk.call('messages:of', { dealId: v7() })).toEqual([]);
  expect(await desk.call('changes:of', { dealId: v7() })).toEqual([]);
});
