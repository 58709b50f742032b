import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { summarise } from '../../core/deals/summarise.ts';
import { mustOpen } from '../../db/testing.ts';
import { dealDates } from '../../electron/backend/services/deal-dates.ts';
import { createResources } from '../../electron/backend/services/resources.ts';
import { openSqliteStore } from '../../portal/server/store/sqlite.ts';
import { must, SILENT } from '../../portal/server/store/testing.ts';
import { type Random, randomOf } from './random.ts';
import { createWorker, type Issued, type Worker } from './real/kill-worker.ts';
import { type DeskProcess, type Killable, startDeskProcess, startPortalProcess } from './real/processes.ts';
import { readServer, type ServerDump } from './real/read-server.ts';
import { derived, levelUnit, replay } from './real/records-laws.ts';

export interface KillSyncReport {
  readonly kills: number;
  readonly issued: number;
  readonly acknowledged: number;
  /** Nobody knows what became of them when they were under way; they may be there once, or not at all. */
  readonly unknown: number;
  readonly accepted: number;
  /** In "Needs attention". */
  readonly told: number;
  readonly lost: number;
  readonly doubled: number;
  readonly faults: readonly string[];
  /** From the last kill until everything was there and everywhere, in milliseconds. */
  readonly drainMs: number;
}

const PATIENCE_MS = 300_000;

/**
 * Two desktops' backend processes and a stand-alone portal, with people who never stop; SIGKILL at random moments to one
 * or several of them, and on. In the end everything that was acknowledged is at the server once and on both desktops,
 * or its person was told. `commands`: as many at least are issued.
 */
export async function killSync({
  kills,
  commands,
  seed,
}: {
  readonly kills: number;
  readonly commands: number;
  readonly seed: number;
}): Promise<KillSyncReport> {
  const root = mkdtempSync(join(tmpdir(), 'closeboard-kill-sync-'));
  const random = randomOf(seed);
  const folders = { noor: join(root, 'noor'), theo: join(root, 'theo'), portal: join(root, 'portal') };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  const portal = startPortalProcess(folders.portal, await freePort());
  const noor = startDeskProcess('noor', folders.noor);
  const theo = startDeskProcess('theo', folders.theo);
  const all: readonly Killable[] = [noor, theo, portal];
  try {
    await allReady(all);
    await joinBoth(noor, theo, { url: portal.url, code: portal.setupCode });
    const deals: string[] = [];
    const workers = [noor, theo].map((desk) => createWorker(desk, { random, deals }));
    await workers[0]?.open();
    for (const worker of workers) worker.start();
    const done = await killAll({ all, desks: [noor, theo], random, kills });
    while (countOf(workers) < commands) await wait(50);
    for (const worker of workers) await worker.stop();
    const from = performance.now();
    await drained([noor, theo]);
    const drainMs = performance.now() - from;
    const ends = await Promise.all(all.map(async (each) => [each.name, await each.end()] as const));
    const unclean = ends.filter(([, isWell]) => !isWell).map(([name]) => `${name} did not end well`);
    const report = await judge(
      folders,
      workers.flatMap((worker) => worker.issued()),
    );
    return { ...report, kills: done, drainMs, faults: [...unclean, ...report.faults] };
  } finally {
    for (const each of all) await each.endHard();
    rmSync(root, { recursive: true, force: true });
  }
}

function countOf(workers: readonly Worker[]): number {
  return workers.reduce((sum, worker) => sum + worker.issued().length, 0);
}

async function joinBoth(
  noor: DeskProcess,
  theo: DeskProcess,
  { url, code }: { readonly url: string; readonly code: () => string },
): Promise<void> {
  const wish = (name: string) => {
    const email = `${name.split(' ')[0]?.toLowerCase()}@fennimore.example`;
    return { url, name, email, deviceName: `${name}'s laptop`, workspaceName: 'Fennimore Realty' };
  };
  const joined = await noor.call('sync:join', { ...wish('Noor Haddad'), code: code() });
  if (joined.kind !== 'ok') throw new Error(joined.sentence);
  const invited = await noor.call('team:invite', {
    ...{ name: 'Theo Lindqvist', email: 'theo@fennimore.example', role: 'tc' as const },
  });
  if (invited.kind !== 'ok') throw new Error(invited.sentence);
  const too = await theo.call('sync:join', { ...wish('Theo Lindqvist'), code: invited.value.code });
  if (too.kind !== 'ok') throw new Error(too.sentence);
}

interface Killing {
  readonly all: readonly Killable[];
  readonly desks: readonly DeskProcess[];
  readonly random: Random;
  readonly kills: number;
}

/** Each SIGKILL counts, also when several fall at once. */
async function killAll({ all, desks, random, kills }: Killing): Promise<number> {
  const [noor, theo, portal] = all as readonly [Killable, Killable, Killable];
  const victims = [[noor], [theo], [portal], [portal], [noor, portal], [theo, portal], [noor, theo], [...all]];
  let done = 0;
  while (done < kills) {
    // Now and then while somebody is still starting.
    if (random.chance(0.85)) await allReady(all);
    for (const desk of desks) await tryNow(desk);
    await wait(random.int(random.chance(0.2) ? 3_000 : 600));
    const struck = random.pick(victims).slice(0, kills - done);
    await Promise.all(struck.map((each) => each.killAndStart()));
    done += struck.length;
  }
  await allReady(all);
  return done;
}

async function allReady(all: readonly Killable[]): Promise<void> {
  for (const each of all) await each.ready();
}

/** A desktop that is being killed does not hear it. */
async function tryNow(desk: DeskProcess): Promise<void> {
  desk.call('sync:try-now', {}).catch(() => {});
}

/** Until everything is sent and everything is here, on both. */
async function drained(desks: readonly DeskProcess[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let turn = 0; turn < 2; turn += 1) {
    for (const desk of desks) {
      await tryNow(desk);
      for (;;) {
        const state = await desk.call('sync:state', {});
        if (state.status === 'current' && state.waiting === 0 && state.toFetch === 0) break;
        if (performance.now() > until) throw new Error(`${desk.name} is never done: ${JSON.stringify(state)}`);
        if (state.status === 'offline') await tryNow(desk);
        await wait(100);
      }
    }
  }
}

type Folders = Readonly<Record<'noor' | 'theo' | 'portal', string>>;

async function judge(folders: Folders, issued: readonly Issued[]) {
  const now = () => new Date().toISOString();
  const store = must(await openSqliteStore({ file: join(folders.portal, 'portal.db'), now, log: SILENT }));
  const dump = await readServer(store);
  await store.close();
  const found: string[] = dump.broken.map((each) => `audit: ${each}`);
  replay(dump, found);
  const resources = createResources();
  const byRule = (deal: Parameters<typeof dealDates>[0]) => summarise(deal, dealDates(deal, resources).dueOf);
  const told = new Set<string>();
  const held: ReadonlySet<string>[] = [];
  for (const name of ['noor', 'theo'] as const) {
    const db = mustOpen(folders[name], now);
    derived({ name, db }, byRule, found);
    for (const [unitId, unit] of dump.units) levelUnit({ name, db }, unitId, unit, found);
    const ids = (table: string) =>
      (db.raw.prepare(`SELECT command_id AS id FROM ${table}`).all() as { id: string }[]).map(({ id }) => id);
    for (const id of ids('attention')) told.add(id);
    held.push(new Set(ids('command_log')));
    const waiting = ids('outbox');
    if (waiting.length > 0) found.push(`drained: ${name} still has ${waiting.length}`);
    db.close();
  }
  return { ...countsOf(dump, issued, { told, held }), faults: found };
}

/** At the server once and on both desktops, or its person was told. */
function countsOf(
  { log }: ServerDump,
  issued: readonly Issued[],
  { told, held }: { readonly told: ReadonlySet<string>; readonly held: readonly ReadonlySet<string>[] },
) {
  const accepted = log.filter((row) => row.outcome === 'accepted' && row.unitVersion !== null);
  const byId = new Map<string, number>();
  for (const { commandId } of accepted) byId.set(commandId, (byId.get(commandId) ?? 0) + 1);
  // Accepted without an effect: it was so already.
  const noted = new Set(log.filter(({ outcome }) => outcome === 'accepted').map(({ commandId }) => commandId));
  const acknowledged = issued.filter(({ state }) => state === 'acknowledged');
  const isThere = ({ id }: Issued) => {
    if (told.has(id)) return true;
    if (byId.has(id)) return held.every((ids) => ids.has(id));
    return noted.has(id);
  };
  return {
    issued: issued.length,
    acknowledged: acknowledged.length,
    unknown: issued.filter(({ state }) => state === 'unknown').length,
    accepted: accepted.length,
    told: acknowledged.filter(({ id }) => told.has(id)).length,
    lost: acknowledged.filter((each) => !isThere(each)).length,
    doubled: [...byId.values()].filter((times) => times > 1).length,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

if (import.meta.main) {
  const [, , commands = '1000', kills = '300', seed = String(Date.now() % 1_000_000)] = process.argv;
  const began = performance.now();
  const report = await killSync({ kills: Number(kills), commands: Number(commands), seed: Number(seed) });
  for (const fault of report.faults.slice(0, 20)) console.error(fault);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    JSON.stringify({ ...report, faults: report.faults.length, drainMs: Math.round(report.drainMs), seconds, seed }),
  );
  if (report.lost > 0 || report.doubled > 0 || report.faults.length > 0) process.exitCode = 1;
}
