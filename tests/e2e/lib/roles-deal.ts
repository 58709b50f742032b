import { v7 as newId } from 'uuid';
import { textPdf } from '../../../electron/backend/papers/testing.ts';
import type { Answered } from '../../../electron/contract/sync.ts';
import { card } from './board.ts';
import { command } from './deals.ts';
import { type Desk, isReady } from './desk.ts';
import { drop } from './drop.ts';
import { until } from './expect.ts';
import type { PortalServer } from './portal-server.ts';
import { isShared, join, NOOR, OVER_MS } from './team.ts';

/** Who gets a link in the journeys of the roles. */
export const ROLES = ['client', 'co-client', 'agent', 'lender', 'title'] as const;
export type Role = (typeof ROLES)[number];

/** Everything that is marked is found again by a scan, wherever it should not be. */
export const MARKS = {
  note: 'zz-note-of-the-office',
  tcTask: 'zz-task-of-the-coordinator',
  lenderTask: 'zz-appraisal-in',
  titleTask: 'zz-title-report-in',
  draft: 'zz-paper-not-signed',
  contract: 'zz-purchase-contract',
  clientPhone: '9165550101',
  coPhone: '9165550102',
  otherName: 'Zz Othersidesson',
  otherPhone: '9165550199',
  strategy: 'zz-reason-of-the-client',
  foreign: 'Zz Foreignstreet',
} as const;

export const WORD = 'blue heron over the pier';

export interface RolesDeal {
  readonly dealId: string;
  readonly personIds: Readonly<Record<Role, string>>;
}

const NAMES: Readonly<Record<Role, string>> = {
  client: 'Sofia Brandt',
  'co-client': 'Emil Brandt',
  agent: 'Marisol Quintero',
  lender: 'Aiko Bergström',
  title: 'Tomas Lindqvist',
};

/** At work, at the portal of the office, with that deal. */
export async function beginRoles(desk: Desk, portal: PortalServer): Promise<RolesDeal> {
  await desk.open();
  await join(desk, NOOR, portal);
  return makeRolesDeal(desk);
}

/** A sale in California that our clients sell, under contract, at the shared portal, with a deal of strangers beside it. */
async function makeRolesDeal(desk: Desk): Promise<RolesDeal> {
  const personIds = Object.fromEntries(ROLES.map((role) => [role, newId()])) as Record<Role, string>;
  const phones: Partial<Record<Role, string>> = { client: MARKS.clientPhone, 'co-client': MARKS.coPhone };
  const people = ROLES.map((role) => ({
    ...{ id: personIds[role], name: NAMES[role], role, company: '', phone: phones[role] ?? '9165550111' },
    email: `${role}@mail.example`,
  }));
  const other = { id: newId(), name: MARKS.otherName, role: 'other-principal', company: '', email: '' };
  const dealId = await createDeal(desk, '1847 Marlowe Ave', [...people, { ...other, phone: MARKS.otherPhone }]);
  const stranger = { id: newId(), name: MARKS.foreign, role: 'client', company: '', email: '', phone: '' };
  await createDeal(desk, `9 ${MARKS.foreign}`, [stranger]);
  const at = new Date().toISOString();
  await command(desk, dealId, 'addNote', { noteId: newId(), body: MARKS.note, at });
  const owners = { tc: MARKS.tcTask, lender: MARKS.lenderTask, title: MARKS.titleTask } as const;
  for (const [assigneeRole, title] of Object.entries(owners))
    await command(desk, dealId, 'addTask', {
      ...{ taskId: newId(), stage: 'intake', title, assigneeRole, assigneeId: null, dueOn: '2031-02-20' },
      isRequired: true,
    });
  await fileContract(desk, dealId, { title: MARKS.contract, isSigned: true });
  await fileContract(desk, dealId, { title: MARKS.draft, isSigned: false });
  await isShared(desk);
  return { dealId, personIds };
}

async function createDeal(desk: Desk, street: string, people: readonly object[]): Promise<string> {
  const { forms, profile } = await desk.call('workspace:get', {});
  const form = forms.find(({ state }) => state === 'CA');
  if (form === undefined) throw new Error('there is no form for California');
  const dealId = newId();
  const anchors = [
    { name: 'acceptance', on: '2031-01-20', evidence: '' },
    { name: 'closing', on: '2031-03-14', evidence: '' },
  ];
  await command(desk, dealId, 'createDeal', {
    ...{ street, unit: '', city: 'Sacramento', state: 'CA', zip: '95816', side: 'seller', scenario: 'sell' },
    ...{ packId: form.packId, packRevision: form.revision, ownerId: profile.memberId, priceCents: 73_100_000 },
    ...{ facts: {}, anchors, people, at: new Date().toISOString() },
  });
  return dealId;
}

interface Paper {
  readonly title: string;
  readonly isSigned: boolean;
}

/** Dropped on its document in the window, then reviewed; the signed one by both sides. */
async function fileContract(desk: Desk, dealId: string, { title, isSigned }: Paper): Promise<void> {
  const { page } = desk;
  const lineId = newId();
  await command(desk, dealId, 'addLine', {
    ...{ lineId, title, clientTitle: title, stage: 'disclosures', ownerRole: 'tc', class: 'contract' },
    isRequired: true,
  });
  if (!page.url().includes(dealId)) {
    await page.getByRole('link', { name: /^Board/ }).click();
    await card(page, dealId).click();
    await isReady(page, 'deal');
  }
  await page.keyboard.press('3');
  const row = page.locator(`[data-drop-line="${lineId}"]`).first();
  await row.waitFor();
  const text = Buffer.from(await textPdf(`RESIDENTIAL PURCHASE AGREEMENT ${title}`)).toString('base64');
  await drop(page, row, { name: `${title}.pdf`, type: 'application/pdf', text });
  const filed = async () =>
    (await desk.call('papers:lines', { dealId })).find(({ id }) => id === lineId)?.versions[0]?.id ?? '';
  const versionId = await until(filed, (id) => id !== '', `${title} on its document`, OVER_MS);
  if (!isSigned) return;
  await command(desk, dealId, 'editVersion', { versionId, suffix: 'FE' });
  await command(desk, dealId, 'reviewLine', { lineId, act: 'approve', versionId, reason: '', on: '2031-01-21' });
}

/** A link of one person that opens with the word, as its address. */
export async function linkFor(desk: Desk, { dealId, personIds }: RolesDeal, role: Role) {
  const made = await desk.call('access:make-link', {
    ...{ dealId, personId: personIds[role], secondStep: 'word', word: WORD, mayDownload: true, expiresOn: null },
  });
  const { url, link } = granted(made);
  return { url, linkId: link.id };
}

export function granted<T>(answer: Answered<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`the portal said no: ${JSON.stringify(answer)}`);
}
