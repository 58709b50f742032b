import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, posix, resolve, win32 } from 'node:path';

export interface Mount {
  readonly path: string;
  /** "ext4", "nfs4", "fuse.sshfs", "smbfs". */
  readonly type: string;
}

export interface Entry {
  readonly name: string;
  readonly isFile: boolean;
}

/** What the system says. Handed in, so that a test can be on any computer. None of these throws. */
export interface PlaceProbe {
  readonly platform: string;
  /** The folder with links followed (a mapped drive of Windows becomes its `\\server\share`); as given when it is not there. */
  readonly realPath: (folder: string) => string;
  readonly mounts: () => readonly Mount[];
  readonly list: (folder: string) => readonly Entry[];
}

export interface BadPlace {
  readonly kind: 'network' | 'synced';
  /** "Dropbox", "a network drive". */
  readonly by: string;
  /** Why not, and what to do. */
  readonly message: string;
}

/** File systems that lie on another machine, where the locks and the order of writes that SQLite needs do not hold. */
const NETWORK =
  /^(nfs\d*|cifs|smb\d*|smbfs|afpfs|webdav|davfs\d?|9p|afs|coda|ceph|glusterfs|lustre|ncpfs|drvfs|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|smbnetfs|ceph|glusterfs|curlftpfs|s3fs|google-drive-ocamlfuse|onedriver))$/;

/** Folder names of sync clients, as a whole path segment. */
const SYNCED_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^dropbox([- ].+)?$/i, 'Dropbox'],
  [/^onedrive([- ].+)?$/i, 'OneDrive'],
  [/^(mobile documents|icloud ?drive|com~apple~clouddocs)$/i, 'iCloud Drive'],
  [/^(google ?drive|googledrive-.+|my drive)$/i, 'Google Drive'],
  [/^(box|box sync|box-.+)$/i, 'Box'],
  [/^nextcloud\d*$/i, 'Nextcloud'],
  [/^owncloud\d*$/i, 'ownCloud'],
  [/^pcloud ?drive$/i, 'pCloud'],
  [/^cloudstorage$/i, 'a cloud drive'],
];

/** What a sync client leaves at the top of a folder it syncs. `~/.dropbox` is only its settings, a folder: hence `file`. */
const MARKERS: readonly (readonly [RegExp, string, 'file' | 'any'])[] = [
  [/^\.dropbox$/, 'Dropbox', 'file'],
  [/^\.dropbox\.cache$/, 'Dropbox', 'any'],
  [/^\.849C9593-D756-4E56-8D6E-42412F2A707B$/i, 'OneDrive', 'any'],
  [/^\.nextcloudsync\.log$/, 'Nextcloud', 'file'],
  [/^\._?sync_[0-9a-f]+\.db$/, 'Nextcloud', 'file'],
  [/^\.owncloudsync\.log$/, 'ownCloud', 'file'],
  [/^\.tmp\.drive(down|up)load$/, 'Google Drive', 'any'],
  [/^\.boxsync$/, 'Box', 'any'],
  [/^\.stfolder$/, 'Syncthing', 'any'],
];

/** Whether records may live in a folder that may not be there yet. Null: they may. Writes nothing. */
export function judgePlace(folder: string, probe: PlaceProbe): BadPlace | null {
  for (const path of new Set([folder, probe.realPath(folder)])) {
    const found = isNetwork(path, probe) ? network() : synced(path, probe);
    if (found) return found;
  }
  return null;
}

/** This computer. */
export function systemProbe(): PlaceProbe {
  return { platform: process.platform, realPath: realPathOf, mounts: mountsOf, list: listOf };
}

/** Lines of /proc/self/mountinfo: "36 35 98:0 / /mnt rw - ext4 /dev/sda rw". Spaces in paths come as \040. */
export function parseMountInfo(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const path = before?.split(' ')[4];
    const type = after?.split(' ')[0];
    if (path === undefined || type === undefined) return [];
    return [
      { path: path.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))), type },
    ];
  });
}

/** Lines of macOS `mount`: "//me@host/share on /Volumes/share (smbfs, nodev, nosuid)". */
export function parseMacMounts(text: string): readonly Mount[] {
  return [...text.matchAll(/ on (.+) \(([\w.]+)[,)]/g)].map((found) => ({
    path: found[1] ?? '',
    type: found[2] ?? '',
  }));
}

function isNetwork(folder: string, probe: PlaceProbe): boolean {
  // "\\?\C:\..." is a local path in long form; "\\server\share" and "\\?\UNC\server\share" are not.
  if (probe.platform === 'win32') return /^[\\/]{2}(?![?.][\\/][A-Za-z]:)/.test(folder);
  const isWithin = (mount: Mount) => mount.path === '/' || folder === mount.path || folder.startsWith(`${mount.path}/`);
  // Of two mounts on one path the later covers the earlier.
  const holding = probe
    .mounts()
    .filter(isWithin)
    .toSorted((a, b) => a.path.length - b.path.length);
  return NETWORK.test(holding.at(-1)?.type ?? '');
}

function synced(folder: string, probe: PlaceProbe): BadPlace | null {
  const path = probe.platform === 'win32' ? win32 : posix;
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    const marker = markerIn(probe.list(at));
    const named = isHome(path.dirname(at)) ? null : nameOf(path.basename(at));
    const by = marker ?? named;
    if (by !== null) return bySync(by);
  }
  return null;
}

function nameOf(segment: string): string | null {
  return SYNCED_NAMES.find(([pattern]) => pattern.test(segment))?.[1] ?? null;
}

/** A person may be called Box: the folder of their account is not a synced one. */
function isHome(parent: string): boolean {
  return /^(\/home|\/Users|[A-Za-z]:\\Users)$/i.test(parent);
}

function markerIn(entries: readonly Entry[]): string | null {
  for (const entry of entries) {
    const found = MARKERS.find(([pattern, , kind]) => pattern.test(entry.name) && (kind === 'any' || entry.isFile));
    if (found) return found[1];
  }
  return null;
}

function network(): BadPlace {
  return {
    kind: 'network',
    by: 'a network drive',
    message:
      'This folder is on a network drive, where records can be damaged when the connection drops. Choose a folder on this computer; backups may go to the network drive.',
  };
}

function bySync(by: string): BadPlace {
  return {
    kind: 'synced',
    by,
    message: `This folder is kept in step by ${by}, which copies files while they are being written and so damages records. Choose a folder that ${by} does not sync; backups may go there.`,
  };
}

function realPathOf(folder: string): string {
  const whole = resolve(folder);
  for (let at = whole; ; at = dirname(at)) {
    try {
      return realpathSync.native(at) + whole.slice(at.length);
    } catch {
      // Not there yet, or not ours to follow: its parent decides.
      if (at === dirname(at)) return whole;
    }
  }
}

function mountsOf(): readonly Mount[] {
  try {
    if (process.platform === 'linux') return parseMountInfo(readFileSync('/proc/self/mountinfo', 'utf8'));
    if (process.platform === 'darwin') {
      return parseMacMounts(execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 2000 }));
    }
  } catch {
    // A system that does not say is taken for a local disk: refusing everybody would be worse.
  }
  return [];
}

function listOf(folder: string): readonly Entry[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFile: entry.isFile() }));
  } catch {
    return [];
  }
}
