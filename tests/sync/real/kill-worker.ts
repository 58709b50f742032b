import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Random } from '../random.ts';
import { type DeskProcess, Gone } from './processes.ts';

/** A step that a person did, and what they know of it. `unknown`: the desktop went away while it was under way. */
export interface Issued {
  readonly id: string;
  readonly name: string;
  state: 'acknowledged' | 'refused' | 'unchanged' | 'unknown';
}

/** A person at one desktop who never stops: each step as soon as the one before is answered. */
export interface Worker {
  /** Opens the first deal. */
  open(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  issued(): readonly Issued[];
}

interface Doing {
  readonly dealId: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** As many deals at most, and another one after so many steps: a long journal would only be slow. */
const MOST_DEALS = 400;
const A_DEAL_EACH = 120;

export function createWorker(desk: DeskProcess, { random, deals }: { random: Random; deals: string[] }): Worker {
  const issued: Issued[] = [];
  const notes: { readonly dealId: string; readonly noteId: string }[] = [];
  let isStopped = false;
  let running: Promise<void> | null = null;
  let last: { readonly dealId: string; readonly commandId: string } | null = null;

  async function send({ dealId, name, args }: Doing): Promise<void> {
    const one: Issued = { id: v7(), name, state: 'unknown' };
    issued.push(one);
    const reply = await desk.call('deals:command', { id: one.id, dealId, name, args: { ...args } });
    if (reply.outcome === 'refused') one.state = 'refused';
    else one.state = reply.changes === 0 ? 'unchanged' : 'acknowledged';
    if (one.state === 'acknowledged') last = { dealId, commandId: one.id };
  }

  async function openDeal(): Promise<void> {
    const { profile } = await desk.call('workspace:get', {});
    const dealId = v7();
    await send(opening(dealId, profile.memberId));
    deals.push(dealId);
  }

  async function step(): Promise<void> {
    if (issued.length % A_DEAL_EACH === A_DEAL_EACH - 1 && deals.length < MOST_DEALS) return openDeal();
    const dealId = random.pick(deals.slice(-3));
    const dice = random.next();
    const note = notes.length === 0 ? null : random.pick(notes.slice(-20));
    if (dice < 0.08 && last !== null)
      return send({ dealId: last.dealId, name: 'undo', args: { commandId: last.commandId } });
    if (dice < 0.22 && note !== null)
      return send({ dealId: note.dealId, name: 'editNote', args: { noteId: note.noteId, body: `Said ${v7()}` } });
    if (dice < 0.28 && note !== null)
      return send({ dealId: note.dealId, name: 'removeNote', args: { noteId: note.noteId } });
    if (dice < 0.45) return price(dealId);
    const noteId = v7();
    notes.push({ dealId, noteId });
    return send({ dealId, name: 'addNote', args: { noteId, body: `Said ${noteId}`, at: new Date().toISOString() } });
  }

  /** Both change it: one of the two is told. */
  async function price(dealId: string): Promise<void> {
    const view = await desk.call('deals:get', { dealId });
    if (view === null) return;
    const priceCents = 60_000_000 + random.int(1_000) * 100;
    return send({ dealId, name: 'setPrice', args: { priceCents, expected: view.priceCents } });
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      try {
        await step();
        await wait(4 + random.int(30));
      } catch (error) {
        // Killed with the step under way: it stays `unknown`.
        if (!(error instanceof Gone)) throw error;
        await desk.ready();
        await wait(20);
      }
    }
  }

  return {
    open: openDeal,
    start: () => {
      running = run();
      running.catch(() => {});
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
    issued: () => issued,
  };
}

function opening(dealId: string, ownerId: string): Doing {
  const people = [{ id: v7(), name: 'Priya Raman', role: 'client', company: '', email: 'priya@x.example', phone: '' }];
  return {
    dealId,
    name: 'createDeal',
    args: {
      ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816' },
      ...{ side: 'buyer', scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22', ownerId, people },
      ...{ priceCents: 64_200_000, facts: { yearBuilt: 1962, financing: 'conventional' } },
      anchors: [
        { name: 'acceptance', on: '2026-06-02', evidence: 'Signed copy sent to the agent' },
        { name: 'closing', on: '2026-07-02', evidence: '' },
      ],
      at: new Date(2026, 5, 3, 10).toISOString(),
    },
  };
}
