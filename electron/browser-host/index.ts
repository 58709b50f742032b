import { join } from 'node:path';
import type { Background } from '../contract/background.ts';
import { type Browser, browserArguments, findBrowser, hasDisplay, openBrowser } from './browser.ts';
import { type Door, openDoor } from './door.ts';
import { keepPort, readPort } from './kept-port.ts';
import { type HostOptions, readOptions } from './options.ts';

/** A reload is over long before this; then the last window was closed. */
const LAST_PAGE_MS = 4_000;
/** The page's connection closes a moment after its browser. */
const BROWSER_ENDED_MS = 300;
const CLOSE_LIMIT_MS = 5_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

// Not awaited: what is loaded later may lie in files that import this one, and would wait for it.
start().catch((error: unknown) => {
  process.stderr.write(`Closeboard could not start: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});

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

/**
 * The door and the window, with as little as possible before them: the browser takes longest to start, and what answers
 * it (`host.ts`) is loaded meanwhile.
 */
async function run({ data, isOpening }: HostOptions): Promise<void> {
  const door = await openDoor(readPort(data), () => performance.now());
  const running: Running = { door, browser: null, background: null };
  const end = createEnd(running);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  const pages = watchPages(end);
  if (isOpening) running.browser = showWindow(door, join(data, 'browser-profile'), pages.browserEnded);
  const { serveHost } = await import('./host.ts');
  running.background = await serveHost({ door, data, onPages: isOpening ? pages.count : () => {} });
  keepPort(data, door.port);
  if (running.browser === null) say(`Closeboard is at ${door.invite()}`);
}

/** What runs so far; a signal may come at any time. */
interface Running {
  readonly door: Door;
  background: Background | null;
  browser: Browser | null;
}

/** Ends everything in order, once: window, requests, records, portal. */
function createEnd(running: Running): () => void {
  let isEnding = false;
  return () => {
    if (isEnding) return;
    isEnding = true;
    running.browser?.close();
    const closing = [running.door.close(), running.background?.close(CLOSE_LIMIT_MS)];
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
function showWindow(door: Door, profile: string, onClosed: () => void): Browser | null {
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
    say(`Closeboard is at ${door.invite()}`);
  };
  return openBrowser(path, browserArguments(door.invite(), profile, isRoot), { onClosed, onFailed });
}
