import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { backendsForTests, type TestBackend } from './testing.ts';

/** Deals that came in by an intake link, on a real file, called as a window calls them. */
const NOW = new Date(2026, 5, 17, 10, 0, 0);
const start = backendsForTests(NOW);

const PERSON = { name: 'Maria Ortiz', role: 'client', company: '', email: 'maria@example.com', phone: '+19165550123' };

async function deal({ call, send }: TestBackend, more: Record<string, unknown> = {}): Promise<string> {
  const { profile } = await call('workspace:get', {});
  const dealId = v7();
  const reply = await send(dealId, 'createDeal', {
    ...{ street: '12 Oak St', unit: '', city: 'Roseville', state: 'CA', zip: '95747', side: 'seller' },
    ...{ scenario: 'sell', workflow: 'seller-onboarding', packId: 'ca-car-rpa', packRevision: '12/22' },
    ...{ priceCents: 65_000_000, facts: {}, anchors: [], ownerId: profile.memberId, at: NOW.toISOString() },
    people: [{ id: v7(), ...PERSON }],
    ...more,
  });
  if (reply.outcome === 'refused') throw new Error(reply.refusal.message);
  return dealId;
}

/** As the portal opens it for somebody who sent their answers. */
const lead = (desk: TestBackend, more: Record<string, unknown> = {}) =>
  deal(desk, {
    lead: { intakeId: 'link-1', words: 'Please call after six.' },
    facts: { yearBuilt: 'unknown', hoa: true, together: false },
    ...more,
  });

test('what came in is marked on its card, stands in Today and says what was answered', async () => {
  const desk = start();
  const dealId = await lead(desk);
  const { columns } = await desk.call('board:columns', { filter: {}, limit: 50 });
  expect(columns[0]?.cards).toMatchObject([{ id: dealId, isNewLead: true }]);
  const { items } = await desk.call('today:list', {});
  expect(items.find(({ about }) => about?.kind === 'lead')).toMatchObject({
    dealId,
    title: 'New: Maria Ortiz wants to sell 12 Oak St',
    about: { who: 'Maria Ortiz', says: expect.stringContaining('and wrote “Please call after six.”') },
  });
  const rows = items.filter((item) => item.dealId === dealId);
  expect(rows.map(({ title }) => title)).not.toContain('Answer the lead and check for a duplicate');
  const view = await desk.call('leads:of', { dealId });
  expect(view).toMatchObject({
    state: 'new',
    title: 'Maria Ortiz wants to sell 12 Oak St',
    words: 'Please call after six.',
    duplicates: [],
  });
  const answers = Object.fromEntries(view?.answers.map(({ ask, answer }) => [ask, answer]) ?? []);
  expect(answers).toMatchObject({
    'What would you like to do?': 'Sell a home',
    'What is your phone number?': '(916) 555-0123',
    'In which year was the home built?': 'Does not know',
    'What is the price?': '$650,000',
    'Which state is the home in?': 'California',
  });
  expect(await desk.call('leads:of', { dealId: await deal(desk) })).toBeNull();
  const { entries } = await desk.call('deals:activity', { dealId, limit: 10 });
  expect(entries.at(-1)?.sentence).toContain('opened 12 Oak St, from what came in by an intake link');
});

test('accepted, it is a deal like any other; the decision can be taken back', async () => {
  const desk = start();
  const dealId = await lead(desk);
  const accepted = await desk.send(dealId, 'acceptLead', { at: NOW.toISOString() });
  expect(accepted.outcome).toBe('done');
  expect(await desk.call('leads:of', { dealId })).toMatchObject({
    state: 'accepted',
    decidedByName: expect.any(String),
  });
  const { columns } = await desk.call('board:columns', { filter: {}, limit: 50 });
  expect(columns[0]?.cards[0]?.isNewLead).toBeUndefined();
  expect((await desk.call('today:list', {})).items.some(({ about }) => about?.kind === 'lead')).toBe(false);
  const titles = (await desk.call('today:list', {})).items.map(({ title }) => title);
  expect(titles).toContain('Answer the lead and check for a duplicate');
  if (accepted.outcome === 'done') await desk.send(dealId, 'undo', { commandId: accepted.commandId });
  expect(await desk.call('leads:of', { dealId })).toMatchObject({ state: 'new' });
});

test('declined, it ends with its reason and leaves the board; undo brings it back', async () => {
  const desk = start();
  const dealId = await lead(desk);
  const args = { at: NOW.toISOString(), on: '2026-06-17' };
  expect(await desk.send(dealId, 'declineLead', { ...args, reason: '' })).toMatchObject({ outcome: 'refused' });
  const declined = await desk.send(dealId, 'declineLead', { ...args, reason: 'Lives in Oregon.' });
  expect(await desk.call('leads:of', { dealId })).toMatchObject({ state: 'declined', reason: 'Lives in Oregon.' });
  expect((await desk.call('board:columns', { filter: {}, limit: 50 })).total).toBe(0);
  if (declined.outcome === 'done')
    expect(await desk.send(dealId, 'undo', { commandId: declined.commandId })).toMatchObject({ outcome: 'done' });
  expect((await desk.call('board:columns', { filter: {}, limit: 50 })).total).toBe(1);
});

test('what may be the same is shown with why, the likeliest first, and never a made-up or an unlike deal', async () => {
  const desk = start();
  const same = await deal(desk, { people: [{ ...PERSON, id: v7(), name: 'María Ortiz', email: '' }] });
  const sameMail = await deal(desk, {
    ...{ street: '400 Elm Ave', zip: '95814', city: 'Sacramento' },
    people: [{ ...PERSON, id: v7(), name: 'M. Ortiz', phone: '' }],
  });
  const samePhone = await deal(desk, {
    ...{ street: '7 Pine Rd', zip: '95815', city: 'Davis' },
    people: [{ ...PERSON, id: v7(), email: 'other@example.com' }],
  });
  await deal(desk, {
    street: '12 Oak Ct',
    zip: '95747',
    people: [{ ...PERSON, id: v7(), name: 'Ed Falk', email: '', phone: '' }],
  });
  await deal(desk, { isSample: true, people: [{ ...PERSON, id: v7() }] });
  const dealId = await lead(desk);
  const view = await desk.call('leads:of', { dealId });
  const found = view?.duplicates ?? [];
  expect(found[0]).toMatchObject({
    dealId: same,
    title: '12 Oak St, Roseville',
    detail: 'María Ortiz. You have it.',
    isOpen: true,
    isLikely: true,
    reasons: expect.arrayContaining(['The same address: 12 Oak St.']),
  });
  for (const other of found) expect([same, sameMail, samePhone]).toContain(other.dealId);
  for (const other of found) expect(other.reasons.length).toBeGreaterThan(0);
});

test('a merge fills what the other deal lacked, keeps all of it in a note, and ends the one that came in', async () => {
  const desk = start();
  const into = await deal(desk, { facts: { hoa: false }, people: [] });
  const dealId = await lead(desk);
  const merged = await desk.call('leads:merge', { dealId, intoDealId: into });
  expect(merged).toMatchObject({ outcome: 'done', steps: [{ dealId: into }, { dealId }] });
  const there = await desk.call('deals:get', { dealId: into });
  expect(there?.people).toMatchObject([{ name: 'Maria Ortiz', email: 'maria@example.com' }]);
  expect(there?.notes[0]?.body).toContain('They wrote: “Please call after six.”');
  expect(there?.notes[0]?.body).toContain('Does the home belong to an owners’ association? Yes');
  // What somebody had said there already stands.
  expect(there?.facts.find(({ name }) => name === 'hoa')?.value).toBe(false);
  expect(await desk.call('leads:of', { dealId })).toMatchObject({
    state: 'merged',
    into: { dealId: into, title: '12 Oak St' },
  });
  expect(await desk.call('deals:get', { dealId })).toMatchObject({
    outcome: 'withdrawn',
    outcomeReason: 'Merged into 12 Oak St',
  });
});

test('both steps of a merge can be taken back, the second first', async () => {
  const desk = start();
  const into = await deal(desk, { people: [] });
  const dealId = await lead(desk);
  const merged = await desk.call('leads:merge', { dealId, intoDealId: into });
  if (merged.outcome !== 'done') throw new Error(merged.refusal.message);
  for (const step of merged.steps.toReversed())
    expect(await desk.send(step.dealId, 'undo', { commandId: step.commandId })).toMatchObject({ outcome: 'done' });
  expect(await desk.call('leads:of', { dealId })).toMatchObject({ state: 'new' });
  expect((await desk.call('deals:get', { dealId: into }))?.people).toEqual([]);
});

test('a merge that is asked for again changes nothing more', async () => {
  const desk = start();
  const into = await deal(desk, { people: [] });
  const dealId = await lead(desk);
  await desk.call('leads:merge', { dealId, intoDealId: into });
  expect(await desk.call('leads:merge', { dealId, intoDealId: into })).toMatchObject({ outcome: 'done', steps: [] });
  const there = await desk.call('deals:get', { dealId: into });
  expect([there?.people.length, there?.notes.length]).toEqual([1, 1]);
});

test('into a deal that has ended, into itself or into nothing, nothing is changed', async () => {
  const desk = start();
  const dealId = await lead(desk);
  const ended = await deal(desk);
  await desk.send(ended, 'withdrawDeal', { on: '2026-06-17', reason: 'Sold elsewhere' });
  for (const intoDealId of [ended, dealId, 'd-nowhere'])
    expect(await desk.call('leads:merge', { dealId, intoDealId })).toMatchObject({
      outcome: 'refused',
      isTakenIn: false,
    });
  expect(await desk.call('leads:of', { dealId })).toMatchObject({ state: 'new' });
});

test('when the second step is refused, it says what is done already, and the first is not done twice', async () => {
  const desk = start();
  const into = await deal(desk, { people: [] });
  const dealId = await lead(desk);
  // Ended beside the merge, as by a colleague: the lead is still new, and nothing more may be changed on that deal.
  await desk.send(dealId, 'withdrawDeal', { on: '2026-06-17', reason: 'A wrong number' });
  const half = await desk.call('leads:merge', { dealId, intoDealId: into });
  expect(half).toMatchObject({ outcome: 'refused', isTakenIn: true });
  expect(half.outcome === 'refused' && half.refusal.message).toContain('What they said is on 12 Oak St now');
  await desk.send(dealId, 'reopenDeal', {});
  expect(await desk.call('leads:merge', { dealId, intoDealId: into })).toMatchObject({
    outcome: 'done',
    steps: [{ dealId }],
  });
  const there = await desk.call('deals:get', { dealId: into });
  expect([there?.people.length, there?.notes.length]).toEqual([1, 1]);
});

test('without a portal no link is made, and it says why', async () => {
  const desk = start();
  for (const answer of [
    await desk.call('leads:make-link', { note: 'Maria', days: 30, maxUses: 1 }),
    await desk.call('leads:links', {}),
    await desk.call('leads:revoke-link', { linkId: 'l1' }),
  ])
    expect(answer).toMatchObject({ kind: 'no', sentence: expect.stringMatching(/\.$/) });
});
