// Type-checks every folder with its own tsconfig, so that each sees only the globals it may use.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = [
  'core',
  'resources',
  'db',
  'cli',
  'electron/contract',
  'electron/preload',
  'electron/main',
  'electron/backend',
  'electron/browser-host',
  'renderer',
  'portal/api',
  'portal/server',
  'portal/web',
  '.',
];
const wanted = process.argv.slice(2);

let failed = 0;
for (const folder of folders) {
  if (wanted.length > 0 && !wanted.includes(folder)) continue;
  if (!existsSync(`${root}/${folder}/tsconfig.json`)) continue;
  const code = await run(['node_modules/ts7/bin/tsc', '-p', `${folder}/tsconfig.json`]);
  if (code !== 0) {
    failed += 1;
    console.error(`types: ${folder} failed`);
  }
}
if (failed > 0) process.exit(1);
console.log('types: every folder is clean');

function run(args) {
  return new Promise((resolve) => {
    spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1));
  });
}
