import { describe, expect, test } from 'vitest';
import { backendsForTests, newDeal } from './testing.ts';

/** How a deal is found, counted and shown, by what it is. */
const start = backendsForTests();

describe('a deal', () => {
  test('is found by its street, its people and without accents, and again when it is entered twice', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    await desk.send(dealId, 'addPerson', {
      personId: 'p1',
      name: 'Aiko Bergström',
      role: 'lender',
      company: 'Wrenfield',
      email: '',
      phone: '',
    });
    for (const text of ['marlowe', 'PRIYA', 'bergstrom wren']) {
      const found = await desk.call('search:find', { text, limit: 10 });
      expect(
        found.map((each) => each.dealId),
        text,
      ).toContain(dealId);
    }
    const similar = await desk.call('deals:similar', { street: '1847 Marlowe Avenue', zip: '95816', clientName: '' });
    expect(similar).toMatchObject([{ dealId, reasons: ['The same address.'] }]);
    expect(await desk.call('deals:similar', { street: '12 Nowhere Rd', zip: '95816', clientName: 'Priya' })).toEqual(
      [],
    );
  });

  test('a buyer without an address goes by the name, everywhere, and is found when entered twice', async () => {
    const { call, ...rest } = start();
    const { dealId, reply } = await newDeal(
      { call, ...rest },
      { street: '', city: '', workflow: 'buyer-intake', anchors: [] },
    );
    expect(reply).toMatchObject({ outcome: 'done', label: 'Opened Priya Raman' });
    expect(await call('deals:get', { dealId })).toMatchObject({
      plate: 'PR',
      streetName: 'Priya Raman',
      street: '',
      workflow: 'buyer-intake',
      dates: [],
      anchors: [],
    });
    const { columns } = await call('board:columns', { filter: {}, limit: 20 });
    expect(columns[0]?.cards[0]).toMatchObject({ plate: 'PR', street: '', clientNames: 'Priya Raman' });
    expect((await call('search:find', { text: 'raman', limit: 5 }))[0]).toMatchObject({
      title: 'Priya Raman',
      detail: 'CA · no address yet',
    });
    const { items } = await call('today:list', {});
    expect(items[0]).toMatchObject({ plate: 'PR', detail: 'Priya Raman. You have it.' });
    const same = { street: '', zip: '', clientName: 'priya  RAMAN' };
    expect(await call('deals:similar', same)).toMatchObject([{ dealId, title: 'Priya Raman' }]);
    expect(await call('deals:similar', { ...same, clientName: 'Priya' })).toEqual([]);
  });

  test('a listing and a lease count from their own days and show none of a contract', async () => {
    const { call, ...rest } = start();
    const listing = await newDeal(
      { call, ...rest },
      {
        side: 'seller',
        scenario: 'sell',
        workflow: 'seller-onboarding',
        anchors: [{ name: 'listing-signed', on: '2026-06-10', evidence: '' }],
      },
    );
    const seller = await call('deals:get', { dealId: listing.dealId });
    expect(seller?.anchors.map((anchor) => anchor.name)).toEqual(['listing-signed', 'listing-live']);
    expect(seller?.dates).toEqual([]);
    const lease = await newDeal(
      { call, ...rest },
      { side: 'tenant', scenario: 'rent', anchors: [{ name: 'lease-start', on: '2026-07-01', evidence: '' }] },
    );
    const tenant = await call('deals:get', { dealId: lease.dealId });
    expect(tenant).toMatchObject({ workflow: 'rental-onboarding', daysToClosing: 28, dates: [] });
    for (const view of [seller, tenant]) {
      const dated = view?.tasks.filter((task) => task.dueOn !== null) ?? [];
      expect(dated.length).toBeGreaterThan(5);
    }
  });

  test('keeps the revision of the form that was chosen', async () => {
    const { call, ...rest } = start();
    const { forms } = await call('workspace:get', {});
    const texas = forms.filter((form) => form.state === 'TX').map((form) => form.revision);
    expect(texas).toEqual(['20-19', '20-18']);
    for (const packRevision of texas) {
      const { dealId } = await newDeal(
        { call, ...rest },
        { state: 'TX', packId: 'tx-trec-1-4', packRevision, anchors: [] },
      );
      const view = await call('deals:get', { dealId });
      expect(view?.formName).toContain(packRevision);
    }
  });

  test('what is late today is first, and leaves the queue when it is done', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk, {
      anchors: [{ name: 'acceptance', on: '2026-05-20', evidence: '' }],
    });
    const { items } = await desk.call('today:list', {});
    expect(items[0]).toMatchObject({ dealId, state: 'late' });
    const view = await desk.call('deals:get', { dealId });
    const free = items.find((item) => view?.tasks.find((task) => task.id === item.taskId)?.waitsFor.length === 0);
    await desk.send(dealId, 'completeTask', { taskId: free?.taskId, on: '2026-06-03' });
    expect((await desk.call('today:list', {})).items.map((item) => item.taskId)).not.toContain(free?.taskId);
  });
});
