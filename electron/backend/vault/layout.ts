import { join } from 'node:path';

/** The only form of a name that is ever put into a path here. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** `<folder>/aa/bb/<sha256>`, where the hash begins with aabb. */
export function blobPath(folder: string, sha256: string): string {
  return join(blobFolder(folder, sha256), sha256);
}

export function blobFolder(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4));
}

export function tempFolder(folder: string): string {
  return join(folder, 'temp');
}

export function trashFolder(folder: string): string {
  return join(folder, 'trash');
}
