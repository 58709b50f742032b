import type { KnownFile, ThereFile } from './model.ts';

export interface Matched {
  /** Which file of now each known file is; null when it is gone. In the order of `known`. */
  readonly pairs: readonly { readonly known: KnownFile; readonly there: ThereFile | null }[];
  /** Files nobody knew. */
  readonly fresh: readonly ThereFile[];
}

type Fits = (known: KnownFile, there: ThereFile) => boolean;

/**
 * Finds each known file again: under its name as it was; moved (same number and content); under its name with other
 * content, which is how programs save; and at last by content alone. Each file of now is one known file at most.
 */
export function matchFiles(known: readonly KnownFile[], there: readonly ThereFile[]): Matched {
  const found = new Map<KnownFile, ThereFile>();
  const free = new Set(there);
  // A person's copies never take the place of the file they were copied from.
  const inOrder = [...known].sort((a, b) => Number(a.versionId === null) - Number(b.versionId === null));
  const pass = (candidates: (file: KnownFile) => readonly ThereFile[] | undefined, fits: Fits) => {
    for (const file of inOrder) {
      if (found.has(file)) continue;
      const match = candidates(file)?.find((one) => free.has(one) && fits(file, one));
      if (match === undefined) continue;
      found.set(file, match);
      free.delete(match);
    }
  };
  const byName = Map.groupBy(there, ({ relPath }) => relPath);
  const byPlainName = Map.groupBy(there, ({ relPath }) => relPath.normalize('NFC'));
  const byIno = Map.groupBy(there, ({ ino }) => ino);
  const byContent = Map.groupBy(there, ({ sha256 }) => sha256);
  const contents = new Set(known.map(({ sha256 }) => sha256));
  const isNameLeft: Fits = ({ name }) => {
    const holder = byName.get(name)?.[0];
    // Two names were exchanged when the one who holds it now is another known file; else a program saved a new file.
    return holder === undefined || !free.has(holder) || contents.has(holder.sha256 ?? '');
  };
  const isSame: Fits = (file, one) => one.sha256 === file.sha256;
  pass(
    ({ name }) => byName.get(name),
    (file, one) => one.sha256 === null || isSame(file, one),
  );
  pass(
    ({ ino }) => byIno.get(ino),
    (file, one) => isSame(file, one) && isNameLeft(file, one),
  );
  pass(
    ({ name }) => byName.get(name),
    () => true,
  );
  pass(
    ({ name }) => byPlainName.get(name.normalize('NFC')),
    () => true,
  );
  pass(
    ({ sha256 }) => byContent.get(sha256),
    () => true,
  );
  return {
    pairs: known.map((file) => ({ known: file, there: found.get(file) ?? null })),
    fresh: there.filter((one) => free.has(one)),
  };
}
