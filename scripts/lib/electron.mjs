// The Electron runtime: given, already here, or tried once and remembered. Never a hang.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, nodePath, readJson, root, run, say, writeJson } from './base.mjs';

const packageDir = join(root, 'node_modules', 'electron');
const memoryPath = join(cacheDir, 'setup', 'electron.json');
/** A download that says nothing for this long is given up: a refusal must be known in less than 15 s. */
const quietMs = 10_000;

/**
 * @param {{ retry?: boolean }} [how] retry: try again although an earlier try failed
 * @returns {Promise<{ path: string } | { why: string }>} the executable, or a sentence why there is none
 */
export async function ensureElectron(how = {}) {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    const path = join(given, executableName());
    return existsSync(path)
      ? { path }
      : { why: `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${executableName()}.` };
  }
  const here = findElectron();
  if (here) return { path: here };
  const version = readJson(join(packageDir, 'package.json'))?.version;
  if (!version) return { why: 'The electron package is not installed.' };
  const retry = how.retry || process.env.CLOSEBOARD_RETRY_ELECTRON === '1';
  const memory = readJson(memoryPath);
  if (!retry && memory?.version === version)
    return { why: `${memory.why} ("npm start -- --retry-electron" tries again.)` };
  return download(version);
}

/** @returns {string | null} the runtime that the electron package brought, if it did */
export function findElectron() {
  const version = readText(join(packageDir, 'dist', 'version'))?.replace(/^v/, '');
  const name = readText(join(packageDir, 'path.txt'));
  if (!name || version !== readJson(join(packageDir, 'package.json'))?.version) return null;
  const path = join(packageDir, 'dist', name);
  return existsSync(path) ? path : null;
}

async function download(version) {
  say(`Fetching Electron ${version} (once, about 120 MB).`);
  const started = Date.now();
  const fetched = await run(nodePath(), [join(root, 'scripts', 'lib', 'electron-download.mjs')], { quietMs });
  const unpacked =
    fetched.code === 0 ? await run(nodePath(), [join(packageDir, 'install.js')], { limitMs: 120_000 }) : null;
  const path = findElectron();
  if (path) {
    say(`Electron is here, after ${seconds(started)} s.`);
    return { path };
  }
  const why = sentence(unpacked ?? fetched, version);
  writeJson(memoryPath, { version, why, triedAt: new Date().toISOString() });
  say(`Gave up on Electron after ${seconds(started)} s.`);
  return { why };
}

function sentence({ ended, output }, version) {
  if (ended === 'quiet') return `Electron ${version} could not be fetched: no answer within ${quietMs / 1000} s.`;
  const last = /^why: (.*)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? '';
  return `Electron ${version} could not be fetched: ${last.slice(0, 120) || 'it could not be unpacked'}.`;
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null; // not fetched yet
  }
}

function seconds(started) {
  return ((Date.now() - started) / 1000).toFixed(1);
}
