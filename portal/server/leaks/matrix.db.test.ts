import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Deal, PartyRole } from '../../../core/deals/model.ts';
import type { DocumentClass } from '../../../core/documents/document.ts';
import { documentsFor } from '../../../core/documents/document-facts.ts';
import { isTaskOfParty, partyActor } from '../../../core/permissions/actor.ts';
import { may } from '../../../core/permissions/may.ts';
import { marksIn, ROLES } from '../../../core/permissions/testing.ts';
import { viewFor } from '../../../core/permissions/view.ts';
import { tempFolder } from '../../../db/testing.ts';
import { partsOf } from '../export/testing-zip.ts';
import { contextOf, countDeal, isClient, readDeal, viewInputOf } from '../person/deal-facts.ts';
import { type StorePlace, sqlitePlace } from '../store/testing.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import { type Ask, asksOf, rawAsks, send, type Target } from './testing-asks.ts';
import {
  type Asker,
  type DealName,
  dealIdOf,
  openWorld,
  shaOf,
  tracesIn,
  WORKSPACE,
  type World,
} from './testing-world.ts';

/**
 * Everybody asks everything about both deals, and whatever comes back (status, headers, JSON, bytes, events, zips) is
 * searched for marks and ids that core/permissions does not give them.
 */

const postgres = await postgresForTests();

let world: World;

const targetOf = (deal: DealName, kind: DocumentClass | 'held' | 'unseen' = 'contract'): Target => ({
  ...{ dealId: dealIdOf(deal), personId: `${deal}~p-lender`, linkId: `${deal}~link`, versionId: `${deal}~ver-${kind}` },
  ...{ sha256: shaOf(deal, kind), memberId: 'm-tc', deviceId: 'd-m-tc' },
});
const KINDS = ['contract', 'held', 'npi-financial', 'npi-identity', 'commission', 'internal', 'wire-suspect'] as const;

/** What all of it says, by what it was asked; `said` first, so that nobody reads their own question as an answer. */
async function heardBy(asker: Asker, asks: readonly Ask[]): Promise<Map<string, ReadonlySet<string>>> {
  const heard = new Map<string, ReadonlySet<string>>();
  for (const [index, ask] of asks.entries()) {
    const { whole, status, body } = await send({ world, asker }, ask);
    expect([asker.name, ask.name, status]).not.toEqual([asker.name, ask.name, 500]);
    const isZip = body.subarray(0, 2).toString('latin1') === 'PK';
    heard.set(`${ask.name} ${index}`, tracesIn(isZip ? await textOfZip(body) : whole));
  }
  return heard;
}

async function textOfZip(zip: Buffer): Promise<string> {
  const { folder, remove } = tempFolder();
  const file = join(folder, 'deal.zip');
  writeFileSync(file, zip);
  const parts = await partsOf(file);
  remove();
  return [...parts].map(([name, bytes]) => `${name}\n${bytes.toString('latin1')}`).join('\n');
}

/** What was heard beyond what is allowed, with where. */
function beyond(heard: Map<string, ReadonlySet<string>>, isAllowed: (trace: string, ask: string) => boolean): string[] {
  return [...heard].flatMap(([ask, traces]) =>
    [...traces].filter((trace) => !isAllowed(trace, ask)).map((trace) => `${ask}: ${trace}`),
  );
}

/** Asks that end what later ones need, or that let whoever may do it change the team. */
const ENDING = ['team/sign-out', 'sign-out', 'confirm', 'access/revoke-link'];
const both = (asker: Asker, except: readonly string[] = ENDING) =>
  (['A', 'B'] as const).flatMap((deal) => [
    ...asksOf(asker, targetOf(deal), except),
    ...KINDS.flatMap((kind) => rawAsks(targetOf(deal, kind)).slice(0, 2)),
  ]);

type PlaceOf = () => Promise<StorePlace>;
const PLACES: readonly (readonly [string, PlaceOf])[] = [
  ['SQLite', async () => sqlitePlace()],
  ...(postgres === null ? [] : [['PostgreSQL', () => postgres.place()] as const]),
];

describe.each(PLACES)('on %s', (_name, placeOf) => {
  let place: StorePlace;
  beforeAll(async () => {
    place = await placeOf();
    world = await openWorld(await place.open());
  }, 120_000);
  afterAll(async () => {
    await world.desk.close();
    await place.remove();
  });

  describe('whoever is nobody', () => {
    test('hears nothing, with no key, a revoked one, that of somebody who left, or one of a person of the deal', async () => {
      for (const asker of [...world.nobodies, ...world.ended]) {
        const heard = await heardBy(asker, both(asker, []));
        expect(beyond(heard, () => false)).toEqual([]);
      }
    });

    test('is told the same on every way in', async () => {
      const [nobody, ...others] = world.nobodies;
      if (nobody === undefined) throw new Error('nobody');
      for (const ask of asksOf(nobody, targetOf('A'), ENDING)) {
        const { whole } = await send({ world, asker: nobody }, ask);
        for (const other of others)
          expect([ask.name, (await send({ world, asker: other }, ask)).whole]).toEqual([ask.name, whole]);
      }
    });
  });

  /** Papers whose bytes a member may be handed, from domain.md section 8. */
  const BYTES: Readonly<Record<'agent' | 'tc', ReadonlySet<string>>> = {
    agent: new Set([
      'contract',
      'unseen',
      'disclosure',
      'inspection',
      'title',
      'insurance',
      'internal',
      'correspondence',
    ]),
    tc: new Set([
      ...['contract', 'unseen', 'disclosure', 'inspection', 'title', 'insurance', 'internal', 'correspondence'],
      ...['closing-disclosure', 'settlement', 'commission'],
    ]),
  };

  /** A desktop has every row of the deals that its member is on; bytes are judged by their class. */
  function isOfMember(trace: string, deals: readonly DealName[], role: 'agent' | 'tc'): boolean {
    const [, name, bytes] = /^([AB])[.~](?:bytes\.(.+))?/.exec(trace) ?? [];
    if (trace.endsWith('.workspace') || trace.startsWith('secret.')) return false;
    if (name === undefined) return trace.startsWith('team.');
    return deals.includes(name as DealName) && (bytes === undefined || BYTES[role].has(bytes));
  }

  describe('a member', () => {
    test.each(['on', 'off'] as const)(
      'who is an agent (%s): their own deal, and of the other nothing',
      async (which) => {
        const asker = world.members[which];
        const own = which === 'on' ? 'A' : 'B';
        const heard = await heardBy(asker, both(asker));
        expect(beyond(heard, (trace) => trace === `device.m-${which}` || isOfMember(trace, [own], 'agent'))).toEqual(
          [],
        );
        const all = new Set([...heard.values()].flatMap((traces) => [...traces]));
        for (const there of [`${own}.note.n-tc`, `${own}.note.n-agent`, `${own}.trail.title`, `${own}.bytes.contract`])
          expect(all).toContain(there);
      },
    );

    test('who coordinates: both deals, their own computers, no secret and no private paper', async () => {
      const asker = world.members.tc;
      const heard = await heardBy(asker, both(asker, [...ENDING, 'access/set-download', 'team/revoke-device']));
      expect(beyond(heard, (trace) => trace === 'device.m-tc' || isOfMember(trace, ['A', 'B'], 'tc'))).toEqual([]);
      // The export has a deal and nothing of the other.
      for (const [deal, other] of [
        ['A', 'B'],
        ['B', 'A'],
      ] as const) {
        const zip = await send(
          { world, asker },
          { name: 'export', method: 'GET', url: `/api/desk/export/${dealIdOf(deal)}` },
        );
        const traces = [...tracesIn(await textOfZip(zip.body))];
        expect(traces.filter((trace) => trace.startsWith(other) || trace.includes('secret'))).toEqual([]);
        expect(traces).toContain(`${deal}.note.n-tc`);
      }
    });

    test('who is the admin: every deal and every computer, no secret and no private paper', async () => {
      const asker = world.members.admin;
      const except = [...ENDING, 'access/set-download', 'team/revoke-member', 'team/revoke-device'];
      const heard = await heardBy(asker, both(asker, except));
      expect(beyond(heard, (trace) => trace.startsWith('device.') || isOfMember(trace, ['A', 'B'], 'tc'))).toEqual([]);
    });
  });

  /** From core alone: the view of that role, what may be told of closing and of papers asked for, and bytes they may have. */
  async function allowedFor(role: PartyRole): Promise<ReadonlySet<string>> {
    const { store, rules, now } = world.desk.context;
    const kept = await store.read((read) => readDeal(read, WORKSPACE, dealIdOf('A')));
    const person = kept?.deal.people.find((each) => each.role === role);
    if (kept === null || person === undefined) throw new Error('no such person');
    const actor = partyActor(person, kept.deal.row);
    const input = viewInputOf(kept, countDeal(kept, rules, now()), role, []);
    const context = { ...contextOf(kept, []), deal: kept.deal };
    const words = (row: { readonly clientTitle: string; readonly title: string }) =>
      isClient(role) ? row.clientTitle : row.title;
    const steps = kept.deal.tasks.filter(
      ({ clientTitle }) => may(actor, 'see', { type: 'closing-step', task: { clientTitle } }, context).ok,
    );
    const wanted = kept.deal.lines.filter(
      (line) => may(actor, 'upload', { type: 'upload', class: line.class }, context).ok,
    );
    const handed = documentsFor(kept.deal, role).filter(
      (document) => may(actor, 'see', { type: 'document', document }, context).ok,
    );
    const view = viewFor(actor, input);
    return new Set([
      ...marksIn(view),
      ...marksIn([...steps, ...wanted].map(words)),
      ...handed.flatMap(({ id }) => [id, `A.bytes.${id.slice('A~ver-'.length)}`]),
      ...wanted.map(({ id }) => id),
      ...kept.deal.tasks.filter((task) => isTaskOfParty(actor, task)).map(({ id }) => id),
      ...ownRowsOf(kept.deal, person.id),
      ...requestsOf(kept.deal, role, view?.requests ?? []),
      ...(ASKED[role] ?? []),
      // The agent of the team, whom a client may let read their figures.
      ...(isClient(role) ? ['team.m-on'] : []),
      ...(isOurs(role) ? ourRowsOf(kept.deal, view?.documents ?? []) : []),
      'team.m-tc',
    ]);
  }

  const isOurs = (role: PartyRole) => ['client', 'co-client', 'agent', 'attorney'].includes(role);

  /** What is theirs alone: their thread, their forms, whom they proposed, what they sent and agreed to. */
  function ownRowsOf(deal: Deal, personId: string): readonly string[] {
    const own = [
      ...deal.messages.filter((row) => row.personId === personId).map(({ id, body }) => [id, body]),
      ...deal.forms
        .filter((row) => row.personId === personId)
        .map((row) => [row.id, row.title, row.reason, row.answers.clientName]),
      ...deal.proposals.filter((row) => row.proposedBy === personId).map(({ id, name, reason }) => [id, name, reason]),
      ...deal.consents.filter((row) => row.byPersonId === personId).map(({ id }) => [id]),
      ...deal.papers.filter((row) => row.sentById === personId).map(({ id }) => [id]),
    ].flat();
    return [...marksIn(own), ...own.filter((text) => typeof text === 'string')];
  }

  /** Requests by their id where the view shows them; why and how they went to our side alone. */
  function requestsOf(deal: Deal, role: PartyRole, seen: readonly { readonly id?: string }[]): readonly string[] {
    return deal.changes.flatMap(({ id, reason, log, terms }) => {
      if (!seen.some((request) => request.id === id)) return [];
      const named = terms.map((term) => ('name' in term ? term.name : ''));
      return isOurs(role) ? [id, ...marksIn([reason, log, named])] : [id];
    });
  }

  /** What is asked of who is not of our side, from domain.md section 8: agreed by us, sent where it must be, and theirs to know. */
  const ASKED: Readonly<Partial<Record<PartyRole, readonly string[]>>> = {
    lender: ['A.ch-join.name'],
    title: ['A.ch-join.name'],
    'other-agent': ['A.ch-repair.term'],
    'other-principal': ['A.ch-repair.term'],
  };

  /** Of our side, who may leave or be let read figures, and the papers that could be replaced. */
  function ourRowsOf(
    deal: Deal,
    documents: readonly { readonly id?: string; readonly title?: string }[],
  ): readonly string[] {
    const people = deal.people.filter(({ role }) => isOurs(role)).map(({ id }) => id);
    const versions = documents.filter(({ title }) => title !== undefined).map(({ id }) => id);
    return [...people, ...deal.versions.filter(({ id }) => versions.includes(id)).map(({ lineId }) => lineId)];
  }

  /** Tickets to read every version, line, task and person there is, and what comes for them: more is read than handed out. */
  async function filesFor(asker: Asker): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const deal of [world.deals.A, world.deals.B])
      for (const { id } of [...deal.versions, ...deal.lines.slice(0, 3), ...deal.people.slice(0, 2), ...deal.notes]) {
        const body = { versionId: id, use: 'read' };
        const ask: Ask = { name: 'ticket', method: 'POST', url: '/api/person/document-ticket', body };
        const told = await send({ world, asker }, ask);
        for (const trace of tracesIn(told.whole)) found.add(trace);
        const { value } = JSON.parse(told.body.toString()) as { readonly value?: { readonly ticket: string } };
        if (value === undefined) continue;
        const ticket = `ticket=${encodeURIComponent(value.ticket)}`;
        const file = await send(
          { world, asker: { headers: {} } },
          { name: 'document', method: 'POST', url: '/document', isOfFiles: true, body: ticket },
        );
        for (const trace of tracesIn(file.whole)) found.add(trace);
      }
    return found;
  }

  describe('a person of deal A through a link', () => {
    test.each(ROLES)('%s: what core allows that role, and of deal B nothing', async (role) => {
      const asker = world.people.get(role);
      if (asker === undefined) throw new Error('nobody');
      const heard = await heardBy(asker, both(asker));
      heard.set('files', await filesFor(asker));
      const allowed = await allowedFor(role);
      expect(beyond(heard, (trace) => allowed.has(trace))).toEqual([]);
      const all = new Set([...heard.values()].flatMap((traces) => [...traces]));
      expect(all).toContain('A.deal.street');
      expect(all).toContain('A.bytes.contract');
      for (const term of ASKED[role] ?? []) expect(all).toContain(term);
    });

    test('a coordinator who looks as a client sees as much and is handed nothing', async () => {
      const heard = await heardBy(world.preview, both(world.preview));
      heard.set('files', await filesFor(world.preview));
      const allowed = await allowedFor('client');
      expect(beyond(heard, (trace) => allowed.has(trace) && !trace.includes('bytes'))).toEqual([]);
    });

    test.each(ROLES)('%s: a feed of their dates holds no text and no id of any deal', async (role) => {
      const asker = world.people.get(role);
      if (asker === undefined) throw new Error('nobody');
      const made = await send(
        { world, asker },
        { name: 'make', method: 'POST', url: '/api/person/make-calendar', body: {} },
      );
      const { value } = JSON.parse(made.body.toString()) as { readonly value?: { readonly url: string } };
      const url = new URL(value?.url ?? '').pathname;
      // From elsewhere: where all the others asked from, feeds that are none were tried too often.
      const feed = await send(
        { world, asker: { headers: {} }, address: '192.0.2.44' },
        { name: 'calendar', method: 'GET', url },
      );
      expect(feed.status).toBe(200);
      expect(feed.body.toString()).toContain('BEGIN:VEVENT');
      const unfolded = feed.whole.replaceAll('\r\n ', '');
      expect([...tracesIn(unfolded)]).toEqual([]);
      expect(unfolded).not.toMatch(/[<>~]/);
    });
  });

  test('the marks are there to be found', () => {
    for (const deal of ['A', 'B'] as const)
      expect(tracesIn(JSON.stringify(world.deals[deal])).size).toBeGreaterThan(200);
  });
});
