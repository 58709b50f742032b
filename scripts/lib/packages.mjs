// The packages of the lock file, exactly, and the pinned Node among them. Starts on Node 18 without node_modules.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fail, isWindows, pinnedNode, readJson, root, run, say, wantedNodeMajor, writeJson } from './base.mjs';

const binDir = join(root, 'node_modules', '.bin');
const binNode = join(binDir, isWindows ? 'node.cmd' : 'node');
const stampPath = join(root, 'node_modules', '.closeboard-stamp');

/** Makes node_modules what package-lock.json says; takes some milliseconds when it already is. */
export async function ensurePackages() {
  const wanted = fingerprint();
  if (readJson(stampPath)?.wanted !== wanted) {
    if (!isInstalledByHand()) await installAll();
    await placeNode();
    writeJson(stampPath, { wanted });
  }
  if (!existsSync(binNode) && runningMajor() < wantedNodeMajor) fail(nodeSentence());
}

function fingerprint() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
}

/**
 * Whether `npm install` already made node_modules what the lock file says: npm keeps its own record of what lies there.
 * Packages of other platforms are optional and absent.
 */
function isInstalledByHand() {
  const there = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  const locked = readJson(join(root, 'package-lock.json'))?.packages;
  if (!there || !locked) return false;
  const same = Object.entries(locked).every(
    ([path, entry]) =>
      path === '' || (there[path] ? there[path].integrity === entry.integrity : entry.optional === true),
  );
  return same && Object.keys(there).every((path) => path in locked);
}

async function installAll() {
  say('Installing the packages of the lock file (once; this can take a few minutes).');
  // No install scripts: the database ships ready for every platform, and Electron is fetched in its own step.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const { code, output, ended } = npm
    ? await run(process.execPath, [npm, ...args, '--loglevel=error'])
    : await run('npm', [...args, '--loglevel=error'], { shell: isWindows });
  if (ended === 'missing') fail('npm is not here: install Node.js together with npm, then run this again.');
  if (code !== 0) {
    // Its first lines say what is wrong; the rest is how npm is used.
    process.stderr.write(`${output.split('\n').slice(0, 12).join('\n')}\n`);
    fail('The packages could not be installed (npm says why above). Check the network and run this again.');
  }
  say(`Packages installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/**
 * Puts the pinned Node where npm scripts find it first. npm links it itself, but older ones take the link away again
 * with the packages of other systems, which bring a `node` too. A glibc build that cannot run here must not stand there.
 */
async function placeNode() {
  const pinned = pinnedNode();
  if (!pinned || !existsSync(pinned)) return;
  const { code } = await run(pinned, ['--version'], { limitMs: 20_000 });
  if (code !== 0) for (const name of ['node', 'node.cmd', 'node.ps1']) rmSync(join(binDir, name), { force: true });
  else if (existsSync(binNode)) return;
  else if (isWindows) writeFileSync(binNode, `@"%~dp0\\${relative(binDir, pinned)}" %*\r\n`);
  else symlinkSync(relative(binDir, pinned), binNode);
}

function runningMajor() {
  return Number(process.versions.node.split('.')[0]);
}

function nodeSentence() {
  return `Node ${process.versions.node} is too old and npm has no Node ${wantedNodeMajor} for ${process.platform}-${process.arch}: install Node ${wantedNodeMajor}, then run this again.`;
}
