import { freeSegment, nameKey } from '../../../core/documents/file-name.ts';

/** The names at the top of a folder while a plan goes on, as a file system that ignores case would see them. */
export interface Names {
  isFree(name: string): boolean;
  take(name: string): void;
  leave(name: string): void;
  /** The name itself, or "name (2).pdf" and so on. */
  freeFor(name: string): string;
}

export function createNames(names: Iterable<string>): Names {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  const add = (name: string, by: number) => {
    const key = nameKey(name);
    const count = (counts.get(key) ?? 0) + by;
    counts.set(key, count);
    if (count > 0) taken.add(key);
    else taken.delete(key);
  };
  for (const name of names) add(name, 1);
  return {
    isFree: (name) => !taken.has(nameKey(name)),
    take: (name) => add(name, 1),
    leave: (name) => add(name, -1),
    freeFor: (name) => freeSegment(name, taken),
  };
}

export function isAtTop(relPath: string): boolean {
  return !relPath.includes('/');
}
