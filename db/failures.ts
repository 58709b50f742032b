/** Why the records were not opened. `headline` and `message` are for a person; `message` says what to do. */
export interface OpenRefusal {
  readonly type: 'damaged' | 'newer' | 'bad-place' | 'locked' | 'read-only' | 'full' | 'failed';
  readonly headline: string;
  readonly message: string;
  readonly folder: string;
  /** What the system or SQLite said, for the log. Never shown. */
  readonly detail: string;
}

/** Why a write did not happen, where it is the computer and not the program. Nothing was changed. */
export interface WriteFailure {
  readonly type: 'full' | 'read-only' | 'damaged' | 'replaced';
  readonly message: string;
}

type Kind = 'full' | 'read-only' | 'damaged' | 'locked' | 'replaced' | 'other';

/** The code of an error that we throw ourselves: the file that is open is not the one under its name any more. */
export const REPLACED = 'CLOSEBOARD_REPLACED';

/** The `code` of a system or SQLite error; empty for anything else. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What stands behind an error of the file system or of SQLite. */
export function kindOf(error: unknown): Kind {
  const code = codeOf(error);
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'].includes(code)) return 'full';
  if (['EACCES', 'EPERM', 'EROFS', 'SQLITE_PERM'].includes(code)) return 'read-only';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read-only';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  if (code === REPLACED) return 'replaced';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'locked';
  return 'other';
}

/**
 * A thrown error of `inWrite` as a sentence, when it is the disk that refused. The transaction was rolled back. Null
 * for a defect: that one belongs into the log.
 */
export function writeFailureOf(error: unknown): WriteFailure | null {
  const kind = kindOf(error);
  if (kind === 'full') {
    return { type: 'full', message: 'The disk is full, so this was not saved. Make room, then do it again.' };
  }
  if (kind === 'read-only') {
    return {
      type: 'read-only',
      message: 'The folder of your records may not be written to, so this was not saved. Check its permissions.',
    };
  }
  if (kind === 'damaged') {
    return {
      type: 'damaged',
      message: 'The records on disk are damaged, so this was not saved. Start Closeboard again to restore a backup.',
    };
  }
  if (kind === 'replaced') {
    return {
      type: 'replaced',
      message:
        'The file with your records was moved, deleted or replaced while Closeboard was open, so this was not saved. Put it back, or close Closeboard and start it again.',
    };
  }
  return null;
}

/** The refusal for an error met while opening. */
export function refusalOf(error: unknown, folder: string): OpenRefusal {
  const detail = error instanceof Error ? `${codeOf(error)} ${error.message}`.trim() : 'thrown';
  const kind = kindOf(error);
  return kind === 'other' || kind === 'replaced' ? failed(folder, detail) : REFUSALS[kind](folder, detail);
}

export function damaged(folder: string, detail: string, message: string = DAMAGED): OpenRefusal {
  return { type: 'damaged', headline: 'Your records need to be restored', message, folder, detail };
}

export function failed(folder: string, detail: string): OpenRefusal {
  const message =
    'Your records could not be opened, and nothing was changed. Try again; if it stays, restart the computer.';
  return { type: 'failed', headline: 'Your records could not be opened', message, folder, detail };
}

export function locked(folder: string, detail: string): OpenRefusal {
  const message = 'Another Closeboard is using these records. Close it, then try again.';
  return { type: 'locked', headline: 'Closeboard is already open', message, folder, detail };
}

export function newer(folder: string, detail: string): OpenRefusal {
  const message =
    'These records were last used by a newer Closeboard, which keeps things this one does not know. Update Closeboard, then open it again.';
  return { type: 'newer', headline: 'Closeboard needs an update', message, folder, detail };
}

const DAMAGED =
  'The file with your records can no longer be read safely. Restore the newest backup; the damaged file is set aside, not deleted.';

const REFUSALS = {
  locked,
  damaged: (folder: string, detail: string) => damaged(folder, detail),
  full: (folder: string, detail: string): OpenRefusal => ({
    type: 'full',
    headline: 'The disk is full',
    message: 'Closeboard needs room to keep your records safe. Empty the trash or move large files, then try again.',
    folder,
    detail,
  }),
  'read-only': (folder: string, detail: string): OpenRefusal => ({
    type: 'read-only',
    headline: 'The folder cannot be written to',
    message:
      'Closeboard may read the folder of your records but not write to it. Change its permissions, then try again.',
    folder,
    detail,
  }),
} as const;
