import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { arrivals, blobs } from '../../../db/files-tables.ts';
import { type Db, inWrite } from '../../../db/handles.ts';
import { blobOf } from '../../../db/read/files.ts';
import { AT, mustOpen, tempFolder } from '../../../db/testing.ts';
import { createLog } from '../../contract/log.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import { lookAfter } from './upkeep.ts';

/** The vault's trash, on a real folder. */
let db: Db;
let vault: Vault;
let remove: () => void;
const log = createLog({ append: () => {} }, () => AT);
const now = () => new Date('2026-06-10T10:00:00Z');

beforeEach(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
  vault = createVault({ folder: join(temp.folder, 'vault'), log, now });
});
afterEach(() => {
  db.close();
  remove();
});

async function put(text: string, addedAt: string = AT): Promise<string> {
  const added = await vault.add({ bytes: Buffer.from(text) });
  if (!added.ok) throw new Error(added.error.sentence);
  const { sha256, bytes } = added.value;
  const row = { bytes, kind: 'text', extension: 'txt', pages: null, addedAt, checkedAt: null, trashedAt: null };
  inWrite(db, (write) => blobs.insert(write, { ...row, sha256, reading: 'ok', sentence: '', openedSha256: null }));
  return sha256;
}

function name(sha256: string): void {
  const empty = { relPath: 'a', fileName: 'a', sentence: '', senderName: '', senderAddress: '', subject: '' };
  const none = {
    before: null,
    parentId: null,
    folderId: null,
    hintDealId: null,
    hintLineId: null,
    proposal: null,
    pages: null,
  };
  const undecided = { dealId: null, lineId: null, versionId: null, commandId: null, decidedAt: null, decidedBy: '' };
  const row = { ...empty, ...none, ...undecided, sha256, id: sha256.slice(0, 8), at: AT, source: 'drop', bytes: 1 };
  inWrite(db, (write) => arrivals.insert(write, { ...row, kind: 'text', extension: 'txt', state: 'new' }));
}

const look = (over: Partial<Vault> = {}) =>
  lookAfter({ db, vault: { ...vault, ...over }, log, now, closing: new AbortController().signal });

test('what nothing names goes to the trash after a day, and comes back when something names it', async () => {
  const old = await put('old');
  const fresh = await put('fresh', '2026-06-10T09:00:00.000Z');
  expect(await look()).toMatchObject({ trashed: 1 });
  expect([await vault.has(old), await vault.has(fresh)]).toEqual([false, true]);
  name(old);
  await look();
  expect([await vault.has(old), blobOf(db.read, old)?.trashedAt]).toEqual([true, null]);
});

test('what is named while it is on its way to the trash is not there afterwards', async () => {
  const sha256 = await put('a paper');
  const trash = async (which: string) => {
    name(which);
    return await vault.trash(which);
  };
  expect(await look({ trash })).toMatchObject({ trashed: 0 });
  expect([await vault.has(sha256), blobOf(db.read, sha256)?.trashedAt]).toEqual([true, null]);
});

test('what a program that was killed had thrown away, although it is named, comes back', async () => {
  const sha256 = await put('a paper');
  name(sha256);
  await vault.trash(sha256);
  expect(await look()).toMatchObject({ damaged: 0 });
  expect(await vault.has(sha256)).toBe(true);
});

test('a file that the disk had changed and that was filed again is sound again, and says so', async () => {
  const sha256 = await put('a paper');
  name(sha256);
  const check: Vault['check'] = async () => ({
    ok: false,
    error: { type: 'Damaged', sentence: 'Damaged', code: null },
  });
  expect(await look({ check })).toMatchObject({ damaged: 1 });
  expect(blobOf(db.read, sha256)?.sentence).toMatch(/^The disk has changed this file/);
  await look();
  expect(blobOf(db.read, sha256)?.sentence).toBe('');
});
