import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { outsideIo, ownIo, type VaultHandle, type VaultIo } from './io.ts';
import { makeVault, must, quietLog, type TestVault, tempFilesIn, typeOf } from './testing.ts';
import { createVault } from './vault.ts';

let it: TestVault | null = null;
afterEach(() => {
  it?.remove();
  it = null;
});

const text = (content: string) => new TextEncoder().encode(content);

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A disk that refuses one thing. */
function refusing(code: string, what: keyof VaultIo | keyof VaultHandle, when: (path: string) => boolean): VaultIo {
  const fail = async () => {
    throw refusal(code);
  };
  return {
    ...ownIo,
    ...Object.fromEntries(
      Object.entries(ownIo).map(([name, real]) => [
        name,
        (path: string, ...rest: unknown[]) => (name === what && when(path) ? fail() : real(path, ...rest)),
      ]),
    ),
    open: async (path, flags, mode) => {
      if (what === 'open' && when(path)) return fail();
      const handle = await ownIo.open(path, flags, mode);
      return when(path) && what in handle ? { ...handle, [what]: fail } : handle;
    },
  };
}

const isTemp = (path: string) => path.endsWith('.part');

test.each([
  ['ENOSPC', 'write', 'NoSpace'],
  ['EDQUOT', 'sync', 'NoSpace'],
  ['ENOSPC', 'open', 'NoSpace'],
  ['ENOSPC', 'rename', 'NoSpace'],
  ['EROFS', 'open', 'ReadOnly'],
  ['EACCES', 'rename', 'ReadOnly'],
  ['EIO', 'write', 'ReadOnly'],
] as const)('%s while we %s is %s, and nothing stays', async (code, what, type) => {
  it = makeVault(refusing(code, what, isTemp));
  const added = await it.vault.add({ bytes: text('x') });
  expect(added).toMatchObject({ ok: false, error: { type, code } });
  if (!added.ok) expect(added.error.sentence).toMatch(/^[A-Z].*\.$/);
  expect(tempFilesIn(it.inside)).toEqual([]);
  const healthy = createVault({ folder: it.inside, log: quietLog, now: () => new Date() });
  expect(must(await healthy.add({ bytes: text('x') })).isNew).toBe(true);
});

test.each([
  ['EBUSY', 'open', 'SourceBusy'],
  ['EACCES', 'open', 'SourceBusy'],
  ['EMFILE', 'open', 'SourceBusy'],
  ['ELOOP', 'open', 'NotAFile'],
  ['EBUSY', 'read', 'SourceBusy'],
  ['EIO', 'read', 'SourceGone'],
  ['ENOENT', 'stat', 'SourceGone'],
] as const)('%s at the source while we %s is %s', async (code, what, type) => {
  it = makeVault(refusing(code, what, (path) => path.endsWith('source.pdf')));
  const path = join(it.folder, 'source.pdf');
  writeFileSync(path, 'x');
  expect(await it.vault.add({ path })).toMatchObject({ ok: false, error: { type, code } });
  expect(tempFilesIn(it.folder)).toEqual([]);
});

test('what no rule foresaw is thrown, and leaves nothing either', async () => {
  it = makeVault({ ...ownIo, rename: () => Promise.reject(new TypeError('a defect')) });
  await expect(it.vault.add({ bytes: text('x') })).rejects.toThrow('a defect');
  expect(tempFilesIn(it.inside)).toEqual([]);
});

test('a blob that cannot be read is damaged; one that is busy is not', async () => {
  let code = 'EIO';
  const io: VaultIo = {
    ...ownIo,
    open: async (path, flags, mode) => {
      const handle = await ownIo.open(path, flags, mode);
      const fails = flags !== 'r' && flags !== 'wx' && !isTemp(path);
      return fails ? { ...handle, read: () => Promise.reject(refusal(code)) } : handle;
    },
  };
  it = makeVault(io);
  const { sha256 } = must(await it.vault.add({ bytes: text('x') }));
  expect(typeOf(await it.vault.check(sha256))).toBe('Damaged');
  code = 'EBUSY';
  expect(typeOf(await it.vault.check(sha256))).toBe('SourceBusy');
});

test('a disk without links still never overwrites', async () => {
  it = makeVault({ ...outsideIo, link: () => Promise.reject(refusal('EPERM')) });
  const { sha256 } = must(await it.vault.add({ bytes: text('x') }));
  const target = join(it.folder, 'out');
  expect(typeOf(await it.vault.copyOut(sha256, target))).toBe('ok');
  expect(typeOf(await it.vault.copyOut(sha256, target))).toBe('NameTaken');
  expect(tempFilesIn(it.folder)).toEqual([]);
});

/** A real disk of that many bytes; null where this computer lets us mount none. */
function mountSmall(bytes: number): { folder: string; remount: (how: string) => void; remove: () => void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-small-disk-'));
  const run = (command: string, args: readonly string[]) => execFileSync(command, args, { stdio: 'ignore' });
  try {
    run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remount: (how) => run('mount', ['-o', `remount,${how}`, folder]),
    remove: () => {
      run('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

test('a disk that is really full, then read-only, then well again', async ({ skip }) => {
  const disk = mountSmall(400_000);
  if (disk === null) return skip('a small disk can only be mounted by root on Linux');
  try {
    const inside = join(disk.folder, 'vault');
    const vault = createVault({ folder: inside, log: quietLog, now: () => new Date() });
    const first = must(await vault.add({ bytes: Buffer.alloc(250_000, 'a') }));
    expect(typeOf(await vault.add({ bytes: Buffer.alloc(300_000, 'b') }))).toBe('NoSpace');
    expect(typeOf(await vault.copyOut(first.sha256, join(disk.folder, 'out')))).toBe('NoSpace');
    expect(tempFilesIn(disk.folder)).toEqual([]);
    disk.remount('ro');
    expect(typeOf(await vault.add({ bytes: text('c') }))).toBe('ReadOnly');
    expect(typeOf(await vault.trash(first.sha256))).toBe('ReadOnly');
    expect(typeOf(await vault.copyOut(first.sha256, join(disk.folder, 'out')))).toBe('ReadOnly');
    disk.remount('rw,size=2000000');
    mkdirSync(join(disk.folder, 'outs'));
    expect(typeOf(await vault.copyOut(first.sha256, join(disk.folder, 'outs', 'out')))).toBe('ok');
    expect(must(await vault.add({ bytes: Buffer.alloc(300_000, 'b') })).isNew).toBe(true);
    expect(must(await vault.check(first.sha256))).toEqual({ bytes: 250_000 });
  } finally {
    disk.remove();
  }
});
