import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretKeeper } from './secret-keeper.ts';
import { createSecretStore, type SafeStorage } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setUp(backend: string) {
  const safeStorage: SafeStorage = {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => Buffer.from(`sealed:${text}`),
    decryptStringAsync: async (bytes) => {
      if (!bytes.toString().startsWith('sealed:')) throw new Error('bad seal');
      return { result: bytes.toString().slice('sealed:'.length), shouldReEncrypt: false };
    },
    getSelectedStorageBackend: () => backend,
  };
  const file = join(folder, 'secrets.json');
  return { file, keeper: createSecretKeeper(createSecretStore({ safeStorage, platform: 'linux', file })) };
}

test('a secret is kept, given back and forgotten without a problem', async () => {
  const { keeper } = setUp('gnome_libsecret');
  expect(await keeper.get('sync')).toEqual({ secret: null, problem: '' });
  expect(await keeper.keep('sync', 'key')).toEqual({ problem: '' });
  expect(await keeper.get('sync')).toEqual({ secret: 'key', problem: '' });
  expect(await keeper.keep('sync', null)).toEqual({ problem: '' });
  expect(await keeper.get('sync')).toEqual({ secret: null, problem: '' });
});

test('without a password store nothing is written, and both answers say why', async () => {
  const { keeper, file } = setUp('basic_text');
  const problem = expect.stringMatching(/no password store/);
  expect(await keeper.get('sync')).toEqual({ secret: null, problem });
  expect(await keeper.keep('sync', 'key')).toEqual({ problem });
  expect(existsSync(file)).toBe(false);
});

test('what can no longer be read says so', async () => {
  const { keeper, file } = setUp('gnome_libsecret');
  writeFileSync(file, JSON.stringify({ sync: Buffer.from('garbage').toString('base64') }));
  expect(await keeper.get('sync')).toEqual({ secret: null, problem: expect.stringMatching(/can no longer be read/) });
});
