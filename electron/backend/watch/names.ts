/**
 * Which names are never taken. A file under a partial name is renamed by its program when it is whole, and arrives then.
 * Sources: the names that browsers, office programs, sync clients and file managers give to what is not finished.
 */
const PARTIAL =
  /\.(part|partial|crdownload|download|opdownload|tmp|temp|swp|swx|swo|lock|icloud|filepart|aria2|!ut|!qb|unconfirmed|dropbox\.attr)$/i;
const TEMPORARY = /^(~\$|~wr[dl]|\.~lock\.|#.*#$|\._)/i;
const BACKUP = /~$/;
const SYSTEM = new Set([
  'thumbs.db',
  'desktop.ini',
  'ehthumbs.db',
  'icon\r',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '__macosx',
]);

/** Whether a file or folder of this name is passed over: hidden, temporary, partial, or the system's own. */
export function isIgnoredName(name: string): boolean {
  if (name === '' || name.startsWith('.') || name.includes('\0')) return true;
  if (SYSTEM.has(name.toLowerCase())) return true;
  return TEMPORARY.test(name) || PARTIAL.test(name) || BACKUP.test(name);
}

/** Whether any part of a path under a watched folder is passed over. */
export function isIgnoredPath(relPath: string): boolean {
  return relPath.split('/').some(isIgnoredName);
}

/** Two spellings of one name on a disk that ignores case or writes accents another way. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Whether an absolute path is a folder or lies in it. On macOS and Windows case and spelling of accents do not count. */
export function isInside(folder: string, path: string, platform: string): boolean {
  const spell = (one: string) => {
    const plain = (platform === 'win32' ? one.replaceAll('\\', '/') : one).replace(/\/+$/, '');
    return platform === 'linux' ? plain : fold(plain);
  };
  return `${spell(path)}/`.startsWith(`${spell(folder)}/`);
}

/** The path under a root as it is kept: with "/". Null when it is the root or not under it. */
export function relPathOf(root: string, path: string): string | null {
  const plain = (one: string) => one.replaceAll('\\', '/');
  const [base, full] = process.platform === 'win32' ? [plain(root), plain(path)] : [root, path];
  const prefix = base.endsWith('/') ? base : `${base}/`;
  return full.startsWith(prefix) && full.length > prefix.length ? full.slice(prefix.length) : null;
}
