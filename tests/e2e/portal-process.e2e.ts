import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../../electron/contract/calls.ts';
import type { SyncState } from '../../electron/contract/sync.ts';
import { command, makeDeal } from './lib/deals.ts';
import { type Desk, Skipped } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { places } from './lib/places.ts';
import { isRunning, type Listed } from './lib/processes.ts';

/** A busy computer starts three processes more than once. */
const LIMIT_MS = 180_000;

export const journeys: readonly Journey[] = [
  {
    name: 'the portal of this computer comes up behind the board, outlives its backend, comes back when it is killed, and ends with the window',
    limitMs: LIMIT_MS,
    async run(desk) {
      await desk.open();
      await isCurrent(desk, 'after the start');
      const first = await portalOf(desk);
      await answers(desk);
      const dealId = await makeDeal(desk);
      await isCurrent(desk, 'after a new deal');

      const told = desk.page.getByText(/start(s|ing) again/i).first();
      await Promise.all([told.waitFor(), desk.killBackend()]);
      await isCurrent(desk, 'after the backend was started again');
      expect(await portalOf(desk), first, 'the portal after a restart of the backend');

      const port = portOf(desk);
      const killed = await desk.killPortal();
      await addNote(desk, dealId, 'Written while no portal ran.');
      await until(
        () => desk.portalPid(),
        (pid) => pid !== null && pid !== killed,
        'another portal process',
      );
      await isCurrent(desk, 'after the portal was started again');
      expect(portOf(desk), port, 'the port of the portal that came back');
      await answers(desk);

      const all = desk.processes();
      await desk.close();
      await haveEnded(all);
    },
  },
  {
    name: 'a host that is killed leaves neither backend nor portal behind, and the next start has the portal again',
    limitMs: LIMIT_MS,
    async run(desk) {
      await desk.open();
      await isCurrent(desk, 'after the start');
      const dealId = await makeDeal(desk);
      const port = portOf(desk);
      await haveEnded(await desk.killHost());
      await desk.open();
      await isCurrent(desk, 'after the next start');
      expect((await desk.call('deals:get', { dealId }))?.id, dealId, 'the deal');
      expect(portOf(desk), port, 'the port of the portal');
    },
  },
  {
    name: 'the portal that was built runs by itself from the command line, and ends when told',
    runsOnce: true,
    async run(desk) {
      if (process.platform === 'win32') throw new Skipped('Windows ends a process without telling it');
      const args = ['portal', '--data', desk.data, '--listen', '127.0.0.1:0'];
      const child = spawn(places.node, [join(places.out, 'main', 'cli.js'), ...args], { stdio: 'pipe' });
      const ended = once(child, 'exit');
      try {
        let said = '';
        child.stderr.on('data', (chunk) => (said += chunk));
        const listens = async () => /listens at (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1] ?? null;
        const url = await until(listens, (found) => found !== null, 'the address of the portal', 60_000);
        expect((await fetch(`${url}/ready`)).status, 200, 'whether its records are open');
        child.kill('SIGTERM');
        expect((await ended)[0], 0, 'the code it ended with');
      } finally {
        child.kill('SIGKILL');
      }
    },
  },
];

/** Everything is at the portal and here. */
async function isCurrent(desk: Desk, when: string): Promise<void> {
  // While the backend starts again there is no answer.
  const ask = async () => (await desk.callRaw('sync:state', {})) as Reply<SyncState>;
  const isThere = (reply: Reply<SyncState>) =>
    reply.ok && reply.value.status === 'current' && reply.value.waiting === 0;
  await until(ask, isThere, `sync ${when}`, 60_000);
}

async function portalOf(desk: Desk): Promise<number> {
  const pid = await desk.portalPid();
  if (pid === null) throw new Error('no portal runs');
  return pid;
}

function portOf(desk: Desk): number {
  return Number(readFileSync(join(desk.data, 'portal', 'port'), 'utf8'));
}

/** The portal's process itself says that it is well. */
async function answers(desk: Desk): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${portOf(desk)}/health`);
  expect(reply.status, 200, 'the health of the portal');
  await reply.body?.cancel();
}

async function addNote(desk: Desk, dealId: string, body: string): Promise<void> {
  await command(desk, dealId, 'addNote', { noteId: crypto.randomUUID(), body, at: new Date().toISOString() });
}

async function haveEnded(all: readonly Listed[]): Promise<void> {
  const left = async () => all.filter(({ pid }) => isRunning(pid)).map(({ command: words }) => words);
  await until(left, (commands) => commands.length === 0, 'processes after the end');
}
