import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncRow } from '../../../core/sync/rows.ts';
import { addPage, openStage, type Stage } from '../../../core/sync/stage.ts';
import {
  errorOf,
  joinTeam,
  listenTo,
  openingStep,
  problemOf,
  pushTo,
  setUp,
  startTestPortal,
  step,
  type TestDesk,
  type TestPortal,
  type Wish,
} from '../testing.ts';

/** What a server says to a desktop about commands and rows, whichever database it keeps them in. */
export function syncContract(fresh: () => Promise<Wish>): void {
  describe('a server with a team', () => {
    let server: TestPortal;
    let admin: TestDesk;
    let tc: TestDesk;
    let agent: TestDesk;
    beforeAll(async () => {
      server = await startTestPortal(await fresh());
      admin = await setUp(server, { name: 'Priya Raman' });
      tc = await joinTeam(server, admin, { role: 'tc', name: 'Noor Haddad' });
      agent = await joinTeam(server, admin, { role: 'agent', name: 'Ana Diaz' });
    });
    afterAll(() => server.close());
    let tcSeq = 0;
    const next = () => {
      tcSeq += 1;
      return tcSeq;
    };
    const price = (seq: number, dealId: string, priceCents: number, expected: number) =>
      step(tc, seq, { dealId, name: 'setPrice', args: { priceCents, expected } });
    const openDeal = async () => {
      const dealId = newId();
      const opened = await pushTo(server, tc, [openingStep(tc, next(), dealId)]);
      expect(opened.replies).toMatchObject([{ outcome: 'done', unitVersion: 1 }]);
      return dealId;
    };
    const heads = async (desk: TestDesk, since = 0) => {
      const told = await server.get('sync/heads', { ...desk.asked, since }, desk.key);
      if (told.reply === null) throw new Error(told.problem.type);
      return told.reply;
    };
    const pageProblem = async (desk: TestDesk, unitId: string) => {
      const ask = { ...desk.asked, unitId, after: openStage(unitId, 0).at, upTo: null };
      return problemOf(await server.get('sync/page', ask, desk.key));
    };

    test('the greeting tells the team, the role and how far the device is', async () => {
      const told = await server.get('sync/hello', { ...tc.asked, storeId: null }, tc.key);
      expect(told.reply).toMatchObject({ memberId: tc.memberId, role: 'tc', workspaceName: 'Fennimore Realty' });
      expect(told.reply?.team.map((member) => member.name)).toContain('Ana Diaz');
      expect(told.reply?.lastSeq).toBe(tcSeq);
    });

    test('commands go up, rows come down, each once and in order', async () => {
      const dealId = await openDeal();
      const [a, b] = [price(next(), dealId, 100, 64_200_000), price(next(), dealId, 200, 100)];
      const undo = step(tc, next(), { dealId, name: 'undo', args: { commandId: b.commandId } });
      const pushed = await pushTo(server, tc, [a, b, undo]);
      expect(pushed.replies.map((reply) => reply.unitVersion)).toEqual([2, 3, 4]);
      expect((await heads(tc)).units).toContainEqual({ unitId: dealId, version: 4 });
      const { rows, audit } = await pull(server, tc, dealId);
      expect(rows.find((row) => row.table === 'deal')?.row).toMatchObject({ priceCents: 100 });
      const journal = rows.filter((row) => row.table === 'journal');
      expect(journal).toHaveLength(4);
      expect(journal.find((row) => row.rowId === b.commandId)?.row).toMatchObject({ undoneBy: undo.commandId });
      expect(audit).toMatchObject({ count: 4 });
      const redo = step(tc, next(), { dealId, name: 'undo', args: { commandId: undo.commandId } });
      expect((await pushTo(server, tc, [redo])).replies).toMatchObject([{ outcome: 'done', unitVersion: 5 }]);
    });

    test('a repeat is answered the same, also under another number, and changes nothing', async () => {
      const dealId = await openDeal();
      const once = price(next(), dealId, 100, 64_200_000);
      const first = await pushTo(server, tc, [once]);
      const again = await pushTo(server, tc, [once]);
      expect(again).toEqual(first);
      const renumbered = { ...once, seq: next() };
      const other = await pushTo(server, tc, [renumbered]);
      expect(other.replies).toEqual([{ ...first.replies[0], seq: renumbered.seq }]);
      expect((await heads(tc)).units).toContainEqual({ unitId: dealId, version: 2 });
    });

    test('a gap and a device that was set back stop the request where they are', async () => {
      const dealId = await openDeal();
      const good = price(next(), dealId, 100, 64_200_000);
      const gap = await pushTo(server, tc, [good, price(tcSeq + 5, dealId, 300, 100)]);
      expect(gap.replies).toHaveLength(1);
      expect(gap.problem).toMatchObject({ type: 'SeqGap', expected: tcSeq + 1 });
      const rewound = await pushTo(server, tc, [price(tcSeq, dealId, 999, 100)]);
      expect(rewound).toMatchObject({ replies: [], problem: { type: 'DeviceRewound' } });
    });

    test('a refusal consumes its number, and says what the field holds', async () => {
      const dealId = await openDeal();
      const late = price(next(), dealId, 100, 1);
      const after = price(next(), dealId, 100, 64_200_000);
      const pushed = await pushTo(server, tc, [late, after]);
      expect(pushed.replies).toMatchObject([
        { outcome: 'refused', unitVersion: 1, refusal: { type: 'Moved' } },
        { outcome: 'done', unitVersion: 2 },
      ]);
      expect(await pushTo(server, tc, [late])).toMatchObject({ replies: [pushed.replies[0]] });
    });

    test('what cannot be carried out is a defect, and does not hold up what comes behind it', async () => {
      const dealId = await openDeal();
      // A title that neither database can keep as text.
      const poison = step(tc, next(), {
        ...{ dealId, name: 'addTask' },
        args: {
          ...{ taskId: newId(), stage: 'intake', title: 'Call \0 them', assigneeRole: 'tc', assigneeId: null },
          ...{ dueOn: null, isRequired: false },
        },
      });
      const behind = price(next(), dealId, 100, 64_200_000);
      const from = performance.now();
      const pushed = await pushTo(server, tc, [poison, behind]);
      expect(performance.now() - from).toBeLessThan(1_000);
      expect(pushed.replies).toMatchObject([
        { outcome: 'refused', refusal: { type: 'Defect' } },
        { outcome: 'done', unitVersion: 2 },
      ]);
      expect(await pushTo(server, tc, [poison])).toMatchObject({ replies: [pushed.replies[0]] });
      expect(server.lines.some((line) => line.includes(poison.commandId))).toBe(true);
    });

    test('the id of somebody else’s command is refused and tells nothing', async () => {
      const dealId = await openDeal();
      const theirs = price(next(), dealId, 100, 64_200_000);
      await pushTo(server, tc, [theirs]);
      const stolen = step(agent, 1, { id: theirs.commandId, dealId, name: 'setPrice', args: theirs.args });
      // Every word of it, as if they had seen it.
      const copied = { ...theirs, deviceId: agent.deviceId, seq: 2 };
      const { replies } = await pushTo(server, agent, [stolen, copied]);
      const [first, second] = replies.map(({ seq: _seq, commandId: _id, ...rest }) => rest);
      expect(first).toEqual(second);
      expect(first).toMatchObject({ outcome: 'refused', unitVersion: null });
      expect((await heads(agent)).units).toEqual([]);
    });

    test('an agent reaches the deals they are on, and no others are there for them', async () => {
      const dealId = await openDeal();
      const nowhere = newId();
      expect(await pageProblem(agent, dealId)).toBe('UnitNotAvailable');
      expect(await pageProblem(agent, nowhere)).toBe('UnitNotAvailable');
      expect(await pageProblem(agent, 'workspace')).toBe('UnitNotAvailable');
      expect(await pageProblem(tc, 'workspace')).toBe('UnitNotAvailable');
      await server.get('access/set-member', { dealId, memberId: agent.memberId, isOn: true }, tc.key);
      const on = await heads(agent);
      expect(on.units).toEqual([{ unitId: dealId, version: 1 }]);
      expect((await pull(server, agent, dealId)).rows.length).toBeGreaterThan(10);
      await server.get('access/set-member', { dealId, memberId: agent.memberId, isOn: false }, tc.key);
      const off = await heads(agent, on.head);
      expect(off).toMatchObject({ units: [], gone: [dealId] });
      expect(await pageProblem(agent, dealId)).toBe('UnitNotAvailable');
      expect((await heads(agent, off.head)).gone).toEqual([]);
    });

    test('nobody opens a deal under the name of the workspace', async () => {
      const opened = await pushTo(server, tc, [openingStep(tc, next(), 'workspace')]);
      expect(opened.replies).toMatchObject([{ outcome: 'refused', refusal: { type: 'DealNotAvailable' } }]);
    });

    test('another role: deals come whole, and go again one by one', async () => {
      const kim = await joinTeam(server, admin, { role: 'agent', name: 'Kim Roe' });
      const dealId = await openDeal();
      expect((await heads(kim)).units).toEqual([]);
      const own = await openDeal();
      await server.get('access/set-member', { dealId: own, memberId: kim.memberId, isOn: true }, tc.key);
      const before = await heads(kim);
      expect(before.units).toEqual([{ unitId: own, version: 1 }]);
      await server.get('team/set-member', { memberId: kim.memberId, role: 'tc' }, admin.key);
      const asTc = await heads(kim, before.head);
      expect(asTc.units).toEqual(expect.arrayContaining([{ unitId: dealId, version: 1 }]));
      expect(asTc.units.length).toBe((await heads(tc)).units.length);
      await server.get('team/set-member', { memberId: kim.memberId, role: 'agent' }, admin.key);
      const asAgent = await heads(kim, asTc.head);
      expect(asAgent.gone.length).toBe(asTc.units.length - asAgent.units.length);
      expect(asAgent.units).toEqual([{ unitId: own, version: 1 }]);
      expect(asAgent.gone).toContain(dealId);
    });

    test('a store, a protocol and a device that do not fit are told apart', async () => {
      const hello = async (desk: TestDesk, asked: object) =>
        problemOf(await server.get('sync/hello', { ...desk.asked, ...asked }, desk.key));
      expect(await hello(tc, { storeId: 'another' })).toBe('StoreChanged');
      expect(await hello(tc, { protocol: 1 })).toBe('DesktopTooOld');
      expect(await hello(tc, { protocol: 99 })).toBe('ServerTooOld');
      expect(await hello(tc, { deviceId: 'nobody' })).toBe('UnknownDevice');
      expect(await hello(tc, { deviceId: agent.deviceId })).toBe('UnknownDevice');
      const foreign = {
        ...step(tc, tcSeq + 1, { dealId: 'd', name: 'reopenDeal', args: {} }),
        deviceId: agent.deviceId,
      };
      expect(await pushTo(server, tc, [foreign])).toMatchObject({ problem: { type: 'UnknownDevice' }, replies: [] });
    });

    test('a desktop goes on under a new id, once however often it asks, and learns how far the old one came', async () => {
      const lou = await joinTeam(server, admin, { role: 'tc', name: 'Lou Marsh' });
      await pushTo(server, lou, [openingStep(lou, 1, newId())]);
      const ask = {
        protocol: lou.asked.protocol,
        storeId: lou.storeId,
        deviceId: newId(),
        formerIds: [lou.deviceId, 'x'],
      };
      const renewed = await server.get('sync/renew', ask, lou.key);
      expect(renewed.reply).toMatchObject({ deviceId: ask.deviceId, known: [{ deviceId: lou.deviceId, lastSeq: 1 }] });
      expect(await server.get('sync/renew', ask, lou.key)).toEqual(renewed);
      expect(problemOf(await server.get('sync/hello', lou.asked, lou.key))).toBe('DeviceClosed');
      const now = { ...lou, deviceId: ask.deviceId, asked: { ...lou.asked, deviceId: ask.deviceId } };
      expect((await server.get('sync/hello', now.asked, lou.key)).reply).toMatchObject({ lastSeq: 0 });
      expect((await pushTo(server, now, [openingStep(now, 1, newId())])).replies).toMatchObject([{ outcome: 'done' }]);
      const taken = { ...ask, deviceId: agent.deviceId, formerIds: [] };
      expect(problemOf(await server.get('sync/renew', taken, lou.key))).toBe('UnknownDevice');
    });

    test('a request that no desktop of ours makes is turned away whole', async () => {
      const bad = { ...openingStep(tc, tcSeq + 1, 'd\0'), commandId: newId() };
      const asked = await server.ask('sync/push', { ...tc.asked, commands: [bad] }, tc.key);
      expect([asked.status, errorOf(asked).type]).toEqual([400, 'bad-request']);
      const deep = JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`);
      const nested = step(tc, tcSeq + 1, { dealId: 'd', name: 'x', args: deep });
      expect((await server.ask('sync/push', { ...tc.asked, commands: [nested] }, tc.key)).status).toBe(400);
      const many = Array.from({ length: 101 }, () => nested);
      expect((await server.ask('sync/push', { ...tc.asked, commands: many }, tc.key)).status).toBe(400);
    });

    test('pokes tell each desktop of what it may see, and of nothing else', async () => {
      const [coordinator, other] = await Promise.all([listenTo(server, tc.key), listenTo(server, agent.key)]);
      const dealId = await openDeal();
      await coordinator.wait((unitId, version) => unitId === dealId && version === 1);
      await server.get('access/set-member', { dealId, memberId: agent.memberId, isOn: true }, tc.key);
      // Rights changed: it asks for heads, and hears of that deal from now on.
      await other.wait((unitId) => unitId === 'workspace');
      await pushTo(server, tc, [price(next(), dealId, 100, 64_200_000)]);
      await other.wait((unitId, version) => unitId === dealId && version === 2);
      await server.get('access/set-member', { dealId, memberId: agent.memberId, isOn: false }, tc.key);
      await pushTo(server, tc, [price(next(), dealId, 200, 100)]);
      const hidden = await openDeal();
      await coordinator.wait((unitId) => unitId === hidden);
      // Of what came after, the next thing that everybody hears of.
      const times = other.heard.filter(({ unitId }) => unitId === 'workspace').length;
      await server.get('team/set-member', { memberId: agent.memberId, name: 'Ana D.' }, admin.key);
      await other.wait(() => other.heard.filter(({ unitId }) => unitId === 'workspace').length > times);
      const told = other.heard.map(({ unitId, version }) => `${unitId} ${version}`);
      expect(told.filter((line) => line.startsWith(dealId))).toEqual([`${dealId} 2`]);
      expect(told.some((line) => line.startsWith(hidden))).toBe(false);
      coordinator.close();
      other.close();
    });

    test('a device holds four streams; a fifth takes the place of the oldest', async () => {
      const streams = [];
      for (let count = 0; count < 5; count += 1) streams.push(await listenTo(server, admin.key));
      await streams[0]?.ended;
      const dealId = await openDeal();
      await Promise.all(streams.slice(1).map((stream) => stream.wait((unitId) => unitId === dealId)));
      for (const stream of streams) stream.close();
    });
  });
}

/** All pages of a unit, as a desktop takes them in. */
export async function pull(server: TestPortal, desk: TestDesk, unitId: string) {
  let stage: Stage = openStage(unitId, 0);
  let audit: { readonly count: number; readonly hash: string } | null = null;
  while (!stage.isComplete) {
    const ask = { ...desk.asked, unitId, after: stage.at, upTo: stage.upTo };
    const told = await server.get('sync/page', ask, desk.key);
    if (told.reply === null) throw new Error(told.problem.type);
    audit = told.reply.audit;
    stage = addPage(stage, { ...told.reply, rows: told.reply.rows as readonly SyncRow[] });
  }
  return { rows: stage.rows, audit };
}
