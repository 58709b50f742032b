import { err, ok, type Result } from '../../../core/result.ts';

type Platform = 'darwin' | 'win32' | 'linux';

const EXAMPLES: Record<Platform, string> = {
  win32: 'C:\\Users\\You\\Downloads',
  darwin: '/Users/you/Downloads',
  linux: '/home/you/Downloads',
};

/**
 * The path of a folder as it was typed or pasted, without quotes around it; or the sentence why it cannot be one. Whether
 * the folder is there is for the backend to say.
 */
export function readFolderPath(typed: string, platform: Platform): Result<string, string> {
  const path = typed
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
  if (path === '') return err('Write where the folder is.');
  if (path.length > 4_000) return err('This is too long for the path of a folder.');
  const isWhole = platform === 'win32' ? /^([a-z]:[\\/]|\\\\[^\\])/i.test(path) : path.startsWith('/');
  return isWhole ? ok(path) : err(`Write the whole path, such as ${EXAMPLES[platform]}.`);
}

export function examplePath(platform: Platform): string {
  return EXAMPLES[platform];
}

/** The last part of a path: "Scans" of "/home/noor/Scans". */
export function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
