import { createWriteStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CREATE } from '../../../core/commands/testing.ts';
import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { DeviceCallName, DeviceInput, DeviceOutput } from '../../api/device-calls.ts';
import type { ApiReply } from '../../api/values.ts';
import { verifyExport } from '../export/verify.ts';
import { type Portal, startPortal } from '../index.ts';
import { embeddedConfig } from '../load-config.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A portal as it runs, asked over HTTP by the desktops of three people. */
let folder = '';
let portal: Portal;
const log = { info: () => {}, warn: () => {}, defect: (_what: string, error: unknown) => defects.push(error) };
const defects: unknown[] = [];

interface Desk {
  readonly key: string;
  readonly deviceId: string;
  readonly memberId: string;
  readonly storeId: string;
  seq: number;
}
let noor: Desk;
let ana: Desk;
let ben: Desk;

async function ask<N extends DeviceCallName>(
  key: string | null,
  name: N,
  input: DeviceInput<N>,
): Promise<ApiReply<DeviceOutput<N>>> {
  const answer = await fetch(`${portal.url}/api/desk/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(input),
  });
  return (await answer.json()) as ApiReply<DeviceOutput<N>>;
}

function must<T>(reply: ApiReply<T>): T {
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

async function enrol(code: string, memberId: string, name: string): Promise<Desk> {
  const deviceId = `device-${memberId}`;
  const who = { memberId, name, email: `${memberId}@fennimore.example` };
  const input = { code, deviceId, deviceName: `${name}’s desk`, ...who, workspaceName: 'Fennimore Realty' };
  const { deviceKey, storeId, ...mine } = must(await ask(null, 'team/enrol', input));
  return { key: deviceKey, deviceId: mine.deviceId, memberId: mine.memberId, storeId, seq: 0 };
}

async function push(desk: Desk, commandId: string, name: string, args: unknown): Promise<void> {
  desk.seq += 1;
  const { deviceId, storeId, seq } = desk;
  const at = '2026-06-02T16:12:00.000Z';
  const command = { deviceId, seq, commandId, dealId: 'd1', name, args, at };
  const said = must(
    await ask(desk.key, 'sync/push', { protocol: PROTOCOL_VERSION, storeId, deviceId, commands: [command] }),
  );
  if (said.problem !== null || said.reply.problem !== null) throw new Error(JSON.stringify(said));
}

const list = async (desk: Desk, more: Partial<DeviceInput<'audit/list'>> = {}) =>
  ask(desk.key, 'audit/list', { dealId: 'd1', before: null, groups: [], actor: '', limit: 50, seen: 0, ...more });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-audit-routes-'));
  const started = await startPortal({ config: embeddedConfig(join(folder, 'portal'), 0), log, isChecked: true });
  if (!started.ok) throw new Error(started.error.sentence);
  portal = started.value;
  noor = await enrol(await portal.localCode(), 'm-noor', 'Noor Haddad');
  const invite = async (name: string, role: 'tc' | 'agent') =>
    must(
      await ask(noor.key, 'team/invite', { name, email: `${name.slice(0, 3).toLowerCase()}@fennimore.example`, role }),
    ).code;
  ana = await enrol(await invite('Ana Lu', 'agent'), 'm-ana', 'Ana Lu');
  ben = await enrol(await invite('Ben Ode', 'agent'), 'm-ben', 'Ben Ode');
  await push(noor, 'c-open', 'createDeal', CREATE);
  must(await ask(noor.key, 'access/set-member', { dealId: 'd1', memberId: 'm-ana', isOn: true }));
  await push(noor, 'c-price', 'setPrice', { priceCents: 65_000_000, expected: 64_200_000 });
  await push(noor, 'c-late', 'setPrice', { priceCents: 1, expected: 2 });
  await push(ben, 'c-ben', 'setPrice', { priceCents: 1, expected: 2 });
  await push(ana, 'c-taken', 'addNote', { noteId: 'n-1', body: 'Called.', at: '2026-06-02T16:12:00.000Z' });
  await push(ben, 'c-price', 'addNote', { noteId: 'n-2', body: 'Another.', at: '2026-06-02T16:12:00.000Z' });
  await push(noor, 'c-gone', 'removePerson', { personId: 'p-marisol' });
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
  expect(defects).toEqual([]);
});

describe('audit/list', () => {
  test('tells the trail newest first, in sentences, with names', async () => {
    const page = must(await list(noor));
    expect(page.before).toBeNull();
    expect(page.head.count).toBe(page.entries.length);
    const sentences = page.entries.map(({ sentence }) => sentence);
    expect(sentences.at(-1)).toMatch(/^Noor Haddad opened .*\.$/);
    expect(sentences).toContain('Noor Haddad put Ana Lu on this deal.');
    expect(sentences).toContain('Ben Ode tried to change the price and was denied, not being on this deal.');
    expect(sentences.find((each) => each.includes('; refused: '))).toMatch(
      /^Noor Haddad tried to change the price; refused: .{10,}\.$/,
    );
    expect(page.entries.map(({ n }) => n)).toEqual(page.entries.map((_, index) => page.head.count - index));
    expect(page.actors).toEqual([
      { actor: 'member:m-ana', name: 'Ana Lu' },
      { actor: 'member:m-ben', name: 'Ben Ode' },
      { actor: 'member:m-noor', name: 'Noor Haddad' },
    ]);
  });

  test('pages of any size, with any filter, neither skip nor repeat', async () => {
    const all = must(await list(noor)).entries;
    const filters: readonly Partial<DeviceInput<'audit/list'>>[] = [
      {},
      { groups: ['refused', 'denied'] },
      { actor: 'member:m-noor' },
      { actor: 'party:x' },
    ];
    for (const { groups = [], actor = '' } of filters) {
      const wanted = all.filter(
        (entry) =>
          (groups.length === 0 || groups.some((each) => each === entry.group)) &&
          (actor === '' || entry.actor === actor),
      );
      for (const limit of [1, 2, 3, 50]) {
        const told: typeof all = [];
        let before: number | null = null;
        do {
          const page: DeviceOutput<'audit/list'> = must(await list(noor, { before, groups, actor, limit }));
          told.push(...page.entries);
          before = page.before;
        } while (before !== null);
        expect(told).toEqual(wanted);
      }
    }
  });

  test('an agent on the deal sees it, one who is not gets the answer of no deal, as for a deal that is none', async () => {
    expect(must(await list(ana)).entries.length).toBe(must(await list(noor)).entries.length);
    const none = await list(ben);
    expect(none).toMatchObject({ ok: false, error: { type: 'not-available' } });
    expect(await list(noor, { dealId: 'd9' })).toEqual(none);
    expect(await list(ana, { dealId: 'd9' })).toEqual(none);
    // Who signed in where is no deal's business.
    expect(await list(noor, { dealId: 'workspace' })).toEqual(none);
  });

  test('tells the hash of a row that the desktop knows of, and that there is none', async () => {
    const { head, seenHash } = must(await list(noor, { limit: 1 }));
    expect(seenHash).toBeNull();
    expect(must(await list(noor, { seen: head.count })).seenHash).toBe(head.hash);
    expect(must(await list(noor, { seen: head.count + 1 })).seenHash).toBeNull();
    const early = must(await list(noor, { seen: 1 })).seenHash;
    expect(early).toMatch(/^[0-9a-f]{64}$/);
    expect(early).not.toBe(head.hash);
  });

  test('people who were taken off the deal keep their name', async () => {
    must(await ask(noor.key, 'access/get', { dealId: 'd1' }));
    const page = must(await list(noor));
    expect(page.entries.find(({ commandId }) => commandId === 'c-gone')?.sentence).toContain('Marisol Quintero');
  });
});

describe('GET /api/desk/export', () => {
  const get = (key: string, dealId = 'd1', signal?: AbortSignal) =>
    fetch(`${portal.url}/api/desk/export/${dealId}`, {
      headers: { authorization: `Bearer ${key}` },
      ...(signal === undefined ? {} : { signal }),
    });

  test('a coordinator gets a zip that verifies against the head on the server, and it is in the trail', async () => {
    const answer = await get(noor.key);
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('x-closeboard-bytes'))).toBeGreaterThan(1_000);
    const zip = join(folder, 'deal.zip');
    await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(zip));
    const { head, entries } = must(await list(noor, { limit: 1 }));
    expect(entries[0]).toMatchObject({ group: 'export', sentence: 'Noor Haddad exported this deal with its trail.' });
    const report = await verifyExport({ file: zip, known: [head] });
    expect(report).toMatchObject({ ok: true, problem: null, unknown: '', audit: head });
  });

  test('nobody else does, and nothing tells whether there is such a deal', async () => {
    const before = must(await list(noor, { limit: 1 })).head;
    expect((await get(ana.key)).status).toBe(403);
    expect((await get(ben.key)).status).toBe(403);
    expect((await get(ben.key, 'd9')).status).toBe(403);
    expect((await get('x'.repeat(43))).status).toBe(401);
    expect((await get(noor.key, 'd9')).status).toBe(404);
    expect((await get(noor.key, 'workspace')).status).toBe(404);
    expect(must(await list(noor, { limit: 1 })).head).toEqual(before);
  });

  test('a desktop that goes away leaves nothing gathered', async () => {
    const stop = new AbortController();
    const asked = get(noor.key, 'd1', stop.signal);
    setImmediate(() => stop.abort());
    await asked.catch(() => {});
    await vi.waitFor(
      () =>
        expect(readdirSync(join(folder, 'portal')).filter((name) => name.startsWith('closeboard-export'))).toEqual([]),
      { timeout: 20_000 },
    );
  });
});
