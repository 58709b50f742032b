import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArguments } from '../electron/browser-host/browser.ts';
import { MARKS } from '../electron/contract/marks.ts';
import { nodePath, root } from '../scripts/lib/base.mjs';
import { findBrowser } from '../scripts/lib/browser.mjs';
import { build, isBuilt } from '../scripts/lib/build.mjs';
import { FULL, makeRecords, SMOKE } from './generate.ts';
import { type BenchOptions, type BenchRow, median, NONE } from './row.ts';

/** Milliseconds from the start of the process to each mark. */
type Marks = Readonly<Record<string, number>>;

const ROUNDS = 7;
const LIMIT_MS = 60_000;

/**
 * From the start of the browser host to the board on the screen, warm, with 10,000 deals, and beside it an empty page
 * opened the same way: a Node server that opens the same browser with the same arguments. In turns, since the computer
 * has other things to do. The windows are drawn without a screen.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const browser = findBrowser();
  if (browser === null || process.platform === 'win32') {
    console.log('start-up       not measured: needs a browser of the Chromium family, on Linux or macOS');
    return [];
  }
  if (!isBuilt()) await build();
  const records = makeRecords(smoke ? SMOKE : FULL);
  const temp = mkdtempSync(join(tmpdir(), 'closeboard-start-up-'));
  const wrapper = headlessBrowser(browser, temp);
  const board = () => measure(join(root, 'out', 'main', 'browser-host.js'), ['--data', records.folder], wrapper);
  const empty = () => {
    const args = browserArguments('%URL%', join(temp, 'profile'), process.getuid?.() === 0);
    return measure(join(root, 'bench', 'lib', 'empty-host.mjs'), [wrapper, ...args], wrapper);
  };
  try {
    return rowsOf(await inTurns(smoke ? 1 : ROUNDS, board, empty));
  } finally {
    records.remove();
    rmSync(temp, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

interface Round {
  readonly board: Marks;
  readonly empty: Marks;
}

/** One start of each that is not counted makes them warm: caches of the system, the browser's profile and its code cache. */
async function inTurns(rounds: number, board: () => Promise<Marks>, empty: () => Promise<Marks>): Promise<Round[]> {
  const done: Round[] = [];
  for (let round = rounds === 1 ? 0 : -1; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await board() : await empty();
    const second = round % 2 === 0 ? await empty() : await board();
    if (round >= 0) done.push(round % 2 === 0 ? { board: first, empty: second } : { board: second, empty: first });
  }
  return done;
}

function rowsOf(rounds: readonly Round[]): readonly BenchRow[] {
  const middle = (of: (round: Round) => number | undefined) => median(rounds.map((round) => of(round) ?? NONE));
  const told = MARKS.slice(1, -1).map((mark) => ({
    name: `start to ${mark}`,
    value: middle((round) => round.board[mark]),
    unit: 'ms',
    limit: NONE,
  }));
  const painted = (marks: Marks) => marks['board/painted'] ?? NONE;
  return [
    ...told,
    { name: 'start to an empty page painted', value: middle(({ empty }) => painted(empty)), unit: 'ms', limit: NONE },
    { name: 'start to board/painted', value: middle(({ board }) => painted(board)), unit: 'ms', limit: 1000 },
    {
      name: 'start to board/painted over an empty page',
      value: middle(({ board, empty }) => painted(board) / painted(empty)),
      unit: 'x',
      limit: 1.5,
    },
  ];
}

/** Starts a host, reads its marks and ends it. */
async function measure(file: string, args: readonly string[], wrapper: string): Promise<Marks> {
  // With a display that is never connected to, since the browser draws without one.
  const env = { ...process.env, CLOSEBOARD_TIMING: '1', CHROMIUM_PATH: wrapper, DISPLAY: process.env.DISPLAY || ':0' };
  const child = spawn(nodePath(), [file, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const marks = await readMarks(child);
    const start = marks['app/start'] ?? 0;
    return Object.fromEntries(Object.entries(marks).map(([name, at]) => [name, at - start]));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function readMarks(child: ChildProcess): Promise<Marks> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no board within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const line = said.split('\n').find((one) => one.startsWith('{"marks"') && one.endsWith('}'));
      if (line === undefined) return;
      clearTimeout(timer);
      resolve((JSON.parse(line) as { marks: Marks }).marks);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`ended without a board: ${said}`));
    });
  });
}

/** The same browser, drawing into memory: what a host starts it with stays as it is. */
function headlessBrowser(browser: string, folder: string): string {
  const path = join(folder, 'browser');
  if (existsSync(path)) return path;
  writeFileSync(path, `#!/bin/sh\nexec "${browser}" --headless=new --disable-gpu --remote-debugging-port=0 "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
