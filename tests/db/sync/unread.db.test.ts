import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DB_FILE } from '../../../db/files.ts';
import { openOfDeal } from '../../../db/sync/attention.ts';
import { readStanding } from '../../../db/sync/state.ts';
import { mustOpen } from '../../../db/testing.ts';
import { UNREADABLE } from '../../../electron/backend/sync/steps.ts';
import { startTestPortal, type TestPortal } from '../../../portal/server/testing.ts';
import { type Desk, joinAs, openDeal, removeFolders, settle, startDesk, waitFor } from './desks.ts';
import { type Gate, openGate } from './gate.ts';

/** A server that does not read what is pushed: no step may wedge those behind it, and none goes unseen. */

let server: TestPortal;
let desk: Desk;
let gate: Gate;
let dealId: string;
/** The ids of what was pushed, a request each. */
let pushes: string[][];

beforeEach(async () => {
  server = await startTestPortal();
  gate = await openGate(server.portal.url);
  desk = startDesk();
  await joinAs(desk, { url: gate.url, code: server.portal.setupCode ?? '', name: 'Noor Haddad' });
  dealId = await openDeal(desk);
  await settle(desk);
  pushes = [];
});
afterEach(async () => {
  await desk.close();
  await gate.close();
  await server.close();
  removeFolders();
});

async function offline(): Promise<void> {
  gate.set('down');
  await desk.call('sync:try-now', {});
  await desk.until((state) => state.status === 'offline');
}

async function addNotes(bodies: readonly string[]): Promise<readonly string[]> {
  const ids = bodies.map(() => v7());
  for (const [at, body] of bodies.entries()) {
    const args = { noteId: v7(), body, at: new Date().toISOString() };
    expect(await desk.send(dealId, 'addNote', args, ids[at])).toMatchObject({ outcome: 'done' });
  }
  return ids;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => `note ${at}`);

function idsIn(body: string): string[] {
  const { commands } = JSON.parse(body) as { readonly commands: readonly { readonly commandId: string }[] };
  return commands.map(({ commandId }) => commandId);
}

/** Refuses what the judge says, and keeps what was asked. */
function refusing(isRefused: (ids: readonly string[]) => 'bad-request' | 'too-large' | null): void {
  gate.refuse((body) => {
    const ids = idsIn(body);
    pushes.push(ids);
    return isRefused(ids);
  });
}

/** Of these, what the server carried out, in its order: as another desktop of the team is told. */
async function carriedOut(ids: readonly string[]): Promise<readonly string[]> {
  const invited = await desk.call('team:invite', { name: 'Theo Lindqvist', email: 'theo@x.example', role: 'tc' });
  if (invited.kind !== 'ok') throw new Error(invited.sentence);
  const theo = startDesk();
  try {
    await joinAs(theo, { url: server.portal.url, code: invited.value.code, name: 'Theo Lindqvist' });
    const { entries } = await theo.call('deals:activity', { dealId, limit: 200 });
    return entries
      .map(({ commandId }) => commandId)
      .filter((id) => ids.includes(id))
      .toReversed();
  } finally {
    await theo.close();
  }
}

function deviceIdOf(): string | undefined {
  const db = mustOpen(desk.folder);
  const standing = readStanding(db.read);
  db.close();
  return standing?.deviceId;
}

const bodiesHere = async () => (await desk.call('deals:get', { dealId }))?.notes.map(({ body }) => body) ?? [];
const attention = () => desk.call('attention:list', {});
const COULD_NOT_READ = expect.stringContaining(UNREADABLE.message.slice(0, 40));

test('one step that is not read is set aside and told of; those around it arrive in their order, after a restart too', async () => {
  await offline();
  const ids = await addNotes(numbers(9));
  const bad = ids[4] ?? '';
  const others = ids.filter((id) => id !== bad);
  refusing((asked) => (asked.includes(bad) ? 'bad-request' : null));
  gate.set('open');
  await settle(desk);
  expect(pushes.filter((asked) => asked.includes(bad)).at(-1)).toEqual([bad]);
  expect(await carriedOut(ids)).toEqual(others);
  expect(await attention()).toMatchObject([{ kind: 'refused', dealId, detail: COULD_NOT_READ }]);
  expect((await bodiesHere()).toSorted()).toEqual(numbers(9).filter((body) => body !== 'note 4'));

  await desk.close();
  const from = pushes.length;
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
  const [later = ''] = await addNotes(['later']);
  await settle(desk);
  expect(pushes.slice(from)).toEqual([[later]]);
  expect(await attention()).toHaveLength(1);
});

test('several in a row, and what only holds after one of them, are each told of', async () => {
  await offline();
  const [first = ''] = await addNotes(['first']);
  const created = await openDeal(desk, { street: '9 Unread Rd' });
  const bad = (await desk.call('deals:activity', { dealId: created, limit: 5 })).entries.map((each) => each.commandId);
  await desk.send(created, 'addNote', { noteId: v7(), body: 'on it', at: new Date().toISOString() });
  const ids = await addNotes(['bad', 'last']);
  refusing((asked) => (asked.some((id) => bad.includes(id) || id === ids[0]) ? 'bad-request' : null));
  gate.set('open');
  await settle(desk);
  expect(await carriedOut([first, ...ids])).toEqual([first, ids[1]]);
  expect(await desk.call('deals:get', { dealId: created })).toBeNull();
  // Of a deal that was not opened its first step stands for the rest.
  expect((await attention()).map((each) => each.dealId).toSorted()).toEqual([created, dealId].toSorted());
  await desk.close();
  const db = mustOpen(desk.folder);
  const told = openOfDeal(db.read, created).map((row) => [row.name, row.refusalType === UNREADABLE.type]);
  db.close();
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
  expect(told).toEqual([
    ['createDeal', true],
    ['addNote', false],
  ]);
});

test('done again, it is sent as any other', async () => {
  await offline();
  const [bad = ''] = await addNotes(['once more']);
  refusing((asked) => (asked.includes(bad) ? 'too-large' : null));
  gate.set('open');
  await settle(desk);
  expect(await bodiesHere()).toEqual([]);
  const [item] = await attention();
  expect(await desk.call('attention:answer', { id: item?.id ?? '', choice: { keep: 'again' } })).toMatchObject({
    outcome: 'done',
  });
  await settle(desk);
  expect(await bodiesHere()).toEqual(['once more']);
  expect(await attention()).toEqual([]);
});

test('too much at once arrives in smaller batches, and a full one is tried again after each', async () => {
  await offline();
  const ids = await addNotes(numbers(40));
  refusing((asked) => (asked.length > 7 ? 'too-large' : null));
  gate.set('open');
  await settle(desk);
  expect(await carriedOut(ids)).toEqual(ids);
  expect(pushes.map((asked) => asked.length).slice(0, 6)).toEqual([40, 20, 10, 5, 35, 17]);
  expect(await attention()).toEqual([]);
});

test('a step that the real server cannot read', async () => {
  await offline();
  const ids = await addNotes(['before', 'deep', 'after']);
  await desk.close();
  const before = deviceIdOf();
  const db = new Database(join(desk.folder, DB_FILE));
  db.prepare('UPDATE outbox SET args = ? WHERE command_id = ?').run(`${'['.repeat(60)}${']'.repeat(60)}`, ids[1]);
  db.close();
  gate.set('open');
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
  await settle(desk);
  expect(await carriedOut(ids)).toEqual([ids[0], ids[2]]);
  expect(await attention()).toMatchObject([{ kind: 'refused', detail: COULD_NOT_READ }]);
  await desk.close();
  expect(deviceIdOf()).not.toBe(before);
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
});

test('any other answer that is no answer changes nothing: the step waits, and is sent again', async () => {
  await offline();
  const ids = await addNotes(['kept', 'too']);
  let isAway = true;
  gate.refuse((body) => {
    pushes.push(idsIn(body));
    return isAway ? 'not-allowed' : null;
  });
  gate.set('open');
  await desk.call('sync:try-now', {});
  await waitFor(() => pushes.length >= 2);
  isAway = false;
  await settle(desk);
  expect(pushes.every((asked) => asked.length === 2)).toBe(true);
  expect(await carriedOut(ids)).toEqual(ids);
  expect(await attention()).toEqual([]);
});
