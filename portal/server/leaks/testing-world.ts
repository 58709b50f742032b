import { createHash } from 'node:crypto';
import type { Deal, LineRow, VersionRow } from '../../../core/deals/model.ts';
import { DOCUMENT_CLASSES, type DocumentClass } from '../../../core/documents/document.ts';
import { deal as marked, on, ROLES, task } from '../../../core/permissions/testing.ts';
import { hashOfSecret } from '../auth/secrets.ts';
import { type Answer, browserOf, type Desk, openDesk } from '../person/testing.ts';
import { accessHandlers } from '../routes/access.ts';
import type { Store } from '../store/types.ts';
import { portalRows, wantedLines } from './testing-rows.ts';

/** Two deals whose every text and id says where it is from, a team, and everybody who might ask: for the leak matrix. */

export const WORKSPACE = 'main';
export type DealName = 'A' | 'B';
export const dealIdOf = (deal: DealName): string => `${deal}~d1`;

/** Bytes of a paper that say which they are, and their hash. */
const bytesOf = (deal: DealName, kind: string): Buffer => Buffer.from(`%PDF-1.7 <<${deal}.bytes.${kind}>>`);
export const shaOf = (deal: DealName, kind: string): string =>
  createHash('sha256').update(bytesOf(deal, kind)).digest('hex');

const KINDS: readonly (DocumentClass | 'held' | 'unseen')[] = [...DOCUMENT_CLASSES, 'held', 'unseen'];
const mark = (text: string) => `<<${text}>>`;

function lineOf(kind: (typeof KINDS)[number]): LineRow {
  const documentClass = kind === 'held' ? 'disclosure' : kind === 'unseen' ? 'contract' : kind;
  return {
    ...{ id: `line-${kind}`, dealId: 'd1', templateDocumentId: mark(`${kind}.template`), title: mark(`${kind}.title`) },
    ...{ clientTitle: mark(`${kind}.clientTitle`), stage: 'disclosures', ownerRole: 'tc', class: documentClass },
    ...{ condition: mark(`${kind}.condition`), isRequired: true, isLegal: false, position: 1 },
    ...{ state: kind === 'unseen' ? 'needs-review' : 'approved', reason: mark(`${kind}.reason`) },
  } as const satisfies LineRow;
}

function versionOf(deal: DealName, kind: (typeof KINDS)[number]): VersionRow {
  return {
    ...{ id: `ver-${kind}`, dealId: 'd1', lineId: `line-${kind}`, number: 1, sha256: shaOf(deal, kind) },
    ...{ suffix: kind === 'contract' ? 'FE' : null, bytes: bytesOf(deal, kind).length, extension: 'pdf' },
    ...{ originalName: mark(`${kind}.original`), documentOn: on, receivedAt: '2026-06-02T10:00:00.000Z' },
    ...{ sentBy: mark(`${kind}.sentBy`), isHeld: kind === 'held', verdict: kind === 'unseen' ? null : 'approved' },
    ...{ verdictReason: mark(`${kind}.verdict`), verdictOn: on },
  } as const satisfies VersionRow;
}

/** Every id of it begins with its name and `~`, every text mark with its name and a dot. */
function dealNamed(name: DealName): Deal {
  const note = (id: string, authorId: string) => ({ ...marked.notes[0], id, body: mark(`note.${id}`), authorId });
  const inner = { ...task('tc'), id: 't-inner', clientTitle: '', title: mark('inner.title'), stage: 'closing' };
  const deal = {
    ...marked,
    row: { ...marked.row, unit: mark('deal.unit'), ownerId: 'm-tc', packId: 'ca-car-rpa', packRevision: '12/22' },
    tasks: [...marked.tasks.map((each) => ({ ...each, dependsOn: [] })), { ...inner, dependsOn: [] }],
    notes: [note('n-tc', 'm-tc'), note('n-agent', 'm-on')],
    lines: [...KINDS.map(lineOf), ...wantedLines()],
    versions: KINDS.map((kind) => versionOf(name, kind)),
    ...portalRows('m-tc'),
  };
  const ids = new Set(
    [
      ...[[deal.row], deal.tasks, deal.people, deal.notes, deal.anchors, deal.milestones, deal.lines, deal.versions],
      ...[deal.changes, deal.messages, deal.readings, deal.proposals, deal.forms, deal.leads, deal.consents],
    ]
      .flat()
      .map(({ id }) => id),
  );
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') return ids.has(value) ? `${name}~${value}` : value.replaceAll('<<', `<<${name}.`);
    if (Array.isArray(value)) return value.map(named);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, named(part)]));
  };
  return named(deal) as Deal;
}

/** Marks and ids of deals, and marks of whatever else there is, in a text. */
export function tracesIn(text: string): ReadonlySet<string> {
  const decoded = text.replaceAll(/%3C/gi, '<').replaceAll(/%3E/gi, '>').replaceAll(/%7E/gi, '~');
  const all = [...decoded.matchAll(/<<(.+?)>>|\b([AB]~[\w-]+)/g)].map((hit) => hit[1] ?? hit[2] ?? '');
  const hashes = (['A', 'B'] as const).flatMap((deal) =>
    KINDS.filter((kind) => text.includes(shaOf(deal, kind))).map((kind) => `${deal}.hash.${kind}`),
  );
  return new Set([...all, ...hashes]);
}

/** Who asks: what each of their requests carries. */
export interface Asker {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly deviceId: string;
  readonly storeId: string;
}

export interface World {
  readonly desk: Desk;
  readonly deals: Readonly<Record<DealName, Deal>>;
  readonly storeId: string;
  /** A link on deal A that nobody comes through. */
  readonly spareLinkId: string;
  readonly members: Readonly<Record<'tc' | 'admin' | 'on' | 'off', Asker>>;
  /** Keys that do not count, and none. */
  readonly nobodies: readonly Asker[];
  /** People of deal A through their links, by role; one whose link ended, one whose was revoked, and a look as a client. */
  readonly people: ReadonlyMap<string, Asker>;
  readonly ended: readonly Asker[];
  readonly preview: Asker;
}

export async function openWorld(store: Store): Promise<World> {
  const blobs = new Map(
    (['A', 'B'] as const).flatMap((deal) => KINDS.map((kind) => [shaOf(deal, kind), bytesOf(deal, kind)] as const)),
  );
  const desk = await openDesk(store, { hasMail: false, blobs });
  const deals = { A: dealNamed('A'), B: dealNamed('B') };
  for (const deal of [deals.A, deals.B]) await desk.putDeal(deal);
  const storeId = await store.read((read) => read.storeId());
  const member = (id: string, role: 'tc' | 'admin' | 'agent') => addMember(desk, { id, role, storeId });
  const members = {
    tc: await member('m-tc', 'tc'),
    admin: await member('m-admin', 'admin'),
    on: await member('m-on', 'agent'),
    off: await member('m-off', 'agent'),
  };
  const [device, gone] = [await member('m-lost', 'tc'), await member('m-gone', 'tc')];
  await store.transaction(WORKSPACE, async (tx) => {
    const at = desk.context.now().toISOString();
    await tx.members.grantDeal({ workspaceId: WORKSPACE, dealId: dealIdOf('A'), memberId: 'm-on', at });
    await tx.members.grantDeal({ workspaceId: WORKSPACE, dealId: dealIdOf('B'), memberId: 'm-off', at });
    await tx.devices.revoke(WORKSPACE, device.deviceId, at);
    await tx.members.revoke(WORKSPACE, 'm-gone', at);
    for (const deal of [deals.A, deals.B]) await fillBeside(tx, deal, at);
  });
  const nobody = { name: 'nobody', headers: {}, deviceId: 'd-m-tc', storeId };
  const people = await peopleOf(desk, storeId);
  const spare = await linkFor(desk, 'tc');
  return { desk, deals, storeId, spareLinkId: spare.linkId, members, nobodies: [nobody, device, gone], ...people };
}

async function addMember(
  desk: Desk,
  who: { id: string; role: 'tc' | 'admin' | 'agent'; storeId: string },
): Promise<Asker> {
  const { context } = desk;
  const { id: memberId, role, storeId } = who;
  const key = context.newToken();
  const at = context.now().toISOString();
  const deviceId = `d-${memberId}`;
  await context.store.transaction(WORKSPACE, async (tx) => {
    const named = { name: mark(`team.${memberId}`), email: `${memberId}@office.example` };
    await tx.members.put({ workspaceId: WORKSPACE, memberId, role, ...named, at });
    const device = { workspaceId: WORKSPACE, deviceId, memberId, name: mark(`device.${memberId}`) };
    await tx.devices.enrol({ ...device, keyHash: hashOfSecret(key), at });
  });
  return { name: memberId, headers: { authorization: `Bearer ${key}` }, deviceId, storeId };
}

type Tx = Parameters<Parameters<Store['transaction']>[1]>[0];

/** What lies beside the rows: the trail, a link's secrets, the bytes. */
async function fillBeside(tx: Tx, deal: Deal, at: string): Promise<void> {
  const name = deal.row.id[0] as DealName;
  const scope = { workspaceId: WORKSPACE, at };
  const told = { title: mark(`${name}.trail.title`), versionId: `${name}~ver-contract` };
  for (const actor of ['member:m-tc', `party:${name}~p-client`, 'unknown'])
    await tx.audit.append({ ...scope, unitId: deal.row.id, actor, kind: 'denied', details: told });
  await tx.audit.append({
    ...{ ...scope, unitId: 'workspace', actor: 'unknown', kind: 'denied' },
    details: { title: mark(`${name}.workspace`) },
  });
  await tx.links.put({
    ...{ workspaceId: WORKSPACE, linkId: `${name}~link`, dealId: deal.row.id, personId: `${name}~p-client` },
    ...{ kind: 'portal', address: '', tokenHash: mark(`secret.${name}.token`), secondStep: 'word' },
    ...{ wordHash: mark(`secret.${name}.word`), mayDownload: true, madeAt: at, madeBy: 'member:m-tc' },
    ...{ expiresAt: '2027-01-01T00:00:00.000Z', isTiedToClosing: false },
  });
  for (const { sha256, bytes } of deal.versions)
    await tx.files.putBlob({
      workspaceId: WORKSPACE,
      sha256,
      bytes,
      kind: 'application/pdf',
      scan: 'clean',
      addedAt: at,
    });
}

async function linkFor(desk: Desk, role: string, expiresAt: string | null = null) {
  const personId = role === 'tc' ? 'A~p-client' : `A~p-${role}`;
  const step = { secondStep: 'word', word: 'heron', mayDownload: true } as const;
  const ask = { dealId: dealIdOf('A'), personId, ...step, expiresAt };
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, ask);
  if (!made.ok) throw new Error(made.error.message);
  return { linkId: made.value.link.id, token: made.value.url.split('/').at(-1) ?? '' };
}

async function peopleOf(desk: Desk, storeId: string): Promise<Pick<World, 'people' | 'ended' | 'preview'>> {
  const soon = new Date(desk.context.now().getTime() + 60_000).toISOString();
  const ended = [await comeIn(desk, { ...(await linkFor(desk, 'client', soon)), name: 'expired', storeId })];
  desk.wait(120_000);
  const over = await linkFor(desk, 'client');
  ended.push(await comeIn(desk, { ...over, name: 'revoked', storeId }));
  const revoked = { dealId: dealIdOf('A'), linkId: over.linkId };
  const done = await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, revoked);
  if (!done.ok) throw new Error(done.error.message);
  const people = new Map<string, Asker>();
  for (const role of ROLES)
    people.set(role, await comeIn(desk, { ...(await linkFor(desk, role)), name: role, storeId }));
  const asked = { dealId: dealIdOf('A'), personId: 'A~p-client' };
  const shown = await accessHandlers['access/preview'](desk.context, desk.coordinator, asked);
  if (!shown.ok) throw new Error(shown.error.message);
  const token = shown.value.url.split('/').at(-1) ?? '';
  return { people, ended, preview: await comeIn(desk, { token, name: 'preview', storeId }) };
}

/** Through a link and its second step, where it has one. */
async function comeIn(desk: Desk, way: { token: string; name: string; storeId: string }): Promise<Asker> {
  const browser = browserOf(desk);
  const opened = await browser.ask('open', { token: way.token });
  const { step } = opened.body.value as { step: string };
  if (step === 'word') mustBeOk(await browser.ask('confirm', { answer: 'heron' }));
  const cookie = browser.cookie() ?? '';
  return { name: way.name, headers: { cookie }, deviceId: 'd-m-tc', storeId: way.storeId };
}

function mustBeOk({ body, text }: Answer): void {
  if (!body.ok) throw new Error(text);
}
