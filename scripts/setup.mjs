// What must be there before a command runs: `node scripts/setup.mjs start|test|cli`. Starts on any Node >= 18.
import { fail, say } from './lib/base.mjs';
import { ensurePackages } from './lib/packages.mjs';

const purpose = process.argv[2];
if (!['start', 'test', 'cli'].includes(purpose)) fail('Use: node scripts/setup.mjs start|test|cli');

await ensurePackages();
// `npm start` looks for Electron and a browser itself: only it knows which of them the person asked for.
if (purpose === 'test') {
  const { ensureElectron } = await import('./lib/electron.mjs');
  const { ensureBrowser } = await import('./lib/browser.mjs');
  const electron = await ensureElectron();
  if ('why' in electron) say(`${electron.why} The tests use the browser host instead.`);
  const browser = await ensureBrowser();
  if ('why' in browser) say(`${browser.why} Until then the end-to-end tests cannot run.`);
}
