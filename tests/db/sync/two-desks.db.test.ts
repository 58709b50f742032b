import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '../../../portal/server/testing.ts';
import { type Desk, isCurrent, joinAs, openDeal, removeFolders, settle, startDesk, waitFor } from './desks.ts';
import { type Gate, openGate } from './gate.ts';

/** Two desktops and a real server over HTTP, on real files. */

let server: TestPortal;
let noor: Desk;
let theo: Desk;
let toNoor: Gate;
let toTheo: Gate;

beforeEach(async () => {
  server = await startTestPortal();
  [toNoor, toTheo] = [await openGate(server.portal.url), await openGate(server.portal.url)];
  [noor, theo] = [startDesk(), startDesk()];
  await joinAs(noor, { url: toNoor.url, code: server.portal.setupCode ?? '', name: 'Noor Haddad' });
  await joinAs(theo, { url: toTheo.url, code: await invite('Theo Lindqvist', 'tc'), name: 'Theo Lindqvist' });
});
afterEach(async () => {
  await Promise.all([noor.close(), theo.close()]);
  await Promise.all([toNoor.close(), toTheo.close()]);
  await server.close();
  removeFolders();
});

async function invite(name: string, role: 'tc' | 'agent'): Promise<string> {
  const client = { authorization: `Bearer ${noor.secrets.get('portal-key')}`, 'content-type': 'application/json' };
  const email = `${name.split(' ')[0]?.toLowerCase()}@fennimore.example`;
  const asked = await fetch(`${server.portal.url}/api/desk/team/invite`, {
    method: 'POST',
    headers: client,
    body: JSON.stringify({ name, email, role }),
  });
  const reply = (await asked.json()) as { readonly ok: boolean; readonly value: { readonly code: string } };
  if (!reply.ok) throw new Error(JSON.stringify(reply));
  return reply.value.code;
}

const viewOf = async (desk: Desk, dealId: string) => {
  const view = await desk.call('deals:get', { dealId });
  if (view === null) throw new Error('no such deal');
  return view;
};

async function bothOffline(): Promise<void> {
  toNoor.set('down');
  toTheo.set('down');
  for (const desk of [noor, theo]) {
    await desk.call('sync:try-now', {});
    await desk.until((state) => state.status === 'offline');
  }
}

describe('what one does comes to the other', () => {
  test('a deal, a tick and an undo, by a poke and not by asking', async () => {
    const dealId = await openDeal(noor);
    await waitFor(async () => (await theo.call('deals:get', { dealId })) !== null);
    const task = (await viewOf(theo, dealId)).tasks.find((each) => each.waitsFor.length === 0);
    const tick = await theo.send(dealId, 'completeTask', { taskId: task?.id, on: '2026-06-03' });
    if (tick.outcome !== 'done') throw new Error('not ticked');
    const doneOn = async () => (await viewOf(noor, dealId)).tasks.find((each) => each.id === task?.id)?.doneOn;
    await waitFor(async () => (await doneOn()) === '2026-06-03');
    const { entries } = await noor.call('deals:activity', { dealId, limit: 10 });
    expect(entries[0]?.actorName).toBe('Theo Lindqvist');
    expect(await noor.send(dealId, 'undo', { commandId: tick.commandId })).toMatchObject({ outcome: 'done' });
    await waitFor(async () => {
      const seen = (await viewOf(theo, dealId)).tasks.find((each) => each.id === task?.id);
      return seen?.doneOn === null;
    });
    const found = await theo.call('search:find', { text: 'marlowe', limit: 5 });
    expect(JSON.stringify(found)).toContain(dealId);
  });
});

describe('after a week apart on the same deal', () => {
  test('nothing is lost: notes of both stand, a moved date is a card, and what was overwritten can be brought back', async () => {
    const dealId = await openDeal(noor);
    const noteId = v7();
    await noor.send(dealId, 'addNote', { noteId, body: 'Gate code 1234', at: new Date().toISOString() });
    await settle(noor, theo);
    await bothOffline();

    const days = ['2026-06-20', '2026-06-25'] as const;
    const seen = { name: 'closing', evidence: '', expected: '2026-07-02' };
    await noor.send(dealId, 'setAnchor', { ...seen, on: days[0] });
    await theo.send(dealId, 'setAnchor', { ...seen, on: days[1] });
    await noor.send(dealId, 'editNote', { noteId, body: 'Gate code 5678' });
    await theo.send(dealId, 'editNote', { noteId, body: 'Ring the bell' });
    for (let n = 0; n < 5; n += 1) {
      await noor.send(dealId, 'addNote', { noteId: v7(), body: `Noor ${n}`, at: new Date().toISOString() });
      await theo.send(dealId, 'addNote', { noteId: v7(), body: `Theo ${n}`, at: new Date().toISOString() });
    }
    const waiting = await theo.call('sync:waiting', {});
    expect(waiting).toHaveLength(7);
    expect(waiting[0]?.sentence).toContain('closing');
    expect((await theo.call('sync:state', {})).sentence).toMatch(/^No connection since .* Keep working/);

    // Noor is back first.
    toNoor.set('open');
    await settle(noor);
    toTheo.set('open');
    await settle(theo, noor);
    const [atNoor, atTheo] = [await viewOf(noor, dealId), await viewOf(theo, dealId)];
    expect({ ...atTheo, lastCommand: null }).toEqual({ ...atNoor, lastCommand: null });
    const bodies = atNoor.notes.map((note) => note.body);
    for (let n = 0; n < 5; n += 1) expect(bodies).toEqual(expect.arrayContaining([`Noor ${n}`, `Theo ${n}`]));
    expect(bodies).toContain('Ring the bell');

    const items = await theo.call('attention:list', {});
    const card = items.find((item) => item.kind === 'conflict');
    expect(card).toMatchObject({
      title: 'Two people moved the closing date',
      plate: '1847',
      conflict: {
        input: 'day',
        was: 'It was Thu, Jul 2.',
        mine: { who: 'You', text: 'Thu, Jun 25' },
        theirs: { who: 'Noor Haddad', text: 'Sat, Jun 20' },
        isAgreed: false,
      },
    });
    const overwrite = items.find((item) => item.kind === 'overwrite');
    expect(overwrite?.replaced).toEqual([{ field: 'Note', theirs: 'Gate code 5678', mine: 'Ring the bell' }]);
    expect(await noor.call('attention:list', {})).toEqual([]);

    expect(await theo.call('attention:answer', { id: card?.id ?? '', choice: { keep: 'mine' } })).toMatchObject({
      outcome: 'done',
    });
    expect(await theo.call('attention:answer', { id: overwrite?.id ?? '', choice: { keep: 'restore' } })).toMatchObject(
      { outcome: 'done' },
    );
    await settle(theo, noor);
    const now = await viewOf(noor, dealId);
    expect(JSON.stringify(now)).toContain('2026-06-25');
    expect(now.notes.map((note) => note.body)).toContain('Gate code 5678');
    expect(await theo.call('attention:list', {})).toEqual([]);
    expect((await theo.call('sync:state', {})).attention).toBe(0);
    expect(await theo.call('attention:answer', { id: card?.id ?? '', choice: { keep: 'mine' } })).toMatchObject({
      outcome: 'refused',
      refusal: { type: 'NotWaiting' },
    });
  });

  test('a removed note wins over its edit, and the one who edited is told', async () => {
    const dealId = await openDeal(noor);
    const noteId = v7();
    await noor.send(dealId, 'addNote', { noteId, body: 'Old', at: new Date().toISOString() });
    await settle(noor, theo);
    await bothOffline();
    await noor.send(dealId, 'removeNote', { noteId });
    await theo.send(dealId, 'editNote', { noteId, body: 'New' });
    toNoor.set('open');
    await settle(noor);
    toTheo.set('open');
    await settle(theo);
    expect((await viewOf(theo, dealId)).notes).toEqual([]);
    const [item] = await theo.call('attention:list', { dealId });
    expect(item).toMatchObject({ kind: 'refused', did: expect.stringContaining('Changed a note'), can: ['again'] });
    expect(await theo.call('attention:answer', { id: item?.id ?? '', choice: { keep: 'again' } })).toMatchObject({
      outcome: 'refused',
    });
    expect(await theo.call('attention:answer', { id: item?.id ?? '', choice: { keep: 'put-away' } })).toMatchObject({
      outcome: 'done',
    });
    expect(await theo.call('attention:list', {})).toEqual([]);
  });
});

describe('the way breaks', () => {
  test('answers that are lost after the server carried it out are given again, and nothing happens twice', async () => {
    const dealId = await openDeal(noor);
    await settle(noor);
    toNoor.set('cut', (path) => path.endsWith('/sync/push'));
    for (let n = 0; n < 12; n += 1)
      await noor.send(dealId, 'addNote', { noteId: v7(), body: `n${n}`, at: new Date().toISOString() });
    await noor.until((state) => state.status === 'offline');
    expect((await noor.call('sync:state', {})).waiting).toBeGreaterThan(0);
    toNoor.set('open');
    await settle(noor, theo);
    expect((await viewOf(theo, dealId)).notes).toHaveLength(12);
    const { entries } = await theo.call('deals:activity', { dealId, limit: 50 });
    expect(entries).toHaveLength(13);
  });

  test('a desktop that is closed with steps waiting sends them when it is started again', async () => {
    const dealId = await openDeal(noor);
    await settle(noor, theo);
    toNoor.set('down');
    await noor.send(dealId, 'setPrice', { priceCents: 100_00, expected: 64_200_000 });
    await noor.close();
    noor = startDesk({ folder: noor.folder, secrets: noor.secrets });
    await noor.until((state) => state.waiting === 1);
    toNoor.set('open');
    await settle(noor, theo);
    expect((await viewOf(theo, dealId)).priceCents).toBe(100_00);
  });
});

test('clocks that are wrong order nothing, and are worth a word', async () => {
  const hours = 5 * 3_600_000;
  const late = startDesk({ now: () => new Date(Date.now() - hours) });
  try {
    await joinAs(late, { url: server.portal.url, code: await invite('Ada Okafor', 'tc'), name: 'Ada Okafor' });
    const dealId = await openDeal(noor);
    await settle(noor, late);
    await late.send(dealId, 'setPrice', { priceCents: 1_00, expected: 64_200_000 });
    await settle(late, noor);
    await noor.send(dealId, 'setPrice', { priceCents: 2_00, expected: 1_00 });
    await settle(noor, late);
    expect((await viewOf(late, dealId)).priceCents).toBe(2_00);
    const { entries } = await late.call('deals:activity', { dealId, limit: 2 });
    expect(entries.map((entry) => entry.actorName)).toEqual(['Noor Haddad', 'You']);
    expect((await late.until(isCurrent)).clockOff).toBe(-300);
  } finally {
    await late.close();
  }
});
