import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, rmSync, type Stats, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkContents, hashOf, isPlaceholder } from './contents.ts';
import { DISK } from './file-system.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-contents-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(name: string, text: string): { path: string; stats: Stats } {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, stats: lstatSync(path) };
}
const far = 'x'.repeat(5000);

test.each([
  ['a.pdf', '%PDF-1.4 x %%EOF', 'whole'],
  ['A.PDF', `junk %PDF-1.4 ${far} %%EOF\n\n`, 'whole'],
  ['a.pdf', `%PDF-1.4 ${far}`, 'incomplete'],
  ['a.pdf', `${far} %PDF-1.4 %%EOF`, 'incomplete'],
  ['a.pdf', `%PDF-1.4 %%EOF ${far}`, 'incomplete'],
  ['a.pdf', '', 'incomplete'],
  ['a.docx', '', 'incomplete'],
  ['a.docx', 'x', 'whole'],
])('%s with %j: %s', async (name, text, is) => {
  const { path, stats } = make(name, text);
  expect(await checkContents(path, stats, DISK)).toBe(is);
});

test('another file, a link, a pipe or nothing in its place is not read', async () => {
  const { path, stats } = make('a.txt', 'one');
  writeFileSync(path, 'longer');
  expect(await checkContents(path, stats, DISK)).toBe('changed');
  expect(await hashOf(path, stats, DISK)).toBe('changed');
  rmSync(path);
  expect(await checkContents(path, stats, DISK)).toBe('gone');
  symlinkSync('/etc/hostname', path);
  expect(await checkContents(path, stats, DISK)).toBe('in-use');
  rmSync(path);
  execFileSync('mkfifo', [path]);
  expect(await checkContents(path, stats, DISK)).toBe('changed');
});

test('a lock on the bytes and a disk that fails are told as in use; a defect is thrown', async () => {
  const { path, stats } = make('a.txt', 'one');
  const failing = (code: string) => ({
    ...DISK,
    openToRead: async () => {
      const file = await DISK.openToRead(path);
      file.read = () => Promise.reject(Object.assign(new Error(code), { code }));
      return file;
    },
  });
  for (const code of ['EBUSY', 'EIO', 'ETIMEDOUT'])
    expect(await checkContents(path, stats, failing(code))).toBe('in-use');
  await expect(checkContents(path, stats, failing('ERR_OUT_OF_RANGE'))).rejects.toThrow('ERR_OUT_OF_RANGE');
});

test('the hash is that of all bytes', async () => {
  const { path, stats } = make('a.txt', 'abc');
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(await hashOf(path, stats, DISK)).toEqual({ sha256 });
});

test('a file that takes no room is in the cloud; a small one on Windows may lie in the directory', () => {
  const { stats } = make('a.txt', 'abc');
  const as = (size: number, blocks: number) => Object.assign(Object.create(stats) as Stats, { size, blocks });
  expect(isPlaceholder(as(9000, 0), 'darwin')).toBe(true);
  expect(isPlaceholder(as(10, 0), 'linux')).toBe(true);
  expect(isPlaceholder(as(0, 0), 'linux')).toBe(false);
  expect(isPlaceholder(as(9000, 8), 'linux')).toBe(false);
  expect(isPlaceholder(as(300, 0), 'win32')).toBe(false);
  expect(isPlaceholder(as(9000, 0), 'win32')).toBe(true);
});
