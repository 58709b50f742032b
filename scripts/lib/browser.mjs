// A browser of the Chromium family: found, else installed where the system allows it, else one sentence.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isWindows, run, say } from './base.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'brave',
];

/**
 * @returns {string | null} the executable; CHROMIUM_PATH goes before what is found
 */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_PATH) return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null;
  return candidates(env).find((path) => existsSync(path)) ?? null;
}

function candidates(env) {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
    const folders = ['/Applications', join(env.HOME ?? '/', 'Applications')];
    return folders.flatMap((folder) => apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (isWindows) {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
      'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  const path = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const folders = [...new Set(['/usr/bin', '/usr/local/bin', '/snap/bin', ...path])];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * @returns {Promise<{ path: string } | { why: string }>} the browser, or a sentence with what to do
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return { path: found };
  if (process.env.CHROMIUM_PATH)
    return { why: `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not there.` };
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const installed = await installByApt();
    if (installed) return { path: installed };
    return {
      why: 'No Chromium, Chrome, Edge or Brave is here, and "apt-get install -y chromium" failed: install one of them.',
    };
  }
  return { why: `No Chromium, Chrome, Edge or Brave is here: ${installHint()}` };
}

async function installByApt() {
  say('No browser of the Chromium family found: installing Chromium with apt-get (once).');
  const how = { env: { DEBIAN_FRONTEND: 'noninteractive' }, limitMs: 600_000 };
  await run('apt-get', ['update', '-q'], how); // a stale list may still know chromium, so its failure is not the end
  const { code, output } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], how);
  if (code !== 0) process.stderr.write(`${output.trim().split('\n').slice(-3).join('\n')}\n`);
  const path = findBrowser();
  if (!path) return null;
  // On some systems the package is only a note about another store, so it must prove that it starts.
  const proof = await run(path, ['--version'], { limitMs: 20_000 });
  return proof.code === 0 ? path : null;
}

function installHint() {
  if (process.platform === 'darwin') return 'run "brew install --cask google-chrome".';
  if (isWindows) return 'run "winget install Google.Chrome".';
  if (existsSync('/usr/bin/apt-get')) return 'run "sudo apt-get install chromium".';
  if (existsSync('/usr/bin/dnf')) return 'run "sudo dnf install chromium".';
  return 'install one with the package manager of this system.';
}
