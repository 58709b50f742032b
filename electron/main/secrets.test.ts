import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecretStore, type SafeStorage } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Turns text around: enough to see that what is kept is not what was given. */
function fakeStorage(change: Partial<SafeStorage> = {}): SafeStorage {
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => Buffer.from([...`sealed:${text}`].reverse().join('')),
    decryptStringAsync: async (bytes) => {
      const text = [...bytes.toString()].reverse().join('');
      if (!text.startsWith('sealed:')) throw new Error('bad seal');
      return { result: text.slice('sealed:'.length), shouldReEncrypt: false };
    },
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...change,
  };
}

function setUp(change: Partial<SafeStorage> = {}, platform = 'linux') {
  const file = join(folder, 'secrets.json');
  return { file, store: createSecretStore({ safeStorage: fakeStorage(change), platform, file }) };
}

describe('with a password store', () => {
  test('a secret comes back, and lies there sealed, for this user only', async () => {
    const { store, file } = setUp();
    expect(await store.get('sync')).toEqual({ ok: true, value: null });
    expect(await store.get('constructor')).toEqual({ ok: true, value: null });
    expect(await store.set('sync', 'hunter2')).toEqual({ ok: true, value: null });
    expect(await store.get('sync')).toEqual({ ok: true, value: 'hunter2' });
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });

  test('secrets are kept apart and can be taken away', async () => {
    const { store } = setUp();
    await store.set('a', '1');
    await store.set('b', '2');
    store.remove('a');
    expect(await store.get('a')).toEqual({ ok: true, value: null });
    expect(await store.get('b')).toEqual({ ok: true, value: '2' });
  });

  test('one that can no longer be read says so', async () => {
    const { store, file } = setUp();
    writeFileSync(file, JSON.stringify({ sync: Buffer.from('garbage').toString('base64') }));
    expect(await store.get('sync')).toMatchObject({ ok: false, error: { type: 'SecretUnreadable' } });
  });

  test('a damaged file holds no secrets and can be written again', async () => {
    const { store, file } = setUp();
    writeFileSync(file, '{"sync": 5');
    expect(await store.get('sync')).toEqual({ ok: true, value: null });
    expect(await store.set('sync', 'x')).toEqual({ ok: true, value: null });
  });

  test('a secret under an old key is sealed again', async () => {
    let sealed = 0;
    const plain = fakeStorage();
    const { store } = setUp({
      encryptStringAsync: (text) => {
        sealed += 1;
        return plain.encryptStringAsync(text);
      },
      decryptStringAsync: async (bytes) => ({ ...(await plain.decryptStringAsync(bytes)), shouldReEncrypt: true }),
    });
    await store.set('sync', 'x');
    expect(await store.get('sync')).toEqual({ ok: true, value: 'x' });
    expect(sealed).toBe(2);
  });
});

describe('without one', () => {
  test.each(['basic_text', 'unknown'])('Linux with %s keeps nothing and says so', async (named) => {
    const { store, file } = setUp({ getSelectedStorageBackend: () => named });
    expect(await store.set('sync', 'hunter2')).toMatchObject({ ok: false, error: { type: 'NoSecretStore' } });
    expect(() => statSync(file)).toThrow();
  });

  test('a store that is locked away keeps nothing', async () => {
    const { store } = setUp({ isAsyncEncryptionAvailable: async () => false }, 'darwin');
    expect(await store.set('sync', 'x')).toMatchObject({ ok: false, error: { type: 'NoSecretStore' } });
  });

  test('a store that takes nothing says so, and whether one could keep anything is known before', async () => {
    const { store, file } = setUp({ encryptStringAsync: async () => Promise.reject(new Error('locked')) });
    expect(await store.canKeep()).toEqual({ ok: true, value: null });
    expect(await store.set('sync', 'x')).toMatchObject({ ok: false, error: { type: 'NoSecretStore' } });
    expect(() => statSync(file)).toThrow();
    const none = setUp({ getSelectedStorageBackend: () => 'basic_text' }).store;
    expect(await none.canKeep()).toMatchObject({ ok: false, error: { type: 'NoSecretStore' } });
  });

  test('other systems are not asked for Linux’s kind of store', async () => {
    const { store } = setUp({ getSelectedStorageBackend: () => 'unknown' }, 'win32');
    expect(await store.set('sync', 'x')).toEqual({ ok: true, value: null });
  });
});
