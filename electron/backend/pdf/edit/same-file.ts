import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Whether a path is one of others, by name or as another name of the same file. */
export function isOneOf(paths: readonly string[], path: string): boolean {
  const own = statSync(path, { throwIfNoEntry: false });
  return paths.some((other) => {
    if (resolve(other) === resolve(path)) return true;
    if (own === undefined) return false;
    const found = statSync(other, { throwIfNoEntry: false });
    return found !== undefined && found.ino === own.ino && found.dev === own.dev;
  });
}
