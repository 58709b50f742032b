import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVault } from '../electron/backend/vault/vault.ts';
import { createLog } from '../electron/contract/log.ts';
import { type BenchOptions, type BenchRow, median, NONE } from './row.ts';

interface Load {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly rounds: number;
  /** Files in hand at the same time, as filing does it. */
  readonly atOnce: number;
}

const LOADS: readonly Load[] = [
  // First: what the large ones remove would be in its way.
  { name: '500 x 200 KB', files: 500, bytes: 200_000, rounds: 5, atOnce: 8 },
  { name: '5 x 50 MB', files: 5, bytes: 50_000_000, rounds: 7, atOnce: 2 },
];
/** At least 0.7 of the bare throughput is at most this much of its time. */
const LIMIT = 1.43;
const CHUNK = 1024 * 1024;

/**
 * Filing over the least that could be called filing: each file read, hashed, written and fsynced in one go, one after
 * the other. The bare one makes no name durable, checks nothing and keeps nothing apart. In turns, new content each time.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const load of LOADS) {
    const small = smoke ? { ...load, files: 2, bytes: 2000, rounds: 1 } : load;
    const folder = mkdtempSync(join(tmpdir(), 'closeboard-bench-vault-'));
    try {
      rows.push(...(await measure(small, folder)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

async function measure(load: Load, folder: string): Promise<readonly BenchRow[]> {
  const rounds: { ours: number; alone: number; bare: number }[] = [];
  // The first round warms and is not counted.
  for (let round = -1; round < load.rounds; round += 1) {
    const sources = makeSources(load, join(folder, `round-${round}`));
    const works = {
      ours: () => fileAll(sources, join(folder, `ours-${round}`), load.atOnce),
      alone: () => fileAll(sources, join(folder, `alone-${round}`), 1),
      bare: () => bareAll(sources, join(folder, `bare-${round}`)),
    };
    const order = ['ours', 'alone', 'bare'] as const;
    const times = { ours: 0, alone: 0, bare: 0 };
    for (const name of round % 2 === 0 ? order : order.toReversed()) times[name] = await took(works[name]);
    if (round >= 0 || load.rounds === 1) rounds.push(times);
    for (const name of ['round', 'ours', 'alone', 'bare'])
      rmSync(join(folder, `${name}-${round}`), { recursive: true });
  }
  const { name } = load;
  const ratio = (of: 'ours' | 'alone') => median(rounds.map((round) => round[of] / round.bare));
  return [
    { name: `${name} filed, over copy + sha256 + fsync`, value: ratio('ours'), unit: 'x', limit: LIMIT },
    { name: `${name} filed one by one, over the same`, value: ratio('alone'), unit: 'x', limit: NONE },
    { name: `${name} filed`, value: median(rounds.map(({ ours }) => ours)), unit: 'ms', limit: NONE },
    { name: `${name} copy + sha256 + fsync`, value: median(rounds.map(({ bare }) => bare)), unit: 'ms', limit: NONE },
  ];
}

async function took(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** No two alike, in one file or another. */
function makeSources({ files, bytes }: Load, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const content = Buffer.alloc(bytes, 'Closeboard bench ');
  return Array.from({ length: files }, (_, index) => {
    content.write(`${folder} ${index}`.padEnd(200));
    const path = join(folder, `${index}.pdf`);
    writeFileSync(path, content, { flush: true });
    return path;
  });
}

async function fileAll(sources: readonly string[], folder: string, atOnce: number): Promise<void> {
  const vault = createVault({ folder, log: createLog({ append: () => undefined }, () => ''), now: () => new Date() });
  const left = sources.values();
  const worker = async () => {
    for (const path of left) {
      const added = await vault.add({ path });
      if (!added.ok || !added.value.isNew) throw new Error(`not filed: ${JSON.stringify(added)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function bareAll(sources: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder);
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (const [index, path] of sources.entries()) {
    const from = openSync(path, 'r');
    const to = openSync(join(folder, `${index}`), 'wx');
    const hash = createHash('sha256');
    for (let read = readSync(from, buffer); read > 0; read = readSync(from, buffer)) {
      hash.update(buffer.subarray(0, read));
      writeSync(to, buffer, 0, read);
    }
    fsyncSync(to);
    closeSync(to);
    closeSync(from);
    if (hash.digest('hex').length !== 64) throw new Error('no hash');
  }
}
