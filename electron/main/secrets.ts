import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Result } from '../../core/result.ts';

/** The part of Electron's safeStorage that is used. Only its asynchronous side encrypts: the other is deprecated. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(bytes: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
  getSelectedStorageBackend(): string;
}

export interface SecretError {
  readonly type: 'NoSecretStore' | 'SecretUnreadable' | 'SecretNotSaved';
  readonly message: string;
}

export interface SecretStore {
  /** The secret, or null when none was kept under this name. */
  get(name: string): Promise<Result<string | null, SecretError>>;
  set(name: string, secret: string): Promise<Result<null, SecretError>>;
  remove(name: string): Result<null, SecretError>;
  /** Whether a secret could be kept now. */
  canKeep(): Promise<Result<null, SecretError>>;
}

interface SecretDeps {
  readonly safeStorage: SafeStorage;
  readonly platform: string;
  /** Absolute; made with rights for this user only. */
  readonly file: string;
}

const NO_STORE: SecretError = {
  type: 'NoSecretStore',
  message:
    'This computer has no password store that Closeboard can use (such as GNOME Keyring or KWallet), so nothing secret is kept. Set one up, or sign in again after each start.',
};
const UNREADABLE: SecretError = {
  type: 'SecretUnreadable',
  message: 'What Closeboard kept in the password store can no longer be read. Sign in again.',
};
const NOT_SEALED: SecretError = {
  type: 'NoSecretStore',
  message:
    'The password store of this computer did not take what Closeboard wanted to keep, so it is not kept. Sign in again after each start.',
};
const NOT_SAVED: SecretError = {
  type: 'SecretNotSaved',
  message: 'Closeboard could not write its secrets file. Look whether the disk is full, then try again.',
};

const DONE = { ok: true, value: null } as const;
const Kept = z.record(z.string(), z.string());

/**
 * Keeps secrets encrypted by the system's own store. On Linux without one, Electron would encrypt with a password that
 * is the same everywhere (`basic_text`): then nothing is kept, and the answer says so.
 */
export function createSecretStore({ safeStorage, platform, file }: SecretDeps): SecretStore {
  const isSafe = async () => {
    const named = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : '';
    return named !== 'basic_text' && named !== 'unknown' && (await safeStorage.isAsyncEncryptionAvailable());
  };

  const set = async (name: string, secret: string): Promise<Result<null, SecretError>> => {
    if (!(await isSafe())) return { ok: false, error: NO_STORE };
    const bytes = await safeStorage.encryptStringAsync(secret).catch(() => null);
    if (bytes === null) return { ok: false, error: NOT_SEALED };
    return write(file, { ...read(file), [name]: bytes.toString('base64') });
  };

  return {
    set,
    canKeep: async () => ((await isSafe()) ? DONE : { ok: false, error: NO_STORE }),
    async get(name) {
      const all = read(file);
      const kept = Object.hasOwn(all, name) ? all[name] : undefined;
      if (kept === undefined) return DONE;
      if (!(await isSafe())) return { ok: false, error: NO_STORE };
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'));
        // The secret is good even when the renewed one could not be written.
        if (shouldReEncrypt) await set(name, result);
        return { ok: true, value: result };
      } catch {
        return { ok: false, error: UNREADABLE };
      }
    },
    remove(name) {
      const { [name]: gone, ...others } = read(file);
      if (gone === undefined) return DONE;
      return write(file, others);
    },
  };
}

function read(file: string): Record<string, string> {
  try {
    return Kept.catch({}).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {}; // no file yet, or damaged: either way there is no secret to be had from it
  }
}

function write(file: string, kept: Record<string, string>): Result<null, SecretError> {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
    return DONE;
  } catch {
    return { ok: false, error: NOT_SAVED };
  }
}
