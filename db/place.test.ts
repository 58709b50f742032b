import { describe, expect, test } from 'vitest';
import { judgePlace, type Mount, type PlaceProbe, parseMacMounts, parseMountInfo, systemProbe } from './place.ts';

describe('a network drive is refused', () => {
  test.each([
    ['linux', '/mnt/share/closeboard', [{ path: '/mnt/share', type: 'nfs4' }]],
    ['linux', '/mnt/share/closeboard', [{ path: '/mnt/share', type: 'cifs' }]],
    ['linux', '/home/noor/office', [{ path: '/home/noor/office', type: 'fuse.sshfs' }]],
    ['linux', '/home/noor/deals', [{ path: '/home', type: 'nfs' }]],
    ['darwin', '/Volumes/office/deals', [{ path: '/Volumes/office', type: 'smbfs' }]],
    ['win32', '\\\\server\\share\\deals', []],
    ['win32', '//server/share/deals', []],
    ['win32', '\\\\?\\UNC\\server\\share\\deals', []],
  ] as const)('%s %s', (platform, folder, mounts) => {
    const found = judgePlace(folder, probe({ platform, mounts: [{ path: '/', type: 'ext4' }, ...mounts] }));
    expect(found?.kind).toBe('network');
    expect(found?.message).toMatch(/network drive.*Choose a folder on this computer/);
  });

  test('a mapped drive of Windows is known by what it leads to', () => {
    const found = judgePlace('Z:\\deals', probe({ platform: 'win32', realPath: () => '\\\\server\\share\\deals' }));
    expect(found?.kind).toBe('network');
  });

  test('a link into a share is followed', () => {
    const mounts = [{ path: '/srv/nfs', type: 'nfs' }];
    const found = judgePlace('/home/noor/deals', probe({ mounts, realPath: () => '/srv/nfs/deals' }));
    expect(found?.kind).toBe('network');
  });
});

describe('a synced folder is refused, with its name', () => {
  test.each([
    ['linux', '/home/noor/Dropbox/deals', 'Dropbox'],
    ['darwin', '/Users/noor/Library/Mobile Documents/com~apple~CloudDocs/deals', 'iCloud Drive'],
    ['darwin', '/Users/noor/Library/CloudStorage/OneDrive-Personal/deals', 'OneDrive'],
    ['darwin', '/Users/noor/Library/CloudStorage/GoogleDrive-noor@x.example/My Drive/deals', 'Google Drive'],
    ['darwin', '/Users/noor/Library/CloudStorage/Box-Box', 'Box'],
    ['darwin', '/Users/noor/Library/CloudStorage/Elsewhere/x', 'a cloud drive'],
    ['win32', 'C:\\Users\\noor\\OneDrive - Fennimore Realty\\deals', 'OneDrive'],
    ['win32', 'C:\\Users\\noor\\Dropbox (Team)\\deals', 'Dropbox'],
    ['linux', '/home/noor/Nextcloud/deals', 'Nextcloud'],
  ])('%s %s', (platform, folder, by) => {
    const found = judgePlace(folder, probe({ platform }));
    expect(found).toMatchObject({ kind: 'synced', by });
    expect(found?.message).toContain(`Choose a folder that ${by} does not sync`);
  });

  test.each([
    ['.dropbox', true, 'Dropbox'],
    ['.sync_0f3a9bc1d2e4.db', true, 'Nextcloud'],
    ['._sync_0f3a9bc1d2e4.db', true, 'Nextcloud'],
    ['.stfolder', false, 'Syncthing'],
    ['.849C9593-D756-4E56-8D6E-42412F2A707B', true, 'OneDrive'],
    ['.tmp.drivedownload', false, 'Google Drive'],
  ])('by %s in a folder above', (name, isFile, by) => {
    const list = (folder: string) => (folder === '/data/work' ? [{ name, isFile }] : []);
    expect(judgePlace('/data/work/closeboard/records', probe({ list }))).toMatchObject({ kind: 'synced', by });
  });
});

describe('an ordinary folder is taken', () => {
  test.each([
    ['linux', '/home/noor/.config/Closeboard'],
    ['linux', '/home/box/.config/Closeboard'],
    ['darwin', '/Users/noor/Library/Application Support/Closeboard'],
    ['win32', 'C:\\Users\\noor\\AppData\\Roaming\\Closeboard'],
    ['win32', '\\\\?\\C:\\Users\\noor\\AppData\\Roaming\\Closeboard'],
    ['linux', '/srv/mailbox/dropboxes/closeboard'],
  ])('%s %s', (platform, folder) => {
    expect(judgePlace(folder, probe({ platform }))).toBeNull();
  });

  test("the settings that Dropbox keeps in the home folder don't make it a synced one", () => {
    const list = (folder: string) => (folder === '/home/noor' ? [{ name: '.dropbox', isFile: false }] : []);
    expect(judgePlace('/home/noor/.config/Closeboard', probe({ list }))).toBeNull();
  });

  test('a local disk mounted inside a share, and a share elsewhere', () => {
    const mounts = [
      { path: '/', type: 'ext4' },
      { path: '/mnt', type: 'nfs' },
      { path: '/mnt/local', type: 'ext4' },
    ];
    expect(judgePlace('/mnt/local/deals', probe({ mounts }))).toBeNull();
    expect(judgePlace('/mnt2/deals', probe({ mounts }))).toBeNull();
  });

  test('the temporary folder of this computer', () => {
    expect(systemProbe().realPath('/no/such/folder')).toMatch(/no.such.folder$/);
  });
});

test('mount tables are read', () => {
  const linux = [
    '36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue',
    '37 35 0:50 / /mnt/my\\040share rw shared:2 - nfs4 server:/x rw',
    '',
  ].join('\n');
  expect(parseMountInfo(linux)).toEqual([
    { path: '/mnt2', type: 'ext3' },
    { path: '/mnt/my share', type: 'nfs4' },
  ]);
  const mac = '/dev/disk3s1 on / (apfs, sealed)\n//noor@nas/office on /Volumes/My Office (smbfs, nodev)\n';
  expect(parseMacMounts(mac)).toEqual([
    { path: '/', type: 'apfs' },
    { path: '/Volumes/My Office', type: 'smbfs' },
  ]);
});

function probe(given: Partial<Omit<PlaceProbe, 'mounts'>> & { readonly mounts?: readonly Mount[] }): PlaceProbe {
  const { mounts = [{ path: '/', type: 'ext4' }], ...rest } = given;
  return { platform: 'linux', realPath: (folder) => folder, list: () => [], mounts: () => mounts, ...rest };
}
