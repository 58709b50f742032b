// Runs a portal server from a checkout: builds the pages of people when the sources changed, then `closeboard portal`.
import { join } from 'node:path';
import { root, say } from './lib/base.mjs';
import { isBuilt } from './lib/build.mjs';

if (!isBuilt()) {
  say('Building the pages of the portal (the sources changed).');
  const from = process.cwd();
  const { build } = await import('./lib/build.mjs');
  await build();
  // The build works from the project's folder; what a person typed is meant from theirs.
  process.chdir(from);
}
process.argv.splice(1, process.argv.length - 1, join(root, 'cli', 'index.ts'), 'portal', ...process.argv.slice(2));
await import('../cli/index.ts');
