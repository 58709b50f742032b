import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { createBackend } from '../../../electron/backend/index.ts';
import type { SyncHost } from '../../../electron/backend/sync/types.ts';
import type { CallInput, CallName, CallOutput } from '../../../electron/contract/calls.ts';
import type { HostEvent } from '../../../electron/contract/events.ts';
import { createLog } from '../../../electron/contract/log.ts';
import type { SyncState } from '../../../electron/contract/sync.ts';
import type { OwnPortal } from '../../../electron/contract/wire.ts';

/** A desktop as a window sees it, with a host that a test holds in its hand. */
export interface Desk {
  readonly folder: string;
  readonly events: readonly HostEvent[];
  readonly lines: readonly string[];
  readonly secrets: Map<string, string>;
  /** What it asked of the portal of its own computer, in order. */
  readonly wanted: readonly boolean[];
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  send(dealId: string, name: string, args: Record<string, unknown>, id?: string): Promise<CallOutput<'deals:command'>>;
  /** The portal of this computer came up, or stopped. */
  portal(portal: OwnPortal | null, why?: string): void;
  /** Until the state is as wanted; throws with what it is instead. */
  until(isSo: (state: SyncState) => boolean): Promise<SyncState>;
  close(): Promise<void>;
}

export interface DeskWish {
  readonly folder?: string;
  readonly secrets?: Map<string, string>;
  readonly now?: () => Date;
  readonly keychainProblem?: string;
}

const PATIENCE_MS = 60_000;

export function startDesk({
  folder = newFolder(),
  secrets = new Map(),
  now,
  keychainProblem = '',
}: DeskWish = {}): Desk {
  const events: HostEvent[] = [];
  const lines: string[] = [];
  const wanted: boolean[] = [];
  const listeners = new Set<(portal: OwnPortal | null, why: string) => void>();
  let own: OwnPortal | null = null;
  const host: SyncHost = {
    onPortal: (listener) => {
      listeners.add(listener);
      listener(own, '');
      return () => listeners.delete(listener);
    },
    wantPortal: (isWanted) => void wanted.push(isWanted),
    secret: async (name) => ({ secret: secrets.get(name) ?? null, problem: keychainProblem }),
    keepSecret: async (name, secret) => {
      if (secret === null) secrets.delete(name);
      else if (keychainProblem === '') secrets.set(name, secret);
      return { problem: keychainProblem };
    },
  };
  const time = now ?? (() => new Date());
  const backend = createBackend({
    folder,
    log: createLog({ append: (text) => void lines.push(text) }, () => time().toISOString()),
    now: time,
    emit: (event) => void events.push(event),
    host,
    syncAfterMs: 0,
    isChecked: true,
  });
  const call: Desk['call'] = async (name, input) => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.type} ${reply.error.message} ${lines.at(-1) ?? ''}`);
    return reply.value as never;
  };
  return {
    ...{ folder, events, lines, secrets, wanted, call },
    send: (dealId, name, args, id = v7()) => call('deals:command', { id, dealId, name, args }),
    portal: (portal, why = '') => {
      own = portal;
      for (const listener of listeners) listener(portal, why);
    },
    until: async (isSo) => {
      let state = await call('sync:state', {});
      await waitFor(async () => {
        state = await call('sync:state', {});
        return isSo(state);
      }).catch(() => {
        throw new Error(`never so: ${JSON.stringify(state)}\n${lines.slice(-8).join('')}`);
      });
      return state;
    },
    close: () => backend.close(),
  };
}

/** Until it is so, looking again and again. */
export async function waitFor(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error('waited for too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const isCurrent = (state: SyncState): boolean =>
  state.status === 'current' && state.waiting === 0 && state.toFetch === 0;

/** Both are through with everything, and neither has news for the other. */
export async function settle(...desks: readonly Desk[]): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    for (const desk of desks) {
      await desk.call('sync:try-now', {});
      await desk.until(isCurrent);
    }
  }
}

const folders: string[] = [];

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-desk-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export async function openDeal(desk: Desk, wish: Record<string, unknown> = {}): Promise<string> {
  const { profile } = await desk.call('workspace:get', {});
  const dealId = v7();
  const reply = await desk.send(dealId, 'createDeal', {
    ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816' },
    ...{ side: 'buyer', scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22' },
    ...{ ownerId: profile.memberId, priceCents: 64_200_000, facts: { yearBuilt: 1962, financing: 'conventional' } },
    anchors: [
      { name: 'acceptance', on: '2026-06-02', evidence: 'Signed copy sent to the agent' },
      { name: 'closing', on: '2026-07-02', evidence: '' },
    ],
    people: [{ id: v7(), name: 'Priya Raman', role: 'client', company: '', email: 'priya@x.example', phone: '' }],
    at: new Date(2026, 5, 3, 10).toISOString(),
    ...wish,
  });
  if (reply.outcome !== 'done') throw new Error(`not opened: ${JSON.stringify(reply)}`);
  return dealId;
}

export interface JoinAs {
  readonly url: string;
  readonly code: string;
  readonly name: string;
}

/** Signs a desktop in at a shared server, and waits until everything is there and here. */
export async function joinAs(desk: Desk, { url, code, name }: JoinAs): Promise<void> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@fennimore.example`;
  const wish = { url, code, name, email, deviceName: `${name}'s laptop`, workspaceName: 'Fennimore Realty' };
  const joined = await desk.call('sync:join', wish);
  if (joined.kind !== 'ok') throw new Error(joined.sentence);
  await desk.until(isCurrent);
}
