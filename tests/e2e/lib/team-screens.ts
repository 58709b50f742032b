import type { Page } from 'playwright-core';
import { v7 as newId } from 'uuid';
import type { Answered } from '../../../electron/contract/sync.ts';
import { card } from './board.ts';
import { command, makeDeal } from './deals.ts';
import { type Desk, isReady } from './desk.ts';
import { until } from './expect.ts';
import { withPhone } from './phone.ts';
import type { PortalServer } from './portal-server.ts';
import { foot, inviteBy, isShared, join, NOOR, OVER_MS, THEO, toPortal } from './team.ts';

/** Looks at a page that stands there: axe does, and the contact sheet. */
export type Look = (page: Page, name: string) => Promise<void>;

const ANA = {
  name: 'Maximiliana Featherstonehaugh-Cholmondeley',
  email: 'ana@fennimore.example',
  computer: 'Office PC',
};
const WORD = 'lantern quartz meadow 41';

interface Scene {
  readonly noor: Desk;
  readonly theo: Desk;
  readonly portal: PortalServer;
  readonly look: Look;
  /** One deal that much happens on, and one that ends. */
  readonly dealId: string;
  readonly endedId: string;
  readonly noteId: string;
}

/** Every screen of a shared portal, made by living through it: the admin's, the other one's, and those of a person with a link. */
export async function teamScreens(noor: Desk, portal: PortalServer, look: Look): Promise<void> {
  const theo = noor.another();
  await noor.open();
  await connecting(noor, portal, look);
  await join(noor, NOOR, portal);
  const scene = { noor, theo, portal, look, ...(await deals(noor)) };
  await theo.open();
  await join(theo, THEO, portal, await inviteBy(noor, THEO));
  await card(theo.page, scene.endedId).waitFor({ timeout: OVER_MS });
  await team(scene);
  await links(scene);
  await apart(scene);
  await attention(scene);
  await signedOut(scene);
}

async function connecting({ page }: Desk, portal: PortalServer, look: Look): Promise<void> {
  await toPortal(page);
  await page.getByRole('button', { name: /Connect a shared portal/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect a shared portal' });
  await dialog.getByRole('textbox').fill(portal.address);
  await page.keyboard.press('Control+Enter');
  const second = page.getByRole('dialog', { name: 'Set up the portal' });
  await second.getByRole('button', { name: /^Connect/ }).click({ timeout: OVER_MS });
  await page.getByText('Write the code.').waitFor();
  await look(page, 'settings, set up the portal, fields to look at');
  await page.keyboard.press('Escape');
  await second.waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  await isReady(page, 'board');
}

async function deals(noor: Desk) {
  const dealId = await makeDeal(noor, {
    street: '1847 Marlowe Ave',
    client: 'Priya Raman',
    anchors: [
      { name: 'acceptance', on: '2026-11-02' },
      { name: 'closing', on: '2026-12-18' },
    ],
  });
  const noteId = newId();
  await command(noor, dealId, 'addNote', { noteId, body: 'The seller leaves the fridge.', at: now() });
  return {
    dealId,
    noteId,
    endedId: await makeDeal(noor, { street: '2210 Quillfeather Ln', client: 'Aiko Bergström' }),
  };
}

/** A third computer, without its window. */
async function enrol(server: PortalServer, { name, email, computer }: typeof ANA, code: string): Promise<void> {
  const input = { code, deviceId: newId(), deviceName: computer, memberId: newId(), name, email, workspaceName: '' };
  const reply = await fetch(`${server.url}/api/desk/team/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!reply.ok) throw new Error(`${name} could not sign in: ${await reply.text()}`);
}

async function team({ noor, look, portal: server }: Scene): Promise<void> {
  const { page } = noor;
  const invited = granted(await noor.call('team:invite', { name: ANA.name, email: ANA.email, role: 'agent' }));
  await enrol(server, ANA, invited.code);
  granted(await noor.call('team:invite', { name: 'Josué Tavares', email: 'josue@fennimore.example', role: 'tc' }));
  const portal = await toPortal(page);
  await portal.getByRole('region', { name: ANA.name }).waitFor({ timeout: OVER_MS });
  await portal.getByText('Josué Tavares').waitFor({ timeout: OVER_MS });
  await look(page, 'settings, a shared portal as its admin');
  await page.getByRole('button', { name: `Sign out ${THEO.computer}` }).click();
  await page.getByRole('button', { name: /Sign it out/ }).waitFor();
  await look(page, 'settings, signing a computer out');
  await page.keyboard.press('Escape');
  await portal.getByRole('region', { name: THEO.name }).getByRole('button', { name: 'Code for a computer' }).click();
  await page.getByRole('dialog', { name: `Code for ${THEO.name}` }).waitFor();
  await look(page, 'settings, a code for a computer');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Sign out of this portal/ }).click();
  await page.getByRole('button', { name: /Stay signed in/ }).waitFor();
  await look(page, 'settings, signing out');
  await page.keyboard.press('Escape');
}

async function links(scene: Scene): Promise<void> {
  const { noor, look, dealId } = scene;
  const { page } = noor;
  await openDeal(page, dealId, '5');
  await page.getByRole('listbox', { name: 'People' }).waitFor();
  await page.keyboard.press('v');
  await page.getByRole('listbox', { name: 'Who sees what' }).getByText('Priya Raman').click({ timeout: OVER_MS });
  await page.keyboard.press('l');
  await page
    .getByRole('dialog', { name: 'Make a link for Priya Raman' })
    .getByRole('textbox', { name: 'The word' })
    .fill(WORD);
  await look(page, 'deal, making a link');
  await page.keyboard.press('Control+Enter');
  const made = page.getByRole('dialog', { name: 'The link for Priya Raman' });
  await made.getByRole('img', { name: /QR code/ }).waitFor({ timeout: OVER_MS });
  await look(page, 'deal, a link that was made');
  const url = await made.getByRole('textbox', { name: 'Address' }).inputValue();
  await page.keyboard.press('Escape');
  await made.waitFor({ state: 'detached' });
  await onPhone(scene, url);
  await page.keyboard.press('1');
  await page.keyboard.press('5');
  await page.keyboard.press('v');
  await page.getByText(/Last opened/).waitFor({ timeout: OVER_MS });
  await look(page, 'deal, who sees what, with links');
  await page.keyboard.press('9');
  await page.locator('[data-group="denied"]').first().waitFor({ timeout: OVER_MS });
  await look(page, 'deal, activity with what was denied');
}

/** What a person with a link goes through, and what one who only has the address does. */
async function onPhone({ noor, dealId, look }: Scene, url: string): Promise<void> {
  await withPhone(async (phone) => {
    const { page } = phone;
    await page.goto(url);
    await page.getByRole('button', { name: 'Open my closing' }).waitFor();
    await look(page, 'portal, landing');
    await page.getByRole('button', { name: 'Open my closing' }).click();
    const word = page.getByLabel('The word you agreed on');
    await word.fill('grey goose');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'not the word' }).waitFor();
    await look(page, 'portal, a wrong word');
    await word.fill(WORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Hello Priya/ }).waitFor();
    await look(page, 'portal, home');
    const person = (await noor.call('deals:get', { dealId }))?.people[0];
    const about = { dealId, personId: person?.id ?? '' };
    const preview = granted(await noor.call('access:preview', about));
    const other = await phone.another();
    await other.goto(preview.url);
    await other.getByRole('button', { name: 'Open my closing' }).click();
    await other.getByText(/^You see this as/).waitFor();
    await look(other, 'portal, seen as somebody');
    const step = { secondStep: 'word', word: WORD, mayDownload: false, expiresOn: null } as const;
    const ended = granted(await noor.call('access:make-link', { ...about, ...step }));
    granted(await noor.call('access:revoke-link', { dealId, linkId: ended.link.id }));
    await other.goto('about:blank');
    await other.goto(ended.url);
    await other.getByRole('button', { name: 'Open my closing' }).click();
    await other.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await look(other, 'portal, a link that does not work');
  });
}

/** Both go on without the portal, on the same things; Noor's get there first. */
async function apart({ noor, theo, portal, look, ...at }: Scene): Promise<void> {
  await portal.stop();
  for (const { page } of [noor, theo]) await foot(page, /^Offline/).waitFor({ timeout: OVER_MS });
  await command(noor, at.dealId, 'setPrice', { priceCents: 60_000_000, expected: 58_500_000 });
  await command(noor, at.dealId, 'editNote', { noteId: at.noteId, body: 'The seller leaves the fridge and the oven.' });
  await command(noor, at.endedId, 'withdrawDeal', { on: '2026-11-28', reason: 'The buyer lost their job.' });
  await command(theo, at.dealId, 'setPrice', { priceCents: 61_250_000, expected: 58_500_000 });
  await command(theo, at.dealId, 'editNote', { noteId: at.noteId, body: 'Fridge stays; the washer goes.' });
  await command(theo, at.endedId, 'addNote', { noteId: newId(), body: 'Lender calls on Monday.', at: now() });
  const { page } = theo;
  await openDeal(page, at.dealId, '1');
  await page.getByRole('complementary', { name: 'No connection' }).waitFor({ timeout: OVER_MS });
  await look(page, 'offline');
  await foot(page, /3 things wait to go out/).click();
  await page.getByText('3 things go out when it is back').waitFor();
  await look(page, 'offline, what goes out');
  await page.keyboard.press('Escape');
  await page.keyboard.press('9');
  await page.getByRole('region', { name: 'Activity', exact: true }).locator('li').first().waitFor();
  await look(page, 'deal, activity without the portal');
  await toPortal(page);
  await page.getByRole('button', { name: 'Try again' }).first().waitFor({ timeout: OVER_MS });
  await look(page, 'settings, a shared portal that cannot be reached');
}

async function attention({ noor, theo, portal, look }: Scene): Promise<void> {
  await theo.close();
  await portal.start();
  await noor.call('sync:try-now', {});
  await isShared(noor);
  const page = await theo.open();
  await until(
    () => theo.call('attention:list', {}),
    (items) => items.length === 3,
    'what needs attention',
    OVER_MS,
  );
  await isShared(theo);
  await page.getByRole('link', { name: /Needs attention/ }).click();
  await isReady(page, 'attention');
  const list = page.getByRole('listbox', { name: 'What needs attention' });
  for (const [index, kind] of ['two values', 'a step sent back', 'words replaced'].entries()) {
    await list.getByRole('option').nth(index).click();
    await page.locator('[role="option"][aria-selected="true"]').nth(0).waitFor();
    await look(page, `needs attention, ${kind}`);
  }
  await page.getByRole('link', { name: /^Today/ }).click();
  await isReady(page, 'today');
  await look(page, 'today, with what needs attention');
}

async function signedOut({ noor, theo: { page }, look }: Scene): Promise<void> {
  const { members } = granted(await noor.call('team:get', {}));
  const device = members.find(({ name }) => name === THEO.name)?.devices[0];
  granted(await noor.call('team:revoke-device', { deviceId: device?.id ?? '' }));
  await foot(page, /^Signed out/).waitFor({ timeout: OVER_MS });
  await foot(page, /^Signed out/).click();
  await page
    .getByRole('dialog', { name: 'Connection' })
    .getByText(/Sign in again/)
    .waitFor();
  await look(page, 'signed out');
  await page.keyboard.press('Escape');
  await toPortal(page);
  await page.getByRole('form', { name: 'Sign in again' }).waitFor();
  await look(page, 'settings, signed out');
}

async function openDeal(page: Page, dealId: string, tab: string): Promise<void> {
  await page.getByRole('link', { name: /^Board/ }).click();
  await isReady(page, 'board');
  await card(page, dealId).click();
  await isReady(page, 'deal');
  await page.keyboard.press(tab);
}

function granted<T>(answer: Answered<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(answer.sentence);
}

function now(): string {
  return new Date().toISOString();
}
