// Whether out/ is what the sources say, and making it so.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './base.mjs';

const out = join(root, 'out');
const stampPath = join(out, '.stamp');
const folders = ['core', 'db', 'electron', 'renderer', 'portal', 'cli', 'resources'];
const files = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'scripts/lib/build.mjs',
  'scripts/lib/viewer-page.mjs',
];

/** @returns {boolean} whether out/ was built from the sources as they lie there now */
export function isBuilt() {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === fingerprint();
}

/** Builds everything into out/; throws what the bundler throws. */
export async function build() {
  const before = fingerprint();
  rmSync(stampPath, { force: true });
  // The bundler resolves its inputs from the current folder.
  process.chdir(root);
  const vite = await import('electron-vite');
  await vite.build({ root, configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' });
  // Loaded here: whoever only asks whether out/ is built needs no bundler.
  const { buildViewerPage } = await import('./viewer-page.mjs');
  await buildViewerPage(root, join(out, 'renderer'));
  await buildPortalPages();
  copyFiles();
  writeFileSync(stampPath, before);
}

/** The pages that the portal serves to people: out/portal-web. */
async function buildPortalPages() {
  const configFile = join(root, 'portal/web/vite.config.ts');
  const { build: buildPages } = await import('vite');
  await buildPages({ configFile, logLevel: 'warn' });
}

/**
 * What is read as files while the app runs, at the same distance from out/main/*.js as in the sources:
 * `../migrations` from db/migrate/, `../store-migrations` from portal/server/store/, `../resources/packs` from cli/.
 */
const copied = [
  ['db/migrations', 'migrations'],
  ['portal/server/store/migrations', 'store-migrations'],
  ['resources/packs', 'resources/packs'],
];

function copyFiles() {
  for (const [from, to] of copied) {
    rmSync(join(out, to), { recursive: true, force: true });
    if (existsSync(join(root, from))) cpSync(join(root, from), join(out, to), { recursive: true });
  }
}

/** Names, sizes and times of all sources but tests: some milliseconds for some hundred files. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of files) add(hash, file);
  for (const folder of folders) walk(hash, folder);
  return hash.digest('hex');
}

function walk(hash, folder) {
  if (!existsSync(join(root, folder))) return;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(hash, path);
    else if (!/\.test\.tsx?$/.test(entry.name)) add(hash, path);
  }
}

function add(hash, path) {
  const { size, mtimeMs } = statSync(join(root, path));
  hash.update(`${path} ${size} ${mtimeMs}\n`);
}
