import { execFileSync } from 'node:child_process';
import { type Dirent, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DISK, type WatchFs } from './file-system.ts';
import { MAX_DEPTH, type Met, walk } from './walk.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'closeboard-walk-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function met(more: Partial<WatchFs> = {}, from = '', mayGoOn = () => true): Promise<readonly Met[]> {
  const all: Met[] = [];
  const isOwn = (path: string) => path.endsWith('own');
  for await (const one of walk({ root, from, fs: { ...DISK, ...more }, isOwn, mayGoOn })) all.push(one);
  return all;
}
const filesOf = (all: readonly Met[]) =>
  all.flatMap((one) => (one.type === 'files' ? one.files.map(({ relPath }) => relPath) : [])).sort();
const make = (relPath: string) => {
  mkdirSync(join(root, relPath, '..'), { recursive: true });
  writeFileSync(join(root, relPath), 'x');
};

test('only files are met: no links, pipes or sockets, nothing of our own', async () => {
  make('a/b.pdf');
  make('own/c.pdf');
  symlinkSync('b.pdf', join(root, 'a/link.pdf'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(root, 'pipe.pdf')]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(root, 's.pdf'), resolve));
  expect(filesOf(await met())).toEqual(['a/b.pdf']);
  server.close();
});

test('a disk that tells no kinds is asked for each name', async () => {
  make('a/b.pdf');
  symlinkSync('b.pdf', join(root, 'a/link.pdf'));
  const no = () => false;
  const blank = { isFile: no, isDirectory: no, isSymbolicLink: no, isFIFO: no, isSocket: no };
  const list = async (path: string) => {
    const names: Dirent[] = [];
    for await (const { name } of await DISK.list(path))
      names.push({ ...blank, isBlockDevice: no, isCharacterDevice: no, name } as unknown as Dirent);
    return (async function* () {
      yield* names;
    })();
  };
  expect(filesOf(await met({ list }))).toEqual(['a/b.pdf']);
});

test('more than a batch of files are all met, in batches', async () => {
  for (let n = 0; n < 600; n += 1) make(`${n}.pdf`);
  const all = await met();
  expect(filesOf(all)).toHaveLength(600);
  expect(all.filter(({ type }) => type === 'files')).toHaveLength(3);
});

test('what lies too deep is told, not met', async () => {
  make(`${'d/'.repeat(MAX_DEPTH)}in.pdf`);
  make(`${'d/'.repeat(MAX_DEPTH + 1)}out.pdf`);
  const all = await met();
  expect(filesOf(all)).toEqual([`${'d/'.repeat(MAX_DEPTH)}in.pdf`]);
  expect(all.filter(({ type }) => type === 'unread')).toMatchObject([{ isTooDeep: true }]);
});

test('a link that takes the place of a folder leads nowhere, also above where the look begins', async () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'closeboard-walk-')));
  mkdirSync(join(outside, 'sub'));
  writeFileSync(join(outside, 'sub', 'secret.pdf'), 'x');
  symlinkSync(outside, join(root, 'a'));
  // The list still shows the folder that was there before.
  const list = async (path: string) => {
    const real = await DISK.list(path);
    return (async function* () {
      for await (const entry of real)
        yield Object.assign(entry, { isDirectory: () => true, isSymbolicLink: () => false });
    })();
  };
  expect(filesOf(await met({ list }))).toEqual([]);
  expect(filesOf(await met({}, 'a'))).toEqual([]);
  expect(filesOf(await met({}, 'a/sub'))).toEqual([]);
  rmSync(outside, { recursive: true });
});

test('a folder in it that cannot be read is told; the first one that cannot throws', async () => {
  make('shut/a.pdf');
  make('b.pdf');
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  const list = (path: string) => (path.endsWith('shut') ? Promise.reject(denied) : DISK.list(path));
  const all = await met({ list });
  expect(filesOf(all)).toEqual(['b.pdf']);
  expect(all).toContainEqual({ type: 'unread', relPath: 'shut', isTooDeep: false });
  await expect(met({ list }, 'shut')).rejects.toThrow('EACCES');
  await expect(met({}, 'nowhere')).rejects.toThrow('ENOENT');
});

test('it ends when it is told to', async () => {
  for (let n = 0; n < 20; n += 1) make(`${n}/a.pdf`);
  let left = 10;
  const all = await met({}, '', () => {
    left -= 1;
    return left > 0;
  });
  expect(filesOf(all).length).toBeLessThan(20);
});
