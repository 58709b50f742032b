import { expect, test } from 'vitest';
import { ANYWHERE } from '../areas/limits.ts';
import type { NewMail } from '../areas/mail.ts';
import { AT } from '../testing.ts';
import type { Given } from './index.ts';

const SOON = '2026-06-02T16:13:00.000Z';
const LATER = '2026-06-02T16:20:00.000Z';

export function workContract(given: Given): void {
  test('a job is added once, claimed by one, done or put back, and taken over when its owner is gone', async () => {
    const workspaceId = await given.workspace();
    const job = { workspaceId, jobId: 'j1', kind: 'expire', sameKey: 'deal-a', payload: { n: 1 }, runAt: AT };
    const claim = { workspaceId, at: AT, until: SOON, owner: 'one', limit: 9 };
    await given.store().transaction(workspaceId, async ({ jobs }) => {
      expect(await jobs.add(job)).toBe(true);
      expect(await jobs.add({ ...job, jobId: 'j2' })).toBe(false);
      expect(await jobs.add({ ...job, jobId: 'j2', sameKey: 'deal-b', runAt: LATER })).toBe(true);
    });
    expect(await given.store().read(({ jobs }) => jobs.dueWorkspaces(AT, 1_000))).toContain(workspaceId);
    await given.store().transaction(workspaceId, async ({ jobs }) => {
      expect(await jobs.claim(claim)).toMatchObject([{ jobId: 'j1', payload: { n: 1 }, tries: 1, state: 'running' }]);
      expect(await jobs.claim({ ...claim, owner: 'two' })).toEqual([]);
      expect(await jobs.claim({ ...claim, owner: 'two', at: SOON, until: LATER })).toMatchObject([{ tries: 2 }]);
      expect(await jobs.finish(workspaceId, 'j1', 'one')).toBe(false);
      const failed = { workspaceId, jobId: 'j1', owner: 'two', problem: 'no mail set up' };
      expect(await jobs.fail({ ...failed, owner: 'one', retryAt: LATER })).toBe(false);
      expect(await jobs.fail({ ...failed, retryAt: SOON })).toBe(true);
      expect(await jobs.get(workspaceId, 'j1')).toMatchObject({
        state: 'waiting',
        problem: 'no mail set up',
        runAt: SOON,
      });
      await jobs.claim({ ...claim, at: SOON, until: LATER });
      expect(await jobs.finish(workspaceId, 'j1', 'one')).toBe(true);
      const late = await jobs.claim({ ...claim, at: LATER, until: '2026-06-02T17:00:00.000Z' });
      expect(late.map(({ jobId }) => jobId)).toEqual(['j2']);
      expect(await jobs.fail({ ...failed, jobId: 'j2', owner: 'one', retryAt: null })).toBe(true);
      expect((await jobs.inState(workspaceId, 'failed', 9)).map(({ jobId }) => jobId)).toEqual(['j2']);
      expect(await jobs.purge(workspaceId, '2026-06-03T00:00:00.000Z')).toBe(1);
      expect(await jobs.add(job)).toBe(true);
    });
  });

  test('a mail is held, called back, sent once, and not sent again when its fate is unknown', async () => {
    const workspaceId = await given.workspace();
    const mail: NewMail = {
      ...{ workspaceId, mailId: 'e1', dealId: 'deal-a', address: 'mei@mail.example', subject: 'Hello', body: { t: 1 } },
      ...{ state: 'held', releaseAt: SOON, madeAt: AT, madeBy: 'member:m-noor' },
    };
    const claim = { workspaceId, at: SOON, until: LATER, owner: 'one', limit: 9 };
    await given.store().transaction(workspaceId, async (tx) => {
      expect(await tx.mail.put(mail)).toBe(true);
      expect(await tx.mail.put(mail)).toBe(false);
      await tx.mail.put({ ...mail, mailId: 'e2', state: 'approval' });
      await tx.mail.put({ ...mail, mailId: 'e3' });
      await tx.mail.put({ ...mail, mailId: 'e4' });
      expect(await tx.mail.cancel(workspaceId, 'e3')).toBe(true);
      expect(await tx.mail.cancel(workspaceId, 'e3')).toBe(false);
      expect(await tx.mail.claim({ ...claim, at: AT })).toEqual([]);
      expect((await tx.mail.claim(claim)).map(({ mailId }) => mailId)).toEqual(['e1', 'e4']);
      expect(await tx.mail.cancel(workspaceId, 'e1')).toBe(false);
      expect(await tx.mail.sent(workspaceId, 'e1', 'two', SOON)).toBe(false);
      expect(await tx.mail.sent(workspaceId, 'e1', 'one', SOON)).toBe(true);
      expect(await tx.mail.approve(workspaceId, 'e1', SOON)).toBe(false);
      expect(await tx.mail.approve(workspaceId, 'e2', SOON)).toBe(true);
      const again = await tx.mail.claim({ ...claim, at: LATER, until: '2026-06-02T17:00:00.000Z', owner: 'two' });
      expect(again).toMatchObject([{ mailId: 'e2', body: { t: 1 }, tries: 1 }]);
      const failed = { workspaceId, mailId: 'e2', owner: 'two', problem: 'mailbox full' };
      expect(await tx.mail.fail({ ...failed, retryAt: LATER })).toBe(true);
      await tx.mail.claim({ ...claim, at: LATER, until: '2026-06-02T17:00:00.000Z', owner: 'two' });
      expect(await tx.mail.fail({ ...failed, retryAt: null })).toBe(true);
      expect((await tx.mail.ofDeal(workspaceId, 'deal-a')).map(({ mailId, state }) => [mailId, state])).toEqual([
        ['e1', 'sent'],
        ['e2', 'failed'],
        ['e3', 'cancelled'],
        ['e4', 'unknown'],
      ]);
      await tx.mail.put({ ...mail, mailId: 'e5' });
      expect(await tx.mail.get(workspaceId, 'e5')).toEqual({
        ...mail,
        mailId: 'e5',
        tries: 0,
        owner: null,
        problem: '',
        sentAt: null,
      });
    });
    expect(await given.store().read((read) => read.mail.dueWorkspaces(SOON, 1_000))).toContain(workspaceId);
  });

  test('a limit lets so many through in a window, whoever asks at once, and begins anew', async () => {
    const workspaceId = await given.workspace();
    const ask = { workspaceId, key: 'link-code:l1:mei@mail.example', limit: 5, windowMs: 1_000, nowMs: 10_000 };
    const { limits } = given.store();
    expect(await limits.peek(ask)).toEqual({ isAllowed: true, hits: 0, untilMs: 11_000 });
    const hits = await Promise.all(Array.from({ length: 12 }, () => limits.hit(ask)));
    expect(hits.filter(({ isAllowed }) => isAllowed)).toHaveLength(5);
    expect(hits.map((hit) => hit.hits).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(await limits.peek(ask)).toMatchObject({ isAllowed: false, hits: 12 });
    expect(await limits.hit({ ...ask, nowMs: 10_999 })).toEqual({ isAllowed: false, hits: 13, untilMs: 11_000 });
    // A clock behind the one that began the window counts in it.
    expect(await limits.hit({ ...ask, nowMs: 9_000 })).toMatchObject({ isAllowed: false, hits: 14 });
    expect(await limits.hit({ ...ask, workspaceId: ANYWHERE })).toMatchObject({ hits: 1 });
    expect(await limits.hit({ ...ask, nowMs: 11_000 })).toEqual({ isAllowed: true, hits: 1, untilMs: 12_000 });
    const kept = await given.place().raw(`SELECT key FROM limit_count WHERE workspace_id = '${workspaceId}'`);
    expect(JSON.stringify(kept)).not.toContain('mei');
    expect(await limits.purge(workspaceId, 12_000)).toBe(1);
    expect(await limits.purge(ANYWHERE, 12_000)).toBe(1);
  });

  test('a limit that cannot be counted lets nothing through, and counts again afterwards', async () => {
    const place = await given.fresh();
    const store = await place.open();
    const ask = { workspaceId: 'w', key: 'k', limit: 5, windowMs: 1_000, nowMs: 10_000 };
    expect((await store.limits.hit(ask)).isAllowed).toBe(true);
    const speak = await place.silence();
    expect(await store.limits.hit(ask)).toEqual({ isAllowed: false, hits: 0, untilMs: 11_000 });
    expect(await store.limits.peek(ask)).toMatchObject({ isAllowed: false, hits: 0 });
    await speak();
    expect(await store.limits.hit(ask)).toMatchObject({ isAllowed: true, hits: 2 });
    await store.close();
    await expect(store.limits.hit(ask)).rejects.toThrow('closed');
    await place.remove();
  });

  test('a lease is held by one, made longer by that one, and free when given back or over', async () => {
    const workspaceId = await given.workspace();
    const ask = { workspaceId, name: 'upload:u1', owner: 'one', nowMs: 1_000, untilMs: 2_000 };
    const { leases } = given.store();
    const taken = await Promise.all(['a', 'b', 'c'].map((owner) => leases.take({ ...ask, owner })));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = ['a', 'b', 'c'][taken.indexOf(true)] ?? '';
    expect(await leases.take({ ...ask, owner: holder, untilMs: 3_000 })).toBe(true);
    expect(await leases.take({ ...ask, nowMs: 2_500, untilMs: 4_000 })).toBe(false);
    expect(await leases.take({ ...ask, nowMs: 3_000, untilMs: 4_000 })).toBe(true);
    await leases.release({ ...ask, owner: holder });
    expect(await leases.take({ ...ask, owner: 'two', nowMs: 3_100 })).toBe(false);
    await leases.release(ask);
    expect(await leases.take({ ...ask, owner: 'two', nowMs: 3_100, untilMs: 4_100 })).toBe(true);
  });
}
