// Builds the app into out/: main/ (index, backend, browser-host, cli), preload/index.cjs, renderer/ and migrations/.
import { build } from './lib/build.mjs';

const started = performance.now();
await build();
console.log(`Built into out/ in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
