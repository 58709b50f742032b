import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import { sha256 } from '../person/secrets.ts';
import { accessHandlers } from '../routes/access.ts';
import type { NewLink } from '../store/areas/links.ts';
import { sqlitePlace } from '../store/testing.ts';
import type { Store } from '../store/types.ts';
import { type Ask, asksOf, type Heard, send, type Target } from './testing-asks.ts';
import { type Asker, dealIdOf, openWorld, shaOf, tracesIn, WORKSPACE, type World } from './testing-world.ts';

/** Unknown, not yours, no longer yours and over: one answer each, after the same work of the records. */

const place = sqlitePlace();
const work: string[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld(counting(await place.open()));
}, 60_000);
afterAll(async () => {
  await world.desk.close();
  await place.remove();
});

/** A store that tells what is asked of it. */
function counting(store: Store): Store {
  const { limits } = store;
  const told = <T extends object>(of: T, names: readonly string[]): T =>
    new Proxy(of, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (names.includes(String(name))) work.push(String(name));
          return Reflect.apply(value, target, args);
        };
      },
    });
  const counted = told(limits, ['hit', 'peek']);
  return new Proxy(told(store, ['read', 'transaction']), {
    get: (target, name) => (name === 'limits' ? counted : Reflect.get(target, name, target)),
  });
}

const target = (name: string, sha256: string): Target => ({
  ...{ dealId: `${name}~d1`, personId: `${name}~p-client`, linkId: `${name}-upload`, versionId: `${name}~ver-held` },
  ...{ sha256, memberId: 'm-tc', deviceId: `d-${name}` },
});

/** How it ended and what it cost, without what repeats the question. */
async function answer(asker: Asker, ask: Ask, wanted: Target): Promise<{ told: string; cost: readonly string[] }> {
  work.length = 0;
  const heard: Heard = await send({ world, asker }, ask);
  const ids = Object.values(wanted).toSorted((a, b) => b.length - a.length);
  const told = ids.reduce((text, id) => text.replaceAll(id, '…'), heard.whole.replaceAll(/[0-9a-f-]{36}/g, '…'));
  return { told, cost: [...work] };
}

/** Asks that are about no deal: what they answer is told by others. */
const OTHERS = [
  ...['sync/hello', 'sync/renew', 'sync/heads', 'server/about', 'team/get', 'team/invite', 'team/device-code'],
  ...['team/sign-out', 'team/enrol', 'open', 'where', 'send-code', 'confirm', 'home', 'sign-out', 'health', 'ready'],
];
/** And those that are asked in a form of their own below. */
const KEPT = [...OTHERS, 'document-ticket', 'sync/push', 'calendar', 'calendar head'];

let seq = 0;

/** That somebody is there is written down once a minute, whatever they ask. */
async function warmUp(asker: Pick<Asker, 'headers'>): Promise<void> {
  await send({ world, asker }, { name: 'team/get', method: 'POST', url: '/api/desk/team/get', body: {} });
  await send({ world, asker }, { name: 'where', method: 'POST', url: '/api/person/where', body: {} });
}

async function pairsFor(asker: Asker, one: Target, other: Target): Promise<void> {
  await warmUp(asker);
  const asks = [asksOf(asker, one, KEPT), asksOf(asker, other, KEPT)] as const;
  for (const [index, ask] of asks[0].entries()) {
    const twin = asks[1][index];
    if (twin === undefined) throw new Error('no twin');
    const [first, second] = [await answer(asker, ask, one), await answer(asker, twin, other)];
    expect({ ask: ask.name, ...first }).toEqual({ ask: ask.name, ...second });
  }
  const [first, second] = [await pushTo(asker, one), await pushTo(asker, other)];
  expect(first).toEqual(second);
}

/** A step on a deal, under the next number of this desktop. */
async function pushTo(asker: Asker, wanted: Target): Promise<unknown> {
  seq += 1;
  const { deviceId, storeId } = asker;
  const at = '2026-06-17T16:00:00.000Z';
  const args = { noteId: newId(), body: 'a note', at };
  const command = { deviceId, seq, commandId: newId(), dealId: wanted.dealId, name: 'addNote', args, at };
  const body = { protocol: PROTOCOL_VERSION, storeId, deviceId, commands: [command] };
  const { told, cost } = await answer(
    asker,
    { name: 'push', method: 'POST', url: '/api/desk/sync/push', body },
    wanted,
  );
  return { told: told.replace(`"seq":${seq}`, '"seq":…'), cost };
}

describe('an agent who asks about a deal', () => {
  test('that is not theirs hears and costs what one does that is not there', async () => {
    await putUpload('A-upload');
    await pairsFor(world.members.off, target('A', shaOf('A', 'contract')), target('Z', 'f'.repeat(64)));
  });

  test('that was theirs until now, too', async () => {
    const { store } = world.desk.context;
    const at = world.desk.context.now().toISOString();
    const grant = { workspaceId: WORKSPACE, dealId: dealIdOf('A'), memberId: 'm-off', at };
    await store.transaction(WORKSPACE, (tx) => tx.members.grantDeal(grant));
    const page = asksOf(world.members.off, target('A', shaOf('A', 'contract'))).find(
      ({ name }) => name === 'sync/page',
    );
    if (page === undefined) throw new Error('no such call');
    expect(tracesIn((await send({ world, asker: world.members.off }, page)).whole)).toContain('A.deal.street');
    await store.transaction(WORKSPACE, (tx) => tx.members.revokeDeal(grant));
    world.desk.wait(120_000);
    await pairsFor(world.members.off, target('A', shaOf('A', 'contract')), target('Y', 'e'.repeat(64)));
  });
});

async function putUpload(uploadId: string): Promise<void> {
  const { store } = world.desk.context;
  const at = '2026-06-17T16:00:00.000Z';
  const upload = {
    workspaceId: WORKSPACE,
    uploadId,
    dealId: dealIdOf('A'),
    actor: 'member:m-tc',
    fileName: 'scan.pdf',
  };
  const about = { sha256: shaOf('A', 'contract'), bytes: 100, madeAt: at, expiresAt: '2027-01-01T00:00:00.000Z' };
  await store.transaction(WORKSPACE, ({ files }) => files.putUpload({ ...upload, ...about }));
}

describe('a link', () => {
  test('that is unknown, over, revoked or of somebody who left opens alike', async () => {
    const { context, coordinator } = world.desk;
    const make = async (personId: string, expiresAt: string | null) => {
      const step = { secondStep: 'word', word: 'heron', mayDownload: true } as const;
      const ask = { dealId: dealIdOf('A'), personId, ...step, expiresAt };
      const made = await accessHandlers['access/make-link'](context, coordinator, ask);
      if (!made.ok) throw new Error(made.error.message);
      return { linkId: made.value.link.id, token: made.value.url.split('/').at(-1) ?? '' };
    };
    const soon = new Date(context.now().getTime() + 1_000).toISOString();
    const [over, revoked, left] = [
      await make('A~p-title', soon),
      await make('A~p-title', null),
      await make('A~p-attorney', null),
    ];
    await accessHandlers['access/revoke-link'](context, coordinator, { dealId: dealIdOf('A'), linkId: revoked.linkId });
    await context.store.transaction(WORKSPACE, async (tx) => {
      const { version } = await tx.units.bump(WORKSPACE, dealIdOf('A'));
      const rows = [{ table: 'person', rowId: 'A~p-attorney', row: null } as const];
      await tx.rows.write({ workspaceId: WORKSPACE, unitId: dealIdOf('A'), version, commandId: newId(), rows });
    });
    world.desk.wait(2_000);
    const tokens = [context.newToken(), over.token, revoked.token, left.token];
    const answers: unknown[] = [];
    for (const token of tokens) {
      const ask: Ask = { name: 'open', method: 'POST', url: '/api/person/open', body: { token } };
      work.length = 0;
      const { whole } = await send({ world, asker: { headers: {} } }, ask);
      answers.push({ whole, cost: [...work] });
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test('to a calendar that is unknown, over, revoked, of a link that was revoked or of somebody who left reads alike', async () => {
    const { context, coordinator } = world.desk;
    const dealId = dealIdOf('A');
    const at = context.now().toISOString();
    const feedThrough = async (personId: string, name: string, more: { readonly expiresAt?: string } = {}) => {
      const step = { secondStep: 'word', word: 'heron', mayDownload: true, expiresAt: null } as const;
      const made = await accessHandlers['access/make-link'](context, coordinator, { dealId, personId, ...step });
      if (!made.ok) throw new Error(made.error.message);
      const token = context.newToken();
      const feed: NewLink = {
        ...{ workspaceId: WORKSPACE, linkId: `feed-${name}`, kind: 'calendar', dealId, personId, address: '' },
        ...{ tokenHash: sha256(token), secondStep: 'none', wordHash: '', mayDownload: false, madeAt: at },
        ...{
          madeBy: `link:${made.value.link.id}`,
          expiresAt: '2027-01-01T00:00:00.000Z',
          isTiedToClosing: false,
          ...more,
        },
      };
      await context.store.transaction(WORKSPACE, ({ links }) => links.put(feed));
      return { token, linkId: feed.linkId, through: made.value.link.id };
    };
    const [good, over, revoked, cut, left] = [
      await feedThrough('A~p-client', 'good'),
      await feedThrough('A~p-client', 'over', { expiresAt: at }),
      await feedThrough('A~p-client', 'revoked'),
      await feedThrough('A~p-client', 'cut'),
      await feedThrough('A~p-agent', 'left'),
    ];
    for (const linkId of [revoked.linkId, cut.through])
      await accessHandlers['access/revoke-link'](context, coordinator, { dealId, linkId });
    await context.store.transaction(WORKSPACE, async (tx) => {
      const { version } = await tx.units.bump(WORKSPACE, dealId);
      const rows = [{ table: 'person', rowId: 'A~p-agent', row: null } as const];
      await tx.rows.write({ workspaceId: WORKSPACE, unitId: dealId, version, commandId: newId(), rows });
    });
    const read = async (token: string) => {
      work.length = 0;
      const ask: Ask = { name: 'calendar', method: 'GET', url: `/calendar/${token}.ics` };
      const { whole, status } = await send({ world, asker: { headers: {} }, address: '198.51.100.77' }, ask);
      return { whole, status, cost: [...work] };
    };
    expect((await read(good.token)).status).toBe(200);
    // Each for the first time of its day, and again.
    for (let time = 0; time < 2; time += 1) {
      const tokens = [context.newToken(), over.token, revoked.token, cut.token, left.token];
      if (time === 1) tokens.splice(0, 1, 'x'.repeat(43));
      if (time === 1) await read('x'.repeat(43));
      const answers: unknown[] = [];
      for (const token of tokens) answers.push(await read(token));
      expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    }
  });

  test('asked for a paper that is not theirs, is none, is held or is of another deal, it answers alike', async () => {
    const asker = world.people.get('lender');
    if (asker === undefined) throw new Error('nobody');
    await warmUp(asker);
    const answers: unknown[] = [];
    for (const versionId of [
      newId(),
      'A~ver-internal',
      'A~ver-held',
      'A~ver-unseen',
      'B~ver-contract',
      'A~line-contract',
    ]) {
      const ask: Ask = { name: 'ticket', method: 'POST', url: '/api/person/document-ticket', body: { versionId } };
      work.length = 0;
      const { whole } = await send({ world, asker }, ask);
      answers.push({ whole, cost: [...work] });
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  });
});
