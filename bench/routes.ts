import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PROTOCOL_VERSION } from '../core/sync/protocol.ts';
import { AT, tempFolder } from '../db/testing.ts';
import { DESK_PATH } from '../portal/api/device-calls.ts';
import { PERSON_PATH } from '../portal/api/person-calls.ts';
import { hashOfSecret } from '../portal/server/auth/secrets.ts';
import { type BenchPortal, startBenchPortal } from './lib/portal.ts';
import { fillDeals, withStore } from './lib/portal-rows.ts';
import { openStreams } from './lib/streams.ts';
import { type BenchOptions, type BenchRow, median, NONE } from './row.ts';

const FULL = { deals: 1_000, rowsEach: 100, rounds: 200, streams: 200, perSecond: 200, seconds: 20 };
const SMOKE = { deals: 5, rowsEach: 20, rounds: 3, streams: 5, perSecond: 20, seconds: 1 };
const WORKSPACE = 'main';
const MEMBER = 'm-noor';

interface Desk {
  readonly key: string;
  readonly deviceId: string;
}

/** What a route costs beside the least that reads the same, and how long answers take while many desktops listen. */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const size = smoke ? SMOKE : FULL;
  const temp = tempFolder();
  const desks = Array.from({ length: size.streams }, (_, n) => ({
    key: randomBytes(32).toString('base64url'),
    deviceId: `d-${n}`,
  }));
  const cookie = randomBytes(32).toString('base64url');
  const portal = await startBenchPortal(async (folder) => {
    await fillDeals(folder, size.deals, size.rowsEach);
    await enrolAll(folder, desks, cookie);
    copyFileSync(join(folder, 'portal.db'), join(temp.folder, 'bare.db'));
  });
  const bare = await startBare(join(temp.folder, 'bare.db'));
  try {
    const agent = new Agent({ keepAlive: true, maxSockets: 100 });
    const costs = await costsOf({ portal, bare: bare.url, desks, cookie, agent, size });
    const load = await underLoad({ portal, desks, agent, size });
    agent.destroy();
    return [...costs, ...load];
  } finally {
    bare.end();
    await portal.close();
    temp.remove();
  }
}

/** Straight into the records: signing in two hundred desktops is not what is measured. */
async function enrolAll(folder: string, desks: readonly Desk[], cookie: string): Promise<void> {
  await withStore(folder, (store) =>
    store.transaction(WORKSPACE, async (tx) => {
      const scope = { workspaceId: WORKSPACE, at: AT };
      await tx.members.put({ ...scope, memberId: MEMBER, name: 'Noor Haddad', email: 'noor@x.example', role: 'admin' });
      for (const { key, deviceId } of desks)
        await tx.devices.enrol({ ...scope, deviceId, memberId: MEMBER, name: 'Laptop', keyHash: hashOfSecret(key) });
      const dealId = 'deal-000000';
      const far = '2099-01-01T00:00:00.000Z';
      await tx.links.put({
        ...{ workspaceId: WORKSPACE, linkId: 'link', kind: 'portal', dealId, personId: `${dealId}-p0`, address: '' },
        ...{ tokenHash: 'token', secondStep: 'none', wordHash: '', mayDownload: true, madeAt: AT, madeBy: 'm' },
        ...{ expiresAt: far, isTiedToClosing: false },
      });
      const sessionHash = hashOfSecret(cookie);
      const at = new Date().toISOString();
      const session = { sessionHash, linkId: 'link', browserHash: 'browser', madeAt: at, endsAt: far };
      await tx.sessions.open({ workspaceId: WORKSPACE, ...session });
      await tx.sessions.confirm(WORKSPACE, sessionHash, at);
    }),
  );
}

async function startBare(file: string): Promise<{ readonly url: string; readonly end: () => void }> {
  const script = fileURLToPath(new URL('lib/bare-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { url: (JSON.parse(String(line)) as { url: string }).url, end: () => void child.stdin.end() };
}

interface Sent {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Milliseconds until the whole answer is there; throws for any but 200. */
function timeOf(agent: Agent, { url, headers = {}, body }: Sent): Promise<number> {
  const text = JSON.stringify(body);
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers };
    const asked = request(url, { method: 'POST', agent, headers: all }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - from);
        else reject(new Error(`${url}: ${answer.statusCode}`));
      });
    });
    asked.on('error', reject);
    asked.end(text);
  });
}

interface Costs {
  readonly portal: BenchPortal;
  readonly bare: string;
  readonly desks: readonly Desk[];
  readonly cookie: string;
  readonly agent: Agent;
  readonly size: typeof FULL;
}

async function costsOf({ portal, bare, desks, cookie, agent, size }: Costs): Promise<readonly BenchRow[]> {
  const { storeId } = await greet(portal, desks);
  const [desk] = desks;
  if (desk === undefined) throw new Error('no desk');
  const signed = { authorization: `Bearer ${desk.key}` };
  const asked = { protocol: PROTOCOL_VERSION, storeId, deviceId: desk.deviceId };
  const unitId = 'deal-000000';
  const since = Math.max(0, size.deals - 20);
  const origin = `http://portal.localhost:${new URL(portal.url).port}`;
  const person = { cookie: `closeboard-person=${cookie}`, origin, 'sec-fetch-site': 'same-origin' };
  const page = { ...asked, unitId, after: { version: 0, table: '', rowId: '' }, upTo: null };
  const pairs: readonly (readonly [string, Sent, Sent])[] = [
    ['sync/heads of 20 deals', ofDesk('sync/heads', { ...asked, since }), { url: `${bare}/heads`, body: { since } }],
    [
      'sync/heads of every deal',
      ofDesk('sync/heads', { ...asked, since: 0 }),
      { url: `${bare}/heads`, body: { since: 0 } },
    ],
    ['sync/page of a whole deal', ofDesk('sync/page', page), { url: `${bare}/page`, body: { unitId } }],
    [
      'a person’s home, with its view in the trail',
      { url: `${portal.url}${PERSON_PATH}/home`, headers: person, body: {} },
      { url: `${bare}/home`, body: { unitId } },
    ],
  ];
  function ofDesk(name: string, body: unknown): Sent {
    return { url: `${portal.url}${DESK_PATH}/${name}`, headers: signed, body };
  }
  const rows: BenchRow[] = [];
  for (const [name, ours, least] of pairs) {
    const mine: number[] = [];
    const ratios: number[] = [];
    for (let round = -Math.min(20, size.rounds); round < size.rounds; round += 1) {
      const isOursFirst = round % 2 === 0;
      const first = await timeOf(agent, isOursFirst ? ours : least);
      const second = await timeOf(agent, isOursFirst ? least : ours);
      if (round < 0) continue;
      mine.push(isOursFirst ? first : second);
      ratios.push(isOursFirst ? first / second : second / first);
    }
    rows.push({ name: `${name}, over a bare handler`, value: median(ratios), unit: 'x', limit: 3 });
    rows.push({ name, value: median(mine), unit: 'ms', limit: NONE });
  }
  return rows;
}

async function greet(portal: BenchPortal, [desk]: readonly Desk[]): Promise<{ readonly storeId: string }> {
  if (desk === undefined) throw new Error('no desk');
  const asked = { protocol: PROTOCOL_VERSION, storeId: null, deviceId: desk.deviceId };
  const told = await portal.get('sync/hello', asked, desk.key);
  if (told.reply === null) throw new Error(told.problem.message);
  return told.reply;
}

type Load = Pick<Costs, 'portal' | 'desks' | 'agent' | 'size'>;

/** Requests leave when their moment is there, whether those before were answered or not; a late answer counts from then. */
async function underLoad({ portal, desks, agent, size }: Load): Promise<readonly BenchRow[]> {
  const { storeId } = await greet(portal, desks);
  const streams = await openStreams(
    portal.url,
    desks.map(({ key }) => key),
  );
  const total = size.perSecond * size.seconds;
  const times: number[] = [];
  let errors = 0;
  const begun = performance.now();
  const waiting: Promise<void>[] = [];
  for (let n = 0; n < total; n += 1) {
    const due = begun + (n * 1000) / size.perSecond;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    const late = Math.max(0, performance.now() - due);
    const desk = desks[n % desks.length];
    if (desk === undefined) throw new Error('no desk');
    const took = timeOf(agent, mixed(portal.url, n, { ...desk, storeId, deals: size.deals }));
    waiting.push(
      took.then(
        (ms) => void times.push(ms + late),
        () => {
          errors += 1;
        },
      ),
    );
  }
  await Promise.all(waiting);
  const lost = streams.lost();
  streams.close();
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  const what = `${size.perSecond} reads a second beside ${size.streams} event streams`;
  return [
    { name: `${what}, 95 of 100`, value: p95, unit: 'ms', limit: 150 },
    { name: 'the same, median', value: median(times), unit: 'ms', limit: NONE },
    { name: 'errors and streams lost', value: errors + lost, unit: '', limit: 0 },
  ];
}

interface Asking extends Desk {
  readonly storeId: string;
  readonly deals: number;
}

/** Of ten: three times heads, three pages, two greetings, the team, a list of who may see what. */
function mixed(url: string, n: number, { key, deviceId, storeId, deals }: Asking): Sent {
  const asked = { protocol: PROTOCOL_VERSION, storeId, deviceId };
  const unitId = `deal-${String((n * 7) % deals).padStart(6, '0')}`;
  const page = { ...asked, unitId, after: { version: 0, table: '', rowId: '' }, upTo: null };
  const kinds: readonly (readonly [string, unknown])[] = [
    ['sync/heads', { ...asked, since: deals - 1 }],
    ['sync/page', page],
    ['sync/hello', asked],
    ['sync/heads', { ...asked, since: Math.max(0, deals - 20) }],
    ['sync/page', page],
    ['access/get', { dealId: unitId }],
    ['sync/hello', asked],
    ['sync/heads', { ...asked, since: deals }],
    ['sync/page', page],
    ['audit/list', { dealId: unitId, before: null, groups: [], actor: '', limit: 50, seen: 0 }],
  ];
  const [name, body] = kinds[n % kinds.length] ?? ['sync/hello', asked];
  return { url: `${url}${DESK_PATH}/${name}`, headers: { authorization: `Bearer ${key}` }, body };
}
