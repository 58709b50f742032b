import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
      for (const before of ['seen', 'new']) {
        const rounds = Array.from({ length: smoke ? 1 : ROUNDS }, () => measure(tree, before));
        const name = `${files} ${before} files, ${perFolder} in a folder`;
        rows.push(
          { name: `${name}: ready`, value: median(rounds.map(({ ms }) => ms)), unit: 'ms', limit: 2000 },
          { name: `${name}: memory added`, value: median(rounds.map(({ mb }) => mb)), unit: 'MB', limit: 200 },
        );
      }
    } finally {
      rmSync(tree, { recursive: true, force: true });
    }
  }
  return rows;
}

function makeTree(files: number, perFolder: number): string {
  const tree = mkdtempSync(join(tmpdir(), 'closeboard-watch-bench-'));
  for (let n = 0; n < files; n += perFolder) {
    const folder = join(tree, `agent ${(n / perFolder) % 20}`, `deal ${n}`);
    mkdirSync(folder, { recursive: true });
    for (let m = n; m < n + perFolder; m += 1)
      writeFileSync(join(folder, `Purchase agreement ${m}.pdf`), '%PDF-1.7\n%%EOF');
  }
  return tree;
}

function measure(tree: string, before: string): { readonly ms: number; readonly mb: number } {
  const child = join(root, 'bench', 'lib', 'watch-child.ts');
  const said = execFileSync(nodePath(), ['--expose-gc', child, tree, before], { encoding: 'utf8', timeout: 60_000 });
  return JSON.parse(said) as { ms: number; mb: number };
}
