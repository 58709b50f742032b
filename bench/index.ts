import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bench, type BenchRow, NONE } from './row.ts';

/**
 * `npm run bench [-- --smoke] [part of a name ...]`: runs each bench of this folder and prints its figures beside
 * their limits. Ends with 1 when one is over its limit; in a smoke run only when a bench does not run.
 */
const HELPERS = new Set(['index.ts', 'row.ts', 'generate.ts']);

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const smoke = process.argv.includes('--smoke');
const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !HELPERS.has(file))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .toSorted();

let over = 0;
for (const file of files) {
  for (const bench of benchesOf(await import(new URL(file, import.meta.url).href), file)) {
    const rows = await bench({ smoke });
    for (const row of rows) console.log(lineOf(file, row));
    over += rows.filter(isOver).length;
  }
}
if (files.length === 0) throw new Error(`no bench is called ${wanted.join(' or ')}`);
console.log(smoke ? `bench: ${files.length} ran once` : `bench: ${over} over the limit`);
if (over > 0 && !smoke) process.exitCode = 1;

/** `run`, or in a file without one every function it exports. */
function benchesOf(module: Readonly<Record<string, unknown>>, file: string): readonly Bench[] {
  const found = (module.run === undefined ? Object.values(module) : [module.run]).filter(
    (value): value is Bench => typeof value === 'function',
  );
  if (found.length === 0) throw new Error(`bench/${file} exports no bench`);
  return found;
}

function isOver({ value, limit }: BenchRow): boolean {
  return !(value <= limit);
}

function lineOf(file: string, row: BenchRow): string {
  const value = `${row.value.toFixed(2)} ${row.unit}`.padStart(12);
  const limit = row.limit === NONE ? '' : `limit ${row.limit} ${row.unit}`.padEnd(14);
  const mark = smoke || row.limit === NONE ? '' : isOver(row) ? 'OVER' : 'ok';
  return `${file.replace('.ts', '').padEnd(14)} ${row.name.padEnd(52)} ${value}  ${limit} ${mark}`.trimEnd();
}
