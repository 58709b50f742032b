import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, type BrowserServer, chromium, type Page } from 'playwright-core';
import type { Host, OpenOptions, Running } from './desk.ts';
import { browserFlags, places } from './places.ts';
import type { Problems } from './problems.ts';
import { killTree, pidOf } from './processes.ts';

/** The browser host: its loopback server, and a Chromium that is driven. The Chromium is shared; its contexts are not. */
export function createBrowserHost(executablePath: string): Host {
  const shared = createSharedBrowser(executablePath);
  return {
    name: 'browser',
    remark: '',
    startAgain: null,
    end: shared.end,
    start: (data, options, problems) => start(shared, data, options, problems),
  };
}

interface SharedBrowser {
  get(): Promise<Browser>;
  end(): Promise<void>;
}

function createSharedBrowser(executablePath: string): SharedBrowser {
  let server: BrowserServer | null = null;
  let browser: Browser | null = null;
  return {
    async get() {
      if (browser?.isConnected()) return browser;
      server = await chromium.launchServer({ executablePath, args: [...browserFlags] });
      browser = await chromium.connect(server.wsEndpoint());
      return browser;
    },
    async end() {
      await browser?.close().catch(() => {});
      await server?.kill().catch(() => {});
      server = null;
      browser = null;
    },
  };
}

async function start(shared: SharedBrowser, data: string, _: OpenOptions, problems: Problems): Promise<Running> {
  const said = { text: '' };
  const child = spawn(places.node, [join(places.out, 'main', 'browser-host.js'), '--no-open', '--data', data], {
    cwd: places.root,
    env: { ...process.env, CLOSEBOARD_CHECK_REPLIES: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said.text += chunk));
  const pid = child.pid ?? 0;
  const page = await openPage(shared, child, said, problems).catch((error: unknown) => {
    killTree(pid);
    throw error;
  });
  return {
    page,
    pid,
    backendPid: async () => pidOf(pid, /main[/\\]backend\.js/),
    portalPid: async () => pidOf(pid, /main[/\\]portal\.js/),
    async close() {
      await page.close();
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve([child.exitCode]);
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`the browser host ended with code ${code}`);
    },
    release: () => page.context().close(),
    output: () => said.text,
  };
}

async function openPage(
  shared: SharedBrowser,
  child: ChildProcess,
  said: { readonly text: string },
  problems: Problems,
): Promise<Page> {
  const address = await addressOf(child, said);
  const browser = await shared.get();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  problems.watch(context);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** The address that the host prints, with its one-time token. */
function addressOf(child: ChildProcess, said: { readonly text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const address = /Closeboard is at (http:\S+)\n/.exec(said.text)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the browser host ended with code ${code}: ${said.text}`)));
  });
}
