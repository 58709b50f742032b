import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { nodePath, root } from '../scripts/lib/base.mjs';
import { findBrowser } from '../scripts/lib/browser.mjs';
import { build, isBuilt } from '../scripts/lib/build.mjs';
import { mergeMeanwhile, watchFrames } from './lib/frames-page.ts';
import { openBackend, type QuietBackend } from './lib/quiet-backend.ts';
import { scan } from './lib/scan.ts';
import { type BenchOptions, type BenchRow, median, NONE } from './row.ts';

const FULL = { files: 40, pages: 10, pixels: 354, rounds: 3, idleMs: 4000 };
const SMOKE = { files: 2, pages: 2, pixels: 20, rounds: 1, idleMs: 300 };
type Size = typeof FULL;

/** Not as a window is painted by a graphics card: drawn into memory, at the pace of a screen. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/**
 * The time between two frames of the board with the sample deals, in the built app in a browser: while nothing happens,
 * and while 40 filed scans, 400 pages and 150 MB, are made into one PDF. In turns.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const browser = findBrowser();
  if (browser === null) {
    console.log('frames         not measured: needs a browser of the Chromium family');
    return [];
  }
  if (!isBuilt()) await build();
  const size: Size = smoke ? SMOKE : FULL;
  const base = mkdtempSync(join(tmpdir(), 'closeboard-frames-'));
  try {
    const filed = await prepare(join(base, 'data'), join(base, 'scans'), size);
    return rowsOf(await onBoard(join(base, 'data'), browser, (page) => measure(page, filed, size)));
  } finally {
    rmSync(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

interface Filed {
  readonly dealId: string;
  readonly versionIds: readonly string[];
}

/** Records with the sample deals, and the scans filed as versions of one document of one of them. */
async function prepare(data: string, scans: string, size: Size): Promise<Filed> {
  mkdirSync(scans);
  for (let at = 0; at < size.files; at += 1) scan(join(scans, `Scan ${at}.pdf`), at, size);
  const backend = openBackend(data);
  try {
    await backend.job('samples:add', {});
    const { columns } = await backend.call('board:columns', { filter: {}, limit: 20 });
    const dealId = columns.flatMap(({ cards }) => cards)[0]?.id ?? '';
    const line = (await backend.call('papers:lines', { dealId })).find(({ versions }) => versions.length === 0);
    if (line === undefined) throw new Error('no empty document to file on');
    await backend.job('inbox:add', { sources: [{ kind: 'path', path: scans }], how: 'drop', dealId, lineId: line.id });
    return { dealId, versionIds: await versionsOf(backend, { dealId, lineId: line.id, files: size.files }) };
  } finally {
    await backend.close();
  }
}

async function versionsOf(
  backend: QuietBackend,
  { dealId, lineId, files }: { readonly dealId: string; readonly lineId: string; readonly files: number },
): Promise<readonly string[]> {
  const end = performance.now() + 120_000;
  for (;;) {
    const line = (await backend.call('papers:lines', { dealId })).find(({ id }) => id === lineId);
    // The sample deals' own papers come in at the same time, and one may be of this document.
    const ours = line?.versions.filter(({ originalName }) => originalName.startsWith('Scan ')) ?? [];
    if (ours.length === files) return ours.map(({ id }) => id);
    if (performance.now() > end) throw new Error(`only ${ours.length} of ${files} files were filed`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The built app on the board, in a browser of its own. */
async function onBoard<T>(data: string, executablePath: string, work: (page: Page) => Promise<T>): Promise<T> {
  const host = spawn(nodePath(), [join(root, 'out', 'main', 'browser-host.js'), '--no-open', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(host, 'exit');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await addressOf(host));
    await page.waitForSelector('html[data-ready="board"]', { state: 'attached', timeout: 60_000 });
    return await work(page);
  } finally {
    await browser.close();
    host.kill('SIGTERM');
    await ended;
  }
}

function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    host.stdout?.on('data', (chunk) => {
      said += chunk;
      const address = /Closeboard is at (http:\S+)\n/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    host.once('exit', () => reject(new Error(`the host ended: ${said}`)));
  });
}

interface Round {
  readonly idle: readonly number[];
  readonly merging: readonly number[];
  readonly mergeMs: number;
}

async function measure(page: Page, { dealId, versionIds }: Filed, size: Size): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  // The first round warms and is not counted.
  for (let round = size.rounds === 1 ? 0 : -1; round < size.rounds; round += 1) {
    const idle = await page.evaluate(watchFrames, size.idleMs);
    const { frames, ms } = await page.evaluate(mergeMeanwhile, { dealId, versionIds, title: `Merged ${round}` });
    if (round >= 0) rounds.push({ idle, merging: frames, mergeMs: ms });
  }
  return rounds;
}

function rowsOf(rounds: readonly Round[]): readonly BenchRow[] {
  const told = (name: string, of: (round: Round) => number) => ({
    name,
    value: median(rounds.map(of)),
    unit: 'ms',
    limit: NONE,
  });
  return [
    told('frame p50, idle', ({ idle }) => share(idle, 0.5)),
    told('frame p95, idle', ({ idle }) => share(idle, 0.95)),
    told('frame p50, while merging', ({ merging }) => share(merging, 0.5)),
    told('frame p95, while merging', ({ merging }) => share(merging, 0.95)),
    told('longest frame while merging', ({ merging }) => share(merging, 1)),
    told('merge, from the call to its end', ({ mergeMs }) => mergeMs),
    {
      name: 'frame p95 while merging over idle',
      value: median(rounds.map(({ idle, merging }) => share(merging, 0.95) / share(idle, 0.95))),
      unit: 'x',
      limit: 1.5,
    },
  ];
}

/** The value that this share of them does not exceed. */
function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NONE;
}
