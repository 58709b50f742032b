import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Browser {
  /** Ends the browser that was started. */
  close(): void;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Whether a window can be shown at all. */
export function hasDisplay(platform: string, env: Env): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** An installed browser of the Chromium family: CHROMIUM_PATH when it is set, else the first that is found; or null. */
export function findBrowser(platform: string, env: Env, exists: (path: string) => boolean = existsSync): string | null {
  if (env.CHROMIUM_PATH) return exists(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null;
  return candidates(platform, env).find((path) => exists(path)) ?? null;
}

/** What a browser is started with: a window without tabs or address, its own profile, and no talk with its maker. */
export function browserArguments(address: string, profile: string, isRoot: boolean): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Nothing secret is kept in this profile, so the system's password store is not asked for.
    '--password-store=basic',
    '--window-size=1360,860',
    // Chromium's own sandbox refuses to run as root.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

interface BrowserListener {
  /** It ended in order: its window was closed, or a browser that runs already took the window over. */
  onClosed(): void;
  /** It could not be started, or ended with an error. */
  onFailed(): void;
}

/** Starts the browser. The listener is told once, unless the browser was closed from here. */
export function openBrowser(path: string, args: readonly string[], { onClosed, onFailed }: BrowserListener): Browser {
  const child = spawn(path, args, { stdio: 'ignore' });
  let isOver = false;
  const over = (then: () => void) => {
    if (!isOver) then();
    isOver = true;
  };
  child.once('error', () => over(onFailed));
  child.once('exit', (code) => over(code === 0 ? onClosed : onFailed));
  return {
    close() {
      isOver = true;
      child.kill();
    },
  };
}

function candidates(platform: string, env: Env): string[] {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'brave-browser',
  ];
  const folders = [
    ...new Set(['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env.PATH ?? '').split(delimiter)]),
  ].filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
