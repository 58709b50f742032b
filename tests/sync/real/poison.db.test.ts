import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PersonRow } from '../../../core/deals/model.ts';
import { DEFECT_TYPE } from '../../../core/sync/decide.ts';
import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import { createArgs } from '../person.ts';
import { openDesktop, type RealDesktop } from './desktop.ts';
import { openServer, type RealServer, RULES, type Seat } from './server.ts';
import { createTeam } from './team.ts';

/** One step that the server cannot carry out, before one that it can. */

const AT = '2026-06-02T16:12:00.000Z';
const NOOR: Seat = { memberId: 'm-noor', name: 'Noor Haddad', role: 'admin' };
const THEO: Seat = { memberId: 'm-theo', name: 'Theo Lindqvist', role: 'tc' };
/** The revision of a form that only the server has a defect in. */
const POISON = 'poison';

let folder: string;
let server: RealServer;
let noor: RealDesktop;
let theo: RealDesktop;
const before = globalThis.fetch;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-poison-'));
  const rules: typeof RULES = {
    ...RULES,
    packNames: (id, revision) => {
      if (revision === POISON) throw new Error('a defect of ours');
      return RULES.packNames(id, revision);
    },
  };
  server = await openServer({ folder, team: [NOOR, THEO], database: null, processes: 1, rules });
  const team = createTeam(server);
  const seatAt = async (seat: Seat) => {
    const signed = await team.signIn(seat.memberId, `${seat.memberId}-device`);
    return openDesktop({ ...signed, name: seat.memberId, seat, folder, time: () => 0 });
  };
  globalThis.fetch = async (input, init) => {
    const key = new Headers(init?.headers).get('authorization') ?? '';
    const told = await server.answer({ path: new URL(String(input)).pathname, key, body: String(init?.body) }, 0);
    if (told === null) throw new TypeError('fetch failed');
    return new Response(told.body, { status: told.status });
  };
  [noor, theo] = [await seatAt(NOOR), await seatAt(THEO)];
  open(noor, 'deal-1');
  await round(noor);
});
afterEach(async () => {
  globalThis.fetch = before;
  noor.close();
  theo.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(desktop: RealDesktop, dealId: string, wish: Record<string, unknown> = {}): string {
  const args = createArgs(AT);
  const people = (args.people as readonly { readonly id: string }[]).map((row) => ({
    ...row,
    id: `${dealId}-${row.id}`,
  }));
  const command = { id: desktop.newId(), dealId, name: 'createDeal', args: { ...args, people, ...wish }, at: AT };
  expect(desktop.act(command)).toMatchObject({ outcome: 'done' });
  return command.id;
}

function note(desktop: RealDesktop, body: string): void {
  const args = { noteId: desktop.newId(), body, at: AT };
  expect(desktop.act({ id: desktop.newId(), dealId: 'deal-1', name: 'addNote', args, at: AT }).outcome).toBe('done');
}

/** Milliseconds until everything went and came. */
async function round(desktop: RealDesktop, end: string = 'current'): Promise<number> {
  const from = performance.now();
  desktop.round();
  while (desktop.end() === null) await new Promise((resolve) => setImmediate(resolve));
  expect(desktop.end()).toMatchObject({ type: end });
  return performance.now() - from;
}

test('a step that the server’s rules throw at is told, and the next is there within a second', async () => {
  note(noor, 'before');
  const alone = await round(noor);
  const poison = open(noor, 'deal-2', { packRevision: POISON });
  note(noor, 'after');
  const behind = await round(noor);
  console.log(`a step alone ${alone.toFixed(0)} ms, behind a poisoned one ${behind.toFixed(0)} ms`);
  expect(behind - alone).toBeLessThan(1_000);
  const told = noor.db().raw.prepare('SELECT refusal_type AS type FROM attention WHERE command_id = ?').all(poison);
  expect(told).toEqual([{ type: DEFECT_TYPE }]);
  expect(noor.deal('deal-2')).toBeNull();
  await round(theo);
  expect(theo.deal('deal-1')?.notes.map(({ body }) => body)).toEqual(['before', 'after']);
});

test('a deal that no desktop can keep does not hold up the others, and nothing of it is shown', async () => {
  await round(theo);
  const { key, deviceId } = await createTeam(server).signIn('m-noor', 'm-noor-other');
  const storeId = noor.keeper().state().storeId ?? '';
  // The people of another deal, under their ids: no desktop of ours does so.
  const args = { ...createArgs(AT), people: noor.deal('deal-1')?.people.map(wordsOf) };
  const command = { deviceId, seq: 1, commandId: 'c-other', dealId: 'deal-2', name: 'createDeal', args, at: AT };
  const told = await server.ask(
    'sync/push',
    { protocol: PROTOCOL_VERSION, storeId, deviceId, commands: [command] },
    key,
  );
  expect(told.reply?.replies).toMatchObject([{ outcome: 'done' }]);
  open(noor, 'deal-3');
  note(noor, 'meanwhile');
  await round(noor, 'offline');
  await round(theo, 'offline');
  expect(theo.deal('deal-1')?.notes.map(({ body }) => body)).toEqual(['meanwhile']);
  expect(theo.deal('deal-3')).not.toBeNull();
  expect(theo.deal('deal-2')).toBeNull();
  expect(theo.lines.some((line) => line.includes('syncing with the portal'))).toBe(true);
});

function wordsOf({ id, name, role, company, email, phone }: PersonRow) {
  return { id, name, role, company, email, phone };
}
