// Builds the app into out/: main/ (index, backend, browser-host, cli), preload/index.cjs, renderer/, migrations/ and resources/.
import { build } from './lib/build.mjs';

const started = performance.now();
try {
  await build();
  console.log(`Built into out/ in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
