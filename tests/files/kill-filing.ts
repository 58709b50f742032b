import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { randomOf } from '../../db/testing.ts';

export interface FilingReport {
  readonly files: number;
  readonly kills: number;
  /** Files that are filed exactly once, with their content in the vault. */
  readonly once: number;
  readonly faults: readonly string[];
}

const CHILD = fileURLToPath(new URL('./filing-child.ts', import.meta.url));

/**
 * Puts files into a watched folder while a process files them, kills it with SIGKILL at random moments, and lets the
 * last one finish. Then every file is on its document exactly once, its content is in the vault, the inbox holds
 * nothing twice, and no half-written file is left.
 */
export async function killFiling(asked: {
  readonly files: number;
  readonly kills: number;
  readonly seed: number;
}): Promise<FilingReport> {
  const base = mkdtempSync(join(tmpdir(), 'closeboard-filing-'));
  const data = join(base, 'data');
  const watched = join(base, 'scans');
  mkdirSync(watched);
  const random = randomOf(asked.seed);
  try {
    const files = new Map<string, string>();
    let killed = 0;
    for (let round = 0; round <= asked.kills; round += 1) {
      const child = start(data, watched, asked.files);
      await ready(data, child.ended);
      const until = Math.round(((round + 1) * asked.files) / (asked.kills + 1));
      for (let n = files.size; n < until; n += 1) files.set(...putFile(watched, n));
      if (round === asked.kills) {
        await child.ended;
        break;
      }
      await wait(1_500 + random() * 2_500);
      child.kill();
      await child.ended;
      killed += 1;
    }
    return { files: files.size, kills: killed, ...judge(data, files) };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function putFile(folder: string, n: number): [string, string] {
  const text = `File number ${n}\n${'x'.repeat((n * 37) % 4_000)}\n`;
  writeFileSync(join(folder, `paper ${n}.txt`), text);
  return [createHash('sha256').update(text).digest('hex'), `paper ${n}.txt`];
}

interface Child {
  readonly ended: Promise<void>;
  kill(): void;
}

function start(data: string, watched: string, files: number): Child {
  rmSync(`${data}.ready`, { force: true });
  const child = spawn(process.execPath, [CHILD, data, watched, String(files)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { ended, kill: () => void child.kill('SIGKILL') };
}

async function ready(data: string, ended: Promise<void>): Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!existsSync(`${data}.ready`)) {
    if (isOver) throw new Error('the filing process ended before it began');
    await wait(20);
  }
}

function judge(data: string, files: ReadonlyMap<string, string>): Pick<FilingReport, 'once' | 'faults'> {
  const faults: string[] = [];
  const db = new Database(join(data, 'closeboard.db'), { readonly: true });
  const count = (sql: string, sha256: string) => (db.prepare(sql).get(sha256) as { n: number }).n;
  let once = 0;
  for (const [sha256, name] of files) {
    const versions = count('SELECT count(*) AS n FROM version WHERE sha256 = ?', sha256);
    const filed = count("SELECT count(*) AS n FROM arrival WHERE sha256 = ? AND state = 'filed'", sha256);
    const all = count('SELECT count(*) AS n FROM arrival WHERE sha256 = ?', sha256);
    const isKept = hashOf(join(data, 'vault', sha256.slice(0, 2), sha256.slice(2, 4), sha256)) === sha256;
    if (versions === 1 && filed === 1 && all === 1 && isKept) once += 1;
    else faults.push(`${name}: ${versions} versions, ${filed} of ${all} arrivals filed, kept ${isKept}`);
  }
  const check = db.pragma('integrity_check', { simple: true });
  if (check !== 'ok') faults.push(`records: ${String(check)}`);
  db.close();
  const left = readdirSync(join(data, 'vault'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !files.has(entry.name))
    .map((entry) => entry.name);
  if (left.length > 0) faults.push(`left in the vault: ${left.join(', ')}`);
  return { once, faults };
}

function hashOf(path: string): string {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
}

if (import.meta.main) {
  const [files = '500', kills = '10', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
  const report = await killFiling({ files: Number(files), kills: Number(kills), seed: Number(seed) });
  console.log(`${report.files} files, ${report.kills} kills (seed ${seed}): ${report.once} in exactly one place`);
  for (const fault of report.faults.slice(0, 20)) console.log(fault);
  if (report.once !== report.files || report.faults.length > 0) process.exitCode = 1;
}
