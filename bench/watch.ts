import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePath, root } from '../scripts/lib/base.mjs';
import { type BenchOptions, type BenchRow, median } from './row.ts';

const ROUNDS = 5;

/**
 * A watched folder of 20,000 files, in few folders and in many, from its start to ready, and the memory it adds to a
 * process of its own: at an ordinary start, where all is known, and at the first, where all is new.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const files = smoke ? 200 : 20_000;
  const rows: BenchRow[] = [];
  for (const perFolder of [50, 5]) {
    const tree = makeTree(files, perFolder);
    try {
      for (const seen of [[tree.seen], []]) {
        const rounds = Array.from({ length: smoke ? 1 : ROUNDS }, () => measure([tree.folder, ...seen]));
        const name = `${files} ${seen.length === 0 ? 'new' : 'seen'} files, ${perFolder} in a folder`;
        rows.push(
          {
            name: `${name}: ready`,
            value: median(rounds.map(({ ms }) => ms)),
            unit: 'ms',
            limit: 2000,
          },
          { name: `${name}: memory added`, value: median(rounds.map(({ mb }) => mb)), unit: 'MB', limit: 200 },
        );
      }
    } finally {
      rmSync(tree.base, { recursive: true, force: true });
    }
  }
  return rows;
}

/** The folder, and beside it a file with what was seen of it. */
function makeTree(files: number, perFolder: number) {
  const base = mkdtempSync(join(tmpdir(), 'closeboard-watch-bench-'));
  const folder = join(base, 'watched');
  const seen = join(base, 'seen.jsonl');
  const lines: string[] = [];
  for (let n = 0; n < files; n += perFolder) {
    const relFolder = `agent ${(n / perFolder) % 20}/deal ${n}`;
    mkdirSync(join(folder, relFolder), { recursive: true });
    for (let m = n; m < n + perFolder; m += 1) {
      const relPath = `${relFolder}/Purchase agreement ${m}.pdf`;
      writeFileSync(join(folder, relPath), '%PDF-1.7\n%%EOF');
      const { dev, ino, size: bytes, mtimeMs } = lstatSync(join(folder, relPath));
      lines.push(
        JSON.stringify({ folderId: 'f', relPath, dev, ino, bytes, mtimeMs, sha256: '0'.repeat(64), state: 'taken' }),
      );
    }
  }
  writeFileSync(seen, lines.join('\n'));
  return { base, folder, seen };
}

function measure(args: readonly string[]): { readonly ms: number; readonly mb: number } {
  const child = join(root, 'bench', 'lib', 'watch-child.ts');
  const said = execFileSync(nodePath(), ['--expose-gc', child, ...args], { encoding: 'utf8', timeout: 180_000 });
  return JSON.parse(said) as { ms: number; mb: number };
}
