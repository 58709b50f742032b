import { join } from 'node:path';
import { v7 } from 'uuid';
import { tempFolder } from '../db/testing.ts';
import { createBackend } from '../electron/backend/index.ts';
import type { CallInput, CallName, CallOutput } from '../electron/contract/calls.ts';
import { createLog } from '../electron/contract/log.ts';
import { startBenchPortal } from './lib/portal.ts';
import { type BenchOptions, type BenchRow, NONE } from './row.ts';

const FULL = { deals: 200, steps: 50 };
const SMOKE = { deals: 2, steps: 3 };
/** Never, in milliseconds: the connection does not begin. */
const APART = 2 ** 30;
const PATIENCE_MS = 600_000;

/**
 * A desktop comes back with steps that waited, one of each deal against what a colleague did meanwhile: until all are
 * sent, the refused ones told and every deal is as the portal has it. Beside it, how long a call waits meanwhile.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const { deals, steps } = smoke ? SMOKE : FULL;
  const portal = await startBenchPortal(async () => {});
  const temp = tempFolder();
  const [mine, theirs] = [new Map<string, string>(), new Map<string, string>()];
  const [here, there] = [join(temp.folder, 'here'), join(temp.folder, 'there')];
  try {
    const noor = startDesk(here, mine, 0);
    await signIn(noor, portal.url, portal.setupCode, 'Noor Haddad');
    const ids: string[] = [];
    for (let n = 0; n < deals; n += 1) ids.push(await openDeal(noor, n));
    await untilCurrent(noor);
    const invited = await noor.call('team:invite', { name: 'Theo', email: 'theo@fennimore.example', role: 'tc' });
    if (invited.kind !== 'ok') throw new Error(invited.sentence);
    await noor.close();
    const theo = startDesk(there, theirs, 0);
    await signIn(theo, portal.url, invited.value.code, 'Theo Lindqvist');
    for (const dealId of ids) await send(theo, dealId, 'setPrice', { priceCents: 2_00, expected: PRICE });
    await untilCurrent(theo);
    await theo.close();

    await workApart(here, mine, { ids, steps });
    const back = startDesk(here, mine, 0);
    const from = performance.now();
    const before = process.cpuUsage();
    const slowest = await untilCurrent(back);
    const ms = performance.now() - from;
    const { user, system } = process.cpuUsage(before);
    const { attention } = await back.call('sync:state', {});
    if (attention !== deals) throw new Error(`${attention} conflicts, not ${deals}`);
    await back.close();
    return [
      { name: `${deals * steps} waiting steps with ${deals} conflicts`, value: ms, unit: 'ms', limit: 60_000 },
      { name: 'the longest that a call waited meanwhile', value: slowest, unit: 'ms', limit: NONE },
      { name: 'of it on a processor, the desktop', value: (user + system) / 1000, unit: 'ms', limit: NONE },
      {
        name: 'of it on a processor, the portal with what went before',
        value: await portal.close(),
        unit: 'ms',
        limit: NONE,
      },
    ];
  } finally {
    temp.remove();
  }
}

const PRICE = 64_200_000;

/** Offline: one step of each deal meets what a colleague wrote, the others stand. */
async function workApart(
  folder: string,
  secrets: Map<string, string>,
  { ids, steps }: { readonly ids: readonly string[]; readonly steps: number },
): Promise<void> {
  const desk = startDesk(folder, secrets, APART);
  for (let step = 0; step < steps; step += 1)
    for (const dealId of ids) {
      if (step === 1) await send(desk, dealId, 'setPrice', { priceCents: 1_00, expected: PRICE });
      else await send(desk, dealId, 'addNote', { noteId: v7(), body: `note ${step}`, at: new Date().toISOString() });
    }
  await desk.close();
}

function startDesk(folder: string, secrets: Map<string, string>, syncAfterMs: number) {
  let last = '';
  const keepLine = (line: string) => {
    last = line;
  };
  const backend = createBackend({
    folder,
    log: createLog({ append: keepLine }, () => new Date().toISOString()),
    now: () => new Date(),
    emit: () => {},
    syncAfterMs,
    host: {
      onPortal: (listener) => {
        listener(null, '');
        return () => {};
      },
      wantPortal: () => {},
      secret: async (name) => ({ secret: secrets.get(name) ?? null, problem: '' }),
      keepSecret: async (name, secret) => {
        if (secret !== null) secrets.set(name, secret);
        return { problem: '' };
      },
    },
  });
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message} ${last}`);
    return reply.value as CallOutput<N>;
  };
  return { call, close: () => backend.close() };
}
type Desk = ReturnType<typeof startDesk>;

async function signIn(desk: Desk, url: string, code: string, name: string): Promise<void> {
  const wish = { url, code, name, email: '', deviceName: 'Bench', workspaceName: 'Fennimore Realty' };
  const joined = await desk.call('sync:join', wish);
  if (joined.kind !== 'ok') throw new Error(joined.sentence);
  await untilCurrent(desk);
}

/** Milliseconds that the slowest of the questions in between took. */
async function untilCurrent(desk: Desk): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  let slowest = 0;
  for (;;) {
    const asked = performance.now();
    const { status, waiting, toFetch, sentence } = await desk.call('sync:state', {});
    slowest = Math.max(slowest, performance.now() - asked);
    if (status === 'current' && waiting === 0 && toFetch === 0) return slowest;
    if (performance.now() > until) throw new Error(`never through: ${sentence}`);
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    slowest = Math.max(slowest, performance.now() - from - 50);
  }
}

async function send(desk: Desk, dealId: string, name: string, args: Record<string, unknown>): Promise<void> {
  const reply = await desk.call('deals:command', { id: v7(), dealId, name, args });
  if (reply.outcome !== 'done') throw new Error(`${name}: ${reply.refusal.message}`);
}

async function openDeal(desk: Desk, n: number): Promise<string> {
  const { profile } = await desk.call('workspace:get', {});
  const dealId = v7();
  await send(desk, dealId, 'createDeal', {
    ...{ street: `${100 + n} Marlowe Ave`, unit: '', city: 'Sacramento', state: 'CA', zip: '95816' },
    ...{ side: 'buyer', scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22', ownerId: profile.memberId },
    ...{ priceCents: PRICE, facts: { yearBuilt: 1962, financing: 'conventional' } },
    anchors: [{ name: 'closing', on: '2026-07-02', evidence: '' }],
    people: [{ id: v7(), name: 'Priya Raman', role: 'client', company: '', email: '', phone: '' }],
    at: new Date().toISOString(),
  });
  return dealId;
}
