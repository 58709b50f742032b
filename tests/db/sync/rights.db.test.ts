import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DB_FILE } from '../../../db/files.ts';
import { startTestPortal, type TestPortal } from '../../../portal/server/testing.ts';
import { type Desk, isCurrent, joinAs, openDeal, removeFolders, settle, startDesk, waitFor } from './desks.ts';
import { type Gate, openGate } from './gate.ts';

/** What a server gives and takes away, and what it refuses: nothing goes without a word. */

let server: TestPortal;
let noor: Desk;
let ada: Desk;
let toAda: Gate;

beforeEach(async () => {
  server = await startTestPortal();
  toAda = await openGate(server.portal.url);
  [noor, ada] = [startDesk(), startDesk()];
  await joinAs(noor, { url: server.portal.url, code: server.portal.setupCode ?? '', name: 'Noor Haddad' });
  const invited = await noor.call('team:invite', { name: 'Ada Okafor', email: 'ada@fennimore.example', role: 'agent' });
  if (invited.kind !== 'ok') throw new Error(invited.sentence);
  await joinAs(ada, { url: toAda.url, code: invited.value.code, name: 'Ada Okafor' });
});
afterEach(async () => {
  await Promise.all([noor.close(), ada.close()]);
  await toAda.close();
  await server.close();
  removeFolders();
});

const adaId = async () => (await ada.call('workspace:get', {})).profile.memberId;
const has = async (desk: Desk, dealId: string) => (await desk.call('deals:get', { dealId })) !== null;
const note = (desk: Desk, dealId: string, body: string) =>
  desk.send(dealId, 'addNote', { noteId: v7(), body, at: new Date().toISOString() });

async function put(dealId: string, isOn: boolean): Promise<void> {
  const answer = await noor.call('access:set-member', { dealId, memberId: await adaId(), isOn });
  if (answer.kind !== 'ok') throw new Error(answer.sentence);
}

describe('an agent', () => {
  test('has the deals that they are on, whole, and none other; taken off, the deal leaves their computer', async () => {
    const mine = await openDeal(noor);
    const other = await openDeal(noor, { street: '9 Other Rd' });
    await note(noor, mine, 'before');
    await settle(noor, ada);
    expect(await has(ada, mine)).toBe(false);
    await put(mine, true);
    await waitFor(() => has(ada, mine));
    expect((await ada.call('deals:get', { dealId: mine }))?.notes.map(({ body }) => body)).toEqual(['before']);
    expect(await has(ada, other)).toBe(false);
    await note(ada, mine, 'from Ada');
    await settle(ada, noor);
    expect((await noor.call('deals:get', { dealId: mine }))?.notes).toHaveLength(2);
    await put(mine, false);
    await waitFor(async () => !(await has(ada, mine)));
    expect(await ada.call('search:find', { text: 'marlowe', limit: 5 })).toEqual([]);
    expect((await ada.call('workspace:get', {})).dealCount).toBe(0);
    await put(mine, true);
    await waitFor(() => has(ada, mine));
  });

  test('who worked on a deal while they were taken off it is told of each step', async () => {
    const dealId = await openDeal(noor);
    await put(dealId, true);
    await waitFor(() => has(ada, dealId));
    toAda.set('down');
    await note(ada, dealId, 'never seen');
    await put(dealId, false);
    toAda.set('open');
    await settle(ada);
    expect(await has(ada, dealId)).toBe(false);
    expect(await ada.call('attention:list', {})).toMatchObject([
      { kind: 'refused', dealId, plate: '', did: 'Wrote a note: “never seen”', title: 'A step was not carried out' },
    ]);
    expect(await ada.call('sync:state', {})).toMatchObject({ attention: 1, waiting: 0 });
  });

  test('is an agent by the server’s word, at once', async () => {
    expect(await ada.call('sync:state', {})).toMatchObject({ role: 'agent' });
    const dealId = await openDeal(noor);
    await put(dealId, true);
    await waitFor(() => has(ada, dealId));
    const refused = await ada.send(dealId, 'setPrice', { priceCents: 1, expected: 64_200_000 });
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { type: 'NotYourRole' } });
    expect(await noor.call('team:set-member', { memberId: await adaId(), role: 'tc' })).toMatchObject({ kind: 'ok' });
    await ada.until((state) => state.role === 'tc');
    await waitFor(async () => {
      const reply = await ada.send(dealId, 'setPrice', { priceCents: 1, expected: 64_200_000 });
      return reply.outcome === 'done';
    });
  });
});

describe('a deal that the server does not take', () => {
  test('is told as one entry, and all its steps go out again in their order', async () => {
    expect(await noor.call('team:set-member', { memberId: await adaId(), role: 'tc' })).toMatchObject({ kind: 'ok' });
    const invited = await noor.call('team:invite', { name: 'Theo', email: 'theo@fennimore.example', role: 'tc' });
    if (invited.kind !== 'ok') throw new Error(invited.sentence);
    const theo = startDesk();
    await joinAs(theo, { url: server.portal.url, code: invited.value.code, name: 'Theo' });
    const theoId = (await theo.call('workspace:get', {})).profile.memberId;
    await theo.close();
    await ada.until((state) => state.role === 'tc');
    await waitFor(async () => (await ada.call('workspace:get', {})).members.some(({ id }) => id === theoId));
    toAda.set('down');
    await noor.call('team:revoke-member', { memberId: theoId });
    // Ada does not know yet that the owner left the team.
    const dealId = await openDeal(ada, { ownerId: theoId });
    await note(ada, dealId, 'first');
    const second = await note(ada, dealId, 'second');
    if (second.outcome !== 'done') throw new Error('not written');
    await ada.send(dealId, 'undo', { commandId: second.commandId });
    toAda.set('open');
    await settle(ada);
    expect(await has(ada, dealId)).toBe(false);
    const items = await ada.call('attention:list', {});
    expect(items).toMatchObject([{ title: 'A new deal was not taken: 1847 Marlowe Ave', can: ['again'] }]);
    expect(await ada.call('sync:state', {})).toMatchObject({ attention: 1 });
    const id = items[0]?.id ?? '';
    // The owner is still not on the team, as Ada's desktop hears in its next greeting: nothing is lost by trying.
    await waitFor(async () => !(await ada.call('workspace:get', {})).members.some((member) => member.id === theoId));
    const tried = await ada.call('attention:answer', { id, choice: { keep: 'again' } });
    expect(tried).toMatchObject({ outcome: 'refused', refusal: { type: 'OwnerNotOnTeam' } });
    const back = await noor.call('team:invite', { name: 'Theo', email: 'theo@fennimore.example', role: 'tc' });
    if (back.kind !== 'ok') throw new Error(back.sentence);
    const again = startDesk({ folder: theo.folder });
    await again.call('sync:sign-in-again', { code: back.value.code });
    await again.until(isCurrent);
    await again.close();
    await waitFor(async () => (await ada.call('workspace:get', {})).members.some((member) => member.id === theoId));
    expect(await ada.call('attention:answer', { id, choice: { keep: 'again' } })).toMatchObject({ outcome: 'done' });
    await settle(ada, noor);
    expect((await noor.call('deals:get', { dealId }))?.notes.map(({ body }) => body)).toEqual(['first']);
    expect(await ada.call('attention:list', {})).toEqual([]);
  });
});

test('a step that no rule can carry out does not stop those behind it', async () => {
  const dealId = await openDeal(noor);
  await settle(noor);
  await noor.close();
  const db = new Database(join(noor.folder, DB_FILE));
  db.prepare(
    `INSERT INTO outbox (order_no, command_id, deal_id, name, args, at, is_held, first_json)
      VALUES ((SELECT seq + 1 FROM sqlite_sequence WHERE name = 'command_log'), ?, ?, 'noSuchStep', '{"a":1}', ?, 0, '[]')`,
  ).run(v7(), dealId, new Date().toISOString());
  db.exec("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'command_log'");
  db.close();
  noor = startDesk({ folder: noor.folder, secrets: noor.secrets });
  await note(noor, dealId, 'behind it');
  await settle(noor);
  expect((await noor.call('deals:get', { dealId }))?.notes).toHaveLength(1);
  expect(await noor.call('attention:list', {})).toMatchObject([
    { kind: 'refused', title: 'A step was not carried out' },
  ]);
});
