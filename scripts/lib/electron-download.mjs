// Fetches Electron's archive into its cache and prints a line for each megabyte, so that the caller can tell slow from stuck.
// Proxies and mirrors are set as for the electron package: ELECTRON_GET_USE_PROXY, ELECTRON_MIRROR, electron_config_cache.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './base.mjs';

const require = createRequire(join(root, 'node_modules', 'electron', 'package.json'));
const { version } = require('./package.json');
// The package that electron itself uses, wherever npm placed it.
const { downloadArtifact, initializeProxy } = await import(pathToFileURL(require.resolve('@electron/get')).href);
if (process.env.ELECTRON_GET_USE_PROXY) initializeProxy();

let shown = -1;
try {
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.env.npm_config_platform ?? process.platform,
    arch: process.env.npm_config_arch ?? process.arch,
    cacheRoot: process.env.electron_config_cache,
    checksums: require('./checksums.json'),
    downloadOptions: { quiet: true, getProgressCallback: showProgress },
  });
} catch (error) {
  // The address is of no use to the reader, the reason is.
  const reason = `${error.message}${error.cause ? ` (${error.cause.code ?? error.cause.message})` : ''}`;
  console.error(`why: ${reason.replace(/ for https?:\S+/, '').split('\n')[0]}`);
  process.exit(1);
}

async function showProgress({ transferred }) {
  const megabytes = Math.floor(transferred / 1e6);
  if (megabytes === shown) return;
  shown = megabytes;
  console.log(`${megabytes} MB`);
}
