import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeVault, must, seeded, sha256Of, tempFilesIn } from './testing.ts';

const FILES = 500;
const ROUNDS = 10;
const SEED = 20_260_602;

test('a process killed at any moment has kept each file it said it had, and leaves no half of one', {
  timeout: 300_000,
}, async () => {
  const it = makeVault();
  try {
    const from = join(it.folder, 'from');
    const hashes = makeFiles(from);
    const random = seeded(SEED);
    const said = new Set<string>();
    let halves = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const sha256 of await fileUntil(from, it.inside, Math.floor(random() * FILES))) said.add(sha256);
      halves += must(await it.vault.recover()).removed;
      expect(tempFilesIn(it.inside), `seed ${SEED}, round ${round}`).toEqual([]);
      for await (const sha256 of it.vault.list()) must(await it.vault.check(sha256));
      for (const sha256 of said) expect(await it.vault.has(sha256), `seed ${SEED}, round ${round}`).toBe(true);
    }
    // Else the kills met nothing half-written, and this shows nothing.
    expect(halves).toBeGreaterThan(0);
    expect((await fileUntil(from, it.inside, Number.POSITIVE_INFINITY)).toSorted()).toEqual(hashes.toSorted());
  } finally {
    it.remove();
  }
});

/** Sizes from nothing to a few pieces, so that a kill meets writes of every length. */
function makeFiles(folder: string): readonly string[] {
  mkdirSync(folder);
  const random = seeded(SEED + 1);
  return Array.from({ length: FILES }, (_, index) => {
    const bytes = Buffer.alloc(index % 50 === 0 ? 2_200_000 : Math.floor(random() * 60_000), `file ${index} `);
    const content = Buffer.concat([Buffer.from(`${index}\n`), bytes]);
    writeFileSync(join(folder, `${index}.pdf`), content);
    return sha256Of(content);
  });
}

/** The hashes that the process had said when it was killed: after so many, in the middle of the next ones. */
async function fileUntil(from: string, vault: string, count: number): Promise<readonly string[]> {
  const filler = fileURLToPath(new URL('testing-filler.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [filler, from, vault], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    if (text.split('\n').length > count) child.kill('SIGKILL');
  });
  await ended;
  return text.split('\n').filter((line) => line.length === 64);
}
