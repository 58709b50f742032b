import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { HostEvent } from '../../contract/events.ts';
import { createLog } from '../../contract/log.ts';
import type { CommandReply } from '../../contract/values.ts';
import { createBackend } from '../index.ts';
import type { Backend } from '../types.ts';

export const NOW = new Date(2026, 5, 3, 10, 0, 0);

/** The whole backend on a real file, called as a window calls it; every answer is held against its schema. */
export interface TestBackend {
  readonly backend: Backend;
  readonly folder: string;
  readonly events: HostEvent[];
  /** The value of an answer; a call that fails throws. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  send(dealId: string, name: string, args: Record<string, unknown>, id?: string): Promise<CommandReply>;
}

/** Starts backends for the tests of one file, on a folder that is there or on a new one; they go after each test. */
export function backendsForTests(now: Date = NOW): (folder?: string) => TestBackend {
  const folders: string[] = [];
  const backends: Backend[] = [];
  afterEach(async () => {
    for (const backend of backends.splice(0)) await backend.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return (known) => {
    const folder = known ?? mkdtempSync(join(tmpdir(), 'closeboard-'));
    if (known === undefined) folders.push(folder);
    const desk = startOn(folder, now);
    backends.push(desk.backend);
    return desk;
  };
}

function startOn(folder: string, now: Date): TestBackend {
  const events: HostEvent[] = [];
  const lines: string[] = [];
  const log = createLog({ append: (text) => void lines.push(text) }, () => now.toISOString());
  const emit = (event: HostEvent) => void events.push(event);
  const backend = createBackend({ folder, log, now: () => now, emit, isChecked: true });
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${reply.error.type}: ${reply.error.message} ${lines.at(-1) ?? ''}`);
    return reply.value as CallOutput<N>;
  };
  const send: TestBackend['send'] = (dealId, name, args, id = v7()) =>
    call('deals:command', { id, dealId, name, args });
  return { backend, folder, events, call, send };
}

/** A purchase in California, opened on June 3 with its dates; `changes` are laid over what opens it. */
export async function newDeal({ call, send }: Pick<TestBackend, 'call' | 'send'>, changes: object = {}) {
  const { profile } = await call('workspace:get', {});
  const dealId = v7();
  const reply = await send(dealId, 'createDeal', {
    ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816' },
    ...{ side: 'buyer', scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22', ownerId: profile.memberId },
    priceCents: 64_200_000,
    facts: { yearBuilt: 1962, financing: 'conventional' },
    anchors: [
      { name: 'acceptance', on: '2026-06-02', evidence: 'Signed copy sent to the agent' },
      { name: 'closing', on: '2026-07-02', evidence: '' },
    ],
    people: [{ id: v7(), name: 'Priya Raman', role: 'client', company: '', email: 'priya@x.example', phone: '' }],
    at: NOW.toISOString(),
    ...changes,
  });
  return { dealId, reply };
}

/** The end of the job of this title. Others run beside it: papers follow sample deals, the search is filled after the board. */
export async function ended(events: readonly HostEvent[], title: string): Promise<HostEvent> {
  for (;;) {
    const last = events.findLast((event) => event.type === 'job:progress' && event.title === title);
    if (last?.type === 'job:progress' && last.state !== 'running') return last;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
