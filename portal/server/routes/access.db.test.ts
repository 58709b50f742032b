import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { DeviceOutput } from '../../api/device-calls.ts';
import type { DeviceCaller } from '../context.ts';
import { closingOf, expiryFor, lastDayOf, moveLinksWithClosing } from '../links/expiry.ts';
import { type Desk, openDesk, WORKSPACE } from '../person/testing.ts';
import { DEAL_ID, deal } from '../person/testing-deal.ts';
import { sqlitePlace } from '../store/testing.ts';
import { accessHandlers } from './access.ts';

let place = sqlitePlace();
let desk: Desk;
let agent: DeviceCaller;
const dealId = DEAL_ID;

beforeEach(async () => {
  place = sqlitePlace();
  desk = await openDesk(await place.open());
  await desk.putDeal(deal);
  const row = { workspaceId: WORKSPACE, memberId: 'm-eli', name: 'Eli Brandt', email: 'eli@office.example' } as const;
  const member = await desk.context.store.transaction(WORKSPACE, (tx) =>
    tx.members.put({ ...row, role: 'agent', at: '2026-06-01T00:00:00.000Z' }),
  );
  agent = { ...desk.coordinator, member };
});
afterEach(async () => {
  await desk.close();
  await place.remove();
});

const view = async (): Promise<DeviceOutput<'access/get'>> => {
  const got = await accessHandlers['access/get'](desk.context, desk.coordinator, { dealId });
  if (!got.ok) throw new Error(got.error.message);
  return got.value;
};
const make = (more: object = {}) =>
  accessHandlers['access/make-link'](desk.context, desk.coordinator, {
    ...{ dealId, personId: 'p-priya', secondStep: 'code', word: '', mayDownload: true, expiresAt: null },
    ...more,
  });

test('says of everybody what they see, why and until when, with their links', async () => {
  await make();
  await make({ personId: 'p-aiko', mayDownload: false, expiresAt: '2026-07-11T06:59:59.000Z' });
  const { entries, isShared, canMail } = await view();
  expect({ isShared, canMail }).toEqual({ isShared: true, canMail: true });
  const by = (id: string) => entries.find((entry) => entry.id === id);
  expect(by('m-noor')).toMatchObject({
    kind: 'member',
    isOn: null,
    canHaveLink: false,
    short: 'Everything, as a coordinator.',
  });
  expect(by('m-eli')).toMatchObject({ isOn: false, short: 'Not on this deal.' });
  expect(by('p-priya')).toMatchObject({
    short: 'Own tasks, the dates and the papers for them. Until Aug 1.',
    links: [{ state: 'open', secondStep: 'code', address: 'priya@mail.example', madeByName: 'Noor Haddad' }],
    canHaveLink: true,
  });
  expect(by('p-priya')?.sentences.join(' ')).toContain('Their link ends after August 1, 2026');
  expect(by('p-aiko')?.sentences.join(' ')).toContain('shows files but does not hand them out');
  expect(by('p-aiko')).toMatchObject({
    short: expect.stringContaining('Until Jul 10.'),
    links: [{ movesWithClosing: false }],
  });
  expect(by('p-noor')).toMatchObject({ canHaveLink: false, whyNot: expect.stringContaining('no link is made') });
  expect(by('p-hal')?.short).toBe('Shared dates and the signed contract. No link now.');
});

test('a link of a deal without a closing day says when it ends', async () => {
  const open = { ...deal, row: { ...deal.row, id: 'deal-open' }, anchors: [] };
  await desk.putDeal(open);
  expect(await make({ dealId: 'deal-open' })).toMatchObject({
    value: { link: { expiresAt: '2026-09-15T16:00:00.000Z' } },
  });
  const got = await accessHandlers['access/get'](desk.context, desk.coordinator, { dealId: 'deal-open' });
  const priya = got.ok ? got.value.entries.find(({ id }) => id === 'p-priya') : undefined;
  expect(priya?.short).toContain('Until Sep 15.');
  expect(priya?.sentences.join(' ')).toContain('No closing day is set, so the link ends 90 days after it was made.');
});

test('a link is refused with a sentence where it could not work', async () => {
  const refusals = [
    [{ personId: 'p-noor' }, 'not-allowed'],
    [{ personId: 'p-nobody' }, 'not-available'],
    [{ dealId: 'deal-other' }, 'not-available'],
    [{ secondStep: 'word', word: ' a  b' }, 'bad-request'],
    [{ expiresAt: '2026-06-17T15:59:59.000Z' }, 'bad-request'],
    [{ expiresAt: 'not a day, but long enough' }, 'bad-request'],
  ] as const;
  for (const [more, type] of refusals) {
    const made = await make(more);
    expect(made).toMatchObject({ ok: false, error: { type, message: expect.stringMatching(/^[A-Z].*\.$/) } });
  }
  const silent = { ...desk.context, mailer: null };
  const ask = {
    dealId,
    personId: 'p-priya',
    secondStep: 'code',
    word: '',
    mayDownload: true,
    expiresAt: null,
  } as const;
  expect(await accessHandlers['access/make-link'](silent, desk.coordinator, ask)).toMatchObject({
    error: { message: expect.stringContaining('cannot send mail') },
  });
  const people = deal.people.map((person) => ({ ...person, email: '' }));
  await desk.putDeal({ ...deal, people });
  expect(await make()).toMatchObject({ error: { message: expect.stringContaining('no e-mail address') } });
});

test('an agent is put on a deal and taken off it; a coordinator is on all', async () => {
  const set = (memberId: string, isOn: boolean) =>
    accessHandlers['access/set-member'](desk.context, desk.coordinator, { dealId, memberId, isOn });
  const mine = () => accessHandlers['access/get'](desk.context, agent, { dealId });
  expect(await mine()).toMatchObject({ ok: false, error: { type: 'not-available' } });
  expect((await set('m-eli', true)).ok).toBe(true);
  expect((await set('m-eli', true)).ok).toBe(true);
  expect((await mine()).ok).toBe(true);
  expect((await view()).entries.find(({ id }) => id === 'm-eli')).toMatchObject({ isOn: true });
  expect((await set('m-eli', false)).ok).toBe(true);
  expect((await mine()).ok).toBe(false);
  expect(await set('m-noor', false)).toMatchObject({ error: { type: 'not-allowed' } });
  expect(await set('m-nobody', true)).toMatchObject({ error: { type: 'not-available' } });
  const rows = await desk.context.store.read(({ audit }) =>
    audit.after({ workspaceId: WORKSPACE, unitId: dealId, after: 0, limit: 50 }),
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['grant-deal', 'revoke-deal']);
});

test('a link is revoked and switched under its own deal only, and each act is in the trail once', async () => {
  const made = await make();
  if (!made.ok) throw new Error(made.error.message);
  const linkId = made.value.link.id;
  const revoke = (of: string) =>
    accessHandlers['access/revoke-link'](desk.context, desk.coordinator, { dealId: of, linkId });
  const download = (mayDownload: boolean) =>
    accessHandlers['access/set-download'](desk.context, desk.coordinator, { dealId, linkId, mayDownload });
  expect((await revoke('deal-other')).ok).toBe(false);
  expect((await download(false)).ok).toBe(true);
  expect((await download(false)).ok).toBe(true);
  expect((await revoke(dealId)).ok).toBe(true);
  expect((await revoke(dealId)).ok).toBe(true);
  expect((await download(true)).ok).toBe(false);
  expect((await view()).entries.find(({ id }) => id === 'p-priya')?.links).toMatchObject([{ state: 'revoked' }]);
  const rows = await desk.context.store.read(({ audit }) =>
    audit.after({ workspaceId: WORKSPACE, unitId: dealId, after: 0, limit: 50 }),
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['make-link', 'set-download', 'revoke-link']);
  expect(JSON.stringify(rows)).not.toContain(made.value.url.split('/').at(-1));
});

test('the end of a link: 30 days after closing wherever it is evening, moving with it, or the chosen day', async () => {
  const now = new Date('2026-06-17T16:00:00.000Z');
  expect(expiryFor(plainDate('2026-07-02'), now)).toBe('2026-08-02T12:00:00.000Z');
  expect(expiryFor(null, now)).toBe('2026-09-15T16:00:00.000Z');
  for (const end of [
    '2026-08-02T12:00:00.000Z',
    '2026-08-02T06:59:59.000Z',
    '2026-08-01T23:59:59.999Z',
    '2026-08-02T00:00:00.000Z',
  ])
    expect(lastDayOf(end)).toBe('2026-08-01');
  await make();
  await make({ personId: 'p-aiko', expiresAt: '2026-07-11T06:59:59.000Z' });
  const moved = await desk.context.store.transaction(WORKSPACE, (tx) =>
    moveLinksWithClosing(tx, { workspaceId: WORKSPACE, dealId }, plainDate('2026-07-20'), now),
  );
  expect(moved).toBe(1);
  const links = (await view()).entries.flatMap((entry) => entry.links);
  expect(links.map(({ expiresAt }) => expiresAt)).toEqual(['2026-08-20T12:00:00.000Z', '2026-07-11T06:59:59.000Z']);
  const rows = await desk.context.store.read((read) => read.rows.load(WORKSPACE, dealId, 'journal'));
  expect(closingOf(rows)).toBe('2026-07-02');
  expect(closingOf(rows.filter(({ table }) => table !== 'anchor'))).toBeNull();
});
