import { expect, test } from 'vitest';
import type { BlobRow } from '../areas/files.ts';
import { AT } from '../testing.ts';
import type { Given } from './index.ts';

type NewBlob = Omit<BlobRow, 'checkedAt' | 'trashedAt'>;

const LATER = '2026-06-02T16:20:00.000Z';
const OVER = '2026-07-10T00:00:00.000Z';
const sha = (letter: string) => letter.repeat(64);

export function filesContract(given: Given): void {
  const blobOf = (workspaceId: string, letter: string): NewBlob => ({
    ...{ workspaceId, sha256: sha(letter), bytes: 1_000 },
    ...{ kind: 'application/pdf', scan: 'waiting', addedAt: AT },
  });

  test('bytes are named by rows, trashed when nothing names them, and back when something does', async () => {
    const workspaceId = await given.workspace();
    const name = { workspaceId, unitId: 'deal-a', rowId: 'v1', sha256: sha('a') };
    await given.store().transaction(workspaceId, async ({ files }) => {
      await files.putBlob(blobOf(workspaceId, 'a'));
      await files.putBlob(blobOf(workspaceId, 'b'));
      expect(await files.blob(workspaceId, sha('a'))).toEqual({
        ...blobOf(workspaceId, 'a'),
        checkedAt: AT,
        trashedAt: null,
      });
      await files.setReference(name);
      await files.setReference({ ...name, unitId: 'deal-b' });
      expect(await files.references(workspaceId, sha('a'))).toBe(2);
      expect(await files.isOnDeal(workspaceId, 'deal-a', sha('a'))).toBe(true);
      expect(await files.isOnDeal(workspaceId, 'deal-c', sha('a'))).toBe(false);
      expect((await files.unreferenced(workspaceId, 9)).map(({ sha256 }) => sha256)).toEqual([sha('b')]);
      expect(await files.trash(workspaceId, sha('a'), LATER)).toBe(false);
      expect(await files.trash(workspaceId, sha('b'), LATER)).toBe(true);
      expect(await files.trashed(workspaceId, LATER, 9)).toEqual([]);
      expect((await files.trashed(workspaceId, OVER, 9)).map(({ sha256 }) => sha256)).toEqual([sha('b')]);
      await files.setReference({ ...name, sha256: sha('b') });
      expect(await files.isOnDeal(workspaceId, 'deal-a', sha('a'))).toBe(false);
      expect((await files.blob(workspaceId, sha('b')))?.trashedAt).toBeNull();
      expect(await files.forget(workspaceId, sha('b'))).toBe(false);
      await files.setReference({ ...name, sha256: null });
      expect(await files.trash(workspaceId, sha('b'), LATER)).toBe(true);
      expect(await files.forget(workspaceId, sha('b'))).toBe(true);
      expect(await files.blob(workspaceId, sha('b'))).toBeNull();
    });
  });

  test('what was scanned and hashed is kept, and known bytes stay as they are', async () => {
    const workspaceId = await given.workspace();
    await given.store().transaction(workspaceId, async ({ files }) => {
      await files.putBlob(blobOf(workspaceId, 'a'));
      await files.putBlob({ ...blobOf(workspaceId, 'b'), addedAt: LATER });
      await files.setScan(workspaceId, sha('a'), 'clean');
      await files.setChecked(workspaceId, sha('a'), OVER);
      await files.putBlob(blobOf(workspaceId, 'a'));
      expect(await files.blob(workspaceId, sha('a'))).toMatchObject({ scan: 'clean', checkedAt: OVER });
      expect((await files.oldestChecked(workspaceId, 1)).map(({ sha256 }) => sha256)).toEqual([sha('b')]);
    });
  });

  test('an upload grows, never shrinks, counts against the quota, and expires', async () => {
    const workspaceId = await given.workspace();
    const upload = {
      ...{ workspaceId, uploadId: 'u1', dealId: 'deal-a', actor: 'party:p1', fileName: 'pay.pdf', sha256: sha('c') },
      ...{ bytes: 5_000_000_000, madeAt: AT, expiresAt: LATER },
    };
    await given.store().transaction(workspaceId, async ({ files }) => {
      await files.putBlob(blobOf(workspaceId, 'c'));
      await files.putUpload(upload);
      expect(await files.upload(workspaceId, 'u1')).toEqual({ ...upload, received: 0, state: 'receiving' });
      expect(await files.received(workspaceId, 'u1', 4_000_000_000)).toBe(true);
      expect(await files.received(workspaceId, 'u1', 3_000_000_000)).toBe(false);
      expect(await files.received(workspaceId, 'u1', 6_000_000_000)).toBe(false);
      expect(await files.received(workspaceId, 'u9', 1)).toBe(false);
      expect(await files.usage(workspaceId)).toEqual({ kept: 1_000, promised: 5_000_000_000 });
      // Its bytes are on their way: they are not thrown away under it.
      expect(await files.unreferenced(workspaceId, 9)).toEqual([]);
      expect(await files.trash(workspaceId, sha('c'), LATER)).toBe(false);
      const ask = { workspaceId, state: 'receiving', limit: 9 } as const;
      expect(await files.expired({ ...ask, before: LATER })).toEqual([]);
      expect(await files.expired({ ...ask, before: OVER })).toHaveLength(1);
      await files.setUploadState(workspaceId, 'u1', 'failed');
      expect(await files.received(workspaceId, 'u1', 4_500_000_000)).toBe(false);
      expect(await files.usage(workspaceId)).toEqual({ kept: 1_000, promised: 0 });
      await files.deleteUpload(workspaceId, 'u1');
      expect(await files.upload(workspaceId, 'u1')).toBeNull();
    });
  });
}
