import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { ImpactView } from '../../contract/impact.ts';
import type { DealView } from '../../contract/values.ts';
import { backendsForTests, NOW } from './testing.ts';

/** The preview on a real file, against what committing the same step does. */
const startAnother = backendsForTests();

const DATES_OF = {
  packId: 'ca-car-rpa',
  packRevision: '12/22',
  state: 'CA',
  side: 'buyer',
  scenario: 'buy',
  facts: { yearBuilt: 1962, financing: 'conventional' },
  anchors: [
    { name: 'acceptance', on: '2026-06-02' },
    { name: 'closing', on: '2026-07-02' },
  ],
} as const;

type Args = Record<string, unknown>;

function start() {
  const { events, call, send } = startAnother();
  const deal = async (dealId: string): Promise<DealView> => {
    const view = await call('deals:get', { dealId });
    if (view === null) throw new Error('there is no such deal');
    return view;
  };
  return { events, call, send, deal };
}

async function newDeal({ call, send }: ReturnType<typeof start>): Promise<string> {
  const { profile } = await call('workspace:get', {});
  const dealId = v7();
  const reply = await send(dealId, 'createDeal', {
    ...DATES_OF,
    ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', zip: '95816', priceCents: null, people: [] },
    anchors: DATES_OF.anchors.map((anchor) => ({ ...anchor, evidence: '' })),
    ownerId: profile.memberId,
    at: NOW.toISOString(),
  });
  expect(reply).toMatchObject({ outcome: 'done' });
  return dealId;
}

const moveClosing = { name: 'closing', on: '2026-07-10', evidence: 'Extension 1', expected: '2026-07-02' };

async function impactOf(desk: ReturnType<typeof start>, dealId: string, name: string, args: Args): Promise<ImpactView> {
  const reply = await desk.call('deals:preview', { dealId, name, args });
  if (reply.outcome === 'refused') throw new Error(reply.refusal.message);
  return reply.impact;
}

const openTasks = (view: DealView) => view.tasks.filter(({ doneOn, waivedOn }) => doneOn === null && waivedOn === null);

/** The open days of a deal that differ between two looks, as its own page shows them. */
function movedBetween(before: DealView, after: DealView): Args {
  const days = (view: DealView) => [
    ...view.dates.map(({ id, on }) => [id, on] as const),
    ...openTasks(view).map(({ id, dueOn }) => [id, dueOn] as const),
  ];
  const old = new Map(days(before));
  return Object.fromEntries(days(after).filter(([id, on]) => old.get(id) !== on));
}

function movedBy({ dates, tasks }: ImpactView, view: DealView): Args {
  const known = new Set([...view.dates, ...view.tasks].map(({ id }) => id));
  return Object.fromEntries([...dates, ...tasks].filter(({ id }) => known.has(id)).map(({ id, to }) => [id, to]));
}

test('it writes nothing, tells no window, and says what committing then does; undo brings it all back', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const before = await desk.deal(dealId);
  desk.events.length = 0;
  const impact = await impactOf(desk, dealId, 'setAnchor', moveClosing);
  expect(await desk.deal(dealId)).toEqual(before);
  expect(desk.events).toEqual([]);
  expect((await desk.call('deals:activity', { dealId, limit: 10 })).entries).toHaveLength(1);
  expect(impact.dates.length).toBeGreaterThan(2);
  expect(impact.tasks.length).toBeGreaterThan(2);

  const done = await desk.send(dealId, 'setAnchor', moveClosing);
  const after = await desk.deal(dealId);
  expect(movedBy(impact, after)).toEqual(movedBetween(before, after));
  for (const row of impact.dates.filter(({ isSaid, to }) => !isSaid && to !== null))
    expect(row.why).toBe(after.dates.find(({ id }) => id === row.id)?.sentence);
  for (const row of impact.tasks) expect(row.why).toBe(after.tasks.find(({ id }) => id === row.id)?.dueWhy);

  const back = await impactOf(desk, dealId, 'undo', { commandId: done.outcome === 'done' ? done.commandId : '' });
  expect(back.said).toMatchObject([{ id: 'closing', from: '2026-07-10', to: '2026-07-02' }]);
});

test('a step that would be refused is refused in the same words', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const stale = { ...moveClosing, expected: '2026-07-01' };
  const [shown, sent] = [
    await desk.call('deals:preview', { dealId, name: 'setAnchor', args: stale }),
    await desk.send(dealId, 'setAnchor', stale),
  ];
  expect(shown).toEqual(sent);
  expect(shown).toMatchObject({ outcome: 'refused', refusal: { type: 'Moved' } });
  const unknown = await desk.call('deals:preview', { dealId, name: 'setAnchors', args: {} });
  expect(unknown).toMatchObject({ outcome: 'refused', refusal: { type: 'BadArgs' } });
  const nowhere = await desk.call('deals:preview', { dealId: 'd-none', name: 'setAnchor', args: moveClosing });
  expect(nowhere).toMatchObject({ outcome: 'refused' });
});

test('taking back the step that opened the deal leaves nothing to show', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const { entries } = await desk.call('deals:activity', { dealId, limit: 10 });
  const reply = await desk.call('deals:preview', {
    dealId,
    name: 'undo',
    args: { commandId: entries[0]?.commandId ?? '' },
  });
  expect(reply).toMatchObject({ outcome: 'refused', refusal: { type: 'NothingLeft' } });
});

test('a fact that ends the loan drops the dates of the loan and their tasks', async () => {
  const desk = start();
  const dealId = await newDeal(desk);
  const before = await desk.deal(dealId);
  const args = { name: 'financing', value: 'cash', expected: 'conventional' };
  const impact = await impactOf(desk, dealId, 'answerFact', args);
  await desk.send(dealId, 'answerFact', args);
  const after = await desk.deal(dealId);
  const gone = (now: readonly { id: string }[], then: readonly { id: string }[]) =>
    then.filter(({ id }) => !now.some((each) => each.id === id)).map(({ id }) => id);
  const dropped = (rows: ImpactView['tasks']) => rows.filter(({ kind }) => kind === 'dropped').map(({ id }) => id);
  expect(dropped(impact.dates).length).toBeGreaterThan(0);
  expect(dropped(impact.dates).sort()).toEqual(gone(after.dates, before.dates).sort());
  expect(dropped(impact.tasks).sort()).toEqual(gone(after.tasks, openTasks(before)).sort());
});

test('a new deal shows the dates it then opens with, while its address is not written yet', async () => {
  const desk = start();
  const reply = await desk.call('deals:preview-new', {
    ...DATES_OF,
    workflow: 'contract-to-close',
    anchors: [...DATES_OF.anchors],
  });
  const view = await desk.deal(await newDeal(desk));
  expect(reply).toEqual({
    outcome: 'dates',
    dates: view.dates,
    tasks: view.tasks.length,
    documents: expect.any(Number),
  });
  expect(view.dates.length).toBeGreaterThan(5);
  const none = await desk.call('deals:preview-new', { ...DATES_OF, workflow: 'buyer-intake', anchors: [] });
  expect(none).toMatchObject({ outcome: 'dates', dates: [] });
  const unknown = await desk.call('deals:preview-new', {
    ...DATES_OF,
    packId: 'zz',
    workflow: 'contract-to-close',
    anchors: [],
  });
  expect(unknown).toMatchObject({ outcome: 'refused', refusal: { type: 'NoForm' } });
  expect((await desk.call('workspace:get', {})).dealCount).toBe(1);
});
