import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '../../../portal/server/testing.ts';
import {
  type Desk,
  isCurrent,
  joinAs,
  newFolder,
  openDeal,
  removeFolders,
  settle,
  startDesk,
  waitFor,
} from './desks.ts';

/** The portal of this computer, and moving from it to a shared one and back. */

let own: TestPortal;
let ownFolder: string;
let desk: Desk;
const extra: (() => Promise<void>)[] = [];

beforeEach(async () => {
  ownFolder = newFolder();
  own = await startTestPortal({ config: { isEmbedded: true }, folder: ownFolder });
  desk = startDesk();
});
afterEach(async () => {
  await desk.close();
  for (const close of extra.splice(0)) await close();
  await own.stop();
  removeFolders();
});

async function tell(to: Desk = desk): Promise<void> {
  const { url } = own.portal;
  to.portal({ url, publicUrl: url, filesUrl: url, code: await own.portal.localCode() });
}

const note = (to: Desk, dealId: string, body: string) =>
  to.send(dealId, 'addNote', { noteId: v7(), body, at: new Date().toISOString() });

async function notesOf(of: Desk, dealId: string): Promise<readonly string[]> {
  return ((await of.call('deals:get', { dealId }))?.notes ?? []).map(({ body }) => body).toSorted();
}

describe('the portal of this computer', () => {
  test('is wanted, signs its desktop in, and gets what was done before it was there', async () => {
    const dealId = await openDeal(desk);
    await note(desk, dealId, 'before');
    expect(await desk.call('sync:state', {})).toMatchObject({ kind: 'own', status: 'starting', waiting: 2, url: '' });
    await waitFor(() => desk.wanted.at(-1) === true);
    await tell();
    const state = await desk.until(isCurrent);
    expect(state).toMatchObject({ kind: 'own', role: 'admin', short: 'Up to date', toFetch: 0 });
    expect(desk.events.some((event) => event.type === 'sync:changed' && event.state.status === 'current')).toBe(true);
  });

  test('signs it in anew each time that it starts, and says why when it cannot start', async () => {
    await tell();
    await desk.until(isCurrent);
    desk.portal(null, 'The portal of this computer could not start: another program has its port.');
    const down = await desk.until((state) => state.status === 'offline');
    expect(down.sentence).toContain('another program has its port');
    const dealId = await openDeal(desk);
    await own.stop();
    own = await startTestPortal({ config: { isEmbedded: true }, folder: ownFolder });
    await tell();
    await desk.until(isCurrent);
    expect(await notesOf(desk, dealId)).toEqual([]);
  });

  test('never gets sample deals, and they go without a trace', async () => {
    await tell();
    await desk.until(isCurrent);
    const ended = async (jobId: string) =>
      waitFor(() =>
        desk.events.some((event) => event.type === 'job:progress' && event.jobId === jobId && event.state === 'done'),
      );
    await ended((await desk.call('samples:add', {})).jobId);
    expect((await desk.call('workspace:get', {})).sampleCount).toBeGreaterThan(3);
    expect(await desk.until(isCurrent)).toMatchObject({ waiting: 0 });
    const other = startDesk();
    extra.push(() => other.close());
    await joinFresh(other);
    expect(await other.call('workspace:get', {})).toMatchObject({ dealCount: 0 });
    await ended((await desk.call('samples:remove', {})).jobId);
    expect(await desk.call('workspace:get', {})).toMatchObject({ sampleCount: 0, dealCount: 0 });
  });

  test('that was put back to an older copy is given again what it lacks', async () => {
    await tell();
    const dealId = await openDeal(desk);
    await desk.until(isCurrent);
    await own.stop();
    const copy = newFolder();
    cpSync(ownFolder, copy, { recursive: true });
    own = await startTestPortal({ config: { isEmbedded: true }, folder: ownFolder });
    await tell();
    await note(desk, dealId, 'lost there');
    await desk.until(isCurrent);
    const later = await openDeal(desk, { street: '9 Later Rd' });
    await settle(desk);
    await own.stop();

    ownFolder = copy;
    own = await startTestPortal({ config: { isEmbedded: true }, folder: copy, isRestored: true });
    await tell();
    await settle(desk);
    expect(await notesOf(desk, dealId)).toEqual(['lost there']);
    // A second desktop of the same person sees all of it: the server has it again.
    const other = startDesk();
    extra.push(() => other.close());
    await joinFresh(other);
    expect(await notesOf(other, dealId)).toEqual(['lost there']);
    expect(await other.call('deals:get', { dealId: later })).toMatchObject({ plate: '9' });
    expect(await desk.call('attention:list', {})).toEqual([]);
  });
});

/** A further desktop at the same server, by a code of the first. */
async function joinFresh(other: Desk): Promise<void> {
  const asked = await desk.call('team:device-code', {});
  if (asked.kind !== 'ok') throw new Error(asked.sentence);
  await joinAs(other, { url: own.portal.url, code: asked.value.code, name: 'Noor Haddad' });
}

describe('a desktop that was put back', () => {
  test('to a backup goes on under a new id, and what it had sent since comes back from the server', async () => {
    await tell();
    const dealId = await openDeal(desk);
    await desk.until(isCurrent);
    await desk.close();
    const copy = newFolder();
    cpSync(desk.folder, copy, { recursive: true });
    desk = startDesk({ folder: desk.folder });
    await tell();
    await note(desk, dealId, 'after the backup');
    await settle(desk);
    await desk.close();
    desk = startDesk({ folder: copy });
    await note(desk, dealId, 'on the old copy');
    await tell();
    await settle(desk);
    expect(await notesOf(desk, dealId)).toEqual(['after the backup', 'on the old copy']);
    expect(desk.lines.join('')).toContain('asking for a new device id');
  });
});

describe('to a shared portal and back', () => {
  let shared: TestPortal;
  beforeEach(async () => {
    shared = await startTestPortal();
    extra.push(() => shared.close());
  });

  test('joining takes the deals that are here along, under the id that the portal knows the person by', async () => {
    await tell();
    const dealId = await openDeal(desk);
    await note(desk, dealId, 'mine');
    await desk.until(isCurrent);
    const before = (await desk.call('workspace:get', {})).profile.memberId;
    const admin = startDesk();
    extra.push(() => admin.close());
    await joinAs(admin, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Ada Okafor' });
    // The person has been on this team before, from another computer: a device code says who they are.
    const invited = await admin.call('team:invite', {
      name: 'Noor Haddad',
      email: 'noor@fennimore.example',
      role: 'tc',
    });
    if (invited.kind !== 'ok') throw new Error(invited.sentence);
    const first = startDesk();
    extra.push(() => first.close());
    await joinAs(first, { url: shared.portal.url, code: invited.value.code, name: 'Noor Haddad' });
    const code = await first.call('team:device-code', {});
    if (code.kind !== 'ok') throw new Error(code.sentence);
    await joinAs(desk, { url: shared.portal.url, code: code.value.code, name: 'Noor Haddad' });
    expect(desk.wanted.at(-1)).toBe(false);

    const { profile, members } = await desk.call('workspace:get', {});
    expect(profile.memberId).not.toBe(before);
    expect(profile.memberId).toBe((await first.call('workspace:get', {})).profile.memberId);
    expect(members.map(({ name }) => name).toSorted()).toEqual(['Ada Okafor', 'Noor Haddad']);
    await settle(desk, admin);
    expect(await notesOf(admin, dealId)).toEqual(['mine']);
    const seen = await admin.call('deals:get', { dealId });
    expect(seen?.ownerId).toBe(profile.memberId);
    expect(JSON.stringify(await desk.call('deals:get', { dealId }))).not.toContain(before);
    expect(await desk.call('attention:list', {})).toEqual([]);
    expect(await desk.call('sync:state', {})).toMatchObject({
      kind: 'shared',
      workspaceName: 'Fennimore Realty',
      role: 'tc',
    });
  });

  test.each([
    ['stops', false],
    ['comes up anew', true],
  ])('joining is not undone by the own portal, which %s at that moment', async (_what, isUp) => {
    await tell();
    const dealId = await openDeal(desk);
    await desk.until(isCurrent);
    const { url } = own.portal;
    const anew = { url, publicUrl: url, filesUrl: url, code: await own.portal.localCode() };
    const keepSecret = desk.secrets.set.bind(desk.secrets);
    let times = 0;
    desk.secrets.set = (name, secret) => {
      times += 1;
      desk.portal(isUp ? anew : null);
      return keepSecret(name, secret);
    };
    await joinAs(desk, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Noor Haddad' });
    expect(times).toBe(1);
    await note(desk, dealId, 'for the team');
    await settle(desk);
    expect(await desk.call('sync:state', {})).toMatchObject({ kind: 'shared', status: 'current' });
    const there = startDesk();
    extra.push(() => there.close());
    const code = await desk.call('team:device-code', {});
    if (code.kind !== 'ok') throw new Error(code.sentence);
    await joinAs(there, { url: shared.portal.url, code: code.value.code, name: 'Noor Haddad' });
    expect(await notesOf(there, dealId)).toEqual(['for the team']);
    expect(desk.lines.join('')).not.toContain('asking for a new device id');
  });

  test('an address or a code that is wrong changes nothing', async () => {
    await tell();
    await desk.until(isCurrent);
    const wish = { code: 'AAAA-BBBB-CCCC-DDDD', name: 'Noor', email: '', deviceName: 'Laptop', workspaceName: '' };
    const at = (url: string) => desk.call('sync:join', { ...wish, url });
    expect(await at('http://portal.fennimore.example')).toMatchObject({ kind: 'no', type: 'refused' });
    expect(await at('127.0.0.1:9')).toMatchObject({ kind: 'no', type: 'offline' });
    expect(await at(shared.portal.url)).toMatchObject({
      kind: 'no',
      type: 'refused',
      sentence: expect.stringContaining('code'),
    });
    expect(
      await desk.call('sync:check-server', { url: `${shared.portal.url.replace('http://', '')}/some/path` }),
    ).toEqual({
      kind: 'ok',
      value: { url: shared.portal.url, isSetUp: false },
    });
    expect(await desk.until(isCurrent)).toMatchObject({ kind: 'own' });
    expect(desk.secrets.size).toBe(0);
  });

  test('signing out keeps everything with the own portal, or takes the team’s deals away', async () => {
    await joinAs(desk, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Noor Haddad' });
    const invited = await desk.call('team:invite', {
      name: 'Theo Lindqvist',
      email: 'theo@fennimore.example',
      role: 'tc',
    });
    if (invited.kind !== 'ok') throw new Error(invited.sentence);
    const theo = startDesk();
    extra.push(() => theo.close());
    await joinAs(theo, { url: shared.portal.url, code: invited.value.code, name: 'Theo Lindqvist' });
    const dealId = await openDeal(theo);
    await note(theo, dealId, 'of Theo');
    await settle(theo, desk);
    expect(await notesOf(desk, dealId)).toEqual(['of Theo']);

    expect(await desk.call('sync:sign-out', { records: 'keep', evenUnsent: false })).toMatchObject({ kind: 'ok' });
    // At once, whatever was in memory: what was a colleague's is this person's now.
    const { memberId } = (await desk.call('workspace:get', {})).profile;
    expect(await desk.call('deals:get', { dealId })).toMatchObject({ ownerId: memberId });
    expect(desk.secrets.size).toBe(0);
    expect(desk.wanted.at(-1)).toBe(true);
    await tell();
    await settle(desk);
    expect(await desk.call('sync:state', {})).toMatchObject({ kind: 'own', waiting: 0 });
    expect(await notesOf(desk, dealId)).toEqual(['of Theo']);
    expect(await desk.call('attention:list', {})).toEqual([]);

    await note(theo, dealId, 'not sent');
    theo.portal(null);
    await shared.stop();
    await note(theo, dealId, 'not sent either');
    await theo.until((state) => state.waiting > 0);
    const refused = await theo.call('sync:sign-out', { records: 'remove', evenUnsent: false });
    expect(refused).toMatchObject({
      kind: 'no',
      type: 'refused',
      sentence: expect.stringContaining('not gone to the portal'),
    });
    const before = join(theo.folder, 'portal', 'portal.db');
    mkdirSync(join(theo.folder, 'portal'));
    writeFileSync(before, 'what was here before the team');
    expect(await theo.call('sync:sign-out', { records: 'remove', evenUnsent: true })).toMatchObject({ kind: 'ok' });
    expect(existsSync(before)).toBe(false);
    expect(await theo.call('deals:get', { dealId })).toBeNull();
    expect((await theo.call('workspace:get', {})).dealCount).toBe(0);
    extra.splice(0, extra.length, () => theo.close());
  });

  test('a key that was taken back signs the desktop out, and a new code goes on with everything that waits', async () => {
    await joinAs(desk, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Noor Haddad' });
    const dealId = await openDeal(desk);
    await settle(desk);
    const team = await desk.call('team:get', {});
    if (team.kind !== 'ok') throw new Error(team.sentence);
    const me = team.value.members[0];
    const code = await desk.call('team:device-code', {});
    if (code.kind !== 'ok') throw new Error(code.sentence);
    await desk.call('team:revoke-device', { deviceId: me?.devices[0]?.id ?? '' });
    await desk.call('sync:try-now', {});
    const out = await desk.until((state) => state.status === 'signed-out');
    expect(out.sentence).toContain('nothing here is lost');
    await note(desk, dealId, 'while signed out');
    expect(await desk.call('sync:state', {})).toMatchObject({ status: 'signed-out', waiting: 1 });
    expect(await desk.call('sync:sign-in-again', { code: code.value.code })).toMatchObject({ kind: 'ok' });
    await settle(desk);
    expect(await notesOf(desk, dealId)).toEqual(['while signed out']);
  });

  test('a computer that cannot keep secrets says so, and works until it ends', async () => {
    const problem = 'This computer has no keychain, so sign in again after each start.';
    const bare = startDesk({ keychainProblem: problem });
    await joinAs(bare, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Noor Haddad' });
    expect((await bare.call('sync:state', {})).keyProblem).toBe(problem);
    await bare.close();
    const again = startDesk({ folder: bare.folder, keychainProblem: problem });
    extra.push(() => again.close());
    await again.until((state) => state.status === 'signed-out');
  });

  test('a keychain that was locked at one start costs no new code: the next start goes on with the key', async () => {
    await joinAs(desk, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Noor Haddad' });
    await desk.close();
    const { folder, secrets } = desk;
    const locked = startDesk({ folder, keychainProblem: 'The keychain is locked.' });
    await locked.until((state) => state.status === 'signed-out');
    await locked.close();
    const again = startDesk({ folder, secrets });
    extra.push(() => again.close());
    expect(await again.until(isCurrent)).toMatchObject({ kind: 'shared', keyProblem: '' });
  });

  test('somebody with deals of their own who is asked in as an agent keeps them, and goes on as a coordinator', async () => {
    await tell();
    const dealId = await openDeal(desk);
    await desk.until(isCurrent);
    const admin = startDesk();
    extra.push(() => admin.close());
    await joinAs(admin, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Ada Okafor' });
    const email = 'noor@fennimore.example';
    const invited = await admin.call('team:invite', { name: 'Noor Haddad', email, role: 'agent' });
    if (invited.kind !== 'ok') throw new Error(invited.sentence);
    const wish = { url: shared.portal.url, name: 'Noor Haddad', email, deviceName: 'Laptop', workspaceName: '' };
    const asked = await desk.call('sync:join', { ...wish, code: invited.value.code });
    expect(asked).toMatchObject({ kind: 'no', sentence: expect.stringContaining('agents open no deals') });
    expect(await desk.until(isCurrent)).toMatchObject({ kind: 'own' });
    expect(await desk.call('deals:get', { dealId })).not.toBeNull();
    expect(desk.secrets.size).toBe(0);

    const team = await admin.call('team:get', {});
    if (team.kind !== 'ok') throw new Error(team.sentence);
    const memberId = team.value.members.find(({ name }) => name === 'Noor Haddad')?.id ?? '';
    await admin.call('team:set-member', { memberId, role: 'tc' });
    const code = await admin.call('team:device-code', { memberId });
    if (code.kind !== 'ok') throw new Error(code.sentence);
    await joinAs(desk, { url: shared.portal.url, code: code.value.code, name: 'Noor Haddad' });
    await settle(desk, admin);
    expect(await admin.call('deals:get', { dealId })).not.toBeNull();
    expect(await desk.call('attention:list', {})).toEqual([]);
  });

  test('from one team a desktop does not go to another with all that it holds', async () => {
    await joinAs(desk, { url: shared.portal.url, code: shared.portal.setupCode ?? '', name: 'Noor Haddad' });
    const dealId = await openDeal(desk);
    await settle(desk);
    const { url, setupCode } = own.portal;
    const wish = { url, code: setupCode ?? 'x', name: 'Noor', email: '', deviceName: 'Laptop', workspaceName: '' };
    const refused = await desk.call('sync:join', wish);
    expect(refused).toMatchObject({ kind: 'no', sentence: expect.stringContaining('Sign out there first') });
    expect(await desk.until(isCurrent)).toMatchObject({ kind: 'shared', url: shared.portal.url });
    expect(await desk.call('deals:get', { dealId })).not.toBeNull();
  });

  test('a deal that is opened while those of a team that was left go is not taken with them', async () => {
    const left = await openDeal(desk);
    await desk.close();
    const db = new Database(join(desk.folder, 'closeboard.db'));
    // As signing out leaves it when the program ends before the first deal went.
    db.exec(`DELETE FROM outbox; UPDATE sync_state SET value = json_set(value, '$.isLeaving', json('true'))`);
    db.close();
    const again = startDesk({ folder: desk.folder });
    extra.push(() => again.close());
    const fresh = await openDeal(again, { street: '9 Fresh Rd' });
    await note(again, fresh, 'mine');
    await waitFor(async () => (await again.call('deals:get', { dealId: left })) === null);
    await tell(again);
    await again.until(isCurrent);
    expect(await notesOf(again, fresh)).toEqual(['mine']);
  });
});
