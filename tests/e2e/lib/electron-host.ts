import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, _electron as electron } from 'playwright-core';
import type { Host, OpenOptions, Running } from './desk.ts';
import { places, type Runtime } from './places.ts';
import type { Problems } from './problems.ts';
import { isRunning, pidOf, treeOf } from './processes.ts';

/** What the utility processes are called (electron/main/backend-process.ts, portal-process.ts), and the files they run. */
const BACKEND = ['Closeboard records', /main[/\\]backend\.js/] as const;
const PORTAL = ['Closeboard portal', /main[/\\]portal\.js/] as const;

/**
 * The stand-in halts the page while that asks for the path of a file. An event that comes meanwhile finds no listener,
 * and the stand-in says so; Electron answers in place and halts nothing.
 */
const MISSED_WHILE_ASKED = /An object could not be cloned\.[\s\S]+SyncCall[\s\S]+getPathForFile/;

/** Electron itself, or the stand-in. */
export function createElectronHost(runtime: Exclude<Runtime, { kind: 'none' }>): Host {
  const isReal = runtime.kind === 'electron';
  return {
    name: 'electron',
    remark: isReal ? '' : 'on the stand-in, which is no proof for Electron',
    start: (data, options, problems) => {
      if (!isReal) problems.allow(MISSED_WHILE_ASKED);
      return start(runtime.path, data, options, problems);
    },
    startAgain: async (data, args) => {
      const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const words = [...sandbox, places.root, ...appArguments(data, { args })];
      await promisify(execFile)(runtime.path, words, { cwd: places.root, timeout: 20_000, env: environment() });
    },
    end: async () => {},
  };
}

async function start(path: string, data: string, options: OpenOptions, problems: Problems): Promise<Running> {
  const app = await electron.launch({
    executablePath: path,
    args: ['.', ...appArguments(data, options)],
    cwd: places.root,
    env: environment(),
  });
  const child = app.process();
  const pid = child.pid ?? 0;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  problems.watch(app.context());
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1440, height: 900 });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    page,
    pid,
    backendPid: () => utilityPid(app, pid, BACKEND),
    portalPid: () => utilityPid(app, pid, PORTAL),
    async close() {
      const tree = treeOf(pid);
      const ended = hasEnded() ? null : once(child, 'exit');
      await app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.close();
      });
      await ended;
      const left = tree.filter((one) => isRunning(one.pid));
      if (left.length > 0) throw new Error(`still running after the end: ${left.map((one) => one.command).join('; ')}`);
    },
    release: async () => {
      if (!hasEnded()) await once(child, 'exit');
    },
    output: () => said,
  };
}

function appArguments(data: string, options: Pick<OpenOptions, 'args' | 'isStranger'>): string[] {
  // The window's own files lie beside the data folder, so that a test leaves nothing in the system's folders.
  const profile = join(dirname(data), options.isStranger ? 'profile-of-another' : 'profile');
  return ['--data', data, `--user-data-dir=${profile}`, ...(options.args ?? [])];
}

async function utilityPid(app: ElectronApplication, pid: number, [name, file]: readonly [string, RegExp]) {
  const named = await app.evaluate(
    ({ app: it }, wanted) => it.getAppMetrics().find((one) => one.name === wanted)?.pid ?? null,
    name,
  );
  return named ?? pidOf(pid, file);
}

function environment(): Record<string, string> {
  const all = Object.entries({ ...process.env, CLOSEBOARD_CHECK_REPLIES: '1' });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
