import { readFile, statfs } from 'node:fs/promises';

/** What the watcher asks of the operating system, so that tests can answer for it. */
export interface WatchSystem {
  readonly platform: NodeJS.Platform;
  /** The text of /proc/mounts; empty where there is none. */
  readonly readMounts: () => Promise<string>;
  /** How many folders one person may listen to; null where that is not counted. */
  readonly readWatchLimit: () => Promise<number | null>;
  /** The type number of the file system of a path; null when it can't be told. */
  readonly fsType: (path: string) => Promise<number | null>;
}

export const SYSTEM: WatchSystem = {
  platform: process.platform,
  readMounts: () => readFile('/proc/mounts', 'utf8').catch(() => ''),
  readWatchLimit: readInotifyLimit,
  fsType: (path) =>
    statfs(path).then(
      (found) => found.type,
      () => null,
    ),
};

/** A quarter of the system's limit is left to other programs, which count against the same one. */
const SHARE_OF_LIMIT = 0.75;

const NETWORK =
  /^(nfs\d?|cifs|smb\w*|afs|ncpfs|9p|ceph|glusterfs|lustre|davfs2?|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|glusterfs|curlftpfs|smbnetfs)|fuse\.onedriver|vboxsf|vmhgfs|fuse\.vmhgfs-fuse|prl_fs|drvfs|virtiofs)$/;

/** HFS+ and APFS. Numbers of other kinds differ between versions of macOS, so a stick in FAT is looked at by the clock too. */
const MAC_LOCAL = new Set([0x11, 0x1a]);

/**
 * Whether the system tells of changes to files there. Shares of other computers send no events for what others write:
 * by the file system's name on Linux (the longest mount point above the path counts), by the path on Windows (\\server),
 * and on macOS for a volume under /Volumes that is not in the system's own formats.
 * `path` is the real one: on Windows that turns the drive letter of a share into the share.
 */
export async function isNetworkPath(path: string, system: WatchSystem): Promise<boolean> {
  if (system.platform === 'win32') return /^[\\/]{2}(?![?.][\\/](?!UNC))/i.test(path);
  if (system.platform === 'linux') return NETWORK.test(mountTypeOf(path, await system.readMounts()));
  if (system.platform !== 'darwin' || !path.startsWith('/Volumes/')) return false;
  const type = await system.fsType(path);
  return type !== null && !MAC_LOCAL.has(type);
}

/** Whether so many folders can be listened to beside those already listened to. Elsewhere than on Linux they always can. */
export async function hasHeadroom(folders: number, listening: number, system: WatchSystem): Promise<boolean> {
  const limit = await system.readWatchLimit();
  return limit === null || folders + listening <= limit * SHARE_OF_LIMIT;
}

/** The file system type of the mount that a path lies on. `mounts` is the text of /proc/mounts. */
export function mountTypeOf(path: string, mounts: string): string {
  let best = '';
  let type = '';
  for (const line of mounts.split('\n')) {
    const [, rawPoint, kind] = line.split(' ');
    if (rawPoint === undefined || kind === undefined) continue;
    const point = rawPoint.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const isAbove = point === '/' || path === point || path.startsWith(`${point}/`);
    // The later of two mounts on one place is the one that is seen.
    if (isAbove && point.length >= best.length) [best, type] = [point, kind];
  }
  return type;
}

async function readInotifyLimit(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => '');
  const limit = Number.parseInt(text, 10);
  return Number.isNaN(limit) ? null : limit;
}
