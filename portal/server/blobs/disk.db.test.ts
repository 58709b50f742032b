import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskBlobs } from './disk.ts';
import type { Blobs } from './types.ts';

const SHA = 'ab'.repeat(32);

let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-blobs-'));
  blobs = await createDiskBlobs(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function incoming(name: string, content: string): string {
  const path = join(blobs.incoming, name);
  writeFileSync(path, content);
  return path;
}

async function textOf(range?: { readonly from: number; readonly to: number }): Promise<string | null> {
  const stream = await blobs.read(SHA, range);
  if (stream === null) return null;
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

test('a file is taken in under its hash and is gone from where it was', async () => {
  await blobs.take(incoming('u1', 'hello paper'), SHA);
  expect(readdirSync(blobs.incoming)).toEqual([]);
  expect(statSync(join(folder, 'ab', 'ab', SHA)).mode & 0o222).toBe(0);
  expect(await blobs.has(SHA)).toBe(true);
  expect(await blobs.size(SHA)).toBe(11);
  expect(await textOf()).toBe('hello paper');
  expect(await textOf({ from: 6, to: 8 })).toBe('pap');
});

test('taking what is there already, or was taken before the process ended, is no error', async () => {
  await blobs.take(incoming('u1', 'hello paper'), SHA);
  await blobs.take(incoming('u2', 'hello paper'), SHA);
  await blobs.take(join(blobs.incoming, 'u2'), SHA);
  expect(await textOf()).toBe('hello paper');
  expect(readdirSync(blobs.incoming)).toEqual([]);
});

test('a blob that lost bytes is written anew', async () => {
  await blobs.take(incoming('u1', 'hello'), SHA);
  await blobs.take(incoming('u2', 'hello paper'), SHA);
  expect(await textOf()).toBe('hello paper');
});

test('what is not there is null; what is put aside is not there', async () => {
  expect(await blobs.size(SHA)).toBeNull();
  expect(await textOf()).toBeNull();
  await blobs.setAside(SHA);
  await blobs.take(incoming('u1', 'hello'), SHA);
  await blobs.setAside(SHA);
  expect(await blobs.has(SHA)).toBe(false);
  expect(readdirSync(join(folder, 'damaged'))).toEqual([SHA]);
  await blobs.take(incoming('u2', 'hello'), SHA);
  await blobs.remove(SHA);
  await blobs.remove(SHA);
  expect(await blobs.has(SHA)).toBe(false);
});

test.each(['../../etc/passwd', '', 'AB'.repeat(32), `${SHA}/..`])('%s never becomes a path', async (name) => {
  expect(await blobs.has(name)).toBe(false);
  expect(await blobs.size(name)).toBeNull();
  expect(await blobs.read(name)).toBeNull();
  await expect(blobs.take(incoming('u1', 'x'), name)).rejects.toThrow('named by its SHA-256');
  await expect(blobs.remove(name)).rejects.toThrow('named by its SHA-256');
  await expect(blobs.setAside(name)).rejects.toThrow('named by its SHA-256');
});

test('it says whether it can be written to', async () => {
  expect(await blobs.check()).toBe(true);
  rmSync(blobs.incoming, { recursive: true });
  expect(await blobs.check()).toBe(false);
});
