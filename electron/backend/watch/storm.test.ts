import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LARGE_TREE, openHints } from './hints.ts';
import { createRig, losing, pdf, type Rig, randomOf } from './testing.ts';

const SEED = Number(process.env.SEED ?? 20_260_601);
const rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

/** Large trees are listened to in another way; told here by a size that is not the real one. */
const asLarge: typeof openHints = (input) => openHints({ ...input, entries: LARGE_TREE + 1 });

const ways = [
  ['all events', openHints],
  ['all events of a large tree', asLarge],
  ['half of the events', losing(0.5, randomOf(SEED))],
  ['half of the events of a large tree', losing(0.5, randomOf(SEED), asLarge)],
] as const;

/** Writes each file in two pieces, the pieces of many files mixed. Returns path -> SHA-256 of the whole. */
function pour(root: string, relPaths: readonly string[]): ReadonlyMap<string, string> {
  const whole = new Map<string, string>();
  const open: { file: number; rest: string }[] = [];
  for (const relPath of relPaths) {
    const text = pdf(`${relPath} ${'x'.repeat(3000)}`);
    mkdirSync(dirname(join(root, relPath)), { recursive: true });
    const file = openSync(join(root, relPath), 'w');
    writeSync(file, text.slice(0, 1000));
    open.push({ file, rest: text.slice(1000) });
    whole.set(relPath, createHash('sha256').update(text).digest('hex'));
  }
  for (const { file, rest } of open) {
    writeSync(file, rest);
    closeSync(file);
  }
  return whole;
}

async function expectAll(rig: Rig, whole: ReadonlyMap<string, string>): Promise<void> {
  await rig.until(() => rig.got.length >= whole.size);
  await rig.quiet();
  // All present, none twice, none in part.
  expect(new Map(rig.got.map(({ relPath }, index) => [relPath, rig.hashes[index]]))).toEqual(whole);
  expect(rig.got).toHaveLength(whole.size);
  expect(rig.got.filter(({ isIncomplete }) => isIncomplete)).toEqual([]);
  expect(rig.defects).toEqual([]);
}

test.each(ways)(`a burst of 500 files arrives whole with %s (seed ${SEED})`, async (_name, hints) => {
  const rig = createRig({ openHints: hints });
  rigs.push(rig);
  await rig.add();
  await rig.until(() => rig.state().kind === 'ready');
  await expectAll(
    rig,
    pour(
      rig.root,
      Array.from({ length: 500 }, (_, n) => `burst ${n}.pdf`),
    ),
  );
});

test.each(ways)(`60 files in folders made with them arrive whole with %s (seed ${SEED})`, async (_name, hints) => {
  const rig = createRig({ openHints: hints });
  rigs.push(rig);
  await rig.add();
  await rig.until(() => rig.state().kind === 'ready');
  const paths = Array.from({ length: 60 }, (_, n) => `year ${n % 3}/deal ${n % 12}/stage ${n % 30}/file ${n}.pdf`);
  await expectAll(rig, pour(rig.root, paths));
});

test('with every event lost, what arrives is found when the window comes to the front', async () => {
  const rig = createRig({ openHints: losing(1, randomOf(SEED)) });
  rigs.push(rig);
  await rig.add();
  await rig.until(() => rig.state().kind === 'ready');
  const whole = pour(rig.root, ['a.pdf', 'new/b.pdf']);
  await rig.watcher.rescan();
  await expectAll(rig, whole);
});
