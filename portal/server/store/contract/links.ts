import { expect, test } from 'vitest';
import type { NewLink } from '../areas/links.ts';
import { AT } from '../testing.ts';
import type { Given } from './index.ts';

const LATER = '2026-06-02T16:20:00.000Z';
const CLOSING = '2026-08-01T00:00:00.000Z';

export function linksContract(given: Given): void {
  const linkOf = (workspaceId: string, linkId: string): NewLink => ({
    ...{ workspaceId, linkId, kind: 'portal', dealId: 'deal-a', personId: 'p1', address: 'mei@mail.example' },
    ...{ tokenHash: `t-${linkId}`, secondStep: 'code', wordHash: '', mayDownload: true },
    ...{ madeAt: AT, madeBy: 'member:m-noor', expiresAt: CLOSING, isTiedToClosing: true },
  });

  test('a link is found by its token, moves with the closing date, and is switched', async () => {
    const workspaceId = await given.workspace();
    await given.store().transaction(workspaceId, async ({ links }) => {
      await links.put(linkOf(workspaceId, 'l1'));
      await links.put({ ...linkOf(workspaceId, 'l2'), kind: 'calendar', secondStep: 'none', mayDownload: false });
      await links.put({ ...linkOf(workspaceId, 'l3'), dealId: 'deal-b' });
      await links.put({ ...linkOf(workspaceId, 'l5'), isTiedToClosing: false });
      expect(await links.get(workspaceId, 'l1')).toEqual({
        ...linkOf(workspaceId, 'l1'),
        revokedAt: null,
        usedAt: null,
      });
      expect((await links.byTokenHash(workspaceId, 't-l2'))?.linkId).toBe('l2');
      expect(await links.byTokenHash(workspaceId, 't-none')).toBeNull();
      expect(await links.revoke(workspaceId, 'l2', LATER)).toBe(true);
      expect(await links.revoke(workspaceId, 'l2', LATER)).toBe(false);
      expect(await links.setExpiry(workspaceId, 'deal-a', LATER)).toBe(1);
      expect(await links.setDownload(workspaceId, 'l1', false)).toBe(true);
      expect(await links.setDownload(workspaceId, 'l9', false)).toBe(false);
      await links.used(workspaceId, 'l1', LATER);
      expect(await links.ofDeal(workspaceId, 'deal-a')).toMatchObject([
        { linkId: 'l1', expiresAt: LATER, mayDownload: false, usedAt: LATER, revokedAt: null },
        { linkId: 'l2', expiresAt: CLOSING, revokedAt: LATER },
        { linkId: 'l5', expiresAt: CLOSING, isTiedToClosing: false },
      ]);
    });
    const twice = given
      .store()
      .transaction(workspaceId, ({ links }) => links.put({ ...linkOf(workspaceId, 'l4'), tokenHash: 't-l1' }));
    await expect(twice).rejects.toThrow();
  });

  test('a calendar feed ends with the link that it was made through, and with no other', async () => {
    const workspaceId = await given.workspace();
    const feed = (linkId: string, more: Partial<NewLink>): NewLink => ({
      ...linkOf(workspaceId, linkId),
      ...{ kind: 'calendar', secondStep: 'none', madeBy: 'link:l1', ...more },
    });
    await given.store().transaction(workspaceId, async ({ links }) => {
      for (const link of [linkOf(workspaceId, 'l1'), linkOf(workspaceId, 'l10')]) await links.put(link);
      await links.put(feed('f1', {}));
      await links.put(feed('f2', { madeBy: 'link:l10' }));
      await links.put(feed('f3', { dealId: 'deal-b' }));
      expect(await links.revoke(workspaceId, 'l1', LATER)).toBe(true);
      const ends = async (...ids: readonly string[]) =>
        Promise.all(ids.map(async (id) => (await links.get(workspaceId, id))?.revokedAt));
      expect([await ends('l1'), await ends('f1'), await ends('l10'), await ends('f2'), await ends('f3')]).toEqual([
        ...[[LATER], [LATER], [null], [null], [null]],
      ]);
    });
  });

  test('open links are found by the mailbox that their codes go to', async () => {
    const workspaceId = await given.workspace();
    await given.store().transaction(workspaceId, async ({ links }) => {
      await links.put({ ...linkOf(workspaceId, 'l1'), address: 'Mei@Mail.example' });
      await links.put({ ...linkOf(workspaceId, 'l2'), dealId: 'deal-b', madeAt: LATER });
      await links.put({ ...linkOf(workspaceId, 'other'), address: 'mei@mail.example.org' });
      await links.put({ ...linkOf(workspaceId, 'word'), secondStep: 'word' });
      await links.put({ ...linkOf(workspaceId, 'feed'), kind: 'calendar' });
      await links.put({ ...linkOf(workspaceId, 'over'), expiresAt: LATER });
      await links.put(linkOf(workspaceId, 'revoked'));
      await links.revoke(workspaceId, 'revoked', LATER);
      const found = await links.ofAddress(workspaceId, 'mei@mail.example', LATER);
      expect(found.map(({ linkId }) => linkId)).toEqual(['l2', 'l1']);
      expect(await links.ofAddress(workspaceId, '%', LATER)).toEqual([]);
    });
  });

  test('a session comes with its link as it is now, and ends with it at once', async () => {
    const workspaceId = await given.workspace();
    const session = { workspaceId, sessionHash: 's1', linkId: 'l1', browserHash: 'b', madeAt: AT, endsAt: CLOSING };
    await given.store().transaction(workspaceId, async ({ links, sessions }) => {
      await links.put(linkOf(workspaceId, 'l1'));
      await sessions.open(session);
      await sessions.open({ ...session, sessionHash: 's2' });
      await sessions.confirm(workspaceId, 's1', LATER);
      await sessions.saw(workspaceId, 's1', LATER);
      expect(await sessions.byHash(workspaceId, 's1')).toEqual({
        session: { ...session, seenAt: LATER, confirmedAt: LATER, revokedAt: null },
        link: await links.get(workspaceId, 'l1'),
      });
      expect(await sessions.byHash(workspaceId, 's9')).toBeNull();
      expect(await sessions.revoke(workspaceId, 's2', LATER)).toBe(true);
      expect(await sessions.revoke(workspaceId, 's2', LATER)).toBe(false);
    });
    await given.store().transaction(workspaceId, ({ links }) => links.revoke(workspaceId, 'l1', LATER));
    const after = await given.store().read(({ sessions }) => sessions.byHash(workspaceId, 's1'));
    expect(after).toMatchObject({
      session: { revokedAt: LATER },
      link: { revokedAt: LATER, mayDownload: true, isTiedToClosing: true },
    });
    const purge = (before: string) =>
      given.store().transaction(workspaceId, ({ sessions }) => sessions.purge(workspaceId, before));
    expect(await purge(CLOSING)).toBe(0);
    expect(await purge('2026-09-01T00:00:00.000Z')).toBe(2);
  });

  test('a session needs its link', async () => {
    const workspaceId = await given.workspace();
    const session = { workspaceId, sessionHash: 's1', linkId: 'l9', browserHash: 'b', madeAt: AT, endsAt: CLOSING };
    await expect(given.store().transaction(workspaceId, ({ sessions }) => sessions.open(session))).rejects.toThrow();
  });
}
