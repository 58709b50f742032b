import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { applyToDeal } from '../../core/commands/apply.ts';
import type { Deal } from '../../core/deals/model.ts';
import { type Db, inRead, type Read } from '../../db/handles.ts';
import { readDeal } from '../../db/read/deal.ts';
import { activityOf, journalEntry } from '../../db/read/journal.ts';
import { readSummary } from '../../db/read/summary.ts';
import { makeDeal, mustOpen, randomOf, summarise, tempFolder } from '../../db/testing.ts';
import { ACKS_FILE, type Ack, DEALS, digestOf } from './kill-ack.ts';

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged commands that were not there, or not whole, after a kill. */
  readonly lost: number;
  /** What else was wrong: damage, torn deals, stale summaries. */
  readonly faults: readonly string[];
}

/**
 * Kills a writing process with SIGKILL at random moments and looks at the records after each time: SQLite's own check,
 * every acknowledged command whole, and every deal and summary equal to what its journal adds up to. A kill does not
 * show what a power cut does: the system still writes what it holds.
 */
export async function killTest({
  kills,
  seed,
}: {
  readonly kills: number;
  readonly seed: number;
}): Promise<KillReport> {
  const temp = tempFolder();
  const folder = join(temp.folder, 'records');
  mkdirSync(folder);
  const random = randomOf(seed);
  const faults: string[] = [];
  let lost = 0;
  let seen = 0;
  try {
    for (let round = 0; round < kills; round += 1) {
      await runAndKill(folder, seed + round, random);
      const acks = readAcks(temp.folder);
      const db = mustOpen(folder);
      lost += lostOf(db, acks.slice(seen));
      faults.push(...faultsOf(db, acks).map((fault) => `after kill ${round + 1}: ${fault}`));
      seen = acks.length;
      db.close();
    }
    const db = mustOpen(folder);
    const acks = readAcks(temp.folder);
    lost += lostOf(db, acks);
    db.close();
    return { kills, acknowledged: acks.length, lost, faults };
  } finally {
    temp.remove();
  }
}

async function runAndKill(folder: string, round: number, random: () => number): Promise<void> {
  const file = fileURLToPath(new URL('./kill-child.ts', import.meta.url));
  const child = spawn(process.execPath, [file, folder, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += String(bytes);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('close', () => reject(new Error(`the writer ended by itself: ${said}`)));
  });
  await wait(random() * 150);
  child.kill('SIGKILL');
  await ended;
  if (child.signalCode !== 'SIGKILL' && process.platform !== 'win32') throw new Error(`the writer ended: ${said}`);
}

function lostOf(db: Db, acks: readonly Ack[]): number {
  return inRead(db, (read) => acks.filter((ack) => !isWhole(read, ack)).length);
}

function isWhole(read: Read, ack: Ack): boolean {
  const entry = journalEntry(read, ack.id);
  return entry !== null && entry.changes.length === ack.changes && digestOf(entry.changes) === ack.digest;
}

function faultsOf(db: Db, acks: readonly Ack[]): readonly string[] {
  const found: string[] = [];
  const said = db.raw.pragma('integrity_check', { simple: true });
  if (said !== 'ok') found.push(`integrity: ${said}`);
  if ((db.raw.pragma('foreign_key_check') as unknown[]).length > 0) found.push('links broken');
  const held = (db.raw.prepare('SELECT count(*) AS n FROM command_log').get() as { n: number }).n;
  // One command for each kill may be on the disk without having been acknowledged; never fewer than were.
  if (held < acks.length) found.push(`${held} commands for ${acks.length} acknowledged`);
  for (let n = 0; n < DEALS; n += 1) {
    const dealId = makeDeal(n).row.id;
    const fault = inRead(db, (read) => dealFault(read, dealId));
    if (fault) found.push(`${dealId}: ${fault}`);
  }
  return found;
}

/** What the journal adds up to, from nothing, must be the deal. */
function dealFault(read: Read, dealId: string): string | null {
  let deal: Deal | null = null;
  for (const { commandId } of activityOf(read, { dealId, before: null, limit: 1_000_000 }).toReversed()) {
    deal = applyToDeal(deal, journalEntry(read, commandId)?.changes ?? []);
  }
  const stored = readDeal(read, dealId);
  if (!isDeepStrictEqual(inOrder(stored), inOrder(deal))) return 'torn: its rows are not what its journal adds up to';
  const summary = readSummary(read, dealId);
  const expected = stored === null ? null : summarise(stored);
  return isDeepStrictEqual({ ...summary }, { ...expected }) ? null : 'its summary is not of its rows';
}

/** The journal has no order of its own for notes. */
function inOrder(deal: Deal | null): unknown {
  if (deal === null) return null;
  const byId = <R extends { readonly id: string }>(rows: readonly R[]) =>
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { ...deal, notes: byId(deal.notes), anchors: byId(deal.anchors), milestones: byId(deal.milestones) };
}

function readAcks(folder: string): readonly Ack[] {
  const file = join(folder, ACKS_FILE);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // The last piece is empty, or a line that the kill cut: not acknowledged.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Ack);
}

if (import.meta.main) {
  const kills = Number(process.argv[2] ?? process.env.CLOSEBOARD_KILLS ?? 200);
  const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
  const report = await killTest({ kills, seed });
  for (const fault of report.faults) console.error(fault);
  console.log(
    `kill test: ${report.kills} kills, ${report.acknowledged} acknowledged, ${report.lost} lost (seed ${seed})`,
  );
  if (report.lost > 0 || report.faults.length > 0) process.exitCode = 1;
}
