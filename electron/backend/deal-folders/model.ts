/** A version that ought to stand in the deal's folder. */
export interface WantedFile {
  readonly versionId: string;
  /** By the convention: one segment, with its ending. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A file of the folder as the last sync left or saw it. Kept by the caller between syncs, as it is. */
export interface KnownFile {
  /** Null for a person's own file: told once, never touched. */
  readonly versionId: string | null;
  /** Below the deal's folder, with `/`. */
  readonly name: string;
  /** The wanted name that `name` was made from; null for a person's own file. */
  readonly wantedName: string | null;
  /** A name that a person gave is never changed by us. */
  readonly namedBy: 'app' | 'person';
  /** What we wrote; null for a person's own file. Another `sha256` beside it: edited, and told. */
  readonly writtenSha256: string | null;
  readonly sha256: string;
  readonly bytes: number;
  /** With its fraction; -1 when it was too fresh to prove anything, then the content is read again. */
  readonly mtimeMs: number;
  /** The file's number on its disk, as text since it may pass 2^53. */
  readonly ino: string;
}

export interface KnownFolder {
  readonly name: string;
  readonly wantedName: string;
  readonly namedBy: 'app' | 'person';
  readonly ino: string;
}

/** All that the caller keeps for a deal. `{ folder: null, files: [] }` before the first sync. */
export interface DealFolderState {
  readonly folder: KnownFolder | null;
  readonly files: readonly KnownFile[];
}

/** A file seen in the folder. */
export interface ThereFile {
  readonly relPath: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly ino: string;
  /** Null when it can't be read yet (open elsewhere, being written): it is left alone this time. */
  readonly sha256: string | null;
}

/** What a person did in the folder. The content of `edited` and `added` is in the vault already. */
export type Observation =
  | {
      readonly type: 'edited';
      readonly versionId: string;
      readonly relPath: string;
      readonly sha256: string;
      readonly bytes: number;
    }
  | { readonly type: 'added'; readonly relPath: string; readonly sha256: string; readonly bytes: number }
  | { readonly type: 'deleted'; readonly versionId: string; readonly relPath: string }
  | { readonly type: 'renamed'; readonly versionId: string; readonly from: string; readonly to: string }
  | { readonly type: 'folder-renamed'; readonly from: string; readonly to: string };

export type Step =
  | {
      readonly type: 'write';
      readonly versionId: string;
      readonly sha256: string;
      readonly name: string;
      readonly wantedName: string;
    }
  /** `before`: as it stays when the rename can't be done. */
  | { readonly type: 'rename'; readonly from: string; readonly before: KnownFile; readonly after: KnownFile }
  /** Only while the content is exactly what we wrote and the vault has it. */
  | { readonly type: 'remove-superseded'; readonly file: KnownFile }
  /** Takes a file that is there for a version; nothing moves. */
  | { readonly type: 'adopt'; readonly file: KnownFile };

export interface Plan {
  /** Files that no step touches. */
  readonly kept: readonly KnownFile[];
  /** In the order they are to be done. */
  readonly steps: readonly Step[];
  readonly observations: readonly Observation[];
}
