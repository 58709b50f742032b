import { expect, test } from 'vitest';
import { AT } from '../testing.ts';
import type { Given } from './index.ts';

const LATER = '2026-06-09T16:12:00.000Z';

export function partsContract(given: Given): void {
  const uploadOf = (workspaceId: string, uploadId: string, bytes = 1_000) => ({
    ...{ workspaceId, uploadId, dealId: 'deal-a', actor: 'party:p1', fileName: 'page.jpg', sha256: '' },
    ...{ bytes, madeAt: AT, expiresAt: LATER },
  });
  const partOf = (workspaceId: string, uploadId: string, place: number) => ({
    ...{ workspaceId, uploadId, dealId: 'deal-a', personId: 'p1', sendingId: 's1', place },
  });

  test('parts of a sending come in their order, to their person only, and go with their upload', async () => {
    const workspaceId = await given.workspace();
    const other = await given.workspace();
    await given.store().transaction(workspaceId, async ({ files, parts }) => {
      for (const [uploadId, place] of [['u2', 2] as const, ['u1', 1] as const]) {
        await files.putUpload(uploadOf(workspaceId, uploadId));
        await parts.putPart(partOf(workspaceId, uploadId, place));
      }
      const of = { workspaceId, dealId: 'deal-a', personId: 'p1' };
      const ids = async (ask: Parameters<typeof parts.ofSending>[0]) =>
        (await parts.ofSending(ask)).map(({ uploadId }) => uploadId);
      expect(await ids({ ...of, sendingId: 's1' })).toEqual(['u1', 'u2']);
      expect(await ids({ ...of, sendingId: 's2' })).toEqual([]);
      expect(await ids({ ...of, personId: 'p2', sendingId: 's1' })).toEqual([]);
      expect(await ids({ ...of, dealId: 'deal-b', sendingId: 's1' })).toEqual([]);
      expect(await parts.part(workspaceId, 'u1')).toEqual({
        ...uploadOf(workspaceId, 'u1'),
        ...{ received: 0, state: 'receiving', personId: 'p1', sendingId: 's1', place: 1 },
      });
      await files.setUploadState(workspaceId, 'u1', 'failed');
      expect(await parts.usageOf(of)).toEqual({ count: 1, bytes: 1_000 });
      // What is whole and not filed takes room as well.
      await files.setUploadState(workspaceId, 'u2', 'done');
      expect(await files.usage(workspaceId)).toEqual({ kept: 0, promised: 1_000 });
      await files.deleteUpload(workspaceId, 'u2');
      expect(await parts.part(workspaceId, 'u2')).toBeNull();
      expect(await ids({ ...of, sendingId: 's1' })).toEqual(['u1']);
      expect(await parts.usageOf({ ...of, personId: 'p2' })).toEqual({ count: 0, bytes: 0 });
    });
    expect(await given.store().read(({ parts }) => parts.part(other, 'u1'))).toBeNull();
  });
}
