// Opens Closeboard: builds when the sources changed, then starts Electron, or the browser host where Electron cannot be had.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fail, root, say } from './lib/base.mjs';
import { ensureBrowser } from './lib/browser.mjs';
import { isBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';

const { host, retry, rest } = readArgs(process.argv.slice(2));
const marks = [['script', performance.now()]];

if (!isBuilt()) await rebuild();
marks.push(['built', performance.now()]);
const command = await choose();
marks.push(['host', performance.now()]);
if (process.env.CLOSEBOARD_TIMING === '1') {
  const parts = marks.map(([name, at]) => `${name} ${at.toFixed(0)} ms`);
  say(`start took ${marks.at(-1)[1].toFixed(0)} ms before the app itself (${parts.join(', ')}).`);
}
launch(command);

/** --host and --retry-electron are for this script, everything else is for the app. */
function readArgs(args) {
  const read = { host: null, retry: false, rest: [] };
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (arg === '--retry-electron') read.retry = true;
    else if (arg === '--host') read.host = args[++i] ?? '';
    else if (arg.startsWith('--host=')) read.host = arg.slice('--host='.length);
    else read.rest.push(arg);
  }
  if (read.host !== null && !['electron', 'browser'].includes(read.host))
    fail('Use --host electron or --host browser.');
  return read;
}

async function rebuild() {
  say('Building the app (the sources changed).');
  const { build } = await import('./lib/build.mjs');
  try {
    await build();
  } catch (error) {
    console.error(error);
    fail('The app could not be built: the reason stands above.');
  }
}

/** @returns {Promise<{ file: string, args: string[], env: object }>} */
async function choose() {
  if (host === 'browser') return browserHost('');
  const electron = await ensureElectron({ retry });
  const why = 'why' in electron ? electron.why : whyNoWindow();
  if (!why) return electronHost(electron.path);
  if (host === 'electron') fail(why);
  return browserHost(`${why} `);
}

/** A runtime that was given by hand may know how to do without a display. */
function whyNoWindow() {
  if (hasDisplay() || process.env.ELECTRON_OVERRIDE_DIST_PATH) return null;
  return 'There is no display for Electron (DISPLAY and WAYLAND_DISPLAY are not set).';
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function electronHost(path) {
  const isRoot = process.platform === 'linux' && process.getuid() === 0;
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH ? ' from ELECTRON_OVERRIDE_DIST_PATH' : '';
  say(`Opening in Electron${given}.`);
  // Chromium's sandbox refuses to run as root.
  return { file: path, args: [...(isRoot ? ['--no-sandbox'] : []), root, ...rest], env: {} };
}

/** The browser host serves the app in any case; without a display or a browser it says where. */
async function browserHost(because) {
  const browser = hasDisplay() ? await ensureBrowser() : null;
  if (browser === null) say(`${because}Serving the app on this computer.`);
  else if ('why' in browser) say(`${because}${browser.why} Serving the app on this computer meanwhile.`);
  else say(`${because}Opening in ${browser.path}.`);
  const args = ['--enable-source-maps', join(root, 'out', 'main', 'browser-host.js'), ...rest];
  return { file: process.execPath, args, env: browser && 'path' in browser ? { CHROMIUM_PATH: browser.path } : {} };
}

function launch({ file, args, env }) {
  const childEnv = { ...process.env, ...env };
  delete childEnv.ELECTRON_RUN_AS_NODE;
  const child = spawn(file, args, { stdio: 'inherit', env: childEnv });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`The app could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
