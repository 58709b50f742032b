import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anchorId } from '../../../core/commands/create-deal.ts';
import { CREATE } from '../../../core/commands/testing.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import { type Desk, openDesk, WORKSPACE } from '../person/testing.ts';
import { DEAL_ID, deal } from '../person/testing-deal.ts';
import type { NewLink } from '../store/areas/links.ts';
import type { StorePlace } from '../store/testing.ts';
import { placeOn, postgresForTests } from '../store/testing-postgres.ts';
import type { Poke } from '../store/types.ts';
import { type Acting, actAs } from './act.ts';

const postgres = await postgresForTests();

const AT = '2026-06-17T16:00:00.000Z';
const LINK: NewLink = {
  ...{ workspaceId: WORKSPACE, linkId: 'k-priya', kind: 'portal', dealId: DEAL_ID, personId: 'p-priya' },
  ...{ address: 'priya@mail.example', tokenHash: 'h', secondStep: 'code', wordHash: '', mayDownload: true },
  ...{ madeAt: AT, madeBy: 'm-noor', expiresAt: '2026-08-02T12:00:00.000Z', isTiedToClosing: true },
};
const SYSTEM: Acting = { actor: { kind: 'system' }, trailActor: 'system' };

let place: StorePlace;
let desk: Desk;

function personOf(personId: string, linkId = 'k-priya'): Acting {
  const person = deal.people.find(({ id }) => id === personId);
  if (person === undefined) throw new Error(`${personId} is not there`);
  return {
    actor: partyActor(person, deal.row),
    trailActor: `party:${personId}`,
    details: personId === 'p-priya' ? { linkId, personId } : { personId },
  };
}

const act = (who: Acting, name: string, args: object, commandId: string = newId(), dealId: string = DEAL_ID) =>
  actAs(desk.context, who, { commandId, dealId, name, args });
const message = (body: string, at: string = AT) => ({
  ...{ messageId: 'msg-1', personId: 'p-priya', aboutType: 'deal', aboutId: '', body, at },
});
const version = async (dealId = DEAL_ID) =>
  (await desk.context.store.read((read) => read.units.get(WORKSPACE, dealId)))?.version ?? 0;
const logged = (commandId: string) => desk.context.store.read((read) => read.commands.byId(WORKSPACE, commandId));
const trail = (unitId = DEAL_ID) =>
  desk.context.store.read(({ audit }) => audit.after({ workspaceId: WORKSPACE, unitId, after: 0, limit: 100 }));
const rowOf = async (table: 'message' | 'anchor' | 'version' | 'deal', id: string, dealId = DEAL_ID) =>
  (await desk.context.store.read((read) => read.rows.get(WORKSPACE, dealId, table, id)))?.row ?? null;

describe.each(['sqlite', 'postgres'] as const)('an act at the server itself, on %s', (driver) => {
  const when = driver === 'postgres' && postgres === null ? test.skip : test;
  beforeEach(async () => {
    place = await placeOn(driver, postgres);
    desk = await openDesk(await place.open());
    const anchors = deal.anchors.map((row) => ({ ...row, id: anchorId(DEAL_ID, row.name) }));
    await desk.putDeal({ ...deal, anchors });
    await desk.context.store.transaction(WORKSPACE, (tx) => tx.links.put(LINK));
  });
  afterEach(async () => {
    await desk.close();
    await place.remove();
  });

  when('is written, logged, told in the trail and poked to desktops, all at once', async () => {
    const pokes: Poke[] = [];
    const heard = new Promise<void>((resolve) => {
      desk.context.store.pokes.subscribe((poke) => {
        pokes.push(poke);
        if (poke.kind === 'unit' && poke.version === 2) resolve();
      });
    });
    const commandId = newId();
    expect(await act(personOf('p-priya'), 'writeMessage', message('When is the walk-through?'), commandId)).toEqual({
      ok: true,
      value: { done: true },
    });
    await heard;
    expect(pokes).toContainEqual(expect.objectContaining({ unitId: DEAL_ID, version: 2 }));
    expect(await rowOf('message', 'msg-1')).toMatchObject({ authorId: 'p-priya', isSettled: false });
    expect(await logged(commandId)).toMatchObject({
      ...{ actor: 'party:p-priya', deviceId: null, outcome: 'accepted', unitVersion: 2, madeAt: AT, decidedAt: AT },
    });
    expect((await trail()).at(-1)).toMatchObject({
      ...{ kind: 'command-accepted', actor: 'party:p-priya', at: AT },
      details: { linkId: 'k-priya', personId: 'p-priya', commandId, name: 'writeMessage', unitVersion: 2 },
    });
  });

  when('that comes again is answered as then; other words or another person under its id are refused', async () => {
    const commandId = newId();
    const first = await act(personOf('p-priya'), 'writeMessage', message('Yes'), commandId);
    desk.wait(5_000);
    const later = desk.context.now().toISOString();
    expect(await act(personOf('p-priya'), 'writeMessage', message('Yes', later), commandId)).toEqual(first);
    expect(await version()).toBe(2);
    expect(await trail()).toHaveLength(1);
    const other = await act(personOf('p-priya'), 'writeMessage', message('No'), commandId);
    expect(other).toMatchObject({ ok: false, error: { type: 'refused', message: /Another step/ } });
    const stolen = await act(personOf('p-daniel'), 'writeMessage', message('Yes'), commandId);
    expect(stolen).toEqual(other);
    expect(await version()).toBe(2);
    expect((await trail()).map(({ kind }) => kind)).toEqual(['command-accepted', 'command-refused', 'command-refused']);
  });

  when('of two at once under one id is done once', async () => {
    const commandId = newId();
    const both = await Promise.all([
      act(personOf('p-priya'), 'writeMessage', message('Yes'), commandId),
      act(personOf('p-priya'), 'writeMessage', message('Yes'), commandId),
    ]);
    expect(both.every(({ ok }) => ok)).toBe(true);
    expect(await version()).toBe(2);
  });

  when('that a rule refuses says why, is kept, and stays refused', async () => {
    const commandId = newId();
    const ask = () => act(personOf('p-priya'), 'completeTask', { taskId: 't-cda', on: '2026-06-17' }, commandId);
    const refused = await ask();
    expect(refused).toMatchObject({ ok: false, error: { type: 'refused', message: /not on your list/ } });
    expect(await ask()).toEqual(refused);
    expect(await logged(commandId)).toMatchObject({ outcome: 'refused', unitVersion: null });
    expect(await trail()).toHaveLength(1);
    expect(await version()).toBe(1);
  });

  when('of somebody who is not on that deal, or whose link is over, writes nothing', async () => {
    const gone = { ok: false, error: { type: 'not-signed-in' } };
    await desk.putDeal({ ...deal, row: { ...deal.row, id: 'deal-2' }, people: [] });
    const elsewhere = await act(personOf('p-daniel'), 'writeMessage', message('Yes'), newId(), 'deal-2');
    expect(elsewhere).toMatchObject(gone);
    const role = { ...personOf('p-daniel'), actor: { ...partyActor({ id: 'p-daniel', role: 'agent' }, deal.row) } };
    expect(await act(role, 'writeMessage', message('Yes'))).toMatchObject(gone);
    expect(await act(personOf('p-priya', 'k-other'), 'writeMessage', message('Yes'))).toMatchObject(gone);
    await desk.context.store.transaction(WORKSPACE, (tx) => tx.links.revoke(WORKSPACE, 'k-priya', AT));
    expect(await act(personOf('p-priya'), 'writeMessage', message('Yes'))).toMatchObject(gone);
    expect(await version()).toBe(1);
    expect(await trail()).toEqual([]);
  });

  when('of a job opens a deal that is not there yet, and moves the end of links with the closing day', async () => {
    const opened = await act(SYSTEM, 'createDeal', { ...CREATE, ownerId: 'm-noor', at: AT }, newId(), 'deal-new');
    expect(opened).toEqual({ ok: true, value: { done: true } });
    expect(await rowOf('deal', 'deal-new', 'deal-new')).toMatchObject({ ownerId: 'm-noor', stage: 'intake' });
    expect((await trail('deal-new')).map(({ actor, kind }) => `${kind} ${actor}`)).toEqual(['command-accepted system']);
    const moved = { name: 'closing', on: '2026-07-09', evidence: 'amendment', expected: '2026-07-02' };
    expect((await act(SYSTEM, 'setAnchor', moved)).ok).toBe(true);
    const link = await desk.context.store.read((read) => read.links.get(WORKSPACE, 'k-priya'));
    expect(link?.expiresAt).toBe('2026-08-09T12:00:00.000Z');
  });

  when('that files a paper keeps what its row names', async () => {
    const sha256 = 'ab'.repeat(32);
    const paper = {
      ...{ versionId: 'v-binder', lineId: 'l-binder', sha256, bytes: 10, extension: 'pdf', originalName: 'binder.pdf' },
      ...{ on: '2026-06-17', at: AT },
    };
    expect(await act(personOf('p-priya'), 'sendDocument', paper)).toMatchObject({ ok: true });
    const isKept = await desk.context.store.read((read) => read.files.isOnDeal(WORKSPACE, DEAL_ID, sha256));
    expect(isKept).toBe(true);
    expect(await rowOf('version', 'v-binder')).toMatchObject({ sentBy: 'Priya Raman' });
  });

  when('whose rule throws is a defect: kept, nothing changed, and the next one goes on', async () => {
    const lines: string[] = [];
    const rules = {
      ...desk.context.rules,
      template: () => {
        throw new Error('no rule');
      },
    };
    const log = { ...desk.context.log, defect: (message: string) => void lines.push(message) };
    const commandId = newId();
    const args = { ...CREATE, ownerId: 'm-noor', at: AT };
    const broken = { ...desk.context, rules, log };
    const asked = { commandId, dealId: 'deal-new', name: 'createDeal', args };
    expect(await actAs(broken, SYSTEM, asked)).toMatchObject({ ok: false, error: { type: 'defect' } });
    expect(lines).toEqual([`command ${commandId}`]);
    expect(await logged(commandId)).toMatchObject({ outcome: 'defect' });
    expect(await version('deal-new')).toBe(0);
    expect((await act(SYSTEM, 'createDeal', args, newId(), 'deal-new')).ok).toBe(true);
  });

  when('that cannot be written is a defect as well, and leaves nothing half done', async () => {
    const lines: string[] = [];
    const log = { ...desk.context.log, defect: (message: string) => void lines.push(message) };
    const args = { ...message('Call \0 me') };
    const told = await actAs({ ...desk.context, log }, personOf('p-priya'), {
      ...{ commandId: newId(), dealId: DEAL_ID, name: 'writeMessage', args },
    });
    expect(told).toMatchObject({ ok: false, error: { type: 'defect' } });
    expect(await rowOf('message', 'msg-1')).toBeNull();
    expect(await version()).toBe(1);
  });
});
