import type { BlobRow } from '../../../db/files-tables.ts';
import type { Db } from '../../../db/handles.ts';
import { blobOf, blobsOf, suspectAmong } from '../../../db/read/files.ts';
import { type Glances, glancesOf } from './glances.ts';

/** What a list of arrivals is shown from: their contents asked for together, their deals kept from before. */
export interface Looks {
  readonly glances: Glances;
  blob(sha256: string): BlobRow | null;
  isSuspect(sha256: string): boolean;
}

/** Good for one answer: contents are read anew each time. Another content than those is asked for by itself. */
export function looksAt({ db }: { readonly db: Db }, hashes: readonly string[]): Looks {
  const blobs = new Map<string, BlobRow | null>(hashes.map((sha256) => [sha256, null]));
  for (const blob of blobsOf(db.read, hashes)) blobs.set(blob.sha256, blob);
  const asked = new Set(hashes);
  const suspect = suspectAmong(db.read, hashes);
  return {
    glances: glancesOf(db),
    blob: (sha256) => {
      const there = blobs.get(sha256);
      if (there !== undefined) return there;
      const read = blobOf(db.read, sha256);
      blobs.set(sha256, read);
      return read;
    },
    isSuspect: (sha256) => (asked.has(sha256) ? suspect.has(sha256) : suspectAmong(db.read, [sha256]).has(sha256)),
  };
}
