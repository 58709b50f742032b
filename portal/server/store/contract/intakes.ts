import { expect, test } from 'vitest';
import type { Given } from './index.ts';

const AT = '2026-06-02T16:12:00.000Z';
const LATER = '2026-06-02T17:00:00.000Z';

export function intakeContract(given: Given): void {
  const linkOf = (workspaceId: string, linkId: string) => ({
    ...{ workspaceId, linkId, tokenHash: `hash of ${linkId}`, madeBy: 'member:m1', madeAt: AT },
    ...{ note: 'Maria Ortiz', maxUses: 1, expiresAt: '2026-07-02T16:12:00.000Z' },
  });
  const draftOf = (workspaceId: string, draftId: string) => ({
    ...{ workspaceId, draftId, linkId: 'l1', keyHash: `key of ${draftId}`, dealId: `deal of ${draftId}`, madeAt: AT },
  });

  test('an intake link is found by its token, in its own workspace only, and revoked once', async () => {
    const workspaceId = await given.workspace();
    const other = await given.workspace();
    await given.store().transaction(other, ({ intakes }) => intakes.putLink(linkOf(other, 'l1')));
    await given.store().transaction(workspaceId, async ({ intakes }) => {
      expect(await intakes.linkByTokenHash(workspaceId, 'hash of l1')).toBeNull();
      await intakes.putLink(linkOf(workspaceId, 'l1'));
      await intakes.putLink({ ...linkOf(workspaceId, 'l2'), madeAt: LATER });
      expect((await intakes.links(workspaceId, 10)).map(({ linkId }) => linkId)).toEqual(['l2', 'l1']);
      expect((await intakes.links(workspaceId, 1)).map(({ linkId }) => linkId)).toEqual(['l2']);
      expect(await intakes.linkByTokenHash(workspaceId, 'hash of l1')).toEqual({
        ...linkOf(workspaceId, 'l1'),
        ...{ uses: 0, usedAt: null, revokedAt: null },
      });
      expect(await intakes.revokeLink(workspaceId, 'l1', LATER)).toBe(true);
      expect(await intakes.revokeLink(workspaceId, 'l1', LATER)).toBe(false);
      expect(await intakes.link(workspaceId, 'l1')).toMatchObject({ revokedAt: LATER });
    });
    const there = await given.store().read(({ intakes }) => intakes.link(other, 'l1'));
    expect(there?.revokedAt).toBeNull();
  });

  test('a token is that of one link', async () => {
    const workspaceId = await given.workspace();
    const twice = given.store().transaction(workspaceId, async ({ intakes }) => {
      await intakes.putLink(linkOf(workspaceId, 'l1'));
      await intakes.putLink({ ...linkOf(workspaceId, 'l2'), tokenHash: 'hash of l1' });
    });
    await expect(twice).rejects.toThrow();
  });

  test('a draft keeps its answers, is gone on with by either key, and is sent once', async () => {
    const workspaceId = await given.workspace();
    await given.store().transaction(workspaceId, async ({ intakes }) => {
      await intakes.putLink(linkOf(workspaceId, 'l1'));
      await intakes.putDraft(draftOf(workspaceId, 'd1'));
      await intakes.putDraft(draftOf(workspaceId, 'd2'));
      expect(await intakes.countOpen(workspaceId, 'l1')).toBe(2);
      const answers = { scenario: 'sell', price: 65_000_000, hoa: true, unit: null };
      expect(await intakes.setAnswers(workspaceId, 'd1', answers, LATER)).toBe(true);
      expect(await intakes.setResume(workspaceId, 'd1', 'other', LATER)).toBe(true);
      const kept = {
        ...draftOf(workspaceId, 'd1'),
        ...{ resumeHash: 'other', answers, state: 'open', updatedAt: LATER, sentAt: null },
      };
      expect((await intakes.draftByKey(workspaceId, 'key of d1'))?.draft).toEqual(kept);
      expect((await intakes.draftByKey(workspaceId, 'other'))?.draft).toEqual(kept);
      expect((await intakes.draftByKey(workspaceId, 'other'))?.link).toMatchObject({ linkId: 'l1', uses: 0 });
      expect(await intakes.draftByKey(workspaceId, 'nobody')).toBeNull();
      expect(await intakes.sent(workspaceId, 'd1', { scenario: 'sell' }, LATER)).toBe(true);
      expect(await intakes.sent(workspaceId, 'd1', {}, LATER)).toBe(false);
      expect(await intakes.setAnswers(workspaceId, 'd1', {}, LATER)).toBe(false);
      expect(await intakes.setResume(workspaceId, 'd1', 'third', LATER)).toBe(false);
      expect(await intakes.deleteDraft(workspaceId, 'd1')).toBe(false);
      const sent = await intakes.draftByKey(workspaceId, 'key of d1');
      expect(sent?.draft).toMatchObject({ state: 'sent', answers: { scenario: 'sell' }, sentAt: LATER });
      expect(sent?.link).toMatchObject({ uses: 1, usedAt: LATER });
      expect(await intakes.countOpen(workspaceId, 'l1')).toBe(1);
      expect(await intakes.deleteDraft(workspaceId, 'd2')).toBe(true);
      expect(await intakes.deleteDraft(workspaceId, 'd2')).toBe(false);
    });
  });

  test('a draft needs its link, and goes when nobody went on with it', async () => {
    const workspaceId = await given.workspace();
    const put = (draftId: string) =>
      given.store().transaction(workspaceId, ({ intakes }) => intakes.putDraft(draftOf(workspaceId, draftId)));
    await expect(put('d1')).rejects.toThrow();
    await given.store().transaction(workspaceId, ({ intakes }) => intakes.putLink(linkOf(workspaceId, 'l1')));
    await put('d1');
    const purge = (before: string) =>
      given.store().transaction(workspaceId, ({ intakes }) => intakes.purge(workspaceId, before));
    expect(await purge(AT)).toBe(0);
    expect(await purge(LATER)).toBe(1);
  });

  test('open deals are counted by their owner', async () => {
    const workspaceId = await given.workspace();
    const deals = [
      { id: 'a', ownerId: 'm1', closedOn: null },
      { id: 'b', ownerId: 'm1', closedOn: '2026-05-02' },
      { id: 'c', ownerId: 'm2', closedOn: null },
      { id: 'd', ownerId: 'm2', closedOn: null },
    ];
    for (const row of deals)
      await given.store().transaction(workspaceId, async (tx) => {
        const { version } = await tx.units.bump(workspaceId, row.id);
        const task = { table: 'task' as const, rowId: row.id, row: { id: row.id, ownerId: 'm1', closedOn: null } };
        const rows = [{ table: 'deal' as const, rowId: row.id, row }, task];
        await tx.rows.write({ workspaceId, unitId: row.id, version, commandId: `c-${row.id}`, rows });
      });
    const counts = await given.store().read(({ intakes }) => intakes.openDeals(workspaceId));
    expect([...counts].toSorted()).toEqual([
      ['m1', 1],
      ['m2', 2],
    ]);
  });
}
