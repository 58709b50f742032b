import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath, root } from '../../../scripts/lib/base.mjs';
import { findBrowser } from '../../../scripts/lib/browser.mjs';
import { findElectron } from '../../../scripts/lib/electron.mjs';

/** Where the built app lies, and what can show it. */
export const places = {
  root,
  node: nodePath(),
  out: join(root, 'out'),
  artifacts: join(root, 'artifacts'),
  browser: findBrowser(),
};

/** No sandbox for root, no graphics card, and no talk with the browser's maker while a test runs. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The windows of a test lie behind one another; they are to be painted and timed all the same.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

export type Runtime =
  | { readonly kind: 'electron' | 'stand-in'; readonly path: string }
  | { readonly kind: 'none'; readonly why: string };

/** The Electron to test on: the real one, else what ELECTRON_OVERRIDE_DIST_PATH names, else why there is none. */
export function findRuntime(env = process.env): Runtime {
  const real = findElectron();
  if (real !== null) return needsDisplay(env) ? NO_DISPLAY : { kind: 'electron', path: real };
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder === undefined || folder === '') {
    return { kind: 'none', why: 'the Electron runtime is not here and ELECTRON_OVERRIDE_DIST_PATH names none' };
  }
  const path = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
  return existsSync(path)
    ? { kind: 'stand-in', path }
    : { kind: 'none', why: 'ELECTRON_OVERRIDE_DIST_PATH names a folder without an electron in it' };
}

const NO_DISPLAY = { kind: 'none', why: 'real Electron needs a display: start this under xvfb-run' } as const;

function needsDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}
