// Everything that proves the product, one step after the other. A failed step does not stop the next.
// The last line is `N passed, N failed` or `N passed, N failed, N skipped`; the exit code says whether anything failed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/base.mjs';
import { findBrowser } from './lib/browser.mjs';
import { checkStep, countedStep, outcome, table, total, vitestStep } from './lib/steps.mjs';

const steps = {
  types: () => checkStep('types', ['scripts/types.mjs']),
  lint: () => checkStep('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
  imports: () => checkStep('imports', ['scripts/imports.mjs']),
  unit: () => vitestStep('unit'),
  db: () => vitestStep('db'),
  sim: () => countedStep('sim', ['tests/sync/sim.ts', '--schedules', '20000', '--cores', '2']),
  dom: () => vitestStep('dom'),
  bench: () => needs('bench', 'bench/index.ts') ?? checkStep('bench', ['bench/index.ts', '--smoke']),
  build: () => checkStep('build', ['scripts/build.mjs']),
  e2e: () => needs('e2e', 'tests/e2e/run.ts') ?? needsBrowser('e2e') ?? countedStep('e2e', ['tests/e2e/run.ts']),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}: there are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}

const outcomes = [];
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n--- ${name}`);
  const result = await step();
  outcomes.push(result);
  console.log(`--- ${name}: ${total([result])}, ${result.seconds.toFixed(1)} s`);
}
console.log(`\n${table(outcomes)}\n\n${total(outcomes)}`);
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;

function needs(name, file) {
  if (existsSync(join(root, file))) return null;
  return outcome(name, 0, { skipped: 1, notes: [`could not run: ${file} is not there`] });
}

function needsBrowser(name) {
  if (findBrowser()) return null;
  return outcome(name, 0, { skipped: 1, notes: ['could not run: no browser of the Chromium family is here'] });
}
