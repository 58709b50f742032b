import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CREATE } from '../../../core/commands/testing.ts';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { summarise } from '../../../core/deals/summarise.ts';
import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { Db } from '../../../db/handles.ts';
import { openDatabase } from '../../../db/open.ts';
import { makeDeal, putDeal } from '../../../db/testing.ts';
import { verifyExport } from '../../../portal/server/export/verify.ts';
import { type Portal, startPortal } from '../../../portal/server/index.ts';
import { embeddedConfig } from '../../../portal/server/load-config.ts';
import type { HostEvent } from '../../contract/events.ts';
import { createLog } from '../../contract/log.ts';
import { createJobs, type Jobs } from '../services/jobs.ts';
import { openOffice } from '../services/office.ts';
import { createResources } from '../services/resources.ts';
import { runCommand } from '../services/run-command.ts';
import { createPortalClient } from '../sync/client.ts';
import type { PortalClient } from '../sync/types.ts';
import { createVault } from '../vault/vault.ts';
import { getAccess, makeLink, previewAs, revokeLink, setDealMember, setLinkDownload } from './access.ts';
import type { WithPapers } from './context.ts';
import {
  getTeam,
  inviteMember,
  makeDeviceCode,
  revokeDevice,
  revokeMember,
  setMember,
  withdrawInvitation,
} from './team.ts';
import { exportTrail, listTrail } from './trail.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The handlers on real records, at a real portal; only what the engine of sync does between both is done by hand. */
const AT = '2026-06-02T16:12:00.000Z';
const events: HostEvent[] = [];
let folder = '';
let portal: Portal;
let db: Db;
let jobs: Jobs;
let client: PortalClient | null = null;
let online: PortalClient;
let open: WithPapers;
let memberId = '';
let session: { deviceId: string; storeId: string };
let seq = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-trail-'));
  const log = createLog({ append: () => {} }, () => AT);
  const opened = openDatabase({ folder: join(folder, 'data'), now: () => AT, log: { info: () => {}, warn: () => {} } });
  if (!opened.ok) throw new Error(opened.error.message);
  db = opened.value;
  const resources = createResources();
  const office = openOffice({ db, resources, firstName: 'Noor Haddad', newId });
  memberId = office.profile().memberId;
  const emit = (event: HostEvent) => void events.push(event);
  jobs = createJobs({ emit, log, newId });
  const now = () => new Date(AT);
  const runner = {
    db,
    workspace: office.workspace,
    actor: office.actor,
    summarise: (deal: never) => summarise(deal, () => null),
  };
  const vault = createVault({ folder: join(folder, 'vault'), log, now });
  open = {
    ...{ db, office, resources, jobs, runner, newId, deps: { emit, now, log } },
    papers: { deps: { db, vault, now } },
    sync: {
      client: () => client,
      state: () => ({
        status: 'offline',
        sentence: 'No connection since 9:41 AM. Keep working, all of it is kept on this computer.',
      }),
    },
  } as unknown as WithPapers;
  const started = await startPortal({
    config: embeddedConfig(join(folder, 'portal'), 0),
    log: {
      info: () => {},
      warn: () => {},
      defect: (_what, error) => {
        throw error;
      },
    },
    isChecked: true,
  });
  if (!started.ok) throw new Error(started.error.sentence);
  portal = started.value;
  const stranger = createPortalClient({ url: portal.url, key: null, log });
  const enrolled = await stranger.ask('team/enrol', {
    ...{ code: await portal.localCode(), deviceId: newId(), deviceName: 'Desk', memberId },
    ...{ name: 'Noor Haddad', email: '', workspaceName: 'Fennimore' },
  });
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  session = enrolled.value;
  online = createPortalClient({ url: portal.url, key: enrolled.value.deviceKey, log });
  client = online;
  await both('c-open', 'createDeal', { ...CREATE, ownerId: memberId });
  await both('c-price', 'setPrice', { priceCents: 65_000_000, expected: 64_200_000 });
  await mirror();
});
afterAll(async () => {
  await jobs.close();
  await portal.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function here(id: string, name: string, args: unknown): void {
  const outcome = runCommand(open.runner, { id, dealId: 'd1', name, args, at: AT });
  if (outcome.outcome !== 'done') throw new Error(outcome.refusal.message);
}

/** Done here and told to the portal, as if it had been sent and pulled. */
async function both(commandId: string, name: string, args: unknown): Promise<void> {
  here(commandId, name, args);
  seq += 1;
  const { deviceId, storeId } = session;
  const command = { deviceId, seq, commandId, dealId: 'd1', name, args, at: AT };
  const sent = await online.ask('sync/push', { protocol: PROTOCOL_VERSION, storeId, deviceId, commands: [command] });
  if (!sent.ok || sent.value.reply?.replies[0]?.outcome !== 'done') throw new Error(JSON.stringify(sent));
  db.raw.prepare('DELETE FROM outbox WHERE command_id = ?').run(commandId);
}

/** Keeps the end of the trail, as a pull does. */
async function mirror(change: Partial<{ count: number; hash: string }> = {}): Promise<void> {
  const listed = await online.ask('audit/list', {
    dealId: 'd1',
    before: null,
    groups: [],
    actor: '',
    limit: 1,
    seen: 0,
  });
  if (!listed.ok) throw new Error(listed.error.message);
  const { count, hash } = { ...listed.value.head, ...change };
  const sql = `INSERT INTO sync_unit (unit_id, version, is_stale, is_gone, audit_count, audit_hash) VALUES ('d1', 1, 0, 0, ?, ?)
    ON CONFLICT (unit_id) DO UPDATE SET audit_count = excluded.audit_count, audit_hash = excluded.audit_hash`;
  db.raw.prepare(sql).run(count, hash);
}

const ALL = { dealId: 'd1', before: null, groups: [], actor: '', limit: 50 };

async function jobEnd(jobId: string) {
  return vi.waitFor(
    () => {
      const end = events.find(
        (event) => event.type === 'job:progress' && event.jobId === jobId && event.state !== 'running',
      );
      if (end?.type !== 'job:progress') throw new Error('the job runs');
      return end;
    },
    { timeout: 30_000 },
  );
}

function must<T>(answer: { kind: 'ok'; value: T } | { kind: 'no'; sentence: string }): T {
  if (answer.kind === 'no') throw new Error(answer.sentence);
  return answer.value;
}

describe('listTrail', () => {
  test('comes from the portal, with what waits on top and what can be taken back', async () => {
    here('c-waits', 'addNote', { noteId: 'n-1', body: 'Called.', at: AT });
    const page = await listTrail(open, ALL);
    expect(page).toMatchObject({ isFromPortal: true, note: '', before: null });
    expect(page.entries.map(({ n, commandId, canUndo }) => [n, commandId, canUndo])).toEqual([
      [null, 'c-waits', true],
      [2, 'c-price', true],
      [1, 'c-open', true],
    ]);
    expect(page.entries[0]?.sentence).toBe('Noor Haddad wrote a note: “Called.”');
    expect(page.actors).toEqual([{ actor: `member:${memberId}`, name: 'Noor Haddad' }]);
    const views = await listTrail(open, { ...ALL, groups: ['view'] });
    expect(views.entries).toEqual([]);
  });

  test('says loudly when rows that were there are missing or were changed', async () => {
    await mirror({ hash: 'f'.repeat(64) });
    expect((await listTrail(open, ALL)).note).toContain('does not match');
    await mirror({ count: 40 });
    expect((await listTrail(open, ALL)).note).toContain('does not match');
    // An earlier row that was written anew is found although the trail has grown since.
    await mirror({ count: 1, hash: 'e'.repeat(64) });
    expect((await listTrail(open, ALL)).note).toContain('does not match');
    await mirror();
    expect((await listTrail(open, ALL)).note).toBe('');
  });

  test('without a connection shows what this computer knows, page by page to the end, and says so', async () => {
    client = null;
    const told: string[] = [];
    let before: number | null = null;
    do {
      const page: Awaited<ReturnType<typeof listTrail>> = await listTrail(open, { ...ALL, before, limit: 1 });
      expect(page.isFromPortal).toBe(false);
      if (before === null)
        expect(page.note).toMatch(/^No connection since 9:41 AM\. .* Shown is what this computer knows/);
      told.push(...page.entries.map(({ commandId }) => commandId ?? ''));
      ({ before } = page);
    } while (before !== null);
    expect(told).toEqual(['c-waits', 'c-price', 'c-open']);
    expect((await listTrail(open, { ...ALL, groups: ['view', 'denied'] })).entries).toEqual([]);
    expect((await listTrail(open, { ...ALL, actor: 'member:other', limit: 2 })).entries).toEqual([]);
    expect((await listTrail(open, { ...ALL, actor: `member:${memberId}` })).entries).toHaveLength(3);
    // A list that the portal began waits for the portal.
    expect(await listTrail(open, { ...ALL, before: 2 })).toMatchObject({ entries: [], before: 2, isFromPortal: true });
    client = online;
  });

  test('a deal that was never sent is shown from here, without alarm', async () => {
    const id = newId();
    runCommand(open.runner, {
      id,
      dealId: 'd2',
      name: 'createDeal',
      args: { ...CREATE, ownerId: memberId, people: [] },
      at: AT,
    });
    const page = await listTrail(open, { ...ALL, dealId: 'd2' });
    expect(page).toMatchObject({ isFromPortal: false, note: expect.stringContaining('on this computer only') });
    expect(page.entries.map(({ commandId }) => commandId)).toEqual([id]);
  });
});

describe('exportTrail', () => {
  test('brings the whole export into the vault, and it verifies', async () => {
    const { jobId } = exportTrail(open, { dealId: 'd1' });
    const end = await jobEnd(jobId);
    expect(end).toMatchObject({ state: 'done', dealId: 'd1', made: { name: 'Marlowe Ave 2026-06-02.zip' } });
    expect(end.done).toBe(end.total);
    expect(end.total).toBeGreaterThan(1_000);
    const path = open.papers.deps.vault.pathOf(end.made?.sha256 ?? '') ?? '';
    expect(await verifyExport({ file: path })).toMatchObject({ ok: true, deal: { id: 'd1' } });
    expect(db.read.get('SELECT kind FROM blob WHERE sha256 = ?', end.made?.sha256 ?? '')).toEqual({ kind: 'zip' });
    expect(events).toContainEqual({ type: 'access:changed', dealId: 'd1' });
  });

  test.each([
    ['a deal that the portal does not have', 'd9', () => online, /Sample deals are never sent/],
    ['no connection', 'd1', () => null, /^No connection since/],
    [
      'a portal that went away',
      'd1',
      () => createPortalClient({ url: 'http://127.0.0.1:9', key: 'k'.repeat(43), log: open.deps.log }),
      /broke off/,
    ],
    [
      'a key that is not good',
      'd1',
      () => createPortalClient({ url: portal.url, key: 'k'.repeat(43), log: open.deps.log }),
      /not signed in/,
    ],
  ])('%s ends it with a sentence', async (_what, dealId, way, sentence) => {
    client = way();
    const end = await jobEnd(exportTrail(open, { dealId }).jobId);
    client = online;
    expect(end).toMatchObject({ state: 'failed', sentence: expect.stringMatching(sentence) });
    expect(end.made).toBeUndefined();
  });

  test('a connection that breaks off in the middle, and a person who stops it, leave nothing', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'x-closeboard-bytes': '100000' });
      response.write('half of it', () => (isCut ? response.destroy() : undefined));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = createPortalClient({ url: `http://127.0.0.1:${port}`, key: 'k'.repeat(43), log: open.deps.log });
    const held = () => db.raw.prepare('SELECT count(*) AS n FROM blob').get();
    const before = held();
    let isCut = true;
    expect(await jobEnd(exportTrail(open, { dealId: 'd1' }).jobId)).toMatchObject({
      state: 'failed',
      sentence: expect.stringContaining('broke off'),
    });
    isCut = false;
    const { jobId } = exportTrail(open, { dealId: 'd1' });
    await vi.waitFor(
      () =>
        expect(events.some((event) => event.type === 'job:progress' && event.jobId === jobId && event.done > 0)).toBe(
          true,
        ),
      { timeout: 20_000 },
    );
    jobs.cancel(jobId);
    expect(await jobEnd(jobId)).toMatchObject({ state: 'cancelled' });
    expect(held()).toEqual(before);
    client = online;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('team and access', () => {
  test('a link is made with its picture and ends with its last day; it is shown, changed and revoked', async () => {
    const wanted = {
      dealId: 'd1',
      personId: 'p-priya',
      secondStep: 'word' as const,
      word: 'marigold',
      mayDownload: false,
    };
    const made = must(await makeLink(open, { ...wanted, expiresOn: plainDate('2027-08-01') }));
    expect(made.url).toMatch(/^http:\/\/portal\.localhost:\d+\/.*#/);
    expect(made.qr).toMatch(/^<svg [^>]*xmlns[^>]*>.*<\/svg>$/s);
    expect(made.link).toMatchObject({ state: 'open', expiresAt: '2027-08-02T12:00:00.000Z' });
    const linkId = made.link.id;
    expect(must(await setLinkDownload(open, { dealId: 'd1', linkId, mayDownload: true }))).toEqual({ done: true });
    expect(must(await previewAs(open, { dealId: 'd1', personId: 'p-priya' })).url).toContain('portal.localhost');
    expect(must(await revokeLink(open, { dealId: 'd1', linkId }))).toEqual({ done: true });
    const priya = must(await getAccess(open, { dealId: 'd1' })).entries.find(({ id }) => id === 'p-priya');
    expect(priya?.links).toMatchObject([{ id: linkId, state: 'revoked', mayDownload: true }]);
    const page = await listTrail(open, { ...ALL, groups: ['access', 'view'] });
    expect(page.entries.map(({ sentence }) => sentence)).toEqual([
      'Noor Haddad ended the link of Priya Raman, at once.',
      'Noor Haddad looked at the portal as Priya Raman sees it.',
      'Noor Haddad let the link of Priya Raman show files and hand them out.',
      'Noor Haddad made a link for Priya Raman, good until August 1, 2027.',
    ]);
  });

  test('a deal that the portal has not got yet is worth asking again; one that nobody knows is not', async () => {
    const fresh = makeDeal(501);
    putDeal(db, fresh, 'create-501');
    expect(await getAccess(open, { dealId: fresh.row.id })).toMatchObject({ kind: 'no', type: 'offline' });
    expect(await getAccess(open, { dealId: 'never' })).toMatchObject({ kind: 'no', type: 'refused' });
  });

  test('people are invited, put on a deal, changed and revoked', async () => {
    const { code } = must(await inviteMember(open, { name: 'Ana Lu', email: 'Ana@Fennimore.example', role: 'agent' }));
    expect(must(await makeDeviceCode(open, {})).code).not.toBe(code);
    const other = must(await inviteMember(open, { name: 'Ben Ode', email: 'ben@fennimore.example', role: 'agent' }));
    expect(other.code).not.toBe(code);
    const team = must(await getTeam(open));
    const ben = team.invitations.find(({ name }) => name === 'Ben Ode');
    expect(must(await withdrawInvitation(open, { invitationId: ben?.id ?? '' }))).toEqual({ done: true });
    const stranger = createPortalClient({ url: portal.url, key: null, log: open.deps.log });
    const mine = { code, deviceId: newId(), deviceName: 'Laptop', memberId: newId(), workspaceName: '' };
    const ana = await stranger.ask('team/enrol', { ...mine, name: 'Ana Lu', email: '' });
    if (!ana.ok) throw new Error(ana.error.message);
    const { memberId: anaId, deviceId } = ana.value;
    expect(must(await setDealMember(open, { dealId: 'd1', memberId: anaId, isOn: true }))).toEqual({ done: true });
    expect(must(await setMember(open, { memberId: anaId, name: 'Ana Lu-Reyes' }))).toEqual({ done: true });
    expect(must(await revokeDevice(open, { deviceId }))).toEqual({ done: true });
    expect(must(await revokeMember(open, { memberId: anaId }))).toEqual({ done: true });
    const gone = must(await getTeam(open)).members.find(({ id }) => id === anaId);
    expect(gone).toMatchObject({ name: 'Ana Lu-Reyes', isGone: true });
    expect((await listTrail(open, { ...ALL, groups: ['access'], limit: 1 })).entries[0]?.sentence).toBe(
      'Noor Haddad put Ana Lu-Reyes on this deal.',
    );
  });

  test('without a connection the answer is a sentence, and nothing is told to windows', async () => {
    client = null;
    const before = events.length;
    const answers = [
      await getTeam(open),
      await getAccess(open, { dealId: 'd1' }),
      await revokeLink(open, { dealId: 'd1', linkId: 'x' }),
      await makeLink(open, {
        dealId: 'd1',
        personId: 'p-priya',
        secondStep: 'code',
        word: '',
        mayDownload: true,
        expiresOn: null,
      }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ kind: 'no', type: 'offline', sentence: expect.stringMatching(/\.$/) });
    expect(events.length).toBe(before);
    client = online;
    expect(
      await makeLink(open, {
        dealId: 'd1',
        personId: 'p-none',
        secondStep: 'word',
        word: 'marigold',
        mayDownload: true,
        expiresOn: null,
      }),
    ).toMatchObject({ kind: 'no', type: 'refused' });
  });
});
