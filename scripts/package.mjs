// Makes the installers of this platform in dist/: builds the app, then runs electron-builder. Arguments go to electron-builder.
// CLOSEBOARD_UPDATE_FEED: https address of the folder with the updates. Without it installed copies look for none by themselves.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, nodePath, root, say } from './lib/base.mjs';
import { build } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';

/** A name that never resolves (RFC 6761): electron-updater wants a feed in every package, the app takes this one for none. */
const noFeed = 'https://updates.invalid/';

// Only Electron's own runtime may be packed, whatever stands in for it on this machine.
delete process.env.ELECTRON_OVERRIDE_DIST_PATH;
const electron = await ensureElectron();
if ('why' in electron) fail(`No installers without the Electron runtime: ${electron.why}`);

await build();
say('Built. Packing now.');
const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
const args = ['--config', 'electron-builder.yml', '--publish', 'never', '-c.electronDist=node_modules/electron/dist'];
const child = spawn(nodePath(), [cli, ...args, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CLOSEBOARD_UPDATE_FEED: process.env.CLOSEBOARD_UPDATE_FEED || noFeed },
});
child.on('exit', (code) => process.exit(code ?? 1));
