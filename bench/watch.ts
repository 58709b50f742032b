import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustOpen } from '../db/testing.ts';
import { createSeenStore } from '../electron/backend/papers/seen-store.ts';
import type { SeenEntry } from '../electron/backend/watch/types.ts';
import { nodePath, root } from '../scripts/lib/base.mjs';
import { type BenchOptions, type BenchRow, median, NONE, timeOf } from './row.ts';

const ROUNDS = 5;

interface Tree {
  readonly base: string;
  readonly folder: string;
  /** Records that know all of it, and records that know nothing. */
  readonly seen: string;
  readonly empty: string;
}

interface Round {
  readonly ms: number;
  readonly mb: number;
  /** Milliseconds to list the same folders and look at the same files, one after the other, and keep nothing. */
  readonly bare: number;
}

/**
 * A watched folder of 20,000 files, in few folders and in many, from its start to ready, and the memory it adds to a
 * process of its own: at an ordinary start, where all is known, and at the first, where all is new. What was seen is in
 * real records.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const files = smoke ? 200 : 20_000;
  const rows: BenchRow[] = [];
  for (const perFolder of [50, 5]) {
    const tree = makeTree(files, perFolder);
    try {
      for (const records of [tree.seen, tree.empty]) {
        const rounds = Array.from({ length: smoke ? 1 : ROUNDS }, () => measure(tree, records));
        const name = `${files} ${records === tree.seen ? 'seen' : 'new'} files, ${perFolder} in a folder`;
        const middle = (of: (round: Round) => number) => median(rounds.map(of));
        rows.push(
          { name: `${name}: ready`, value: middle(({ ms }) => ms), unit: 'ms', limit: 2000 },
          { name: `${name}: over bare`, value: middle(({ ms, bare }) => ms / bare), unit: 'x', limit: NONE },
          { name: `${name}: memory added`, value: middle(({ mb }) => mb), unit: 'MB', limit: 200 },
        );
      }
    } finally {
      rmSync(tree.base, { recursive: true, force: true });
    }
  }
  return rows;
}

function makeTree(files: number, perFolder: number): Tree {
  const base = mkdtempSync(join(tmpdir(), 'closeboard-watch-bench-'));
  const folder = join(base, 'watched');
  const seen: SeenEntry[] = [];
  for (let n = 0; n < files; n += perFolder) {
    const relFolder = `agent ${(n / perFolder) % 20}/deal ${n}`;
    mkdirSync(join(folder, relFolder), { recursive: true });
    for (let m = n; m < n + perFolder; m += 1) {
      const relPath = `${relFolder}/Purchase agreement ${m}.pdf`;
      writeFileSync(join(folder, relPath), '%PDF-1.7\n%%EOF');
      const { dev, ino, size: bytes, mtimeMs } = lstatSync(join(folder, relPath));
      seen.push({ folderId: 'f', relPath, dev, ino, bytes, mtimeMs, sha256: '0'.repeat(64), state: 'taken' });
    }
  }
  return { base, folder, seen: recordsOf(join(base, 'seen'), seen), empty: recordsOf(join(base, 'empty'), []) };
}

function recordsOf(folder: string, entries: readonly SeenEntry[]): string {
  mkdirSync(folder);
  const db = mustOpen(folder);
  createSeenStore(db).put(entries);
  db.close();
  return folder;
}

function measure({ base, folder }: Tree, records: string): Round {
  const copy = join(base, 'records');
  cpSync(records, copy, { recursive: true });
  const child = join(root, 'bench', 'lib', 'watch-child.ts');
  const args = ['--expose-gc', child, folder, copy];
  const bare = timeOf(() => lookBarely(folder));
  const said = execFileSync(nodePath(), args, { encoding: 'utf8', timeout: 180_000 });
  rmSync(copy, { recursive: true });
  return { ...(JSON.parse(said) as { ms: number; mb: number }), bare };
}

function lookBarely(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) lookBarely(path);
    else lstatSync(path);
  }
}
