import type { StoreFailure, StoreRefusal } from './types.ts';

/** The `code` of an error of the system or of either database; empty for anything else. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** For the log: the code and the kind of an error, not its text, which may hold what a person wrote. */
export function detailOf(error: unknown): string {
  const name = error instanceof Error ? error.name : 'thrown';
  return `${codeOf(error)} ${name}`.trim();
}

/**
 * What a thrown error of a store says about the database: nothing was written, and the caller may be answered with the
 * sentence. Null for a defect: that one belongs into the log.
 */
export function storeFailureOf(error: unknown): StoreFailure | null {
  const type = typeOf(codeOf(error), error instanceof Error ? error.message : '');
  return type === null ? null : { type, sentence: SENTENCES[type] };
}

/** Whether a transaction lost against another one and may simply be run again: a deadlock, a failed serialisation. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** The refusal for an error met while opening. */
export function refusalOf(error: unknown): StoreRefusal {
  const detail = detailOf(error);
  const failure = storeFailureOf(error);
  if (codeOf(error) === 'SQLITE_NOTADB') return refused('damaged', detail);
  if (failure === null) return refused('failed', detail);
  return refused(failure.type === 'read-only' ? 'failed' : failure.type, detail);
}

export function refused(type: StoreRefusal['type'], detail: string): StoreRefusal {
  return { type, sentence: REFUSALS[type], detail };
}

function typeOf(code: string, message: string): StoreFailure['type'] | null {
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100'].includes(code)) return 'full';
  if (['EACCES', 'EPERM', 'EROFS', 'SQLITE_PERM', '25006', '42501'].includes(code)) return 'read-only';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read-only';
  if (code.startsWith('SQLITE_CORRUPT') || ['SQLITE_NOTADB', 'XX001', 'XX002'].includes(code)) return 'damaged';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'unavailable';
  if (AWAY.some((start) => code.startsWith(start))) return 'unavailable';
  // The client of PostgreSQL gives these no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(message)
    ? 'unavailable'
    : null;
}

/** Connection lost or refused, a server that shuts down or has no room, a lock or a statement that took too long. */
const AWAY = [
  ...['ECONN', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_', 'EHOST', 'ENET'],
  ...['08', '57P', '57014', '55000', '55P03', '53', '25P03', '28', '3D000', '40001', '40P01'],
];

const SENTENCES: Readonly<Record<StoreFailure['type'], string>> = {
  full: 'The disk of the portal server is full, so this was not saved. Make room there, then do it again.',
  'read-only': 'The portal server may not write to its records, so this was not saved. Ask whoever runs it.',
  damaged:
    'The records of the portal server are damaged, so this was not saved. Ask whoever runs it to restore a backup.',
  unavailable: 'The portal server cannot reach its records at the moment, so this was not saved. Try again soon.',
};

const REFUSALS: Readonly<Record<StoreRefusal['type'], string>> = {
  newer: 'These records were last used by a newer portal server. Update this one, then start it again.',
  locked: 'Another portal server is using these records. Stop it, or connect both to one PostgreSQL database.',
  damaged: 'The file with the records can no longer be read safely. Restore the newest backup, then start again.',
  'not-ours': 'There are tables in this database that are not of Closeboard. Give the portal server one of its own.',
  full: 'The disk is full. Make room, then start the portal server again.',
  unavailable: 'The database cannot be reached. Check its address, name and password, then start again.',
  failed: 'The records could not be opened, and nothing was changed. The log names the reason.',
};
