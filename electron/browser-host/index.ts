import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnswer } from '../contract/answer.ts';
import { createLog } from '../contract/log.ts';
import { createMarks } from '../contract/marks.ts';
import { type Supervised, superviseBackend } from '../contract/supervise.ts';
import { createFork } from './backend-process.ts';
import { type Browser, browserArguments, findBrowser, hasDisplay, openBrowser } from './browser.ts';
import { createHostHandlers } from './host-handlers.ts';
import { keepPort, readPort } from './kept-port.ts';
import { type HostOptions, readOptions } from './options.ts';
import { type HostServer, startServer } from './server.ts';
import { openWithSystem } from './system-open.ts';

/** A reload is over long before this; then the last window was closed. */
const LAST_PAGE_MS = 4_000;
/** The page's connection closes a moment after its browser. */
const BROWSER_ENDED_MS = 300;
const CLOSE_LIMIT_MS = 5_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const now = () => performance.timeOrigin + performance.now();

await start();

async function start(): Promise<void> {
  // The database's native part ends an older Node at once, without a word.
  if (Number(process.versions.node.split('.')[0]) < 22) {
    process.stderr.write(
      `Closeboard needs Node 22 or newer, and this is ${process.version}. Start it with npm start.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const options = readOptions(process.argv.slice(2), process.env, process.platform);
  if (options.ok) return await run(options.value);
  process.stderr.write(`${options.error}\n`);
  process.exitCode = 2;
}

/** The composition root of the browser host: backend process, loopback server, one window of an installed browser. */
async function run({ data, isOpening }: HostOptions): Promise<void> {
  // This host runs beside a terminal and from a folder of sources, so its own log goes there.
  const log = createLog({ append: (text) => process.stderr.write(text) }, () => new Date().toISOString());
  const marks = createMarks(process.env.CLOSEBOARD_TIMING === '1' ? say : null);
  marks.mark('app/start', performance.timeOrigin);
  const places = placesOf(import.meta.url);
  const running: Running = { server: null, browser: null, backend: null };
  const end = createEnd(running);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

  const pages = watchPages(end);
  const host = createHostHandlers({ data, version: places.version, marks, now, open: openWithSystem });
  // The browser takes longest to start, so it is started first; a page asks for records long after that.
  const server = await startServer({
    renderer: places.renderer,
    answer: createAnswer({ host, backend: (name, input) => backend.call(name, input), log }),
    log,
    now: () => performance.now(),
    onAdmitted: () => marks.mark('window/shown', now()),
    onPages: isOpening ? pages.count : () => {},
    wantedPort: readPort(data),
  });
  running.server = server;
  if (isOpening) running.browser = showWindow(server, join(data, 'browser-profile'), pages.browserEnded);
  const backend = superviseBackend({
    fork: createFork({ ...places, data }),
    emit: (event) => running.server?.emit(event),
    log,
    now: () => performance.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    onReady: () => marks.mark('backend/ready', now()),
  });
  running.backend = backend;
  keepPort(data, server.port);
  if (running.browser === null) say(`Closeboard is at ${server.invite()}`);
}

/** What runs so far; a signal may come at any time. */
interface Running {
  server: HostServer | null;
  backend: Supervised | null;
  browser: Browser | null;
}

/** Ends everything in order, once: window, requests, records. */
function createEnd(running: Running): () => void {
  let isEnding = false;
  return () => {
    if (isEnding) return;
    isEnding = true;
    running.browser?.close();
    const closing = [running.server?.close(), running.backend?.close(CLOSE_LIMIT_MS)];
    Promise.all(closing).finally(() => process.exit(0));
  };
}

interface Pages {
  count(pages: number): void;
  /** The browser that was started has ended: nobody is left to reload, so the wait is short. */
  browserEnded(): void;
}

/**
 * Says when the last page has been gone for some seconds; before the first page nothing is said. A browser that runs
 * already takes the window over and lets ours end at once, so the pages decide and not the process.
 */
function watchPages(onAllGone: () => void): Pages {
  let timer: NodeJS.Timeout | undefined;
  let open = 0;
  let isSeen = false;
  const wait = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => open === 0 && isSeen && onAllGone(), ms);
  };
  return {
    count(pages) {
      open = pages;
      isSeen ||= pages > 0;
      if (pages === 0) wait(LAST_PAGE_MS);
    },
    browserEnded: () => wait(BROWSER_ENDED_MS),
  };
}

/** Opens the window, or null when the person has to: then one sentence says why. */
function showWindow(server: HostServer, profile: string, onClosed: () => void): Browser | null {
  if (!hasDisplay(process.platform, process.env)) {
    say('There is no display here. Open this address in a browser of the Chromium family within a minute:');
    return null;
  }
  const path = findBrowser(process.platform, process.env);
  if (path === null) {
    say(
      'No Chromium, Chrome, Edge or Brave was found (CHROMIUM_PATH can name one). Open this address within a minute:',
    );
    return null;
  }
  const isRoot = process.getuid?.() === 0;
  const onFailed = () => {
    say('The browser ended with an error. Open this address in another within a minute:');
    say(`Closeboard is at ${server.invite()}`);
  };
  return openBrowser(path, browserArguments(server.invite(), profile, isRoot), { onClosed, onFailed });
}

/** Where the other parts are: beside this file when built, in their folders when run from source. */
function placesOf(self: string) {
  const here = import.meta.dirname;
  const isSource = self.endsWith('.ts');
  const root = join(here, '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    version,
    entry: isSource ? join(here, '..', 'backend', 'utility.ts') : join(here, 'backend.js'),
    migrations: isSource ? null : join(here, '..', 'migrations'),
    renderer: isSource ? join(root, 'out', 'renderer') : join(here, '..', 'renderer'),
  };
}
