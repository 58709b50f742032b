import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergePdfs } from '../electron/backend/pdf/edit/merge.ts';
import { scan } from './lib/scan.ts';
import { type BenchOptions, type BenchRow, median, NONE } from './row.ts';

const FULL = { files: 40, pages: 10, pixels: 354 };
const SMOKE = { files: 3, pages: 2, pixels: 20 };
const MADE_AT = '2026-06-02T16:12:00.000Z';

/** 40 files, 400 pages, 150 MB of scans put into one, beside qpdf on the same files, in turns. Without qpdf: no ratio. */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-merge-'));
  try {
    const size = smoke ? SMOKE : FULL;
    const inputs = Array.from({ length: size.files }, (_, at) => scan(join(folder, `in-${at}.pdf`), at, size));
    const output = join(folder, 'out.pdf');
    const hasQpdf = spawnSync('qpdf', ['--version']).status === 0;
    if (!hasQpdf) console.log('bench: qpdf is not installed, so the merge is measured without the ratio');
    const mine: number[] = [];
    const ratios: number[] = [];
    for (let round = smoke ? 0 : -1; round < (smoke ? 1 : 5); round += 1) {
      const ours = await timeOurs(inputs, output);
      const bare = hasQpdf ? timeQpdf(inputs, join(folder, 'qpdf.pdf')) : NONE;
      if (round < 0) continue;
      mine.push(ours);
      ratios.push(ours / bare);
    }
    checkOutput(output, size.files * size.pages, hasQpdf);
    return [
      {
        name: `merge ${size.files} files, ${size.files * size.pages} pages`,
        value: median(mine),
        unit: 'ms',
        limit: 2000,
      },
      ...(hasQpdf ? [{ name: 'merge beside qpdf', value: median(ratios), unit: 'x', limit: 3 }] : []),
      { name: 'most memory of a process that merges', value: peakOf(inputs, output), unit: 'MB', limit: NONE },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOurs(inputs: readonly string[], output: string): Promise<number> {
  const from = performance.now();
  const merged = await mergePdfs({ ...argsFor(inputs), output });
  if (!merged.ok) throw new Error(merged.error.sentence);
  return performance.now() - from;
}

function argsFor(inputs: readonly string[]) {
  return { inputs: inputs.map((path, at) => ({ path, name: `File ${at}` })), title: 'Merged', madeAt: MADE_AT };
}

function timeQpdf(inputs: readonly string[], output: string): number {
  const from = performance.now();
  execFileSync('qpdf', ['--empty', '--pages', ...inputs, '--', output]);
  return performance.now() - from;
}

function checkOutput(output: string, pages: number, hasQpdf: boolean): void {
  if (!hasQpdf) return;
  execFileSync('qpdf', ['--check', output], { stdio: 'pipe' });
  const found = Number(execFileSync('qpdf', ['--show-npages', output], { encoding: 'utf8' }));
  if (found !== pages) throw new Error(`merged ${found} pages of ${pages}`);
}

/** Megabytes of resident memory at the highest, of a fresh process that does it once. */
function peakOf(inputs: readonly string[], output: string): number {
  const module = pathToFileURL(join(import.meta.dirname, '../electron/backend/pdf/edit/merge.ts')).href;
  const script = `
    const { mergePdfs } = await import(${JSON.stringify(module)});
    const merged = await mergePdfs(${JSON.stringify({ ...argsFor(inputs), output })});
    if (!merged.ok) throw new Error(merged.error.sentence);
    console.log(process.resourceUsage().maxRSS);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })) / 1024;
}
