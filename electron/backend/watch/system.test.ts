import { expect, test } from 'vitest';
import { hasHeadroom, isNetworkPath, mountTypeOf, SYSTEM, type WatchSystem } from './system.ts';

const MOUNTS = `/dev/sda1 / ext4 rw 0 0
server:/x /mnt/nfs nfs4 rw 0 0
//server/y /mnt/my\\040share cifs rw 0 0
x@y:/ /mnt/ssh fuse.sshfs rw 0 0
/dev/sdb /mnt/nfs/local ext4 rw 0 0
/dev/sdc /mnt/usb fuseblk rw 0 0
broken line
`;
const on = (platform: NodeJS.Platform, more: Partial<WatchSystem> = {}): WatchSystem => ({
  platform,
  readMounts: async () => MOUNTS,
  readWatchLimit: async () => 100,
  fsType: async () => null,
  ...more,
});

test.each([
  ['/home/x', false],
  ['/mnt/nfs', true],
  ['/mnt/nfs/deals', true],
  ['/mnt/nfsx', false],
  ['/mnt/nfs/local/a', false],
  ['/mnt/my share/a', true],
  ['/mnt/ssh/a', true],
  ['/mnt/usb/a', false],
])('on Linux %s: network %s', async (path, is) => expect(await isNetworkPath(path, on('linux'))).toBe(is));

test.each([
  ['\\\\server\\share\\x', true],
  ['//server/share', true],
  ['\\\\?\\UNC\\server\\share', true],
  ['\\\\?\\C:\\x', false],
  ['C:\\Users\\x', false],
])('on Windows %s: network %s', async (path, is) => expect(await isNetworkPath(path, on('win32'))).toBe(is));

test('on macOS a volume of a type that is not local counts as network', async () => {
  expect(await isNetworkPath('/Volumes/Office', on('darwin', { fsType: async () => 0x1b0 }))).toBe(true);
  expect(await isNetworkPath('/Volumes/Disk', on('darwin', { fsType: async () => 0x1a }))).toBe(false);
  expect(await isNetworkPath('/Volumes/Office', on('darwin'))).toBe(false);
  expect(await isNetworkPath('/Users/x', on('darwin', { fsType: async () => 0x1b0 }))).toBe(false);
});

test('the later mount on one place counts, and without mounts nothing is known', () => {
  expect(mountTypeOf('/a/b', '/x /a ext4 rw\n/y /a nfs rw\n')).toBe('nfs');
  expect(mountTypeOf('/a', '')).toBe('');
});

test('a quarter of the limit is left to others; without a limit there is room', async () => {
  expect(await hasHeadroom(75, 0, on('linux'))).toBe(true);
  expect(await hasHeadroom(70, 6, on('linux'))).toBe(false);
  expect(await hasHeadroom(1e9, 0, on('linux', { readWatchLimit: async () => null }))).toBe(true);
});

test('the real system answers', async () => {
  expect(await SYSTEM.fsType('/no/such/place')).toBeNull();
  const limit = await SYSTEM.readWatchLimit();
  expect(limit === null || limit > 0).toBe(true);
});
