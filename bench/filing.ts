import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileBarely } from './lib/bare-filing.ts';
import { openBackend } from './lib/quiet-backend.ts';
import { type BenchOptions, type BenchRow, median, NONE, timeOf } from './row.ts';

interface Load {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly rounds: number;
}

const LOADS: readonly Load[] = [
  // First: what the large ones remove would be in its way.
  { name: '500 x 200 KB', files: 500, bytes: 200_000, rounds: 7 },
  { name: '5 x 50 MB', files: 5, bytes: 50_000_000, rounds: 7 },
];
/** At least 0.7 of the bare throughput is at most this much of its time. */
const LIMIT = 1.43;

/**
 * A dropped folder of files, from the call to the end of the job: every file in the vault and its row on disk, while the
 * reader says where the first ones belong. Beside it each file read, hashed, written and fsynced in one go, one after
 * the other. In turns, new content each time, of no kind that is read.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const load of LOADS) {
    const base = mkdtempSync(join(tmpdir(), 'closeboard-bench-filing-'));
    try {
      rows.push(...(await measure(smoke ? { ...load, files: 3, bytes: 2000, rounds: 1 } : load, base)));
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  }
  return rows;
}

async function measure(load: Load, base: string): Promise<readonly BenchRow[]> {
  const rounds: { readonly ours: number; readonly bare: number }[] = [];
  // The first round warms and is not counted.
  for (let round = load.rounds === 1 ? 0 : -1; round < load.rounds; round += 1) {
    const folder = join(base, `${round}`);
    const sources = makeSources(load, join(folder, 'dropped'));
    const isOursFirst = round % 2 === 0;
    const bareBefore = isOursFirst ? NONE : timeOf(() => fileBarely(sources, join(folder, 'bare')));
    const ours = await fileReally(join(folder, 'records'), join(folder, 'dropped'), load.files);
    const bare = isOursFirst ? timeOf(() => fileBarely(sources, join(folder, 'bare'))) : bareBefore;
    if (round >= 0) rounds.push({ ours, bare });
    rmSync(folder, { recursive: true });
  }
  return [
    {
      name: `${load.name} dropped and filed, over copy + sha256 + fsync`,
      value: median(rounds.map(({ ours, bare }) => ours / bare)),
      unit: 'x',
      limit: LIMIT,
    },
    { name: `${load.name} filed`, value: median(rounds.map(({ ours }) => ours)), unit: 'ms', limit: NONE },
    { name: `${load.name} bare`, value: median(rounds.map(({ bare }) => bare)), unit: 'ms', limit: NONE },
  ];
}

/** No two alike, in one file or another, and nothing that can be opened. */
function makeSources({ files, bytes }: Load, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: files }, (_, index) => {
    const path = join(folder, `Scan ${index}.dat`);
    writeFileSync(path, randomBytes(bytes), { flush: true });
    return path;
  });
}

/** Milliseconds from the call to the end of its job, on records of its own. Throws when a file did not come in. */
async function fileReally(records: string, dropped: string, files: number): Promise<number> {
  const backend = openBackend(records);
  try {
    // A start is not filing: the work on files is loaded with the first call that needs it.
    await backend.call('inbox:list', {});
    const from = performance.now();
    const sentence = await backend.job('inbox:add', { sources: [{ kind: 'path', path: dropped }], how: 'drop' });
    const took = performance.now() - from;
    if (sentence !== `${files} files came in.`) throw new Error(`not filed: ${sentence}`);
    return took;
  } finally {
    await backend.close();
  }
}
