import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Deal } from '../../../core/deals/model.ts';
import { type SqlitePlace, sqlitePlace } from '../store/testing.ts';
import type { Poke } from '../store/types.ts';
import { type Desk, openDesk, WORKSPACE } from './testing.ts';
import { deal as base, DEAL_ID } from './testing-deal.ts';
import { comeIn, lookAs, mustBeOk, type Party, trailOf } from './testing-parties.ts';

const CONTRACT = Buffer.from('%PDF-1.7 the contract');
const sha256 = createHash('sha256').update(CONTRACT).digest('hex');
const deal: Deal = {
  ...base,
  versions: base.versions.map((version) => (version.id === 'v-contract' ? { ...version, sha256 } : version)),
};

let place: SqlitePlace;
let desk: Desk;

beforeEach(async () => {
  place = sqlitePlace();
  desk = await openDesk(await place.open(), { blobs: new Map([[sha256, CONTRACT]]) });
  await desk.putDeal(deal);
  const blob = { workspaceId: WORKSPACE, sha256, bytes: CONTRACT.length, kind: 'application/pdf' };
  await desk.context.store.transaction(WORKSPACE, (tx) => tx.files.putBlob({ ...blob, scan: 'clean', addedAt: 'x' }));
});
afterEach(async () => {
  await desk.close();
  await place.remove();
});

const ticketFor = async (party: Party, use: 'read' | 'download') =>
  (mustBeOk(await party.ask('document-ticket', { versionId: 'v-contract', use })) as { ticket: string }).ticket;
const fetchWith = (ticket: string, origin = 'https://portal.office.example') =>
  desk.app.inject({
    ...{ method: 'POST', url: '/document', payload: `ticket=${ticket}` },
    headers: { host: 'files.office.example', origin, 'content-type': 'application/x-www-form-urlencoded' },
  });

test('a paper is read on the page, where its link hands out no files too; the trail says so with its version', async () => {
  const priya = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya', mayDownload: false });
  const [shown] = (await priya.home()).documents;
  expect(shown?.versionId).toBe('v-contract');
  expect((await priya.ask('document-ticket', { versionId: 'v-contract', use: 'download' })).status).toBe(404);
  const got = await fetchWith(await ticketFor(priya, 'read'));
  expect(got.payload).toBe(CONTRACT.toString());
  expect(got.headers).toMatchObject({
    'access-control-allow-origin': 'https://portal.office.example',
    ...{ vary: 'Origin', 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' },
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
    'content-disposition': expect.stringMatching(/^attachment/),
  });
  expect(got.headers).not.toHaveProperty('access-control-allow-credentials');
  const rows = await trailOf(desk, DEAL_ID);
  expect(rows.at(-1)).toMatchObject({
    ...{ kind: 'view', actor: 'party:p-priya' },
    details: { versionId: 'v-contract', title: 'The signed contract', version: 1, sha256, linkId: priya.linkId },
  });
  expect(rows.filter(({ kind }) => kind === 'download')).toEqual([]);
});

test('only the page of this portal may read the answer, whoever asks, and a ticket counts once', async () => {
  const priya = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
  const ticket = await ticketFor(priya, 'download');
  const got = await fetchWith(ticket, 'https://evil.example');
  expect(got.headers['access-control-allow-origin']).toBe('https://portal.office.example');
  expect(got.headers['content-type']).toBe('application/octet-stream');
  expect((await trailOf(desk, DEAL_ID)).at(-1)).toMatchObject({ kind: 'download', details: { version: 1 } });
  const again = await fetchWith(ticket);
  expect([again.statusCode, again.headers['access-control-allow-origin']]).toEqual([
    404,
    'https://portal.office.example',
  ]);
});

test('a right to read that ends between ticket and paper ends the ticket', async () => {
  const priya = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
  const ticket = await ticketFor(priya, 'read');
  const versions = deal.versions.map((version) => ({ ...version, isHeld: version.id === 'v-contract' }));
  await desk.putDeal({ ...deal, versions });
  expect((await fetchWith(ticket)).statusCode).toBe(404);
  const look = await lookAs(desk, DEAL_ID, 'p-priya');
  expect((await look.ask('document-ticket', { versionId: 'v-contract', use: 'read' })).status).toBe(403);
});

test('what people see and fetch is poked to desktops, at the version that they have', async () => {
  const priya = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
  const pokes: Poke[] = [];
  desk.context.store.pokes.subscribe((poke) => pokes.push(poke));
  await priya.home();
  await fetchWith(await ticketFor(priya, 'read'));
  await priya.ask('document-ticket', { versionId: 'v-strategy', use: 'read' });
  await priya.ask('sign-out');
  const unit = await desk.context.store.read((read) => read.units.get(WORKSPACE, DEAL_ID));
  const { version, head } = unit ?? { version: 0, head: 0 };
  const rows = ['view', 'view', 'denied', 'sign-out'];
  expect((await trailOf(desk, DEAL_ID)).slice(-rows.length).map(({ kind }) => kind)).toEqual(rows);
  expect(pokes).toEqual(rows.map(() => ({ kind: 'unit', workspaceId: WORKSPACE, unitId: DEAL_ID, version, head })));
});
