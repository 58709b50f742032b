import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/** A new folder among the temporary ones, which goes with this process at the latest. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `closeboard-${name}-`));
  made.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  made.delete(folder);
}

/** All that are still there. One that a dying process holds on to does not keep the others. */
export function removeFolders(): void {
  for (const folder of made) {
    try {
      removeFolder(folder);
    } catch (error) {
      console.error(`${folder} stays: ${String(error)}`);
    }
  }
}

export async function withFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeFolder(name);
  try {
    return await work(folder);
  } finally {
    removeFolder(folder);
  }
}
